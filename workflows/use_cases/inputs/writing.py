"""Writing an input, step by step, each kept as soon as it is given; nothing is sent but by a press."""

from typing import Final

from msgspec.structs import replace

from workflows.languages import Language
from workflows.notices.inputs import CONSENTS, InputAsk, InputClosed, InputNews, InputStep
from workflows.people.inputs import LONGEST, LONGEST_NAME, consents_for, language_of, next_step
from workflows.people.roles import Actor
from workflows.review.courtesy import is_courtesy
from workflows.review.personal import passages_in, without_personal
from workflows.review.reading import calls_off, is_name_of_a_key
from workflows.store.transaction import Work
from workflows.store.values_inputs import InputCall, Piece, WrittenInput
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.inputs import own
from workflows.use_cases.inputs.calling import OTHER, categories, is_open
from workflows.use_cases.inputs.telling import tell_of_arrival

ASKS_NAME: Final = "input_name"
ASKS_TEXT: Final = "input_text"
"""What the cards ask that wait for a name and for words; the number of the input follows.

Where words take the place of what is there, the last message follows of which something is there.
"""


# --- coming in and coming back ---------------------------------------------------------------------------------------


async def begin(
    work: Work, telegram_id: int, spoken: Language, call: InputCall, cause: Cause
) -> InputClosed | None:
    """Let somebody begin who has read what they should know; None when the first question was put to them.

    A draft to another call that is open goes on; one to a call that has closed bars none. Only now there is a row of
    them. Their name at Telegram is not kept: what stands under an input they type.
    """
    if not await is_open(work, call, cause.now):
        return InputClosed(code="closed")
    known = await work.people.by_telegram(telegram_id)
    if known is not None and known.memberships:
        return InputClosed(code="takes_part")
    person = known or await work.people.come_in(telegram_id, "", spoken, cause.now)
    if person.language != spoken:
        person = await work.people.set_language(person.id, spoken)
    errand = Errand(work, person, Actor(person.id, "stakeholder", "", call.cycle_id), cause)
    draft = await _draft(errand, call.cycle_id)
    answered = await work.inputs.call(draft.call_id) if draft is not None else None
    if draft is not None and await is_open(work, answered, cause.now):
        await ask(errand, draft)
    else:
        await _begin(errand, call)
    return None


async def _begin(errand: Errand, call: InputCall) -> None:
    new = await errand.work.inputs.begin(errand.actor, call, errand.cause.now)
    if not new.category and not await categories(errand.work, call.cycle_id):
        new = await errand.work.inputs.keep(errand.actor, replace(new, category=OTHER), errand.cause.now)
    errand.note("write_input", "", new.thing, "begun")
    await ask(errand, new, "begun")


async def begin_another(errand: Errand) -> None:
    """One more input to the call that was answered last; the draft where there is one."""
    inputs = await errand.work.inputs.own(errand.actor)
    call = await errand.work.inputs.call(inputs[-1].call_id) if inputs else None
    if call is None or not await own.may_begin_another(errand, inputs):
        return await resume(errand)
    return await _begin(errand, call)


async def resume(errand: Errand, *, unsaved: InputNews = "") -> None:
    """Where the person was: the draft's next step, else what they sent; what was typed astray is said so."""
    draft = await _draft(errand)
    if draft is not None:
        return await ask(in_its_cycle(errand, draft), draft, unsaved)
    return await own.show_list(errand, unsaved=bool(unsaved))


def in_its_cycle(errand: Errand, mine: WrittenInput) -> Errand:
    """The errand in the cycle to which an input was written; the newest may be of another."""
    return replace(errand, actor=replace(errand.actor, cycle_id=mine.cycle_id))


async def _draft(errand: Errand, cycle_id: str = "") -> WrittenInput | None:
    """What was begun last and is not sent, in a cycle where one is named."""
    mine = await errand.work.inputs.own(errand.actor)
    drafts = (each for each in reversed(mine) if each.state == "draft")
    return next((each for each in drafts if cycle_id in ("", each.cycle_id)), None)


# --- asking ----------------------------------------------------------------------------------------------------------


async def ask(
    errand: Errand,
    mine: WrittenInput,
    news: InputNews = "",
    step: InputStep | None = None,
    card: int | None = None,
) -> None:
    """Put the next question, or the one that was gone back to; a name and words are typed."""
    at = step or next_step(mine.category, mine.name, mine.text, mine.consent)
    listed = await categories(errand.work, mine.cycle_id)
    call = await errand.work.inputs.call(mine.call_id)
    text = mine.text
    notice = InputAsk(
        id=mine.id,
        step=at,
        news=news,
        category=next((each for each in listed if each.id == mine.category), None),
        categories=listed if at == "category" else (),
        name=mine.name,
        text=text,
        words=len(text.split()),
        consent=mine.consent,
        consents=consents_for(mine.name),
        personal=passages_in(text) if at == "check" else (),
        edition=mine.edition,
        open=await is_open(errand.work, call, errand.cause.now),
    )
    asked = {"name": ASKS_NAME, "text": ASKS_TEXT}.get(at)
    replaced = f".{max(each.message for each in mine.pieces)}" if news == "anew" else ""
    said = asking(notice, f"{asked}.{mine.id}{replaced}") if asked else closing(notice)
    errand.say(said, f"input/{mine.id}", edits=card if at != "check" else None)


