"""What the secretariat reads of a country: the submitted text and the shared sections, page by page."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from workflows.notices.exchange import (
    AnswerLine,
    DraftFile,
    ReadableLine,
    ReviewHub,
    ReviewPage,
    ReviewsView,
)
from workflows.people.access import Act
from workflows.reference import find_country
from workflows.review.cards import given
from workflows.review.events import Adaptation, Review
from workflows.review.frozen_text import frozen
from workflows.review.passage import locked
from workflows.store.sharing import WHOLE, reading_of
from workflows.store.values_clearance import Edition
from workflows.store.values_exchange import Remark
from workflows.use_cases.cause import Errand
from workflows.use_cases.exchange.counting import consented, round_lines
from workflows.use_cases.exchange.entering import Came, admitted, content, last_submitted, say, say_settled
from workflows.use_cases.which_country import ask_which

Source = Literal["s", "d"]
"""What is read: the submitted text, or the shared draft."""
THIS_ROOM: Final[Act] = "remark"
"""What opens this room: it is the secretariat's; a country has rooms of its own for its own text."""
PAGE_LENGTH: Final = 2_500
"""About so many characters of answers stand on a page; one answer is never divided between two."""
PAGE_ANSWERS: Final = 6
_EACH: Final = 150


# --- answers as they are shown ----------------------------------------------------------------------------------


def answer_line(review: Review, prompt: str) -> AnswerLine:
    """What a review says at a prompt, in full."""
    question = review.template.question_of[prompt].id
    wording = review.adaptations.get(question, Adaptation()).wording
    return AnswerLine(prompt=prompt, wording=wording, **dict(given(review.answers.get(prompt))))


def section_answers(review: Review, section: str) -> list[AnswerLine]:
    """What applies in a section, in order, with a line for each question that the state left out."""
    on_path = {prompt.id for prompt in review.path}
    lines = []
    for question in review.template.section(section).questions:
        if review.adaptations.get(question.id, Adaptation()).left_out:
            lines.append(AnswerLine(prompt=question.prompts[0].id, left_out=True))
        lines += [answer_line(review, prompt.id) for prompt in question.prompts if prompt.id in on_path]
    return lines


def pages_of(lines: Sequence[AnswerLine]) -> list[tuple[AnswerLine, ...]]:
    """The lines in pages that can be read on a phone; there is always one."""
    pages: list[list[AnswerLine]] = [[]]
    length = 0
    for line in lines:
        weight = _weight(line)
        if pages[-1] and (length + weight > PAGE_LENGTH or len(pages[-1]) == PAGE_ANSWERS):
            pages.append([])
            length = 0
        pages[-1].append(line)
        length += weight
    return [tuple(page) for page in pages]


def _weight(line: AnswerLine) -> int:
    typed = [line.text, line.other, line.wording, *(v for record in line.records for v in record.values())]
    return _EACH + sum(map(len, typed)) + 20 * len(line.cells)


# --- the secretariat's way in ---------------------------------------------------------------------------------------


async def open_review(errand: Errand, given: str) -> Came:
    """Show a country's review by any of its names; without one, the countries of whose reviews there is something."""
    country = find_country(given) if given.strip() else None
    if country is not None:
        return await show_hub(errand, country.code)
    if not admitted(errand, THIS_ROOM, "", "reviews"):
        return "denied"
    if given.strip():
        ask_which(errand, "review", given)
    else:
        await say_settled(errand, ReviewsView(reviews=await _readable(errand)))
    return "done"


async def _readable(errand: Errand) -> tuple[ReadableLine, ...]:
    cycle = errand.actor.cycle_id
    shared = await errand.work.sharing.of_cycle(cycle)
    last = await errand.work.clearance.last_submitted(cycle)
    lines = []
    for country in sorted({*shared, *last}):
        edition = last.get(country)
        version, state = (edition.version, edition.state) if edition else (0, "")
        lines.append(ReadableLine(country=country, version=version, state=state, shares=country in shared))
    return tuple(lines)


async def show_hub(errand: Errand, country: str, card: int | None = None) -> Came:
    """Show what can be read of a country, and what can be done about it."""
    if not admitted(errand, THIS_ROOM, country, "review"):
        return "denied"
    edition = await last_submitted(errand, country)
    shared = await _shared(errand, country)
    hub = ReviewHub(country=country, shared=_sections_of(shared, await _named(errand, country)))
    if edition is not None:
        hub = await _with_edition(errand, hub, edition)
    await say_settled(errand, hub, card)
    return "done"


