"""Reading words that people spell in their own way: Arabic and Latin, both digit sets."""

import re
import unicodedata
from collections.abc import Iterator

ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None}
)
_NOT_A_WORD = re.compile(r"[^\w]+", re.UNICODE)


def western_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits written 0-9."""
    return text.translate(ARABIC_DIGITS)


def plain(text: str) -> str:
    """A form in which two spellings of one word are equal.

    Hamza forms, ة/ه, ى/ي, diacritics, tatweel, accents, case, punctuation and digit sets make no difference.
    """
    unmarked = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.translate(_LETTERS))
        if not unicodedata.combining(letter)
    )
    return _NOT_A_WORD.sub(" ", western_digits(unmarked.translate(_LETTERS)).casefold()).strip()


def without_particles(words: str) -> Iterator[str]:
    """What Arabic words may be, plainly spelled, without و and the preposition ل or ب in one word with them.

    «وللبنان» may be «وللبنان», «للبنان», «البنان», «لبنان»: which of them is a word, the reader knows.
    """
    whole = plain(words)
    for rest in (whole, whole[1:]) if whole.startswith("و") else (whole,):
        yield rest
        if rest.startswith("لل"):
            yield f"ال{rest[2:]}"
        if rest.startswith(("ل", "ب")):
            yield rest[1:]
