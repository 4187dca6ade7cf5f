"""What a country lets the secretariat read of its draft: section by section or the whole, given and taken back."""

from datetime import datetime

from workflows.notices import Notice
from workflows.notices.exchange import (
    DraftFile,
    ReviewPage,
    SharedLine,
    SharedTold,
    SharingDoubt,
    SharingView,
)
from workflows.review.events import Review
from workflows.store.sharing import WHOLE, restricted
from workflows.use_cases.cause import Errand
from workflows.use_cases.doubting import Passages, found_in
from workflows.use_cases.exchange.entering import Came, admitted, say, secretariat, tell
from workflows.use_cases.hearing import closing

ALL = "all"
"""How buttons name the whole."""


def after(shared: frozenset[str], sections: tuple[str, ...], section: str, *, on: bool) -> frozenset[str]:
    """What is shared once a section (`WHOLE`: all of it) is given or taken back.

    Of a draft that is shared as a whole, one section taken back leaves the others shared.
    """
    if section == WHOLE:
        return frozenset({WHOLE}) if on else frozenset()
    if on:
        return shared if WHOLE in shared else shared | {section}
    return (frozenset(sections) if WHOLE in shared else shared) - {section}


async def show(errand: Errand, card: int | None = None) -> Came:
    """Show who can read the draft now."""
    if not admitted(errand, "share_draft", errand.actor.country, "sharing"):
        return "denied"
    say(errand, closing(await _view(errand)), card)
    return "done"


async def give(errand: Errand, named: str, card: int, passages: Passages = "ask", seen: str = "") -> Came:
    """Let the secretariat read a section or the whole.

    Where personal data seems to be in it, the person is asked whether it goes along; `seen` is the sight of what they
    decided about, and where there is something else by now, that is asked about. Where it goes along, what is written
    later does, too, as the question says; it is left out everywhere else.
    """
    review = await _own(errand)
    if isinstance(review, str):
        return review
    section = _section(review, named)
    if section is None:
        return "stale"
    part = restricted(review, frozenset({section}))
    doubt = found_in(part, part.answers, part.adaptations)
    if doubt.sight and (passages == "ask" or seen != doubt.sight):
        say(errand, closing(SharingDoubt(section=section, found=doubt)), card)
        return "done"
    changed = await _set(errand, review, section, on=True)
    await errand.work.sharing.show_passages(
        errand.actor.cycle_id,
        errand.actor.country,
        section,
        errand.person.id,
        errand.cause.now,
        shown=bool(doubt.sight) and passages == "shown",
    )
    if changed:
        day = f"{errand.cause.now:%Y%m%d}"
        country = errand.actor.country
        key = f"{errand.actor.cycle_id}/{country}/{day}"
        tell(errand, await secretariat(errand), SharedTold(country=country), key=key)
    say(errand, await _view(errand), card)
    return "done" if changed else "already"


async def take_back(errand: Errand, named: str, card: int) -> Came:
    """Close a section or everything to the secretariat at once."""
    review = await _own(errand)
    if isinstance(review, str):
        return review
    section = _section(review, named)
    if section is None:
        return "stale"
    changed = await _set(errand, review, section, on=False)
    if changed:
        await _keep_here(errand)
    say(errand, await _view(errand), card)
    return "done" if changed else "already"


async def _keep_here(errand: Errand) -> None:
    """What an officer asked for while it was shared, and has not received yet, is not sent any more."""
    country = errand.actor.country

    def is_draft(notice: Notice) -> bool:
        if isinstance(notice, ReviewPage):
            return notice.country == country and notice.source == "d"
        return isinstance(notice, DraftFile) and notice.country == country

    officers = [each.id for each in await secretariat(errand)]
    await errand.work.outbox.cancel(("draft_file", "review_page"), officers, errand.cause.now, about=is_draft)


async def _own(errand: Errand) -> Review | Came:
    """The country's own draft, where the person may share it."""
    country = errand.actor.country
    if not admitted(errand, "share_draft", country, "sharing"):
        return "denied"
    return (await errand.work.drafts.open(errand.actor, country)).review


def _section(review: Review, named: str) -> str | None:
    if named == ALL:
        return WHOLE
    return named if named in _sections(review) else None


def _sections(review: Review) -> tuple[str, ...]:
    return tuple(section.id for section in review.template.sections)


async def _set(errand: Errand, review: Review, section: str, *, on: bool) -> bool:
    """Bring the table to what is shared now; False where it was so already."""
    cycle, country, sharing = errand.actor.cycle_id, errand.actor.country, errand.work.sharing
    before = await sharing.sections(cycle, country)
    wanted = after(before, _sections(review), section, on=on)
    for each in sorted(wanted - before):
        await sharing.share(cycle, country, each, errand.person.id, errand.cause.now)
    for each in sorted(before - wanted):
        await sharing.take_back(cycle, country, each)
    if wanted != before:
        outcome = "shared" if on else "narrowed" if wanted else "taken_back"
        errand.note("share_draft", country, f"section/{section or ALL}", outcome)
    return wanted != before


async def _view(errand: Errand) -> SharingView:
    cycle, country, sharing = errand.actor.cycle_id, errand.actor.country, errand.work.sharing
    shared = await sharing.sections(cycle, country)
    await errand.work.flush()
    read = {each.section: each.at for each in await sharing.readings(cycle, country)}
    known = await errand.work.cycles.get(cycle)
    sections = tuple(section.id for section in known.template.sections) if known else ()
    lines = tuple(
        SharedLine(section=each, shared=bool({each, WHOLE} & shared), read_at=_iso(read.get(each)))
        for each in sections
    )
    return SharingView(country=country, whole=WHOLE in shared, sections=lines)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
