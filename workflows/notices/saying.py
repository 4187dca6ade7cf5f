"""What every notice is: values for one person, the words left to `bot.render`."""

from pydantic import BaseModel, ConfigDict


class Saying(BaseModel):
    """One thing said to one person. Holds values, never words of ours."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Budget(Saying):
    """Words used in a section against its soft limit; `here` are those of the prompt in hand."""

    section: str
    here: int
    used: int
    limit: int

    @property
    def left(self) -> int:
        """Words left in the section; negative when over."""
        return self.limit - self.used


class Line(Saying):
    """One line of a list: an id that a button can name, its words (the state's own), and what else is known of it."""

    id: str
    text: str
    detail: str = ""


class SectionLine(Saying):
    """A section on the hub: counts of prompts that apply now, and words."""

    id: str
    settled: int
    total: int
    words: int
    limit: int
    adapted: int = 0
