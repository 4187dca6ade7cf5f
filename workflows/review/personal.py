"""Whether a text seems to name a person's telephone, e-mail address or papers: a reason to ask, never to refuse."""

import re
from typing import Final, Literal, get_args

from workflows.review.answers import Answer, Prose, RecordList, Selection
from workflows.spelling import western_digits

PersonalKind = Literal["phone", "email", "papers"]
PERSONAL_KINDS: Final[tuple[PersonalKind, ...]] = get_args(PersonalKind)

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
