"""What Rafiq is to reach, beside what this run has measured: a goal without a figure is said to be not measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from bench.measuring import Figures, Load, middle
from bench.reminding import Span

Results = Sequence[tuple[Load, Mapping[str, Sequence[Figures]]]]
Value = Callable[["Measured"], float | None]


@dataclass
class Measured:
    """All that a run of the bench knows: of the bots, of reminders, and what an answer costs by size of the house."""

    bots: Results
    reminders: Sequence[Span] = ()
    flatness: Mapping[tuple[int, int], float] = field(default_factory=dict)

    def run(
        self, name: str, *, people: int = 100, latency: bool = False, think: bool = False
    ) -> Figures | None:
        """The middle run of a bot under the load with so many people, all at once unless they think."""
        for load, runs in self.bots:
            fits = bool(load.latency) == latency and bool(load.think) == think
            if fits and (load.people == people or latency or think) and runs.get(name):
                return middle(runs[name])
        return None

    def ratio(self, name: str, beside: str, *, latency: bool = False, think: bool = False) -> float | None:
        """Answers a second of one bot for those of another."""
        one = self.run(name, latency=latency, think=think)
        other = self.run(beside, latency=latency, think=think)
        return one.rate / other.rate if one and other else None

    def ratio_by_updates(self, name: str, beside: str) -> float | None:
        """Updates a second of one bot for those of another."""
        one, other = self.run(name), self.run(beside)
        return one.updates_per_second / other.updates_per_second if one and other else None


@dataclass(frozen=True)
class Goal:
    """A figure to be reached: at least so much, or at most where `most` is set.

    `by_updates` is the same where updates are counted and not answers; it is shown, and does not reach the goal.
    """

    words: str
    wanted: float
    value: Value
    most: bool = False
    unit: str = ""
    by_updates: Value | None = None

    def reached(self, found: float) -> bool:
        """Whether a figure is good enough."""
        return found <= self.wanted if self.most else found >= self.wanted


def _times(words: str, wanted: float, name: str, beside: str) -> Goal:
    return Goal(
        words,
        wanted,
        lambda all_: all_.ratio(name, beside),
        unit="times",
        by_updates=lambda all_: all_.ratio_by_updates(name, beside),
    )


def _far(name: str) -> Value:
    def share(all_: Measured) -> float | None:
        far, near = all_.run(name, latency=True), all_.run(name)
        return far.rate / near.rate if far and near else None

    return share


def _latency(all_: Measured) -> float | None:
    found = all_.run("rafiq")
    return found.p50_ms if found else None


def _memory(all_: Measured) -> float | None:
    found = all_.run("rafiq", people=1_000)
    return found.rss if found else None


def _said(all_: Measured) -> float | None:
    return all_.reminders[0].seconds + all_.reminders[2].seconds if all_.reminders else None


def _blocked(all_: Measured) -> float | None:
    return max(span.blocked for span in all_.reminders) * 1000 if all_.reminders else None


def _growth(all_: Measured) -> float | None:
    costs = all_.flatness.values()
    return max(costs) / min(costs) if costs else None


GOALS: Final = (
    _times("answers beside PTB echo, polling", 3.6, "rafiq", "echo"),
    _times("answers beside PTB echo, webhook", 3.6, "rafiq-webhook", "echo-webhook"),
    _times("answers beside aiogram-dialog in memory, polling", 2.7, "rafiq", "dialog"),
    _times("answers beside aiogram-dialog in memory, webhook", 2.7, "rafiq-webhook", "dialog-webhook"),
    _times("answers beside aiogram FSM in memory, tuned, polling", 1.5, "rafiq", "fsm"),
    _times("answers beside aiogram FSM in memory, tuned, webhook", 1.5, "rafiq-webhook", "fsm-webhook"),
    Goal("latency p50 with 100 people", 50, _latency, most=True, unit="ms"),
    Goal("resident memory with 1,000 people", 120, _memory, most=True, unit="MiB"),
    Goal("rate with 50 ms to the API for that without, polling", 1, _far("rafiq"), unit="times"),
    Goal("rate with 50 ms to the API for that without, webhook", 1, _far("rafiq-webhook"), unit="times"),
    _times("PostgreSQL beside SQLite, polling", 0.7, "rafiq-pg", "rafiq"),
    _times("PostgreSQL beside SQLite, webhook", 0.7, "rafiq-pg-webhook", "rafiq-webhook"),
    Goal(
        "three replicas beside one",
        2,
        lambda all_: all_.ratio("rafiq-pg-three", "rafiq-pg-webhook", think=True),
        unit="times",
    ),
    Goal("100,000 reminders planned and queued", 2, _said, most=True, unit="s"),
    Goal("longest time that this blocked the loop", 50, _blocked, most=True, unit="ms"),
    Goal("dearest for cheapest answer, by what is stored", 1.1, _growth, most=True, unit="times"),
)


def show_goals(console: Console, measured: Measured) -> None:
    """Each goal, what this run has found, and whether it is reached."""
    found = Table(
        title="The goals, in this run", title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0)
    )
    for column in ("", "goal", "found", "by updates", ""):
        found.add_column(column, justify="left" if not column else "right")
    for goal in GOALS:
        value = goal.value(measured)
        bound = "at most" if goal.most else "at least"
        also = goal.by_updates(measured) if goal.by_updates else None
        updates = f"{also:,.2f}" if also is not None else ""
        words = (
            (f"{value:,.2f} {goal.unit}", updates, "yes" if goal.reached(value) else "no")
            if value is not None
            else ("", "", "not measured")
        )
        found.add_row(goal.words, f"{bound} {goal.wanted:g} {goal.unit}", *words)
    console.print(found)
    console.print(
        "With 50 ms to the API a bot that polls gets at most 100 updates in each 50 ms, 2,000 a second, which is 1,000 "
        "of Rafiq's answers. Three replicas and their PostgreSQL share the cores of one machine with the bench.",
        style="dim",
    )
