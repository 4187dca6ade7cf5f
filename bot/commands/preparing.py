"""Commands that prepare: the database, a key, a template."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.refusing import courteous, done, refuse

if TYPE_CHECKING:
    from workflows.review.template import Template

SHIPPED: Final = Path(__file__).parents[2] / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml"


def migrate() -> None:
    """Bring the database to this version's shape; creates it where there is none."""
    from bot import failpoints  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same
    from workflows.store.engine import file_of  # noqa: PLC0415 - the same
    from workflows.store.transaction import migrate as migrate_store  # noqa: PLC0415 - the same

    with courteous():
        settings = DataSettings.read()
        failpoints.arm(os.environ.get("RAFIQ_FAILPOINT", ""))
        file = file_of(settings.database)
    is_new = file is not None and not file.exists()
    done(migrate_store(settings.database, lambda: failpoints.reach("mid_migration")))
    typer.echo(f"A new database was made: {file}" if is_new else "The database is up to date.")


def key() -> None:
    """Print a new key for RAFIQ_KEY; without it, what is stored cannot be read."""
    from workflows.store.cipher import generate_key  # noqa: PLC0415 - other commands do without cryptography

    typer.echo(generate_key())


def rotate() -> None:
    """Seal everything anew with RAFIQ_KEY, also while the bot is running; the former keys stand in RAFIQ_OLD_KEYS."""
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same
    from workflows.store.rotation import rotate as seal_anew  # noqa: PLC0415 - the same

    with courteous():
        settings = DataSettings.read()

    async def sealed() -> int:
        async with app.opened(settings) as store:
            return await seal_anew(store)

    values = done(sealed())
    if not settings.earlier_keys:
        typer.echo(
            "There was nothing to do: RAFIQ_OLD_KEYS names no earlier key, and RAFIQ_KEY seals everything."
        )
    elif not values:
        typer.echo(
            "There was nothing to do: RAFIQ_KEY seals everything. RAFIQ_OLD_KEYS is not needed any more."
        )
    else:
        typer.echo(
            f"{values} values were sealed with the newest key. RAFIQ_OLD_KEYS is not needed any more.\n"
            "Make a backup now: ./rafiq backup. Earlier ones need the old key for as long as you keep them."
        )


def check(file: Annotated[Path, typer.Argument(help="A template file (YAML).")]) -> None:
    """Judge a template and name all its faults."""
    template = judged(file)
    typer.echo(
        f"{file}: good. {len(template.sections)} sections, {len(template.questions)} questions, "
        f"{len(template.prompts)} prompts."
    )


def judged(file: Path) -> "Template":
    """The template of a file; refuses with all of its faults."""
    from workflows.review.judge import judge  # noqa: PLC0415 - other commands do without what takes long to load
    from workflows.review.template import Template  # noqa: PLC0415 - the same

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{file}: cannot be read ({type(error).__name__}). Name a template file in UTF-8.")
    verdict = judge(text)
    if not isinstance(verdict, Template):
        refuse(*(f"{file}: {fault.place}: {fault.fault} {fault.remedy}" for fault in verdict))
    return verdict
