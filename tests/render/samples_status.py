"""The notices about the region and one country, in the forms that look different."""

from datetime import date
from typing import get_args

from workflows.languages import Text
from workflows.notices import (
    AuditEntry,
    CountryDate,
    CountryLine,
    CountryPerson,
    CountryPick,
    CountryView,
    Movement,
    Notice,
    Occasion,
    SectionLine,
    Standing,
    StatusChanges,
    StatusFigures,
    StatusFile,
    StatusFilter,
    StatusList,
    StatusNotes,
    StatusView,
)
from workflows.notices.calendar import HandOverLine
from workflows.notices.standing import CountryRoom
from workflows.people.roles import ROLES
from workflows.reference import countries
from workflows.review.template import Template
from workflows.when import Exact, Unstated, When, Window

MOMENT = "2020-06-25T08:00:00+00:00"
STANDINGS: tuple[Standing, ...] = get_args(Standing)
DEADLINES: tuple[When, ...] = (
    Exact(first=date(2020, 11, 30), last=date(2020, 11, 30)),
    Exact(first=date(2021, 2, 15), last=date(2021, 2, 15)),
    Window(
        first=date(2020, 11, 1), last=date(2020, 11, 30), phrase=Text(ar="تشرين", en="autumn", fr="automne")
    ),
    Unstated(),
)
CHAIN = (
    HandOverLine(title=Text(ar="الوثيقة", en="Document", fr="Document"), when=DEADLINES[0]),
    HandOverLine(
        title=Text(ar="العرض", en="Plenary", fr="Plénière"), when=DEADLINES[2], handed_over="2021-03-01"
    ),
    HandOverLine(title=Text(ar="المنتدى", en="Forum", fr="Forum"), when=DEADLINES[3]),
)
LIMITS = (500, 1500, 2000, 500, 500)
SHARES = ((0, 9), (2, 20), (9, 20), (11, 20), (4, 4), (0, 0), (1, 64), (19, 20))


def country_lines() -> tuple[CountryLine, ...]:
    """Every state of the region in another standing, at another share of every section."""
    return tuple(_line(at, state.code) for at, state in enumerate(countries()))


def _line(at: int, code: str) -> CountryLine:
    standing = STANDINGS[at % len(STANDINGS)]
    apart = standing in ("not_invited", "invited", "declined")
    sections = tuple((0, 9) if apart else SHARES[(at + place) % len(SHARES)] for place in range(5))
    ended = standing in ("submitted", "returned", "accepted")
    return CountryLine(
        country=code,
        state=standing,
        focal_points=0 if apart else at % 3,
        settled=sum(settled for settled, _ in sections),
        total=sum(total for _, total in sections),
        words=tuple(settled * 37 for settled, _ in sections),
        last_activity="" if apart else MOMENT,
        sections=sections,
        deadline=DEADLINES[at % len(DEADLINES)],
        extended=at % 5 == 1,
        quiet=0 if apart else at,
        requests=at % 3,
        attended=at % 4,
        submitted_at=MOMENT if ended else "",
        on_time=at % 2 == 0 if ended else None,
    )


FIGURES = StatusFigures(
    expected=20, invited=18, with_focal_point=14, begun=11, submitted=6, on_time=5, requests=21, apart=2
)
MOVED = (
    Movement(country="JO", came_in=1),
    Movement(country="LB", came_in=3, prompts=12),
    Movement(country="MA", prompts=1, steps=("in_clearance", "submitted")),
    *(Movement(country=state.code, prompts=2) for state in countries()[-8:]),
)


def of_the_status(typed: str, template: Template) -> list[Notice]:
    """All of them, with something typed in every place for it."""
    lines = country_lines()
    view = StatusView(
        cycle="gcm-2020", at=MOMENT, countries=lines, limits=LIMITS, figures=FIGURES, chain=CHAIN
    )
    quiet = tuple(line for line in lines if line.is_stuck)
    return [
        view,
        view.model_copy(update={"since": MOMENT, "moved": MOVED}),
        view.model_copy(update={"since": MOMENT, "figures": FIGURES.model_copy(update={"on_time": None})}),
        StatusView(cycle="gcm-2020", at=MOMENT, countries=(), limits=()),
        *(
            StatusList(filter=wanted, countries=lines, limits=LIMITS, total=len(lines))
            for wanted in get_args(StatusFilter)
        ),
        StatusList(filter="all", countries=lines[:2], limits=LIMITS, page=1, total=99),
        StatusList(filter="stuck", countries=()),
        *(
            StatusChanges(
                occasion=occasion, since=MOMENT, at=MOMENT, moved=MOVED, stuck=quiet, figures=FIGURES
            )
            for occasion in get_args(Occasion)
        ),
        StatusChanges(occasion="asked", since=MOMENT, at=MOMENT, moved=()),
        StatusFile(kind="xlsx", cycle="gcm-2020", at=MOMENT, countries=lines, figures=FIGURES),
        StatusFile(kind="csv", cycle="gcm-2020", at=MOMENT, countries=lines, figures=FIGURES),
        StatusNotes(morning=True, digest=False),
        StatusNotes(morning=False, digest=True),
        CountryPick(),
        CountryPick(given=typed),
        CountryPick(given=typed, nearest=("JO", "SD")),
        *(CountryPick(room=room) for room in get_args(CountryRoom)),
        *(CountryPick(room=room, given=typed, nearest=("JO",)) for room in get_args(CountryRoom)),
        *(_country(line, typed, template) for line in lines[:10]),
        _country(lines[3], typed, template).model_copy(
            update={"people": (), "dates": (), "log": (), "taking_part": ""}
        ),
    ]


def _country(line: CountryLine, typed: str, template: Template) -> CountryView:
    sections = tuple(
        SectionLine(id=section.id, settled=settled, total=total, words=7, limit=section.word_limit, adapted=1)
        for section, (settled, total) in zip(template.sections, line.sections, strict=True)
    )
    people = [CountryPerson(name=typed, role=role) for role in ROLES]
    return CountryView(
        at=MOMENT,
        line=line,
        sections=sections,
        taking_part="no" if line.state == "declined" else "yes",
        steps=2,
        readable=line.state in ("submitted", "returned"),
        people=(
            CountryPerson(name=typed, role="focal_point", lead=True),
            CountryPerson(name=typed, role="contributor", scope="people", reach="blocked"),
            CountryPerson(name=typed, role="contributor", reach="gone"),
            *people,
        ),
        dates=tuple(
            CountryDate(title=template.title, when=when, moved=at == 1) for at, when in enumerate(DEADLINES)
        ),
        log=(
            AuditEntry(
                id=2,
                at=MOMENT,
                name=typed,
                known=True,
                act="invite_focal_point",
                country=line.country,
                thing="",
                outcome="done",
            ),
            AuditEntry(
                id=1, at=MOMENT, name="", known=False, act="come_in", country="", thing="", outcome="denied"
            ),
        ),
    )
