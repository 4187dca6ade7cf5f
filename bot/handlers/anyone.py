"""What everybody may do, whatever their role, and what is said to those who have none."""

from typing import Final, Protocol, cast

from msgspec.structs import replace

from bot.buttons import Did, Forged, read
from bot.effects import Effects, whispered
from bot.failpoints import reach as pass_by
from bot.handlers import (
    announcing,
    assessment,
    audit,
    calendar,
    contradictions,
    documents,
    exchange,
    filled,
    hands,
    inputs,
    logs_of_hands,
    people_desk,
    reminders,
    scheduling,
    status,
    submission,
    support,
    workshops,
)
from bot.handlers.visit import Visit
from bot.inbound import Blocked, Commanded, Incoming, Tapped, Unblocked
from workflows.languages import LANGUAGES, Language
from workflows.notices import Door, ExplainCode, Explained, Help, Notice, Privacy, Toast
from workflows.people.roles import Person
from workflows.review.events import Pressed, WentTo
from workflows.review.places import lists_places
from workflows.review.reading import calls_off, read_language
from workflows.store.transaction import Work
from workflows.use_cases import own_data, which_country
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.hearing import ASKS_LANGUAGE, Heard, closing
from workflows.use_cases.support import wishes


class Room(Protocol):
    """A room of the review that people of every role may enter; what they may do there is decided inside."""

    async def handle(self, visit: Visit) -> Effects | None:
        """Answer a command or press that is meant for this room; None for every other."""

    async def hear(self, visit: Visit, asked: str, heard: Heard) -> Effects | None:
        """Take a text that answers what this room asked; None where another room asked it."""


ROOMS: Final[tuple[Room, ...]] = (
    announcing,
    assessment,
    audit,
    calendar,
    contradictions,
    documents,
    exchange,
    filled,
    hands,
    inputs,
    logs_of_hands,
    people_desk,
    reminders,
    scheduling,
    status,
    submission,
    support,
    workshops,
)
_CORRECTED: Final = (announcing, assessment, exchange, inputs, submission, support, workshops)
"""The rooms that say what becomes of an edited message which had answered them."""


def language_of(incoming: Incoming) -> Language:
    """The language to begin in: the one the person's Telegram speaks where it is ours, else Arabic."""
    spoken = incoming.language_code[:2].lower()
    return cast("Language", spoken) if spoken in ("ar", "en", "fr") else "ar"


def stranger(incoming: Incoming, person: Person | None) -> Effects:
    """A courteous word to somebody without an invitation; it costs no row.

    Nothing keeps their language, so who asks for another one hears the word in each.
    """
    language = person.language if person else language_of(incoming)
    asked = incoming.did.name if isinstance(incoming.did, Commanded) else ""
    notice: Notice = Privacy() if asked == "privacy" else Door(code="not_invited")
    return whispered(notice, *LANGUAGES) if asked == "language" else whispered(notice, language)


async def reach(work: Work, person: Person | None, did: Blocked | Unblocked, cause: Cause) -> Effects:
    """The person has stopped the bot, or let it in again; then they learn that letters have missed them."""
    if person is None:
        return Effects()
    now = await work.people.set_reach(person.id, "blocked" if isinstance(did, Blocked) else "open")
    if isinstance(did, Unblocked) and person.reach == "blocked" and now.actor is not None:
        code: ExplainCode = "back_to_texts" if now.actor.role == "clearer" else "back"
        Errand(work, now, now.actor, cause).say(Explained(code=code, role=now.actor.role), "back")
    return Effects()


async def handle(visit: Visit) -> Effects | None:
    """What is the same for every role; None where the role decides."""
    for room in () if _is_of_the_talk(visit.incoming) else ROOMS:
        done = await room.handle(visit)
        if done is not None:
            return done
    match visit.incoming.did:
        case Commanded(name=name):
            return await _command(visit, name)
        case Tapped(data=data, message_id=card):
            return await _tap(visit, data, card or 0)
    return None


def _is_of_the_talk(incoming: Incoming) -> bool:
    """Whether something is surely for no room: what is typed or sent, and the keys of the questions themselves."""
    did = incoming.did
    if isinstance(did, Tapped):
        return isinstance(read(did.data), Pressed | WentTo)
    return not isinstance(did, Commanded)


