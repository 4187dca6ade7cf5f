"""Long texts: said in one or many messages, corrected by editing, begun anew."""

from msgspec.structs import replace

from workflows.review import cards
from workflows.review.answers import Answer, Part, Prose
from workflows.review.events import Focus, Pressed, Said
from workflows.review.talk import Talk


def hear(talk: Talk, prompt: str, said: Said) -> Talk:
    """One more part of a text; the first one when it is begun anew. A message heard before changes nothing."""
    parts = _parts(talk.review.answers.get(prompt))
    if any(part.source == said.source for part in parts):
        return talk
    waits = any(text.instead_of == prompt for text in talk.interview.held)
    if said.instead or talk.interview.replacing == prompt or waits:
        if parts and talk.is_unseen(Focus(prompt), said):
            return talk.hold_beside(Focus(prompt), said)
        parts = ()
        talk = talk.with_interview(replace(talk.interview, replacing=""))
    prose = Prose(parts=(*parts, Part(text=said.text, source=said.source)))
    return _receipt(talk.record(prompt, prose, source=said.source), prompt)


def correct(talk: Talk, said: Said) -> Talk | None:
    """The text whose part was that message, with its new words; None when no text has it."""
    for prompt, answer in talk.review.answers.items():
        parts = _parts(answer)
        if any(part.source == said.source for part in parts):
            new = tuple(
                Part(text=said.text, source=p.source) if p.source == said.source else p for p in parts
            )
            return _receipt(talk.record(prompt, Prose(parts=new), source=said.source), prompt, edited=True)
    return None


def begin_anew(talk: Talk, _press: Pressed) -> Talk:
    """The next message replaces the text; what was there stays in its history."""
    prompt = talk.interview.focus.prompt
    if talk.review.template.type_of(prompt).kind != "text":
        return talk.tell("unreadable")
    talk = talk.next_turn(Focus(prompt))
    talk = talk.with_interview(replace(talk.interview, replacing=prompt))
    return talk.say(cards.ask(talk.review, talk.interview.turn, prompt, replacing=True), Focus(prompt))


def _parts(answer: Answer | None) -> tuple[Part, ...]:
    return answer.value.parts if answer is not None and isinstance(answer.value, Prose) else ()


def _receipt(talk: Talk, prompt: str, *, edited: bool = False) -> Talk:
    here = talk.interview.focus == Focus(prompt)
    turn = talk.interview.turn if here else 0
    return talk.say(cards.saved(talk.review, turn, prompt, edited=edited), Focus(prompt) if here else None)
