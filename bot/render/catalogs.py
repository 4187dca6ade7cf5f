"""The bot's own voice in three languages: gettext catalogs, compiled in memory so that no binary is kept."""

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from workflows.languages import LANGUAGES

LOCALES = Path(__file__).parents[2] / "locales"


def path_of(language: str) -> Path:
    """Where the catalog of a language is kept."""
    return LOCALES / language / "LC_MESSAGES" / "rafiq.po"


@lru_cache
def translations(language: str) -> gettext.GNUTranslations:
    """The catalog of a language, read once. Raises FileNotFoundError where there is none."""
    with path_of(language).open("rb") as source:
        catalog = read_po(source, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def gaps() -> dict[str, int]:
    """How many of the bot's texts have no words, by language; a text that any language has is one of them.

    Raises OSError or ValueError where a catalog cannot be read.
    """
    entries = {language: _entries(language) for language in LANGUAGES}
    texts = set().union(*entries.values())
    return {language: sum(not known.get(text) for text in texts) for language, known in entries.items()}


def _entries(language: str) -> dict[tuple[str | None, object], bool]:
    """Whether each text of a catalog has all its words."""
    with path_of(language).open("rb") as source:
        catalog = read_po(source, locale=language, abort_invalid=True)
    return {
        (message.context, message.id if isinstance(message.id, str) else tuple(message.id)): all(
            message.string if isinstance(message.string, tuple | list) else (message.string,)
        )
        for message in catalog
        if message.id and not message.fuzzy
    }