async def hear(visit: Visit, heard: Heard) -> Effects | None:
    """Bring a text to the room that asked for it; None where none did."""
    if heard.edited:
        return await _correct(visit, heard)
    if heard.asked == ASKS_LANGUAGE and (language := read_language(heard.text)):
        await own_data.set_language(visit.errand, language)
        return visit.quietly
    if heard.asked and not lists_places(heard.asked) and calls_off(heard.text):
        role = visit.errand.actor.role
        visit.errand.say(closing(Explained(code="called_off", role=role)), "called_off")
        return visit.quietly
    command = which_country.command_for(heard.asked)
    if command:
        return await _hear_country(visit, command, heard)
    for room in ROOMS if heard.asked else ():
        done = await room.hear(visit, heard.asked, heard)
        if done is not None:
            return done
    return None


async def _hear_country(visit: Visit, command: str, heard: Heard) -> Effects | None:
    """Take a country that was typed where a card asked for one, as if it had followed the card's own command."""
    if which_country.is_like_none(heard.text) and await wishes.show(visit.errand, heard.text):
        return visit.quietly
    typed = Commanded(command, heard.text, heard.message_id)
    return await handle(replace(visit, incoming=replace(visit.incoming, did=typed)))


async def _correct(visit: Visit, heard: Heard) -> Effects | None:
    """What becomes of an edited message that once answered what a room had asked; None for every other."""
    for room in _CORRECTED if heard.answered else ():
        done: Effects | None = await room.correct(visit, heard.answered, heard)
        if done is not None:
            return done
    return None


async def own(visit: Visit) -> Effects | None:
    """What is open to whoever is known, with or without a place: language and own data. None for everything else."""
    match visit.incoming.did:
        case Commanded(name="language" | "privacy" | "mydata" | "erase" as name):
            return await _command(visit, name)
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("language" | "languages" | "privacy" | "mydata" | "erase" as verb, arg):
                    return await _button(visit, verb, arg, card or 0)
    return None


async def former(visit: Visit) -> Effects:
    """What is told to somebody whose place has ended: help, and of everything else that it was not taken any more."""
    match visit.incoming.did:
        case Commanded(name="help"):
            visit.errand.say(Help(role="former"), "help")
            return visit.quietly
    return whispered(Door(code="ended"), visit.errand.person.language)


async def _command(visit: Visit, name: str) -> Effects | None:
    errand = visit.errand
    match name:
        case "help":
            errand.say(Help(role=errand.actor.role, country=errand.actor.country), "help")
        case "privacy":
            errand.say(Privacy(role=errand.actor.role), "privacy")
        case "language":
            await own_data.offer_languages(errand)
        case "settings":
            await own_data.show_settings(errand)
        case "mydata":
            await own_data.export_own(errand)
        case "erase":
            await own_data.ask_erasure(errand)
        case _:
            return None
    return visit.quietly


async def _tap(visit: Visit, data: str, card: int) -> Effects | None:
    match read(data):
        case Forged():
            visit.errand.note("press", visit.errand.actor.country, "button", "forged")
            return visit.toast(Toast(code="unreadable"))
        case Did(verb, arg):
            return await _button(visit, verb, arg, card)
    return None


async def _button(visit: Visit, verb: str, arg: str, card: int) -> Effects | None:
    match verb, arg:
        case "language", ("ar" | "en" | "fr") as language:
            await own_data.set_language(visit.errand, language)
        case "digits", ("auto" | "latn" | "arab") as digits:
            await own_data.set_digits(visit.errand, digits, card)
        case "clock", ("24" | "12") as clock:
            await own_data.set_clock(visit.errand, clock, card)
        case "languages", _:
            await own_data.offer_languages(visit.errand)
        case "erase", answer:
            await _erase(visit, answer, card)
        case ("help" | "privacy" | "settings" | "mydata") as name, _:
            return await _command(visit, name)
        case _:
            return None
    return visit.quietly


async def _erase(visit: Visit, answer: str, card: int) -> None:
    asked, _, word = answer.partition(".")
    if word == "yes" and own_data.is_asked_now(visit.errand, int(asked)):
        await own_data.erase(visit.errand, visit.incoming.chat_id)
        pass_by("after_erasure")
    elif word == "no":
        await own_data.keep(visit.errand, card)
    else:
        await own_data.ask_erasure(visit.errand)
