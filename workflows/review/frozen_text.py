"""What a review says as one text: canonical, with its hash, read back, and compared question by question."""

import hashlib
import json
from typing import Any

from pydantic import TypeAdapter

from workflows.review.answers import ANSWER, Answer, Answers, Part, Prose, Record, RecordList
from workflows.review.events import Adaptation, Review
from workflows.review.template import Template

_ANSWERS: TypeAdapter[dict[str, Answer]] = TypeAdapter(dict[str, Answer])
SHORT = 12
"""How many characters of a hash are shown to people."""


def frozen(review: Review, cycle_id: str, template_hash: str) -> str:
    """The review as canonical JSON: the same answers give the same text, whoever typed them and in however many parts.

    Only what applies is in it: answers that sleep stay behind. `template_hash` is that of the cycle's pinned template.
    """
    content = {
        "adaptations": {
            question: {"left_out": each.left_out, "wording": each.wording}
            for question, each in _adaptations(review).items()
        },
        "answers": {prompt: ANSWER.dump_python(answer) for prompt, answer in _answers(review).items()},
        "country": review.country,
        "cycle": cycle_id,
        "template": template_hash,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """The SHA-256 of a frozen text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def thawed(text: str, template: Template) -> Review:
    """The review that a frozen text holds; `template` is the one it was frozen from."""
    content: dict[str, Any] = json.loads(text)
    adaptations = {question: Adaptation(**each) for question, each in content["adaptations"].items()}
    return Review(template, content["country"], _ANSWERS.validate_python(content["answers"]), adaptations)


def changed_questions(before: Review, after: Review) -> tuple[str, ...]:
    """The questions that say something else, in the order of the document."""
    old, new, by_lines = _by_question(before), _by_question(after), _by_question(after, by_lines=True)
    return tuple(
        question
        for question in after.template.questions
        if old.get(question) not in (new.get(question), by_lines.get(question))
    )


def _answers(review: Review, *, by_lines: bool = False) -> dict[str, Answer]:
    on_path = {prompt.id for prompt in review.path}
    asked = {prompt: answer for prompt, answer in review.answers.items() if prompt in on_path}
    return {prompt: canonical(_in_lines(answer) if by_lines else answer) for prompt, answer in asked.items()}


def _in_lines(answer: Answer) -> Answer:
    """A text with each message on a line of its own, as texts were frozen before a cut message went on in its line."""
    if not isinstance(answer.value, Prose):
        return answer
    whole = Part(text="\n".join(part.text for part in answer.value.parts), source="")
    return answer.model_copy(update={"value": Prose(parts=(whole,))})


def _adaptations(review: Review) -> dict[str, Adaptation]:
    """How questions were adapted that apply; of one that is left out nothing else counts."""
    applies = {review.template.question_of[prompt.id].id for prompt in review.path}
    kept = {}
    for question, each in review.adaptations.items():
        if each.left_out:
            kept[question] = Adaptation(left_out=True)
        elif each.wording and question in applies:
            kept[question] = each
    return kept


def applying(review: Review) -> tuple[str, ...]:
    """The questions whose own wording is in a frozen text."""
    return tuple(
        question for question, each in _adaptations(review).items() if each.wording and not each.left_out
    )


def canonical(answer: Answer) -> Answer:
    """An answer without the messages it came in."""
    match answer.value:
        case Prose(text=text):
            parts = Prose.model_validate({"parts": [{"text": text, "source": ""}]})
            return answer.model_copy(update={"value": parts})
        case RecordList(records=records):
            named = tuple(Record(id=record.id, fields=_filled(record)) for record in records)
            last = max((record.id for record in records), default=0)
            return answer.model_copy(update={"value": RecordList(records=named, last_id=last)})
        case _:
            return answer


def _filled(record: Record) -> dict[str, str]:
    return {name: value for name, value in sorted(record.fields.items()) if value}


def _by_question(review: Review, *, by_lines: bool = False) -> dict[str, tuple[Adaptation, Answers]]:
    """What each question says."""
    question_of = review.template.question_of
    said: dict[str, tuple[Adaptation, dict[str, Answer]]] = {
        question: (adaptation, {}) for question, adaptation in _adaptations(review).items()
    }
    for prompt, answer in _answers(review, by_lines=by_lines).items():
        said.setdefault(question_of[prompt].id, (Adaptation(), {}))[1][prompt] = answer
    return dict(said)
