"""The room of the sessions: who attends and how, groups, questions, offers, next steps; what each role may do there."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Final, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard
from workflows.use_cases.workshops import (
    evaluating,
    grouping,
    minuting,
    overseeing,
    questioning,
    recording,
    registering,
    speaking,
)
from workflows.use_cases.workshops.sessions import Came

Verb = Callable[[Errand, str, int], Awaitable[Came]]
"""What a button does: the errand, the button's argument, the card that was pressed."""


async def handle(visit: Visit) -> Effects | None:
    """/workshop and the keys under everything that is said of a session; None for what is meant for another room."""
    match visit.incoming.did:
        case Commanded(name="workshop", argument=argument):
            return await _answer(visit, await overseeing.show_named(visit.errand, argument))
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did(verb, arg) if verb in _VERBS:
                    return await _answer(visit, await _VERBS[verb](visit.errand, arg, card or 0))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take a text that one of the cards of this room asked for."""
    word, _, about = asked.partition(".")
    if word == "point":
        session, _, group = about.partition(".")
        written = (heard.text, heard.message_id)
        came = await recording.take_point(visit.errand, session, int(group), written)
    elif word in _HEARD:
        came = await _HEARD[word](visit.errand, about, heard.text)
    else:
        return None
    if came == "stale":
        runs = visit.errand.actor.role == "secretariat"
        return await visit.explain("no_answers_here" if runs else "no_question_open")
    return await _answer(visit, came)


async def correct(visit: Visit, answered: str, heard: Heard) -> Effects | None:
    """Let a point of the minutes follow its edited message; None for everything else."""
    word, _, about = answered.partition(".")
    if word != "point":
        return None
    came = await recording.correct(visit.errand, about.partition(".")[0], (heard.text, heard.message_id))
    return visit.quietly if came == "done" else None


async def _answer(visit: Visit, came: Came) -> Effects:
    match came:
        case "denied":
            runs = visit.errand.actor.role == "secretariat"
            return await visit.explain("not_allowed" if runs else "secretariat_runs")
        case "stale" | "already":
            return visit.toast(Toast(code=came))
    return visit.quietly


# --- the keys of those who attend --------------------------------------------------------------------------------


async def _attend(errand: Errand, arg: str, card: int) -> Came:
    session, _, attendance = arg.partition(".")
    if attendance in ("", "card"):
        return await registering.show(errand, session, card if attendance else None)
    return await registering.attend(errand, session, cast("Any", attendance), card)


async def _explain(errand: Errand, arg: str, _card: int) -> Came:
    return await registering.ask_reason(errand, arg)


async def _presents(errand: Errand, arg: str, card: int) -> Came:
    session, _, answer = arg.partition(".")
    return await registering.say_whether_presenting(errand, session, cast("Any", answer), card)


async def _floor(errand: Errand, arg: str, card: int) -> Came:
    session, _, what = arg.partition(".")
    if what == "card":
        return await registering.show(errand, session, card)
    return await (speaking.ask_floor if what == "ask" else speaking.take_back)(errand, session, card)


async def _ask_session(errand: Errand, arg: str, _card: int) -> Came:
    return await questioning.ask_question(errand, arg)


async def _take_up(errand: Errand, arg: str, card: int) -> Came:
    return await minuting.take_up(errand, *_numbers(arg), card)


async def _step_done(errand: Errand, arg: str, card: int) -> Came:
    # In a letter the key names no page: the letter stays as it is, and the list comes below it.
    return await minuting.finish_step(errand, *_numbers(arg), card if "." in arg else 0)


async def _evaluate(errand: Errand, arg: str, card: int) -> Came:
    session, _, rest = arg.partition(".")
    mark, _, value = rest.partition(".")
    if not mark:
        return await evaluating.evaluate(errand, session)
    return await evaluating.evaluate(errand, session, card, (cast("Any", mark), int(value)))


# --- the keys of both sides ---------------------------------------------------------------------------------------


def _paged(verb: Callable[[Errand, str, int, int], Awaitable[Came]]) -> Verb:
    """A list of a session, at its first page where none is named."""

    async def shown(errand: Errand, arg: str, card: int) -> Came:
        session, _, page = arg.partition(".")
        return await verb(errand, session, int(page or 0), card)

    return shown


def _numbers(arg: str) -> tuple[int, int]:
    """An id and a page, the first one where none is named."""
    number, _, page = arg.partition(".")
    return int(number), int(page or 0)


# --- the keys of the secretariat ------------------------------------------------------------------------------------


async def _workshop(errand: Errand, arg: str, card: int) -> Came:
    session, _, redraws = arg.partition(".")
    if not session:
        return await overseeing.show_named(errand, "")
    return await overseeing.show_board(errand, session, card if redraws else None)


async def _groups(errand: Errand, arg: str, card: int) -> Came:
    session, *rest = arg.split(".")
    match rest:
        case [country, group]:
            return await grouping.move(errand, session, country, int(group), card)
        case ["balance"]:
            return await grouping.balance(errand, session, card)
    return await grouping.show_groups(errand, session)


async def _hosting(errand: Errand, arg: str, card: int) -> Came:
    session, *rest = arg.split(".")
    if not rest:
        return await overseeing.show_hosting(errand, session, card)
    return await overseeing.set_hosting(errand, session, rest[0], cast("Any", rest[1]), card)


async def _presenters(errand: Errand, arg: str, card: int) -> Came:
    session, *rest = arg.split(".")
    if not rest:
        return await grouping.show_presenters(errand, session, card)
    return await grouping.place_presenter(errand, session, rest[0], int(rest[1]), card)


async def _speakers(errand: Errand, arg: str, card: int) -> Came:
    session, _, redraws = arg.partition(".")
    return await speaking.show_speakers(errand, session, card if redraws else None)


async def _speaker(errand: Errand, arg: str, card: int) -> Came:
    number, _, what = arg.partition(".")
    if what.isdecimal():
        return await speaking.move(errand, int(number), int(what), card)
    verbs = {"give": speaking.give, "done": speaking.finish, "remove": speaking.remove}
    return await verbs[what](errand, int(number), card)


async def _point_add(errand: Errand, arg: str, _card: int) -> Came:
    session, _, group = arg.partition(".")
    return await recording.ask_point(errand, session, int(group))


async def _point(errand: Errand, arg: str, card: int) -> Came:
    number, _, what = arg.partition(".")
    if not what:
        return await recording.show_point(errand, int(number))
    if what == "remove":
        return await recording.remove(errand, int(number), card)
    return await recording.set_sort(errand, int(number), cast("Any", what), card)


async def _points_go(errand: Errand, arg: str, card: int) -> Came:
    session, _, switch = arg.partition(".")
    return await recording.let_go(errand, session, card, go=switch == "on")


async def _points_file(errand: Errand, arg: str, _card: int) -> Came:
    return await recording.send_file(errand, arg)


async def _attendance_file(errand: Errand, arg: str, _card: int) -> Came:
    return await overseeing.send_attendance(errand, arg)


async def _attended(errand: Errand, arg: str, card: int) -> Came:
    session, person, answer, page = arg.split(".")
    return await overseeing.record_attendance(
        errand, session, (int(person), answer == "yes"), int(page), card
    )


async def _reply(errand: Errand, arg: str, _card: int) -> Came:
    return await questioning.ask_answer(errand, _numbers(arg)[0])


async def _park(errand: Errand, arg: str, card: int) -> Came:
    return await questioning.park(errand, *_numbers(arg), card)


async def _offer(errand: Errand, arg: str, _card: int) -> Came:
    return await minuting.ask_offer(errand, arg)


async def _step(errand: Errand, arg: str, _card: int) -> Came:
    return await minuting.ask_step(errand, arg)


async def _due(errand: Errand, arg: str, _card: int) -> Came:
    number, _, day = arg.partition(".")
    try:
        due = None if day == "none" else date.fromisoformat(day)
    except ValueError:
        return "stale"
    return await minuting.set_due(errand, int(number), due)


async def _material(errand: Errand, arg: str, _card: int) -> Came:
    return await overseeing.send_material(errand, arg)


_VERBS: Final[dict[str, Verb]] = {
    "attend": _attend,
    "attend_why": _explain,
    "presents": _presents,
    "floor": _floor,
    "ask_session": _ask_session,
    "take_up": _take_up,
    "step_done": _step_done,
    "evaluate": _evaluate,
    "questions": _paged(questioning.show),
    "offers": _paged(minuting.show_offers),
    "steps": _paged(minuting.show_steps),
    "workshop": _workshop,
    "groups": _groups,
    "hosting": _hosting,
    "presenters": _presenters,
    "speakers": _speakers,
    "points": _paged(recording.show_points),
    "point_add": _point_add,
    "point": _point,
    "points_go": _points_go,
    "points_file": _points_file,
    "attendance_file": _attendance_file,
    "speaker": _speaker,
    "attendance": _paged(overseeing.show_attendance),
    "attended": _attended,
    "support": overseeing.show_support,
    "material": _material,
    "reply": _reply,
    "park": _park,
    "offer": _offer,
    "step": _step,
    "due": _due,
    "evaluation": _paged(evaluating.show_evaluations),
}


# --- what is typed ----------------------------------------------------------------------------------------------------


def _of_minute(
    verb: Callable[[Errand, int, str], Awaitable[Came]],
) -> Callable[[Errand, str, str], Awaitable[Came]]:
    async def taken(errand: Errand, about: str, text: str) -> Came:
        return await verb(errand, int(about), text)

    return taken


_HEARD: Final[dict[str, Callable[[Errand, str, str], Awaitable[Came]]]] = {
    "reason": registering.take_reason,
    "question": questioning.take_question,
    "comment": evaluating.take_comment,
    "group": grouping.move_in_words,
    "speaker": speaking.add_in_words,
    "answer": _of_minute(questioning.take_answer),
    "offer": minuting.take_offer,
    "step": minuting.take_step,
    "due": _of_minute(minuting.take_due),
}
