"""The names of the months as people of the region write them, in Arabic, English and French."""

from typing import Final

from workflows.spelling import plain

_NAMES: Final[tuple[tuple[str, ...], ...]] = (
    ("يناير", "كانون الثاني", "كانون ثاني", "جانفي", "january", "jan", "janvier", "janv"),
    ("فبراير", "شباط", "فيفري", "february", "feb", "fevrier", "fev", "fevr"),
    ("مارس", "آذار", "march", "mar", "mars"),
    ("أبريل", "إبريل", "نيسان", "أفريل", "april", "apr", "avril", "avr"),
    ("مايو", "أيار", "مايس", "ماي", "may", "mai"),
    ("يونيو", "يونيه", "حزيران", "جوان", "june", "jun", "juin"),
    ("يوليو", "يوليه", "تموز", "جويلية", "يوليوز", "july", "jul", "juillet", "juill", "juil"),
    ("أغسطس", "آب", "أوت", "غشت", "أغشت", "august", "aug", "aout"),
    ("سبتمبر", "أيلول", "شتنبر", "شتمبر", "september", "sept", "sep", "septembre"),
    ("أكتوبر", "تشرين الأول", "تشرين أول", "october", "oct", "octobre"),
    ("نوفمبر", "تشرين الثاني", "تشرين ثاني", "نونبر", "november", "nov", "novembre"),
    ("ديسمبر", "كانون الأول", "كانون أول", "دجنبر", "دجمبر", "december", "dec", "decembre"),
)
MONTHS: Final = {plain(name): number for number, names in enumerate(_NAMES, start=1) for name in names}
"""The number of a month by any of its names in the region, English and French, spelled plainly."""


def month_named(name: str) -> int | None:
    """The month of a name that is spelled plainly, or of the UN's double name («حزيران يونيو») of one month."""
    if name in MONTHS:
        return MONTHS[name]
    words = name.split()
    splits = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
    return next((MONTHS[a] for a, b in splits if a in MONTHS and MONTHS.get(b) == MONTHS[a]), None)
