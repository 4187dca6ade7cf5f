"""The engine of the talk: one thing a person did, and what follows from it."""

from collections.abc import Callable

from workflows.notices import Explained, LeftOut
from workflows.review import adapting, cards, choosing, hearing, joining, listing, writing
from workflows.review.answers import chosen
from workflows.review.events import Event, Focus, Interview, Pressed, Review, Said, Turn, WentTo
from workflows.review.path import is_relevant, next_open, preceding
from workflows.review.places import LISTS_QUESTIONS
from workflows.review.talk import Talk
from workflows.review.template import Prompt, Question


def step(review: Review, interview: Interview, event: Event) -> Turn:
    """What follows from one event. Pure: the same values give the same turn.

    An unknown place or a button of another turn changes nothing and is explained. A new turn makes the buttons of the
    question about held texts stale, so that question comes again with it.
    """
    talk = _take(Talk(review, interview), event)
    return (talk if talk.interview.turn == interview.turn else talk.with_which_question()).turn


def with_lost_question(review: Review, turn: Turn) -> Turn:
    """The turn with the question about held texts once more, for somebody whom it may not have reached.

    While a card in hand is only redrawn the question waits for the next message, or it would take the texts meant for
    that card.
    """
    if turn.says and all(say.redraw for say in turn.says):
        return turn
    return Talk(review, turn.interview, turn.says, turn.facts, turn.toast).with_which_question().turn


def _take(talk: Talk, event: Event) -> Talk:
    match event:
        case WentTo():
            return _go(talk, event.place)
        case Pressed():
            return _press(talk, event)
        case Said():
            return hearing.hear(talk, event)


# --- going --------------------------------------------------------------------------------------------------


def _go(talk: Talk, place: str) -> Talk:
    kind, _, name = place.partition(":")
    template = talk.review.template
    if kind == "continue":
        return _continue(talk)
    if kind == "held" and talk.interview.held:
        return talk.which_question()
    if kind == "section" and any(section.id == name for section in template.sections):
        return talk.say(cards.section_view(talk.review, name), LISTS_QUESTIONS)
    if kind == "question" and name in template.questions:
        return _open_question(talk, template.questions[name])
    if kind == "prompt" and template.is_asked(name):
        return _open_prompt(talk, template.prompts[name])
    return talk.hub()


def _continue(talk: Talk) -> Talk:
    """Back to the prompt in hand while it is open, else to the first open one."""
    prompt = talk.interview.focus.prompt
    if prompt and _is_open(talk.review, prompt):
        return talk.ask(prompt)
    return talk.go_on()


def _is_open(review: Review, prompt: str) -> bool:
    found = review.template.prompts.get(prompt)
    return found is not None and prompt not in review.answers and is_relevant(review, found)


def _open_question(talk: Talk, question: Question) -> Talk:
    if _left_out(talk.review, question):
        return _show_left_out(talk, question)
    asked = talk.review.template.asked_in(question)
    relevant = [prompt for prompt in asked if is_relevant(talk.review, prompt)]
    still_open = [prompt for prompt in relevant if prompt.id not in talk.review.answers]
    return _open_prompt(talk, (still_open or relevant or asked)[0])


def _open_prompt(talk: Talk, prompt: Prompt) -> Talk:
    question = talk.review.template.question_of[prompt.id]
    if _left_out(talk.review, question):
        return _show_left_out(talk, question)
    if not is_relevant(talk.review, prompt):
        return talk.say(Explained(code="asleep", prompt=prompt.id))
    return talk.ask(prompt.id)


def _left_out(review: Review, question: Question) -> bool:
    adaptation = review.adaptations.get(question.id)
    return adaptation is not None and adaptation.left_out


def _show_left_out(talk: Talk, question: Question) -> Talk:
    talk = talk.next_turn(Focus(question=question.id))
    return talk.say(LeftOut(turn=talk.interview.turn, question=question.id), Focus())


# --- pressing -----------------------------------------------------------------------------------------------


