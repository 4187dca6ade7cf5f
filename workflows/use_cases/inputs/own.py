"""What somebody has written: the list, one input, its consent, taking it back; and all of it for their own file."""

from typing import Final

from msgspec.structs import replace

from workflows.notices.inputs import InputConsent, InputHome, InputSent, OwnInput, SentNews
from workflows.people.inputs import consents_for
from workflows.store.transaction import Work
from workflows.store.values_inputs import WrittenInput
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.use_cases.inputs.calling import category, is_open
from workflows.use_cases.inputs.telling import tell_officers

BEGINS: Final = 80
"""So many characters of an input tell which one it is."""


async def may_begin_another(errand: Errand, inputs: list[WrittenInput]) -> bool:
    """Whether one more can be begun: none is unfinished, the call answered last is open, and no place is held."""
    if errand.person.memberships or any(each.state == "draft" for each in inputs):
        return False
    call = await errand.work.inputs.call(inputs[-1].call_id) if inputs else None
    return await is_open(errand.work, call, errand.cause.now)


async def show_list(errand: Errand, *, unsaved: bool = False) -> None:
    """Show all that the person wrote; `unsaved` says that what they typed now was not kept."""
    inputs = await errand.work.inputs.own(errand.actor)
    lines = tuple(
        OwnInput(
            id=each.id, state=each.state, at=(each.sent_at or each.at).isoformat(), begins=each.text[:BEGINS]
        )
        for each in inputs
    )
    more = await may_begin_another(errand, inputs)
    errand.say(closing(InputHome(inputs=lines, more=more, unsaved=unsaved)), "inputs")


async def show_sent(errand: Errand, mine: WrittenInput, news: SentNews = "", card: int | None = None) -> None:
    """Show one that was sent or withdrawn."""
    more = await may_begin_another(errand, await errand.work.inputs.own(errand.actor))
    notice = await sent_notice(errand.work, mine, news, more=more)
    errand.say(closing(notice), f"input/{mine.id}", edits=card)


async def sent_notice(work: Work, mine: WrittenInput, news: SentNews, *, more: bool = False) -> InputSent:
    """What its writer is told of one that was sent or withdrawn; `more`: with a key to begin another."""
    return InputSent(
        id=mine.id,
        state=mine.state,
        news=news,
        category=await category(work, mine.cycle_id, mine.category),
        name=mine.name or "",
        text=mine.text,
        consent=mine.consent,
        sent_at=mine.sent_at.isoformat() if mine.sent_at else "",
        published_at=mine.published_at.isoformat() if mine.published_at else "",
        address=mine.address,
        asked=mine.removal_asked_at is not None,
        more=more,
    )


async def agree(errand: Errand, mine: WrittenInput, consent: InputConsent, card: int) -> None:
    """Change what may become public of an input that was sent; of one that is public, it is asked for."""
    if mine.state != "sent" or consent not in consents_for(mine.name):
        return await show_sent(errand, mine, "fixed" if mine.state == "published" else "", card)
    if consent != mine.consent:
        now = errand.cause.now
        changed = replace(mine, consent=consent, consent_at=now)
        mine = await errand.work.inputs.keep(errand.actor, changed, now)
        errand.note("write_input", "", mine.thing, "consent")
        await tell_officers(errand.work, mine.cycle_id, errand.cause, "consent", mine.id)
    return await show_sent(errand, mine, "consent", card)


async def withdraw(errand: Errand, mine: WrittenInput, card: int) -> None:
    """Take an input back before it is public, or a draft away: its words and its name go at once."""
    if mine.state not in ("draft", "sent"):
        return await show_sent(errand, mine, "fixed" if mine.state == "published" else "", card)
    was_sent, now = mine.state == "sent", errand.cause.now
    gone = replace(mine, state="withdrawn", name=None, pieces=())
    mine = await errand.work.inputs.keep(errand.actor, gone, now)
    errand.note("write_input", "", mine.thing, "withdrawn")
    if was_sent:
        await tell_officers(errand.work, mine.cycle_id, errand.cause, "withdrawn", mine.id)
    return await show_sent(errand, mine, "withdrawn", card)


async def ask_removal(errand: Errand, mine: WrittenInput, card: int) -> None:
    """Ask the officers to have an input taken down that is public; asked twice, they hear once."""
    if mine.state != "published":
        return await show_sent(errand, mine, card=card)
    if mine.removal_asked_at is None:
        now = errand.cause.now
        mine = await errand.work.inputs.keep(errand.actor, replace(mine, removal_asked_at=now), now)
        errand.note("write_input", "", mine.thing, "removal_asked")
        await tell_officers(errand.work, mine.cycle_id, errand.cause, "removal", mine.id)
    return await show_sent(errand, mine, "asked", card)


# --- one's own data --------------------------------------------------------------------------------------------------


async def inputs_written(work: Work, person_id: int) -> list[dict[str, object]]:
    """Every input of a person, for the file with their own data."""
    return [
        {
            "cycle": each.cycle_id,
            "number": each.id,
            "state": each.state,
            "category": each.category,
            "name": each.name,
            "text": each.text,
            "language": each.language,
            "consent": each.consent,
            "consented_at": each.consent_at.isoformat() if each.consent_at else None,
            "last_change": each.at.isoformat(),
            "sent_at": each.sent_at.isoformat() if each.sent_at else None,
            "published_at": each.published_at.isoformat() if each.published_at else None,
            "address": each.address,
        }
        for each in await work.inputs.by_person(person_id)
    ]


async def tell_of_erasure(errand: Errand) -> None:
    """Let the officers know which inputs go with their writer, as they may be about to publish one."""
    for each in await errand.work.inputs.by_person(errand.person.id):
        if each.state == "sent":
            await tell_officers(errand.work, each.cycle_id, errand.cause, "erased", each.id)