async def _with_edition(errand: Errand, hub: ReviewHub, edition: Edition) -> ReviewHub:
    review = await content(errand, edition)
    remarks = await errand.work.remarks.of_edition(edition.id)
    publish, quote = consented(await errand.work.consents.of_edition(edition.id))
    counts = (await errand.work.remarks.counts(edition.cycle_id)).get(edition.country, ())
    values = {
        "edition": edition.id,
        "version": edition.version,
        "state": edition.state,
        "at": edition.state_at.isoformat(),
        "submitted": tuple(section.id for section in review.template.sections),
        "kept": sum(remark.state == "kept" for remark in remarks),
        "rounds": round_lines(counts, edition.id),
        "publish": len(publish),
        "quote": len(quote),
    }
    return hub.model_copy(update=values)


async def _named(errand: Errand, country: str) -> frozenset[str]:
    return await errand.work.sharing.sections(errand.actor.cycle_id, country)


async def _shared(errand: Errand, country: str) -> Review | None:
    """What is shared of a draft that can differ from what was submitted."""
    newest = await errand.work.clearance.newest(errand.actor.cycle_id, country)
    if newest is not None and locked(newest.state):
        return None
    return await errand.work.sharing.review(errand.actor, country)


def _sections_of(shared: Review | None, named: frozenset[str]) -> tuple[str, ...]:
    """The sections that can be read of a shared draft, in the order of the document."""
    if shared is None:
        return ()
    return tuple(each.id for each in shared.template.sections if {each.id, WHOLE} & named)


# --- pages ------------------------------------------------------------------------------------------------------


async def read(errand: Errand, country: str, source: Source, section: str, page: int = 0) -> Came:
    """Send a page of a section; what is read of a draft is written down, so that the state sees that it was."""
    found = await _found(errand, country, source)
    if isinstance(found, str):
        return found
    review, edition, sections = found
    if section not in sections:
        return "stale"
    pages = pages_of(section_answers(review, section))
    at = min(page, len(pages) - 1)
    _note_reading(errand, country, edition, section)
    remarked = await _remarked(errand, edition)
    view = ReviewPage(
        country=country,
        source=source,
        section=section,
        answers=pages[at],
        page=at,
        pages=len(pages),
        edition=edition.id if edition else 0,
        remarked={line.prompt: remarked[line.prompt] for line in pages[at] if line.prompt in remarked},
    )
    await say_settled(errand, view)
    return "done"


async def send_file(errand: Errand, country: str) -> Came:
    """Send what a country shares of its draft as a document; the state sees that it was read."""
    found = await _found(errand, country, "d")
    if isinstance(found, str):
        return found
    review, _, sections = found
    for section in sections:
        _note_reading(errand, country, None, section)
    document = DraftFile(
        country=country,
        sections=sections,
        content=frozen(review, errand.actor.cycle_id, ""),
        at=errand.cause.now.isoformat(),
    )
    say(errand, document)
    return "done"


Readable = tuple[Review, Edition | None, tuple[str, ...]]
"""A text, the edition that it is (None for a draft), and the sections of it that are open."""


async def _found(errand: Errand, country: str, source: Source) -> Readable | Came:
    """The text that is meant, as far as the person may read it; or why there is none."""
    if not admitted(errand, THIS_ROOM, country, "review"):
        return "denied"
    if source == "d":
        shared = await _shared(errand, country)
        return (shared, None, _sections_of(shared, await _named(errand, country))) if shared else "stale"
    edition = await last_submitted(errand, country)
    if edition is None:
        return "stale"
    review = await content(errand, edition)
    return review, edition, tuple(section.id for section in review.template.sections)


def _note_reading(errand: Errand, country: str, edition: Edition | None, section: str) -> None:
    if edition is None:
        errand.note("read_shared", country, reading_of(errand.actor.cycle_id, section), "read")
    else:
        errand.note("read_submitted", country, f"{edition.thing}/{section}", "read")


async def _remarked(errand: Errand, edition: Edition | None) -> dict[str, int]:
    """How many remarks stand by each answer."""
    if edition is None:
        return {}
    return counted(await errand.work.remarks.of_edition(edition.id))


def counted(remarks: Iterable[Remark]) -> dict[str, int]:
    """The remarks that count, by prompt."""
    by_prompt: dict[str, int] = {}
    for remark in remarks:
        if remark.state != "withdrawn":
            by_prompt[remark.prompt] = by_prompt.get(remark.prompt, 0) + 1
    return by_prompt