def _press(talk: Talk, press: Pressed) -> Talk:
    if press.turn != talk.interview.turn:
        doubled = press.turn == talk.interview.turn - 1 and _is_recorded(talk, press)
        return talk.tell("already" if doubled else "stale", talk.interview.previous if doubled else "")
    if press.act in _ANYWHERE:
        return _ANYWHERE[press.act](talk, press)
    prompt = talk.interview.focus.prompt
    if talk.review.is_beside and press.act in _FOR_THE_STATE:
        return talk.tell("unreadable")
    if press.act in _AT_A_PROMPT and prompt in talk.review.template.prompts:
        if press.act in _OVERWRITING and talk.is_unseen(Focus(prompt)):
            return _show_what_changed(talk, prompt)
        return _AT_A_PROMPT[press.act](talk, press)
    return talk.tell("unreadable")


def _show_what_changed(talk: Talk, prompt: str) -> Talk:
    """Somebody else has changed the answer since the card was shown: it is shown as it is now, and nothing is done."""
    card = cards.ask(talk.review, talk.interview.turn, prompt, problem="changed_meanwhile")
    return talk.redraw(card, Focus(prompt))


def _is_recorded(talk: Talk, press: Pressed) -> bool:
    """Whether what a button of the turn before asks for is so already: the second tap of a double tap."""
    prompt = talk.interview.previous
    answer = talk.review.answers.get(prompt)
    match press.act:
        case "option":
            return press.arg in chosen(talk.review.answers, prompt)
        case "state":
            return answer is not None and answer.state == press.arg
        case _:
            return answer is not None and press.act in ("done", "next")


def _leave(talk: Talk, _press: Pressed) -> Talk:
    """Close the card with what is recorded, and go on."""
    prompt = talk.interview.focus.prompt
    return talk.redraw(cards.answered(talk.review, prompt)).go_on(after=prompt)


def _next(talk: Talk, _press: Pressed) -> Talk:
    return talk.go_on(after=talk.interview.focus.prompt)


def _skip(talk: Talk, _press: Pressed) -> Talk:
    """Leave the prompt as it is and go to another open one; to the sections when there is none."""
    prompt = talk.interview.focus.prompt
    following = next_open(talk.review, prompt)
    return talk.ask(following) if following and following != prompt else talk.hub()


def _back(talk: Talk, _press: Pressed) -> Talk:
    before = preceding(talk.review, talk.interview.focus.prompt)
    return talk.ask(before) if before else talk.hub()


def _menu(talk: Talk, press: Pressed) -> Talk:
    turn, prompt = talk.interview.turn, talk.interview.focus.prompt
    match press.arg:
        case "main" | "other" | "adapt" | "clear" as menu:
            return talk.redraw(cards.ask(talk.review, turn, prompt, menu=menu), Focus(prompt))
        case _:
            return talk.tell("unreadable")


def _state(talk: Talk, press: Pressed) -> Talk:
    """No answer, for a reason that is not silence."""
    prompt = talk.interview.focus.prompt
    match press.arg:
        case "not_applicable" | "declined" | "not_known" as state:
            talk = talk.record(prompt, None, state=state)
            return talk.redraw(cards.answered(talk.review, prompt)).go_on(after=prompt)
        case _:
            return talk.tell("unreadable")


def _clear(talk: Talk, _press: Pressed) -> Talk:
    prompt = talk.interview.focus.prompt
    talk = talk.clear(prompt)
    return talk.redraw(cards.ask(talk.review, talk.interview.turn, prompt), Focus(prompt))


_Move = Callable[[Talk, Pressed], Talk]

_AT_A_PROMPT: dict[str, _Move] = {
    "option": choosing.choose,
    "tick": choosing.tick,
    "untick": choosing.tick,
    "row": choosing.open_row,
    "status": choosing.set_status,
    "page": choosing.turn_page,
    "done": _leave,
    "next": _next,
    "skip": _skip,
    "back": _back,
    "menu": _menu,
    "state": _state,
    "clear": _clear,
    "replace": writing.begin_anew,
    "record": listing.open_record,
    "field": listing.open_field,
    "value": listing.choose_value,
    "blank": listing.blank_field,
    "remove": listing.ask_removal,
    "removed": listing.remove,
    "join": joining.join,
    "list": listing.show_list,
    "leave_out": adapting.leave_out,
    "reword": adapting.ask_wording,
}
_FOR_THE_STATE = frozenset({"leave_out", "reword"})
"""How the template is fitted to a country is not for a contributor to say."""
_OVERWRITING = frozenset({"option", "status", "state", "clear", "value", "blank", "removed", "join"})
"""What puts something in the place of what is there; ticks are set beside each other."""


_ANYWHERE: dict[str, _Move] = {"restore": adapting.restore, **hearing.OF_HELD}
