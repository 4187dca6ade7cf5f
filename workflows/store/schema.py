"""The schema's history: which revision a database has, and the way to the newest."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import Connection, inspect, text

FOLDER = Path(__file__).parent / "migrations"
HEAD: Final = "0011"
"""The newest revision, named here so that a start that has nothing to migrate does not load Alembic (10 MiB)."""
_MIGRATION_LOCK = 0x72616668


def state_of(connection: Connection) -> Literal["empty", "older", "newest", "newer"]:
    """How a database's schema stands to ours; "newer" is one that we do not know."""
    revision = _revision(connection)
    if revision is None:
        return "empty"
    if revision == HEAD:
        return "newest"
    return "older" if is_known(revision) else "newer"


def is_known(revision: str) -> bool:
    """Whether a revision is one of ours."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only who compares revisions needs Alembic

    return revision in {each.revision for each in ScriptDirectory(str(FOLDER)).walk_revisions()}


def upgrade(connection: Connection, to: str = HEAD, after_step: Callable[[], None] = lambda: None) -> None:
    """Go to the newest schema, or to an earlier one from before it, within the connection's transaction.

    Two processes do so one after the other.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
    if state_of(connection) == "newest":
        return
    from alembic import command  # noqa: PLC0415 - only a database that is to be migrated needs Alembic
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["after_step"] = after_step
    command.upgrade(config, to)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
