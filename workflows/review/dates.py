"""Dates as people write them in a record: a year, a month or a day, in three languages and both digit sets."""

import re
from datetime import date
from typing import Literal

from workflows.reference.month_words import month_named
from workflows.review.answers import Record
from workflows.review.template import Template
from workflows.spelling import plain, western_digits

_YEAR_FIRST = re.compile(r"^(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?$")
_YEAR_LAST = re.compile(r"^(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})$")
_IN_WORDS = re.compile(r"^(?:(\d{1,2})(?:er)? )?([^\d]+?) (\d{4})$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def read_date(text: str) -> str | None:
    """The date as ISO 8601 with the precision it was given in (2019, 2019-06, 2019-06-03); None when it is not plain.

    Numbers with the year last are read day before month, as the region writes them. Hijri dates are left as typed.
    """
    bare = western_digits(text).strip().strip("\u200e\u200f")
    if found := _YEAR_FIRST.match(bare):
        year, month, day = found.groups()
    elif found := _YEAR_LAST.match(bare):
        day, month, year = found.groups()
    elif found := _IN_WORDS.match(plain(bare)):
        day, name, year = found.groups()
        month = str(month_named(name) or 0)
    else:
        return None
    return _iso(int(year), int(month) if month else None, int(day) if day else None)


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


Caution = Literal["early_date", "unreadable_date"]


def cautions(template: Template, prompt: str, record: Record) -> tuple[Caution, ...]:
    """Remarks on a record's dates, never refusals: not readable as a date, or earlier than the prompt expects."""
    fields = [field.id for field in template.fields_of(prompt) if field.type == "date"]
    given = [record.fields[field] for field in fields if record.fields.get(field)]
    found: list[Caution] = []
    if any(read_date(value) is None for value in given):
        found.append("unreadable_date")
    earliest = next((check.value for check in template.prompts[prompt].checks), "")
    if earliest and any(value < earliest[: len(value)] for value in given if read_date(value) == value):
        found.append("early_date")
    return tuple(found)
