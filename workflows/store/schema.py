"""The schema's history: which revision a database has, and the way to the newest."""

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

FOLDER = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x72616668


def state_of(connection: Connection) -> Literal["empty", "older", "newest", "newer"]:
    """How a database's schema stands to ours; "newer" is one that we do not know."""
    script = ScriptDirectory(str(FOLDER))
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        return "empty"
    if revision == script.get_current_head():
        return "newest"
    known = {each.revision for each in script.walk_revisions()}
    return "older" if revision in known else "newer"


def upgrade(connection: Connection) -> None:
    """Go to the newest schema within the connection's transaction; two processes do so one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
