"""The engine of the talk: one thing a person did, and what follows from it."""

from collections.abc import Callable
from itertools import islice

from msgspec.structs import replace

from workflows.notices import Explained, LeftOut
from workflows.review import adapting, cards, choosing, joining, listing, writing
from workflows.review.answers import Held, chosen
from workflows.review.events import NOWHERE, Event, Focus, Interview, Pressed, Review, Said, Turn, WentTo
from workflows.review.path import is_relevant, next_open, preceding
from workflows.review.places import LISTS_QUESTIONS
from workflows.review.reading import asks_how, calls_off, can_be_typed, is_name_of_a_key
from workflows.review.talk import Talk, first_held, takes_one
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
            return _hear(talk, event)


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
    if kind == "prompt" and _is_asked(talk.review, name):
        return _open_prompt(talk, template.prompts[name])
    return talk.hub()


def _is_asked(review: Review, prompt: str) -> bool:
    """Whether there is such a prompt and it takes an answer; guidance is only read."""
    return prompt in review.template.prompts and review.template.type_of(prompt).kind != "guidance"


def _could_answer(review: Review, prompt: str, text: str) -> bool:
    """Whether a text can be put there: nobody is offered a question that cannot take it."""
    return _is_asked(review, prompt) and can_be_typed(review.template, prompt, text)


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


def _place(talk: Talk, press: Pressed) -> Talk:
    """Put the first held texts where the person says they belong, with one receipt for all.

    A text that cannot be an answer there stays held, so that it is not lost. A single entity takes one text, and the
    others are asked about again: each would go in the place of the one before it, unseen.
    """
    if not _is_asked(talk.review, press.arg):
        return talk.tell("unreadable")
    before, waiting = talk.interview, first_held(talk.review, talk.interview)
    if not waiting or press.arg not in (*waiting[0].candidates, before.focus.prompt):
        return talk.tell("stale")
    template = talk.review.template
    if takes_one(talk.review, press.arg):
        waiting = waiting[:1]
    unfit = [text for text in waiting if not can_be_typed(template, press.arg, text.text)]
    rest = before.held[len(waiting) :]
    talk = _past_the_question(talk, (*unfit, *rest), rest)
    turn = talk.interview.turn
    for text in waiting:
        alone = talk if talk.interview.turn != turn else replace(talk, says=())
        talk = _say_at(alone, Focus(press.arg), Said(text.text, text.source, Focus(press.arg)))
    return talk.which_question() if rest else talk


def _discard(talk: Talk, _press: Pressed) -> Talk:
    """Drop the first held texts; after the last, show the prompt in hand again, so that the next text answers it."""
    waiting = first_held(talk.review, talk.interview)
    if not waiting:
        return talk.tell("stale")
    rest = talk.interview.held[len(waiting) :]
    talk = _past_the_question(talk, rest, rest).redraw(Explained(code="discarded"))
    if rest:
        return talk.which_question()
    prompt = talk.interview.focus.prompt
    if prompt not in talk.review.template.prompts:
        return talk
    replacing = talk.interview.replacing == prompt
    card = cards.ask(talk.review, talk.interview.turn, prompt, replacing=replacing)
    return talk.say(card, Focus(prompt))


def _choose_between(talk: Talk, press: Pressed) -> Talk:
    """Put the waiting text below what somebody else wrote, or in its place; if that has changed again, ask again.

    It is asked in a new turn: the second tap of a double tap is no answer to what it has not shown.
    """
    waiting = first_held(talk.review, talk.interview)
    if not waiting or not waiting[0].instead_of:
        return talk.tell("stale")
    if press.act == "theirs":
        return _discard(talk, press)
    focus = Focus.read(waiting[0].instead_of)
    rest = talk.interview.held[len(waiting) :]
    chosen = _past_the_question(talk, rest, rest)
    if str(Focus(question=focus.question) if focus.question else Focus(focus.prompt)) in talk.review.unseen:
        anew = replace(talk.interview, turn=talk.interview.turn + 1)
        return talk.with_interview(anew).which_question()
    for number, text in enumerate(waiting):
        instead = press.act == "instead" and not number
        said = Said(text.text, text.source, focus, instead=instead)
        chosen = _say_at(replace(chosen, says=()), focus, said)
    return chosen.which_question() if rest else chosen


