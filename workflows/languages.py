"""The three languages of the review, and words that are given in all of them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["ar", "en", "fr"]
LANGUAGES: tuple[Language, ...] = ("ar", "en", "fr")


class Frozen(BaseModel):
    """A value that is judged once and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """The same words in the three languages of the review."""

    ar: str
    en: str
    fr: str

    def in_language(self, language: Language) -> str:
        """The words as a reader of `language` sees them."""
        words: str = getattr(self, language)
        return words
