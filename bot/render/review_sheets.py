"""What the sheets of the submitted reviews have in common: their form, how a point is named, and what was agreed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.render.headings import listed, question_number
from bot.render.voice import Spoken, Voice
from workflows.notices.side_by_side import ReviewColumn
from workflows.review.template import Template

if TYPE_CHECKING:
    from workflows.reports.spreadsheet import Cell, Sheet


def sheet(
    title: str, columns: Sequence[tuple[str, int]], rows: "Sequence[tuple[Cell, ...]]", voice: Voice
) -> "Sheet":
    """A sheet in the reader's direction; each column has its heading and its width in characters."""
    from workflows.reports.spreadsheet import Column, Sheet  # noqa: PLC0415 - loaded when a table is wanted

    heads = tuple(Column(heading, wide) for heading, wide in columns)
    return Sheet(title, heads, tuple(rows), right_to_left=voice.right_to_left)


def point(prompt: str, voice: Voice, template: Template) -> str:
    """A point of the template by its question's number and its words."""
    number = question_number(voice, template, template.question_of[prompt])
    return f"{number}. {voice.published(template.prompts[prompt].words(voice.language))}"


def consent(prompt: str, review: ReviewColumn, voice: Voice) -> Spoken | None:
    """The uses of an answer that a state has agreed to; None for none."""
    uses = [
        *([voice.pgettext("consent", "to publish")] if prompt in review.publish else []),
        *([voice.pgettext("consent", "to quote")] if prompt in review.quote else []),
    ]
    return listed(voice, uses) if uses else None