def _past_the_question(talk: Talk, held: tuple[Held, ...], rest: tuple[Held, ...]) -> Talk:
    """What is held from now on; a new turn, so that a second tap, or one under an old copy, never places what follows.

    Where nothing has found its place and nothing else is to be asked, the question stands as it was.
    """
    moved = bool(rest) or held != talk.interview.held
    return talk.with_interview(replace(talk.interview, held=held, turn=talk.interview.turn + moved))


_ANYWHERE: dict[str, _Move] = {
    "restore": adapting.restore,
    "place": _place,
    "discard": _discard,
    "both": _choose_between,
    "instead": _choose_between,
    "theirs": _choose_between,
}

# --- hearing ------------------------------------------------------------------------------------------------


def _hear(talk: Talk, said: Said) -> Talk:
    if said.edited:
        return _correct(talk, said)
    if said.at is None or said.at == NOWHERE or not _is_known(talk.review, said.at):
        is_none = is_name_of_a_key(said.text) or calls_off(said.text) or asks_how(said.text)
        told = Explained(code="no_answer_word", given=said.text)
        return talk.say(told) if is_none else _hold(talk, said)
    if calls_off(said.text):
        return _call_off(talk, said.at)
    if said.at == Focus(said.at.prompt) and _is_instead_of_a_key(talk.review, said):
        return choosing.ask_again(talk, said.at.prompt, "name_of_a_key")
    return _say_at(talk, said.at, said)


def _call_off(talk: Talk, focus: Focus) -> Talk:
    """Let go of what was asked last: a detail, a wording of one's own, a text to come; what is written stays."""
    if focus.question:
        return talk.say(Explained(code="called_off"), Focus())
    if focus.record:
        return listing.let_go(talk, focus)
    if talk.interview.replacing == focus.prompt:
        talk = talk.with_interview(replace(talk.interview, replacing=""))
    return choosing.ask_again(talk, focus.prompt, "called_off")


def _is_instead_of_a_key(review: Review, said: Said) -> bool:
    """Whether what was typed where an answer is typed is surely none, but what a key below it is called."""
    kind = review.template.type_of(said.at.prompt).kind if said.at else ""
    return kind in ("text", "record", "records") and is_name_of_a_key(said.text)


def _is_known(review: Review, focus: Focus) -> bool:
    """Whether the place of a text is still there; a colleague may have removed the record that was asked about."""
    if focus.record:
        records = cards.records_of(review.answers.get(focus.prompt)).records
        return any(record.id == focus.record for record in records)
    return _is_asked(review, focus.prompt) or focus.question in review.template.questions


def _hold(talk: Talk, said: Said) -> Talk:
    """Keep a text whose question cannot be told, and ask."""
    at_hand = (talk.interview.focus.prompt,) if talk.interview.focus.prompt else ()
    asked = tuple(p for p in said.candidates or at_hand if _could_answer(talk.review, p, said.text))
    if not asked:
        still_open = (prompt.id for prompt in talk.review.path if prompt.id not in talk.review.answers)
        asked = tuple(islice((p for p in still_open if _could_answer(talk.review, p, said.text)), 1))
    return talk.hold(Held(text=said.text, source=said.source, candidates=asked))


def _say_at(talk: Talk, focus: Focus, said: Said) -> Talk:
    if focus.question:
        return adapting.hear_wording(talk, focus.question, said)
    if focus.record:
        return listing.hear_field(talk, focus, said)
    match talk.review.template.type_of(focus.prompt).kind:
        case "text":
            return writing.hear(talk, focus.prompt, said)
        case "record" | "records":
            return listing.hear(talk, focus.prompt, said)
        case _:
            return choosing.hear(talk, focus.prompt, said)


def _correct(talk: Talk, said: Said) -> Talk:
    """An edited message corrects what that message gave, wherever it was; a word that calls off gives nothing."""
    if calls_off(said.text) or is_name_of_a_key(said.text):
        return talk.say(Explained(code="called_off"))
    for correct in (writing.correct, listing.correct):
        corrected = correct(talk, said)
        if corrected is not None:
            return corrected
    new = {"text": said.text}
    held = tuple(p.model_copy(update=new) if p.source == said.source else p for p in talk.interview.held)
    if held != talk.interview.held:
        return talk.with_interview(replace(talk.interview, held=held)).say(Explained(code="kept_edited"))
    return talk.say(Explained(code="edit_unknown"))
