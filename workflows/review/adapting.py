"""How a state fits the template to its context: a question left out, put in own words, or restored."""

from msgspec.structs import replace

from workflows.notices import AskWording, Explained, LeftOut
from workflows.review.events import Adaptation, Adapted, Focus, Pressed, Said
from workflows.review.path import is_relevant
from workflows.review.talk import Talk


def leave_out(talk: Talk, _press: Pressed) -> Talk:
    """Take the question of the prompt in hand out of the review; its answers sleep.

    Its card becomes the way to take it in again, for as long as the next prompt is in hand.
    """
    prompt = talk.interview.focus.prompt
    question = talk.review.template.question_of[prompt].id
    talk = talk.adapt(Adapted(question, replace(_of(talk, question), left_out=True)))
    return talk.redraw(LeftOut(turn=talk.interview.turn + 1, question=question)).go_on(after=prompt)


def ask_wording(talk: Talk, _press: Pressed) -> Talk:
    """Ask for the state's own wording of the question."""
    question = talk.review.template.question_of[talk.interview.focus.prompt].id
    talk = talk.next_turn(Focus(question=question))
    notice = AskWording(turn=talk.interview.turn, question=question, wording=_of(talk, question).wording)
    return talk.say(notice, Focus(question=question))


def hear_wording(talk: Talk, question: str, said: Said) -> Talk:
    """The state's own wording is kept beside the template's, marked as adapted; late words do not move the talk."""
    focus = Focus(question=question)
    if _of(talk, question).wording not in ("", said.text) and talk.is_unseen(focus, said):
        return talk.hold_beside(focus, said)
    talk = talk.adapt(Adapted(question, replace(_of(talk, question), wording=said.text)))
    if talk.interview.focus.question != question:
        first = talk.review.template.questions[question].prompts[0]
        return talk.say(Explained(code="wording_kept", prompt=first.id))
    return _back_to(talk, question)


def restore(talk: Talk, press: Pressed) -> Talk:
    """Back to the template: the question applies again, in the template's words."""
    question = press.arg or talk.interview.focus.question
    in_hand = talk.interview.focus.prompt
    if not question and in_hand:
        question = talk.review.template.question_of[in_hand].id
    if question not in talk.review.template.questions:
        return talk.tell("unreadable")
    return _back_to(talk.adapt(Adapted(question, Adaptation())), question)


def _of(talk: Talk, question: str) -> Adaptation:
    return talk.review.adaptations.get(question, Adaptation())


def _back_to(talk: Talk, question: str) -> Talk:
    template = talk.review.template
    asked = template.asked_in(template.questions[question])
    relevant = [prompt.id for prompt in asked if is_relevant(talk.review, prompt)]
    return talk.ask(relevant[0]) if relevant else talk.hub()
