"""Putting support that was received into the review: shown as the entries that it would be, written by a press."""

from workflows.notices.support import ReceivedLine, SupportReceived
from workflows.people.access import may
from workflows.review.cards import records_of
from workflows.review.events import WentTo
from workflows.review.merging import with_entry
from workflows.review.path import is_on_path
from workflows.store.values import Draft
from workflows.use_cases import answering
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.meeting import beside_the_talk
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.support.received import Received, list_of, received


async def show(errand: Errand, prompt: str) -> Came:
    """Show the answered requests as the entries that they would be in the list of a prompt's question."""
    draft = await _draft(errand)
    place = list_of(draft.review.template, prompt) if draft is not None else ""
    if draft is None or not place:
        return "denied" if draft is None else "stale"
    await _show(errand, draft, place, prompt)
    return "done"


async def add(errand: Errand, request_id: int, official: int, prompt: str) -> Came:
    """Put one into the list, of which the version `official` was shown; what has changed since is shown anew."""
    draft = await _draft(errand)
    if draft is None:
        return "denied"
    found = next((each for each in await received(errand) if each.request == request_id), None)
    if found is None or list_of(draft.review.template, prompt) != prompt:
        return "stale"
    if draft.locked:
        return "locked"
    if (
        not is_on_path(draft.review, prompt)
        or draft.numbers.get(prompt, 0) != official
        or _has(draft, prompt, found)
    ):
        await _show(errand, draft, prompt, prompt)
        return "done"
    fact = with_entry(draft.review, prompt, found.details(errand.person.language), found.source)
    await errand.work.drafts.record(draft, [fact], errand.person.id, errand.cause.now)
    errand.note("use_request", errand.actor.country, f"{prompt} {found.source}", "done")
    await answering.go(errand, WentTo(f"prompt:{prompt}"))
    return "done"


async def _draft(errand: Errand) -> Draft | None:
    """The official draft; None for whoever does not write it."""
    if may(errand.actor, "write_draft", errand.actor.country):
        return await errand.work.drafts.open(errand.actor, errand.actor.country)
    errand.note("write_draft", errand.actor.country, "support received", "denied")
    return None


async def _show(errand: Errand, draft: Draft, place: str, prompt: str) -> None:
    lines = [
        ReceivedLine(
            request=each.request,
            office=each.office,
            kind=each.kind,
            day=each.day,
            stands=_has(draft, place, each),
        )
        for each in await received(errand)
    ]
    notice = SupportReceived(
        prompt=place,
        official=draft.numbers.get(place, 0),
        lines=tuple(lines),
        obstacle="locked" if draft.locked else "" if is_on_path(draft.review, place) else "asleep",
    )
    errand.say(await beside_the_talk(errand, draft, notice, prompt), "received")


def _has(draft: Draft, prompt: str, found: Received) -> bool:
    records = records_of(draft.review.answers.get(prompt)).records
    return any(found.source in record.sources for record in records)
