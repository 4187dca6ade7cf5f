"""What becomes of a text: it answers where it belongs, corrects what it was, or is held until its writer says."""

from collections.abc import Callable
from itertools import islice
from typing import Final

from msgspec.structs import replace

from workflows.notices import Explained
from workflows.review import adapting, cards, choosing, listing, writing
from workflows.review.answers import Held
from workflows.review.courtesy import is_courtesy
from workflows.review.events import NOWHERE, Focus, Pressed, Review, Said
from workflows.review.reading import asks_how, calls_off, can_be_typed, is_name_of_a_key
from workflows.review.talk import Talk, first_held, takes_one


def hear(talk: Talk, said: Said) -> Talk:
    """A text at the place that it is for; a text whose place is not known, or not there any more, is held."""
    if said.edited:
        return _correct(talk, said)
    if said.at is None or said.at == NOWHERE or not _is_known(talk.review, said.at):
        is_none = is_name_of_a_key(said.text) or calls_off(said.text) or asks_how(said.text)
        if is_courtesy(said.text):
            return talk.say(Explained(code="courtesy"))
        told = Explained(code="no_answer_word", given=said.text)
        return talk.say(told) if is_none else _hold(talk, said)
    if calls_off(said.text):
        return _call_off(talk, said.at)
    if is_courtesy(said.text):
        return _greet(talk, said.at)
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


def _greet(talk: Talk, focus: Focus) -> Talk:
    """Take a greeting or thanks for what they are; what was asked stays asked."""
    if focus == Focus(focus.prompt):
        return choosing.ask_again(talk, focus.prompt, "courtesy")
    return talk.say(Explained(code="courtesy"), focus)


def _is_instead_of_a_key(review: Review, said: Said) -> bool:
    """Whether what was typed where an answer is typed is surely none, but what a key below it is called."""
    kind = review.template.type_of(said.at.prompt).kind if said.at else ""
    return kind in ("text", "record", "records") and is_name_of_a_key(said.text)


def _is_known(review: Review, focus: Focus) -> bool:
    """Whether the place of a text is still there; a colleague may have removed the record that was asked about."""
    if focus.record:
        records = cards.records_of(review.answers.get(focus.prompt)).records
        return any(record.id == focus.record for record in records)
    return review.template.is_asked(focus.prompt) or focus.question in review.template.questions


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
    """An edited message corrects what that message gave, wherever it was.

    A word that calls off gives nothing, and neither does a greeting; what was given before stays.
    """
    if calls_off(said.text) or is_name_of_a_key(said.text):
        return talk.say(Explained(code="called_off"))
    if is_courtesy(said.text):
        return talk.say(Explained(code="courtesy"))
    for correct in (writing.correct, listing.correct):
        corrected = correct(talk, said)
        if corrected is not None:
            return corrected
    held = tuple(_with_new_words(part, said) for part in talk.interview.held)
    if held != talk.interview.held:
        return talk.with_interview(replace(talk.interview, held=held)).say(Explained(code="kept_edited"))
    return talk.say(Explained(code="edit_unknown"))


def _with_new_words(held: Held, said: Said) -> Held:
    return held.model_copy(update={"text": said.text}) if held.source == said.source else held


def _could_answer(review: Review, prompt: str, text: str) -> bool:
    """Whether a text can be put there: nobody is offered a question that cannot take it."""
    return review.template.is_asked(prompt) and can_be_typed(review.template, prompt, text)


# --- held texts -----------------------------------------------------------------------------------------------


def place(talk: Talk, press: Pressed) -> Talk:
    """Put the first held texts where the person says they belong, with one receipt for all.

    A text that cannot be an answer there stays held, so that it is not lost. A single entity takes one text, and the
    others are asked about again: each would go in the place of the one before it, unseen.
    """
    if not talk.review.template.is_asked(press.arg):
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


def discard(talk: Talk, _press: Pressed) -> Talk:
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


def choose_between(talk: Talk, press: Pressed) -> Talk:
    """Put the waiting text below what somebody else wrote, or in its place; if that has changed again, ask again.

    It is asked in a new turn: the second tap of a double tap is no answer to what it has not shown.
    """
    waiting = first_held(talk.review, talk.interview)
    if not waiting or not waiting[0].instead_of:
        return talk.tell("stale")
    if press.act == "theirs":
        return discard(talk, press)
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


OF_HELD: Final[dict[str, Callable[[Talk, Pressed], Talk]]] = {
    "place": place,
    "discard": discard,
    "both": choose_between,
    "instead": choose_between,
    "theirs": choose_between,
}
"""What a key under the question about held texts does."""
