"""Consent to publish and to quote: given by the state for each answer of a submitted version, and taken back."""

from collections.abc import Sequence
from typing import Final, Literal

from workflows.immutable import Immutable
from workflows.notices.exchange import (
    ConsentCount,
    ConsentDoubt,
    ConsentLine,
    ConsentSection,
    ConsentView,
    Found,
    UnpublishAsked,
)
from workflows.review.events import Review
from workflows.store.values_clearance import Edition
from workflows.store.values_exchange import ConsentUse
from workflows.use_cases.cause import Errand
from workflows.use_cases.doubting import found_in
from workflows.use_cases.exchange.counting import consented
from workflows.use_cases.exchange.entering import (
    Came,
    admitted,
    content,
    enter_edition,
    last_submitted,
    say,
    secretariat,
    tell,
)
from workflows.use_cases.hearing import closing

Word = Literal["yes", "sure", "rest", "no"]
"""Consent; consent whatever is in it; consent but for what seems personal; take it back."""
WHOLE_SECTION: Final = "all"


class Wish(Immutable):
    """What was pressed: the word about a use of one answer, or of a whole section, on a page of a version's list."""

    edition_id: int
    use: ConsentUse
    word: Word
    about: str
    section: str
    page: int = 0


async def show(errand: Errand, edition_id: int = 0, card: int | None = None) -> Came:
    """Show what of a version may be published and quoted; the version submitted last where none is named."""
    own = errand.actor.country
    if not edition_id:
        if not admitted(errand, "give_consent", own, "consent"):
            return "denied"
        edition = await last_submitted(errand, own)
        if edition is None:
            say(errand, ConsentView(country=own), card)
            return "done"
        edition_id = edition.id
    entered = await enter_edition(errand, "read_consents", edition_id)
    if isinstance(entered, str):
        return entered
    say(errand, closing(await _view(errand, entered)), card)
    return "done"


async def show_section(errand: Errand, edition_id: int, section: str, page: int, card: int) -> Came:
    """Show the answers of one section, each with its consent."""
    edition = await enter_edition(errand, "read_consents", edition_id)
    if isinstance(edition, str):
        return edition
    review = await content(errand, edition)
    if section not in _sections(review):
        return "stale"
    await _draw(errand, edition, review, (section, page), card)
    return "done"


async def consent(errand: Errand, wish: Wish, card: int) -> Came:
    """Give or take back consent to a use of one answer, or of all of its section."""
    edition = await enter_edition(errand, "give_consent", wish.edition_id)
    if isinstance(edition, str):
        return edition
    review = await content(errand, edition)
    if wish.section not in _sections(review):
        return "stale"
    prompts = answered(review, wish.section)
    if wish.about != WHOLE_SECTION:
        prompts = tuple(prompt for prompt in prompts if prompt == wish.about)
    if not prompts:
        return "stale"
    found = found_in(review, prompts)
    if found.prompts and wish.word == "yes":
        say(errand, closing(_doubt(wish, found, len(prompts))), card)
        return "done"
    if wish.word == "no":
        await _revoke(errand, edition, prompts, wish.use)
    else:
        left_out = found.prompts if wish.word == "rest" else ()
        await _grant(errand, edition, [each for each in prompts if each not in left_out], wish.use)
    await _draw(errand, edition, review, (wish.section, wish.page), card)
    return "done"


def _doubt(wish: Wish, found: Found, wanted: int) -> ConsentDoubt:
    return ConsentDoubt(
        edition=wish.edition_id,
        use=wish.use,
        about=wish.about,
        section=wish.section,
        page=wish.page,
        found=found,
        wanted=wanted,
    )


async def _grant(errand: Errand, edition: Edition, prompts: Sequence[str], use: ConsentUse) -> None:
    place = (edition.cycle_id, edition.country, edition.id)
    given = await errand.work.consents.grant(place, prompts, use, errand.person.id, errand.cause.now)
    for prompt in given:
        errand.note("give_consent", edition.country, f"{edition.thing}/{prompt}/{use}", "given")


async def _revoke(errand: Errand, edition: Edition, prompts: tuple[str, ...], use: ConsentUse) -> None:
    """Take consent back; the secretariat learns that what was published is to be withdrawn."""
    ended = await errand.work.consents.revoke(edition.id, prompts, use, errand.person.id, errand.cause.now)
    for prompt in ended:
        errand.note("give_consent", edition.country, f"{edition.thing}/{prompt}/{use}", "revoked")
    if ended:
        told = UnpublishAsked(country=edition.country, version=edition.version, use=use, prompts=tuple(ended))
        tell(errand, await secretariat(errand), told)


def answered(review: Review, section: str) -> tuple[str, ...]:
    """The prompts of a section that have an answer, as against a reason for having none."""
    section_of = review.template.section_of
    return tuple(
        prompt.id
        for prompt in review.path
        if section_of[prompt.id].id == section
        and prompt.id in review.answers
        and review.answers[prompt.id].state == "answered"
    )


def _sections(review: Review) -> tuple[str, ...]:
    return tuple(section.id for section in review.template.sections)


async def _view(errand: Errand, edition: Edition) -> ConsentView:
    review = await content(errand, edition)
    publish, quote = consented(await errand.work.consents.of_edition(edition.id))
    sections = []
    for section in _sections(review):
        here = frozenset(answered(review, section))
        sections.append(
            ConsentCount(
                section=section, answers=len(here), publish=len(here & publish), quote=len(here & quote)
            )
        )
    newest = await last_submitted(errand, edition.country)
    return ConsentView(
        country=edition.country,
        edition=edition.id,
        version=edition.version,
        sections=tuple(sections),
        earlier=await _earlier(errand, edition),
        newest=newest is None or newest.id == edition.id,
        own=errand.actor.country == edition.country,
    )


async def _earlier(errand: Errand, edition: Edition) -> dict[int, int]:
    """The versions before one to which consent still holds: their numbers by the ids of their texts."""
    versions = await errand.work.clearance.submitted(edition.cycle_id, edition.country)
    given = await errand.work.consents.of_country(edition.cycle_id, edition.country)
    holding = {each.edition_id for each in given if each.revoked_at is None}
    return {each.id: each.version for each in versions if each.number < edition.number and each.id in holding}


async def _draw(errand: Errand, edition: Edition, review: Review, place: tuple[str, int], card: int) -> None:
    section, page = place
    publish, quote = consented(await errand.work.consents.of_edition(edition.id))
    lines = tuple(
        ConsentLine(prompt=prompt, publish=prompt in publish, quote=prompt in quote)
        for prompt in answered(review, section)
    )
    view = ConsentSection(
        country=edition.country,
        edition=edition.id,
        version=edition.version,
        section=section,
        answers=lines,
        page=page,
        own=errand.actor.country == edition.country,
    )
    say(errand, view, card)
