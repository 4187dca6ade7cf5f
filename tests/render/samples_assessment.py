"""Samples of the self-assessment, in the forms that look different, with something typed in every place for it."""

from datetime import date

from workflows.languages import Text
from workflows.notices import EventLine, Notice, SectionLine
from workflows.notices.assessment import (
    MARKS,
    AssessAreas,
    AssessOutline,
    AssessView,
    EntitiesNamed,
    GivenMark,
    PrincipleCard,
    PrincipleLine,
)
from workflows.notices.support import RequestLine
from workflows.review.alignment import principles
from workflows.review.template import Template
from workflows.when import Exact

MOMENT = "2026-06-25T08:00:00+00:00"


def of_the_assessment(template: Template, typed: str) -> list[Notice]:
    """Everything of the module."""
    lines = marked(template, typed)
    sections = tuple(
        SectionLine(id=each.id, settled=2, total=9, words=10, limit=each.word_limit)
        for each in template.sections
    )
    return [
        AssessView(country="LB", principles=lines),
        *_cards(lines, typed),
        AssessAreas(country="LB", principles=lines[1:4], sections=sections),
        AssessAreas(country="LB"),
        outline(template, typed),
        AssessOutline(country="LB", at=MOMENT, dated=False),
    ]


def marked(template: Template, typed: str) -> tuple[PrincipleLine, ...]:
    """All principles, with every mark and with none."""
    marks: tuple[GivenMark, ...] = (*MARKS, "", "")
    return tuple(
        PrincipleLine(id=each.value, mark=marks[at % 5], note=typed if at % 2 else "")
        for at, each in enumerate(principles(template))
    )


def outline(template: Template, typed: str) -> AssessOutline:
    """An outline with something in every part."""
    sections = tuple(
        SectionLine(id=each.id, settled=at, total=4, words=0, limit=each.word_limit)
        for at, each in enumerate(template.sections)
    )
    day = Exact(first=date(2026, 7, 1), last=date(2026, 7, 2))
    title = Text(ar="الجلسة الثانية", en="Session 2", fr="Session 2")
    return AssessOutline(
        country="LB",
        at=MOMENT,
        sections=sections,
        entities=(
            EntitiesNamed(prompt="1c.1", state="answered", names=(typed, typed)),
            EntitiesNamed(prompt="1a.2", state="declined"),
            EntitiesNamed(prompt="1b.1"),
        ),
        principles=marked(template, typed),
        requests=(
            RequestLine(
                id=4, country="LB", kind="technical", state="open", office="escwa", at=MOMENT, text=typed
            ),
            RequestLine(
                id=5, country="LB", kind="", state="answered", office="", at=MOMENT, days=3, text=typed
            ),
        ),
        events=(EventLine(id="session_2", title=title, when=day),),
    )


def _cards(lines: tuple[PrincipleLine, ...], typed: str) -> list[Notice]:
    whose = PrincipleCard(
        principle=lines[1], number=2, total=10, by=typed, at=MOMENT, noted_by=typed, noted_at=MOMENT
    )
    return [
        PrincipleCard(principle=lines[0], number=1, total=10, next=lines[1].id, at=MOMENT),
        whose.model_copy(update={"next": lines[2].id, "noted": True}),
        whose.model_copy(update={"noted": True, "replaced": typed, "seen": 999_999_999}),
        *(whose.model_copy(update={"problem": each}) for each in ("changed", "meanwhile", "edited", "key")),
        PrincipleCard(principle=lines[4], number=5, total=10, problem="long"),
        PrincipleCard(principle=lines[9], number=10, total=10, noted_at=MOMENT),
    ]
