"""Answers that do not go together, said without blame: what stands where, and the ways to it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cards import chosen_labels
from bot.render.headings import listed, question_number
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.contradictions import ClaimLine, ContradictionAsk, ContradictionMark
from workflows.review.events import WentTo
from workflows.review.template import Template

CUT = 200
"""From so many characters on an excerpt is the beginning of a text only."""


def contradiction(notice: ContradictionAsk, voice: Voice, template: Template) -> Message:
    """What is said where, that all of it is kept, and a way to each."""
    if notice.settled:
        words = voice.gettext(
            "Thank you. Everything stays as it is, and you will not be asked about this again."
        )
        claims = [plain(_claim(each, voice, template)) for each in notice.claims]
        return message([lines(claims), plain(words)], [_ways_on(voice)])
    text = [
        bold(voice.gettext("These answers may not go together:")),
        lines(part for each in notice.claims for part in _with_text(each, voice, template)),
        italic(voice.gettext("All of them are kept. Would you like to look at one of them?")),
    ]
    right = button(voice.gettext("All of it is right"), Did("keep_all", notice.id))
    return message(text, [*_places(notice, voice, template), (right,)])


def _with_text(claim: ClaimLine, voice: Voice, template: Template) -> list[SafeHtml]:
    cut = "…" if len(claim.excerpt) >= CUT else ""
    return [
        plain(f"• {_claim(claim, voice, template)}"),
        quoted(claim.excerpt + cut) if claim.excerpt else NOTHING,
    ]


def _claim(claim: ClaimLine, voice: Voice, template: Template) -> Spoken:
    """One claim as a sentence."""
    question = _number(claim.prompt, voice, template)
    match claim.holds:
        case "filled" if claim.asleep:
            return voice.gettext(
                "At {question} there is an answer; with your present answers it does not apply.",
                question=question,
            )
        case "filled":
            return voice.gettext("At {question} there is an answer.", question=question)
        case "empty":
            return voice.gettext("At {question} there is no answer.", question=question)
        case "all":
            return voice.gettext("At {question} everything is chosen.", question=question)
    answer = listed(voice, chosen_labels(voice, template, claim.prompt, (claim.value,)))
    return voice.gettext("At {question} you said: {answer}.", question=question, answer=answer)


def _number(prompt: str, voice: Voice, template: Template) -> Spoken:
    return question_number(voice, template, template.question_of[prompt])


def _places(notice: ContradictionAsk, voice: Voice, template: Template) -> list[Row]:
    """A key to each question once; a text that sleeps is read in its history."""
    keys: dict[str, Button] = {}
    for claim in notice.claims:
        number = _number(claim.prompt, voice, template)
        way = Did("history", claim.prompt) if claim.asleep else WentTo(f"prompt:{claim.prompt}")
        keys.setdefault(number, button(voice.gettext("Look at {question}", question=number), way))
    return keyboards.in_columns(voice, list(keys.values()))


def _ways_on(voice: Voice) -> Row:
    return keyboards.across(voice, [keyboards.continue_key(voice), keyboards.sections_key(voice)])


def _pair_name(mark: ContradictionMark, voice: Voice, template: Template) -> Spoken:
    """The questions of a contradiction, each once."""
    return listed(voice, dict.fromkeys(_number(prompt, voice, template) for prompt in mark.prompts))


def in_the_look(marks: Sequence[ContradictionMark], voice: Voice, template: Template) -> SafeHtml:
    """Answers that may not go together; they may also be right as they are."""
    pairs = [f"({_pair_name(each, voice, template)})" for each in marks]
    if not pairs:
        return NOTHING
    words = voice.gettext("These answers may not go together: {questions}", questions=listed(voice, pairs))
    return plain(words)


def rows_of_the_look(marks: Sequence[ContradictionMark], voice: Voice, template: Template) -> list[Row]:
    """The ways to them."""
    keys = [
        button(
            voice.gettext("Look at {question}", question=_pair_name(each, voice, template)),
            Did("contradiction", each.id),
        )
        for each in marks
    ]
    return keyboards.in_columns(voice, keys)


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    ContradictionAsk: contradiction,
}
"""What renders this notice."""
