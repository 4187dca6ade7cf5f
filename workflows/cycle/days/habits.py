"""The working habits of the 22 states as data that a secretariat may edit: weekends, holidays, hours of Ramadan."""

from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from msgspec import field
from pydantic import Field, ValidationError, model_validator

from workflows.immutable import Immutable
from workflows.languages import Frozen, Text
from workflows.marked import Fault, Marked, fault_of_shape, read, refusal
from workflows.reference import countries

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
Year = Annotated[int, Field(ge=1900, le=2100)]

FREE_DAYS_A_WEEK: Final = 3
FREE_DAYS_A_YEAR: Final = 60
"""More holidays than this in one year are a slip of the pen; the bound also keeps the next working day near."""

_FILE: Final = Path(__file__).parents[2] / "data" / "reference" / "working_days.yaml"
_LEAP_YEAR: Final = 2020


class Weekend(Frozen):
    """The free days of the week from a day on; `short` gives the hour at which a shorter weekday ends."""

    since: date = Field(alias="from")
    days: tuple[Weekday, ...] = Field(min_length=1, max_length=FREE_DAYS_A_WEEK)
    short: dict[str, time] = Field(default_factory=dict)
    certain: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _of_the_week(self) -> "Weekend":
        if unknown := [day for day in self.short if day not in WEEKDAYS]:
            raise refusal(f"`{unknown[0]}` is no weekday.", f"Please write one of {', '.join(WEEKDAYS)}.")
        if free := [day for day in self.short if day in self.days]:
            raise refusal(f"`{free[0]}` is free and short at once.", "Please keep it in one of the two.")
        return self


class Holiday(Frozen):
    """One rule for days off, by the id of its name.

    Exactly one of `fixed` ("05-01"), `hijri` (month and day), `easter` (with `offset` days) and `dated` says when;
    it lasts `days`. `since` and `until` are the first and last Gregorian years in which it begins.
    """

    name: str
    fixed: str | None = Field(default=None, pattern=r"^\d\d-\d\d$")
    hijri: tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=30)]] | None = None
    easter: Literal["western", "orthodox"] | None = None
    offset: int = Field(default=0, ge=-70, le=70)
    dated: tuple[date, ...] = ()
    days: int = Field(default=1, ge=1, le=14)
    since: Year = Field(default=1900, alias="from")
    until: Year = 2100
    certain: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> "Holiday":
        if sum(map(bool, (self.fixed, self.hijri, self.easter, self.dated))) != 1:
            raise refusal(
                "A holiday has one rule that says when it is.",
                "Please give one of `fixed`, `hijri`, `easter` and `dated`.",
            )
        if self.fixed and not _is_a_day(self.fixed):
            raise refusal(
                f"`{self.fixed}` is no day of the year.", 'Please write month-day, such as "05-01".'
            )
        if self.offset and not self.easter:
            raise refusal("`offset` counts from Easter only.", "Please remove it, or give `easter`.")
        if self.until < self.since:
            raise refusal("It ends before it begins.", "Please exchange `from` and `until`.")
        return self


def _is_a_day(fixed: str) -> bool:
    try:
        date.fromisoformat(f"{_LEAP_YEAR}-{fixed}")
    except ValueError:
        return False
    return True


class Ramadan(Frozen):
    """The working hours of Ramadan, local."""

    opens: time = Field(alias="from")
    closes: time = Field(alias="until")
    certain: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> "Ramadan":
        if self.closes <= self.opens:
            raise refusal("It ends before it begins.", "Please exchange `from` and `until`.")
        return self


class Customs(Frozen):
    """One state's weekends in the order of their days, its holidays, days worked against the rules, and Ramadan."""

    weekends: tuple[Weekend, ...] = Field(min_length=1)
    holidays: tuple[Holiday, ...] = ()
    worked: tuple[date, ...] = ()
    ramadan: Ramadan | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "Customs":
        days = [weekend.since for weekend in self.weekends]
        if days != sorted(set(days)):
            raise refusal(
                "The weekends are not in the order of their days.",
                "Please sort them by `from`, one for a day.",
            )
        for year in range(2012, 2036):
            if (free := self._free_days(year)) > FREE_DAYS_A_YEAR:
                raise refusal(
                    f"In {year} there could be {free} holidays; more than {FREE_DAYS_A_YEAR} cannot be meant.",
                    "Please shorten the list or the `days`.",
                )
        return self

    def _free_days(self, year: int) -> int:
        """At most so many holidays: a Hijri day can come twice in a year."""
        kept = [holiday for holiday in self.holidays if holiday.since <= year <= holiday.until]
        times = (
            (2 if each.hijri else sum(day.year == year for day in each.dated) if each.dated else 1, each.days)
            for each in kept
        )
        return sum(often * days for often, days in times)


class _File(Frozen):
    """What the file says as a whole."""

    names: dict[str, Text]
    countries: dict[str, Customs]


class SpecialDays(Immutable):
    """What sets some days of a state's year apart.

    `off` are the days that are not worked, with the id of the holiday's name, empty for a mere weekend. `hours` are
    the days with local working hours of their own, from and until, midnight and None where only the other is special.
    """

    off: dict[date, str]
    hours: dict[date, tuple[time, time | None]]


class Habits(Immutable, eq=False):
    """The names of the holidays and the customs of every state by its ISO 3166-1 alpha-2 code.

    `computed` keeps what follows from them for a state's year.
    """

    names: dict[str, Text]
    countries: dict[str, Customs]
    computed: dict[tuple[str, int], SpecialDays] = field(default_factory=dict)

    @staticmethod
    def read(text: str) -> "Habits | tuple[Fault, ...]":
        """The habits of a YAML text, or all of its faults in the order of its lines."""
        root, faults = read(text)
        if root.value is None:
            return tuple(faults)
        found: _File | None = None
        try:
            found = _File.model_validate(root.plain())
        except ValidationError as error:
            faults += [fault_of_shape(root, details) for details in error.errors(include_url=False)]
        faults += [*_faults_of_names(root), *_faults_of_states(root)]
        if found is not None and not faults:
            return Habits(found.names, found.countries)
        return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))


def _faults_of_names(root: Marked) -> list[Fault]:
    """Holidays whose name is not given in the three languages."""
    named = [
        holiday["name"]
        for state in root["countries"].entries.values()
        for holiday in state["holidays"].elements
        if holiday["name"].text
    ]
    return [
        name.fault(
            f"`{name.text}` has no name above.", "Please write its names under `names`, or correct it."
        )
        for name in named
        if name.text not in root["names"]
    ]


def _faults_of_states(root: Marked) -> list[Fault]:
    """States that the file leaves out, and codes of no state of the region."""
    given, known = root["countries"], {state.code: state.en for state in countries()}
    if not given.entries:
        return []
    missing = [
        given.fault(f"{name} (`{code}`) is missing.", f"Please write its weekends under `{code}:`.")
        for code, name in known.items()
        if code not in given
    ]
    unknown = [
        node.fault(f"`{code}` is no state of the region.", "Please use the two letters of ISO 3166-1.")
        for code, node in given.entries.items()
        if code not in known
    ]
    return missing + unknown


@cache
def habits() -> Habits:
    """The habits that ship with Rafiq."""
    found = Habits.read(_FILE.read_text("utf-8"))
    if isinstance(found, Habits):
        return found
    raise ValueError("\n".join(map(str, found)))