# --- answering -------------------------------------------------------------------------------------------------------


async def choose_category(errand: Errand, mine: WrittenInput, value: str, card: int) -> None:
    """Keep the category; one that there is not changes nothing."""
    if any(each.id == value for each in await categories(errand.work, mine.cycle_id)):
        mine = await _keep(errand, replace(mine, category=value))
    await ask(errand, mine, card=card)


async def write_unnamed(errand: Errand, mine: WrittenInput, card: int) -> None:
    """Write without a name."""
    await _name(errand, mine, "", card)


async def take_name(errand: Errand, mine: WrittenInput, text: str, *, behind: bool) -> None:
    """Keep what was typed as the name; what came in a second message goes on with the first (`behind`).

    A greeting is nobody's name, and a word that calls off leaves the name as it is.
    """
    words = " ".join(text.split())
    if behind and mine.name:
        words = f"{mine.name} {words}"
    if calls_off(text):
        return await ask(errand, mine, step="name")
    if is_courtesy(text):
        return await ask(errand, mine, "courtesy", "name")
    if is_name_of_a_key(words) or not words:
        return await ask(errand, mine, "key", "name")
    if len(words) > LONGEST_NAME:
        return await ask(errand, mine, "long", "name")
    return await _name(errand, mine, words)


async def _name(errand: Errand, mine: WrittenInput, name: str, card: int | None = None) -> None:
    anew = bool(mine.consent) and mine.consent not in consents_for(name)
    named = replace(mine, name=name, consent="" if anew else mine.consent)
    await ask(errand, await _keep(errand, named), "agree_anew" if anew else "", card=card)


async def take_text(errand: Errand, mine: WrittenInput, message: int, text: str, instead_of: int = 0) -> None:
    """Put what was typed behind what is there, or in the place of all up to the message `instead_of`.

    A greeting and a word that calls off are no words of an input. What would make it too long is not kept, and never
    cut.
    """
    if calls_off(text):
        return await ask(errand, mine, step="text")
    if is_courtesy(text):
        return await ask(errand, mine, "courtesy", "text")
    if is_name_of_a_key(text):
        return await ask(errand, mine, "key", "text")
    kept = (each for each in mine.pieces if each.message != message and each.message > instead_of)
    pieces = (*kept, Piece(message, text.strip()))
    grown = replace(mine, pieces=pieces)
    if len(grown.text) > LONGEST:
        return await ask(errand, mine, "full", "text")
    return await ask(errand, await _keep(errand, grown), "saved", "text")


async def correct(errand: Errand, mine: WrittenInput, message: int, text: str) -> None:
    """An edited message changes the piece that it gave, as long as the input is not sent."""
    if mine.state != "draft":
        return await own.show_sent(errand, mine, "fixed")
    if all(each.message != message for each in mine.pieces):
        return await ask(errand, mine, "unsaved")
    pieces = tuple(Piece(message, text.strip()) if each.message == message else each for each in mine.pieces)
    changed = replace(mine, pieces=pieces)
    if len(changed.text) > LONGEST:
        return await ask(errand, mine, "full", "text")
    return await ask(errand, await _keep(errand, changed), "corrected", "text")


async def write_anew(errand: Errand, mine: WrittenInput, card: int) -> None:
    """Let the next words take the place of these, which stay until then."""
    await ask(errand, mine, "anew" if mine.pieces else "", step="text", card=card)


async def choose_consent(errand: Errand, mine: WrittenInput, value: str, card: int) -> None:
    """Keep what may become public of it."""
    given = next((each for each in CONSENTS if each == value), None)
    if given is not None and given in consents_for(mine.name):
        mine = await _keep(errand, replace(mine, consent=given, consent_at=errand.cause.now))
    await ask(errand, mine, card=card)


async def send(errand: Errand, mine: WrittenInput, seen: int, *, careful: bool) -> None:
    """Send what the person has read, and nothing else; `careful`: without the passages that seem personal."""
    work, now = errand.work, errand.cause.now
    complete = next_step(mine.category, mine.name, mine.text, mine.consent) == "check"
    if mine.edition != seen or not complete:
        return await ask(errand, mine, "meanwhile")
    if not await is_open(work, await work.inputs.call(mine.call_id), now):
        return await ask(errand, mine)
    if careful:
        mine = replace(mine, pieces=(Piece(mine.pieces[-1].message, without_personal(mine.text)),))
    sent = replace(mine, state="sent", sent_at=now, language=language_of(mine.text, errand.person.language))
    mine = await _keep(errand, sent)
    errand.note("write_input", "", mine.thing, "sent")
    await tell_of_arrival(work, mine.cycle_id, now)
    return await own.show_sent(errand, mine, "sent")


async def _keep(errand: Errand, changed: WrittenInput) -> WrittenInput:
    return await errand.work.inputs.keep(errand.actor, changed, errand.cause.now)
