"""The bot's own voice in three languages: gettext catalogs, compiled in memory so that no binary is kept."""

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

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
