"""Reading one input, and noting where it was published: only what its writer agreed to, and they are told."""

from typing import Final, Literal
from urllib.parse import urlsplit

from workflows.notices.inputs import SentNews
from workflows.notices.inputs_desk import InputRead
from workflows.people.roles import Actor
from workflows.store.values_inputs import WrittenInput
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.inputs.desk import Came, allowed, listed
from workflows.use_cases.inputs.own import sent_notice

ASKS_ADDRESS: Final = "input_address"
"""What the card asks that waits for an address; the number of the input follows."""
_LONGEST: Final = 500
News = Literal["", "address", "not_address", "not_agreed", "published", "unpublished", "already"]


async def read(errand: Errand, input_id: int) -> Came:
    """Show an input that has arrived."""
    if not allowed(errand, "read_inputs"):
        return "denied"
    held = await errand.work.inputs.hold_arrived(errand.actor, input_id)
    if held is None:
        return "stale"
    errand.note("read_inputs", "", held.thing, "read")
    await _show(errand, held)
    return "done"


async def ask_address(errand: Errand, input_id: int) -> Came:
    """Ask where an input was published; where nobody agreed to that, say so."""
    held = await _held(errand, input_id)
    if isinstance(held, str):
        return held
    await _show(errand, held, "address" if held.consent in ("named", "unnamed") else "not_agreed")
    return "done"


async def publish(errand: Errand, input_id: int, typed: str) -> Came:
    """Note the address that was typed, and tell the writer; a consent that was taken back meanwhile holds.

    Where another officer has noted one meanwhile, that one stays.
    """
    held = await _held(errand, input_id)
    if isinstance(held, str):
        return held
    address = _address(typed)
    if held.state == "published":
        await _show(errand, held, "already")
    elif not address:
        await _show(errand, held, "not_address")
    elif held.consent not in ("named", "unnamed"):
        await _show(errand, held, "not_agreed")
    else:
        now = errand.cause.now
        held = await errand.work.inputs.publish(errand.actor, held, address, now)
        errand.note("publish_input", "", held.thing, "done")
        await _tell_writer(errand, held, "published")
        await _show(errand, held, "published")
    return "done"


async def take_back(errand: Errand, input_id: int) -> Came:
    """Note that an input is not published any more; its writer is told and can withdraw it again."""
    held = await _held(errand, input_id)
    if isinstance(held, str):
        return held
    if held.state != "published":
        return "stale"
    held = await errand.work.inputs.publish(errand.actor, held, "", errand.cause.now)
    errand.note("publish_input", "", held.thing, "taken_back")
    await _tell_writer(errand, held, "unpublished")
    await _show(errand, held, "unpublished")
    return "done"


async def _held(errand: Errand, input_id: int) -> WrittenInput | Came:
    if not allowed(errand, "publish_input"):
        return "denied"
    return await errand.work.inputs.hold_arrived(errand.actor, input_id) or "stale"


def _address(typed: str) -> str:
    """An address on the web as it was typed; empty for anything else."""
    address = typed.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_one = parts.scheme in ("http", "https") and "." in parts.netloc and not any(map(str.isspace, address))
    return address if is_one and len(address) <= _LONGEST and "<" not in address else ""


async def _show(errand: Errand, held: WrittenInput, news: News = "") -> None:
    notice = InputRead(
        input=await listed(errand, held),
        text=held.text,
        language=held.language,
        published_at=held.published_at.isoformat() if held.published_at else "",
        address=held.address,
        news=news,
    )
    asks = news in ("address", "not_address")
    said = asking(notice, f"{ASKS_ADDRESS}.{held.id}") if asks else closing(notice)
    errand.say(said, f"input/{held.id}")


async def _tell_writer(errand: Errand, held: WrittenInput, news: SentNews) -> None:
    """Show the writer their input as it stands now, with the address where it is."""
    person = await errand.work.people.by_id(held.person_id) if held.person_id is not None else None
    if person is None or person.telegram_id is None:
        return
    them = Errand(errand.work, person, Actor(person.id, "stakeholder", "", held.cycle_id), errand.cause)
    notice = await sent_notice(errand.work, held, news)
    them.say(closing(notice), f"input/{held.id}/{person.id}")
