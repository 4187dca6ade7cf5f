"""What in a text seems to name a person's telephone, e-mail address or papers: asked about, left out where wished."""

import re
from collections.abc import Iterator
from typing import Final, Literal, get_args

from msgspec.structs import replace

from workflows.review.answers import Answer, Part, Prose, RecordList, Selection, Value
from workflows.review.events import Adaptation, Review
from workflows.review.parts import joints
from workflows.spelling import western_digits

PersonalKind = Literal["phone", "email", "papers"]
PERSONAL_KINDS: Final[tuple[PersonalKind, ...]] = get_args(PersonalKind)
LEFT_OUT: Final = "[…]"
"""Stands in what others read for a passage that seemed personal."""

_NEXT = r"(?:[ .()/-]{0,2}\d)"
"""One more digit of a telephone number, grouped as people group them."""
_BREAK = r"(?:\n[^\w\n]{0,4}(?!\d+000(?!\d)|\d{1,3}(?:[ .]\d{3})*[ .]000(?![ .]?\d)))?"
"""The end of a line between a word and its number, as in two messages; a round amount begins another sentence."""
_GAP = rf"[^\d\n]{{0,20}}?{_BREAK}"
"""What stands between a word such as "telephone" and the number itself."""
_NO_DATE = (
    r"(?!(?:19|20)\d\d ?[-/–] ?(?:19|20)?\d\d(?!\d))"
    r"(?!\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d(?!\d))"
    r"(?!(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2}(?!\d))"
)
"""Years and dates after such a word are none of its numbers."""
_PHONE_WORDS = (
    r"(?:tele)?phone|mobile|whatsapp|fax|\btel\b|t[ée]l[ée]phone|\bt[ée]l\b|portable"
    r"|هاتف|جوال|خلوي|محمول|موبايل|واتساب|فاكس"
)
_PAPER_WORDS = (
    r"passports?|passeports?|national id|identity card|id (?:card|number)|residence permit|carte d['’]identit[ée]"
    r"|titre de s[ée]jour|carte de s[ée]jour|جواز|الرقم الوطني|الرقم القومي|الرقم المدني|رقم الهوية|بطاقة الهوية"
    r"|رقم الإقامة"
)
_SERIES = r"(?:(?<![^\W_])(?:[A-Za-z]{1,2}(?=\d)|(?-i:[A-Z]{1,2}) |[\u0621-\u0647\u064a] ?))?(?:\d{1,4}[A-Za-z]{1,2})?"
"""The letters of a paper's number."""
_FOUND: Final[dict[PersonalKind, re.Pattern[str]]] = {
    "phone": re.compile(
        rf"(?<![\w+])(?:\+|00 ?)[1-9]{_NEXT}{{7,13}}(?!\d)"  # with the code of a country
        rf"|(?<![\w/.,-])0[1-9](?:[ -]?\d){{7,9}}(?![\w/.,-]?\d)"  # as it is dialled at home
        r"|(?<![\w/.,-])(?!0[1-9](?:0\d|1[0-2])(?:19|20)\d\d)0[1-9][ /-]?\d{3}[ -]?\d{3}(?![\w/., -]?\d)"
        rf"|(?:{_PHONE_WORDS}){_GAP}{_NO_DATE}(?P<number>[+(]{{0,2}}\d{_NEXT}{{5,14}})",
        re.IGNORECASE,
    ),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "papers": re.compile(
        rf"(?:{_PAPER_WORDS})[^\n]{{0,30}}?{_BREAK}(?<!\d)(?P<number>{_SERIES}\d{{5,14}})(?!\d)"
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
    found = {kind for typed in typed_in(answer) for kind in personal_in(typed)}
    return tuple(kind for kind in PERSONAL_KINDS if kind in found)


def passages_in(text: str) -> tuple[str, ...]:
    """The passages of a text that seem personal, with digits 0-9, without words before them."""
    return _cut(text)[1]


def passages_in_answer(answer: Answer) -> tuple[str, ...]:
    """The same of everything that a state typed in an answer."""
    return tuple(passage for typed in typed_in(answer) for passage in passages_in(typed))


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
    """The text with `LEFT_OUT` in the place of each passage that seems personal; any other text is as it was.

    Lines stay lines, and the word before a number stays.
    """
    return _cut(text)[0]


def careful_answer(answer: Answer) -> Answer:
    """The answer without the passages in it that seem personal."""
    if not personal_in_answer(answer):
        return answer
    return answer.model_copy(update={"value": _careful(answer.value)})


def careful(review: Review) -> Review:
    """The review as others are to read it; the state's own is another and stays as it is."""
    return replace(
        review,
        answers={at: careful_answer(answer) for at, answer in review.answers.items()},
        adaptations={at: careful_adaptation(each) for at, each in review.adaptations.items()},
    )


def careful_adaptation(adaptation: Adaptation) -> Adaptation:
    """How a question was adapted, without what seems personal in the state's own words of it."""
    return replace(adaptation, wording=without_personal(adaptation.wording))


def _cut(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its passages, and the passages; one that is cut out may bring the next number near a word."""
    passages: list[str] = []
    while spans := tuple(_spans(text)):
        kept, end = [], 0
        for first, last in spans:
            if first >= end:
                kept += [text[end:first], LEFT_OUT]
                passages.append(western_digits(text[first:last]))
            else:
                passages[-1] += western_digits(text[end:last])
            end = max(end, last)
        text = "".join([*kept, text[end:]])
    return text, tuple(passages)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where passages begin and end, in order; digits are read in both sets, character by character."""
    read = western_digits(text)
    yield from sorted(
        found.span("number") if found.groupdict().get("number") else found.span()
        for pattern in _FOUND.values()
        for found in pattern.finditer(read)
    )


def _careful_parts(prose: Prose) -> tuple[Part, ...]:
    """The parts of a text without what seems personal in the whole; no passage goes over the end of a line."""
    whole = without_personal(prose.text)
    if " " in joints(prose.parts):  # a passage may go over the place where a message was cut
        return (prose.parts[0].model_copy(update={"text": whole}),)
    rest = iter(whole.split("\n"))
    cleaned = ("\n".join(next(rest) for _ in part.text.split("\n")) for part in prose.parts)
    return tuple(
        part.model_copy(update={"text": text}) for part, text in zip(prose.parts, cleaned, strict=True)
    )


def _careful(value: Value | None) -> Value | None:
    match value:
        case Prose() as prose:
            return prose.model_copy(update={"parts": _careful_parts(prose)})
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
