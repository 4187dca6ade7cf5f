"""Marks and notes on the guiding principles, for a country's focal points and nobody else."""

from collections.abc import Mapping
from typing import Final, Literal

from workflows.notices.assessment import (
    MARKS,
    AssessView,
    GivenMark,
    NoteProblem,
    PrincipleCard,
    PrincipleLine,
)
from workflows.people.access import may
from workflows.review.alignment import principles
from workflows.review.parts import units
from workflows.review.reading import is_name_of_a_key
from workflows.review.template import Option, Template
from workflows.store.values_assessment import Assessed
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing

Came = Literal["done", "stale", "denied"]
"""What came of a verb: done, asked of something that is not there any more, or not allowed."""
LONGEST: Final = 1_500
"""How long a note may be, in UTF-16 units, so that its card is one message; a longer one is asked for anew."""
ASKED: Final = "assess_note"
"""What the card of a principle says that it asks for."""


async def show_all(errand: Errand, card: int | None = None) -> Came:
    """Show all principles with their marks, or draw them in the place of the card that was pressed."""
    if not may_assess(errand):
        return "denied"
    lines = await all_lines(errand)
    if not lines:
        return "stale"
    view = AssessView(country=errand.actor.country, principles=lines)
    errand.say(closing(view), "assess", edits=card)
    return "done"


async def show(errand: Errand, principle: str, card: int | None = None) -> Came:
    """Show one principle; the next text is its note."""
    if not may_assess(errand):
        return "denied"
    return await _show(errand, principle, card)


async def mark(errand: Errand, principle: str, wanted: str, seen: int, card: int) -> Came:
    """Give a principle a mark, or with "none" take its mark away, and redraw its card.

    `seen` is the stamp of what the card showed. A mark that a colleague has given since stays, and is shown.
    """
    if not may_assess(errand):
        return "denied"
    given: GivenMark = next((each for each in MARKS if each == wanted), "")
    actor, now = errand.actor, errand.cause.now
    if not await _is_principle(errand, principle):
        return "stale"
    present = await errand.work.assessments.hold(actor, actor.country, principle)
    if present.mark != given:
        if present.mark and present.stamp != seen and present.marked_by != errand.person.id:
            return await _show(errand, principle, problem="meanwhile")
        await errand.work.assessments.mark(actor, actor.country, principle, given, now)
        errand.note("assess", actor.country, "self-assessment", "done")
    return await _show(errand, principle, card)


async def take_note(errand: Errand, principle: str, seen: int, text: str) -> Came:
    """Keep what was typed as the note on a principle, of which the person has seen the edition of this number.

    It takes the place of the one that they saw. To one that they have written since, it is added: a client cuts what
    is long, and people write in short lines. One that a colleague has written since stays, and is shown.
    """
    if not may_assess(errand):
        return "denied"
    if not await _is_principle(errand, principle):
        return "stale"
    actor, words = errand.actor, text.strip()
    if not words:
        return await _show(errand, principle)
    if is_name_of_a_key(words):
        return await _show(errand, principle, problem="key")
    present = await errand.work.assessments.hold(actor, actor.country, principle)
    replaced = present.note if present.noted_by != errand.person.id else ""
    if present.edition != seen and present.note:
        if present.noted_by != errand.person.id:
            return await _show(errand, principle, problem="changed")
        words = f"{present.note}\n{words}"
    if units(words) > LONGEST:
        return await _show(errand, principle, problem="long")
    await errand.work.assessments.note(actor, actor.country, principle, words, errand.cause.now)
    errand.note("assess", actor.country, "self-assessment", "done")
    return await _show(errand, principle, noted=True, replaced=replaced)


async def explain_edit(errand: Errand, principle: str) -> Came:
    """Say that an edit changes no note, and show the one there is."""
    if not may_assess(errand):
        return "denied"
    return await _show(errand, principle, problem="edited")


async def drop_note(errand: Errand, principle: str, seen: int, card: int) -> Came:
    """Remove the note on a principle with its words, and redraw the card; one that was not seen stays, and is shown."""
    if not may_assess(errand):
        return "denied"
    actor = errand.actor
    if not await _is_principle(errand, principle):
        return "stale"
    present = await errand.work.assessments.hold(actor, actor.country, principle)
    if present.note:
        if present.stamp != seen:
            return await _show(errand, principle, problem="meanwhile")
        await errand.work.assessments.note(actor, actor.country, principle, "", errand.cause.now)
        errand.note("assess", actor.country, "self-assessment", "done")
    return await _show(errand, principle, card)


# --- what all verbs of the self-assessment share ---------------------------------------------------------------------


def may_assess(errand: Errand) -> bool:
    """Whether somebody may assess the review of their own country; a refusal is put down."""
    allowed = may(errand.actor, "assess", errand.actor.country)
    if not allowed:
        errand.note("assess", errand.actor.country, "self-assessment", "denied")
    return allowed


async def all_lines(errand: Errand) -> tuple[PrincipleLine, ...]:
    """Every principle in the order of the Compact, with what the country said of it."""
    template = await template_of(errand)
    found = await errand.work.assessments.of_country(errand.actor, errand.actor.country)
    return _lines(template, found)


async def template_of(errand: Errand) -> Template | None:
    """The template of the person's cycle."""
    cycle = await errand.work.cycles.get(errand.actor.cycle_id)
    return cycle.template if cycle is not None else None


def _lines(template: Template | None, found: Mapping[str, Assessed]) -> tuple[PrincipleLine, ...]:
    return tuple(_line(each, found.get(each.value)) for each in (principles(template) if template else ()))


def _line(principle: Option, said: Assessed | None) -> PrincipleLine:
    if said is None:
        return PrincipleLine(id=principle.value)
    return PrincipleLine(id=principle.value, mark=said.mark, note=said.note)


async def _is_principle(errand: Errand, principle: str) -> bool:
    template = await template_of(errand)
    return template is not None and any(each.value == principle for each in principles(template))


async def _show(
    errand: Errand,
    principle: str,
    card: int | None = None,
    *,
    problem: NoteProblem = "",
    noted: bool = False,
    replaced: str = "",
) -> Came:
    template = await template_of(errand)
    found = await errand.work.assessments.of_country(errand.actor, errand.actor.country)
    lines = _lines(template, found)
    at = next((at for at, line in enumerate(lines) if line.id == principle), None)
    if at is None:
        return "stale"
    said = found.get(principle)
    notice = PrincipleCard(
        principle=lines[at],
        number=at + 1,
        total=len(lines),
        next=lines[at + 1].id if at + 1 < len(lines) else "",
        noted=noted,
        problem=problem,
        seen=said.stamp if said is not None else 0,
        replaced=replaced,
    )
    if said is not None:
        notice = notice.model_copy(update=await _whose(errand, said))
    edition = said.edition if said is not None else 0
    errand.say(asking(notice, f"{ASKED}.{principle}.{edition}"), f"assess/{principle}", edits=card)
    return "done"


async def _whose(errand: Errand, said: Assessed) -> dict[str, str]:
    """Who gave the mark and the note that are there, and when."""
    by = {each for each in (said.marked_by, said.noted_by) if each is not None}
    people = await errand.work.people.by_ids(by)
    names = {person: known.name for person, known in people.items()}
    return {
        "by": names.get(said.marked_by or 0, ""),
        "at": said.marked_at.isoformat() if said.marked_at and said.mark else "",
        "noted_by": names.get(said.noted_by or 0, ""),
        "noted_at": said.noted_at.isoformat() if said.noted_at else "",
    }
