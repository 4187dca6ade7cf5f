"""In which language what is typed for an announcement is written: the one being written, another by its letters alone.

Arabic letters under a Latin text and Latin ones under an Arabic text are seen for sure, and the officer is told where
they were put. Between two languages in the same letters nothing is guessed: another one is opened by its key, and what
was typed before it was opened is moved by one.
"""

import re
from collections.abc import Iterable
from typing import Final, cast

from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.spelling import plain

_HOW: Final = "how="
"""What a card notes of how the text is written stands among what the texts were made of, where an earlier version of
this program, which runs beside this one while it is replaced, passes over it."""
_ANEW: Final = "!"
_SINCE: Final = "@"
_TYPED: Final = "typed="
"""Where what was typed last began is noted in the same way."""
_ADDRESS: Final = re.compile(r"\S+://\S+|\S+@\S+|@\S+|\S+[.]\S+/\S*")
"""A link or an address has Latin letters in every language."""
_FRENCH: Final = frozenset({
    "le", "la", "les", "des", "du", "une", "un", "est", "et", "pour", "vous", "votre", "vos",
    "nous", "nos", "de", "ce", "au", "aux", "que", "dans", "sur", "avec", "par", "pas", "sera",
    "sont", "bonjour", "cher", "chers", "merci", "veuillez",
})  # fmt: skip
_ENGLISH: Final = frozenset({
    "the", "is", "and", "for", "you", "your", "we", "our", "of", "to", "please", "will", "be",
    "this", "are", "with", "at", "by", "from", "has", "have", "dear", "colleagues", "thank",
    "hello", "kindly",
})  # fmt: skip


class Writing(Immutable):
    """The text of a draft that is being written; `anew`: what is typed next takes the place of what stands there.

    `since` is the message with which other letters came than were asked for; 0 where the language was asked for.
    `typed` is the one with which what was typed last began, where its words do not show that it is in this language.
    """

    language: Language
    anew: bool = False
    since: int = 0
    typed: int = 0

    def noted(self, made: Iterable[str] = ()) -> str:
        """What a card notes: the language, then how it is written and of which messages the texts were `made`."""
        since = f"{_SINCE}{self.since}" if self.since else ""
        how = f"{_ANEW if self.anew else ''}{since}"
        notes = [f"{_HOW}{how}"] if how else []
        notes += [f"{_TYPED}{self.typed}"] if self.typed else []
        return f"{self.language}.{';'.join([*notes, *made])}"

    @classmethod
    def read(cls, noted: str) -> "Writing":
        """What a card notes, also one that was posted when cards noted no more than language and messages."""
        language, _, rest = noted.partition(".")
        notes = rest.split(";")
        anew, _, since = _note(notes, _HOW).partition(_SINCE)
        return cls(cast("Language", language), anew == _ANEW, int(since or 0), int(_note(notes, _TYPED) or 0))


def _note(notes: Iterable[str], kind: str) -> str:
    """What a card notes of a kind; empty where it notes nothing of it."""
    return next((each.removeprefix(kind) for each in notes if each.startswith(kind)), "")


def language_of(text: str, asked: Language, there: Iterable[Language] = ()) -> Language | None:
    """The language of other letters than those asked for; None where the letters fit, `asked` where it is not clear.

    Latin letters are told apart by their words, else they belong to the only Latin text that is `there`.
    """
    bare = _ADDRESS.sub(" ", text)
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in bare)
    latin = sum(letter.isalpha() and letter < "\u0250" for letter in bare)
    if asked != "ar":
        return "ar" if arabic > latin else None
    if latin <= arabic:
        return None
    french, english = _common_words(bare)
    if french != english:
        return "fr" if french > english else "en"
    written = [each for each in there if each != "ar"]
    return written[0] if len(written) == 1 else asked


def may_be_another(text: str, language: Language) -> bool:
    """Whether the words of a text do not show that it is in this language, where another one has the same letters."""
    french, english = _common_words(_ADDRESS.sub(" ", text))
    return language != "ar" and (french >= english if language == "en" else english >= french)


def _common_words(text: str) -> tuple[int, int]:
    """How many of the commonest words of French and of English a text has."""
    words = set(plain(text).split())
    return len(words & _FRENCH), len(words & _ENGLISH)
