"""What in a text seems to name a person's telephone, e-mail address or papers: asked about, left out where wished."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal, get_args

from workflows.review.answers import Answer, Prose, RecordList, Selection, Value
from workflows.review.events import Review
from workflows.spelling import western_digits

PersonalKind = Literal["phone", "email", "papers"]
PERSONAL_KINDS: Final[tuple[PersonalKind, ...]] = get_args(PersonalKind)
LEFT_OUT: Final = "[…]"
"""Stands in what others read for a passage that seemed personal."""

_NEXT = r"(?:[ .()/-]{0,2}\d)"
"""One more digit of a telephone number, grouped as people group them."""
_GAP = r"[^\d\n]{0,20}?"
"""What stands between a word such as "telephone" and the number itself."""
_PHONE_WORDS = (
    r"(?:tele)?phone|mobile|whatsapp|fax|\btel\b|t[ée]l[ée]phone|\bt[ée]l\b|portable"
    r"|هاتف|جوال|خلوي|محمول|موبايل|واتساب|فاكس"
)
_PAPER_WORDS = (
    r"passports?|passeports?|national id|identity card|id (?:card|number)|residence permit|carte d['’]identit[ée]"
    r"|titre de s[ée]jour|carte de s[ée]jour|جواز|الرقم الوطني|الرقم القومي|الرقم المدني|رقم الهوية|بطاقة الهوية"
    r"|رقم الإقامة"
)
_FOUND: Final[dict[PersonalKind, re.Pattern[str]]] = {
    "phone": re.compile(
        rf"(?<![\w+])(?:\+|00 ?)[1-9]{_NEXT}{{7,13}}(?!\d)"  # with the code of a country
        rf"|(?<![\w/.,-])0[1-9](?:[ -]?\d){{7,9}}(?![\w/.,-]?\d)"  # as it is dialled at home
        rf"|(?:{_PHONE_WORDS}){_GAP}\+?\d{_NEXT}{{5,14}}",
        re.IGNORECASE,
    ),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "papers": re.compile(
        rf"(?:{_PAPER_WORDS})[^\n]{{0,30}}?(?<!\d)[A-Za-z]{{0,2}} ?\d{{5,14}}(?!\d)"
        r"|(?-i:\b[A-Z]{1,2}\d{7,9}\b)",
        re.IGNORECASE,
    ),
}


def personal_in(text: str) -> tuple[PersonalKind, ...]:
    """The kinds of personal data that a text seems to hold, in either set of digits; empty where it seems to hold none.

    Years, dates, amounts, numbers of laws and resolutions are none of them.
    """
    read = western_digits(text)
    return tuple(kind for kind, pattern in _FOUND.items() if pattern.search(read))


def personal_in_answer(answer: Answer) -> tuple[PersonalKind, ...]:
    """The same of everything that a state typed in an answer."""
    return personal_in("\n".join(typed_in(answer)))


def typed_in(answer: Answer) -> tuple[str, ...]:
    """Everything that was typed in an answer, as against pressed."""
    match answer.value:
        case Prose() as prose:
            return (prose.text,)
        case Selection(other=other):
            return (other,)
        case RecordList(records=records):
            return tuple(value for record in records for value in record.fields.values())
    return ()


# --- left out of what others read ---------------------------------------------------------------------------


def without_personal(text: str) -> str:
    """The text with `LEFT_OUT` in the place of each passage that seems personal; any other text is as it was."""
    kept, end = [], 0
    for first, last in _passages(text):
        if first >= end:
            kept += [text[end:first], LEFT_OUT]
        end = max(end, last)
    return "".join([*kept, text[end:]])


def careful_answer(answer: Answer) -> Answer:
    """The answer without the passages in it that seem personal."""
    if not personal_in_answer(answer):
        return answer
    return answer.model_copy(update={"value": _careful(answer.value)})


def careful(review: Review) -> Review:
    """The review as others are to read it; the state's own is another and stays as it is."""
    return replace(review, answers={at: careful_answer(answer) for at, answer in review.answers.items()})


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Where passages begin and end, in order; digits are read in both sets, character by character."""
    read = western_digits(text)
    yield from sorted(found.span() for pattern in _FOUND.values() for found in pattern.finditer(read))


def _careful(value: Value | None) -> Value | None:
    match value:
        case Prose(parts=parts):
            cleaned = tuple(part.model_copy(update={"text": without_personal(part.text)}) for part in parts)
            return value.model_copy(update={"parts": cleaned})
        case Selection(other=other):
            return value.model_copy(update={"other": without_personal(other)})
        case RecordList(records=records):
            fields = (
                {name: without_personal(typed) for name, typed in each.fields.items()} for each in records
            )
            named = tuple(
                record.model_copy(update={"fields": cleaned})
                for record, cleaned in zip(records, fields, strict=True)
            )
            return value.model_copy(update={"records": named})
    return value
