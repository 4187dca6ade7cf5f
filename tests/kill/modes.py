"""In which ways the bot of the kill test receives and keeps, and what is told of a campaign at its end."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Literal

from tests.kill.judge import Verdict
from tests.kill.player import Player

LEASE: Final = 40
"""Seconds that a claim of a dead process still holds: the least that the settings allow; the clock is moved over it."""
RANDOM: Final = "at random"
VISITS: Final[dict[str, int]] = {
    "before_commit": 15,
    "after_commit_before_ack": 15,
    "after_ack_before_send": 15,
    "before_handling": 15,
    "mid_batch": 15,
    "after_claim": 1,
    "before_send": 60,
    "after_send_before_settle": 60,
    "mid_multi_part_send": 1,
    "after_parts_kept": 1,
    "before_begin_again": 1,
    "before_settle_commit": 8,
    "before_receiving": 1,
}
"""At which visit at most each failpoint ends a life, so that people get on between two deaths."""
SERVED: Final[dict[str, int]] = {"before_answer": 20}
"""The same, where the bot is called."""
SHARED: Final[dict[str, int]] = {"after_election": 1}
"""The same, on PostgreSQL."""
WRONG: Final = (-7200.0, 0.0, 86400.0)
"""By how many seconds the clocks of the replicas are wrong: none of them may matter."""

Receive = Literal["poll", "serve"]


@dataclass(frozen=True)
class Mode:
    """How the bot receives, on which engine, and in how many processes at once."""

    receive: Receive
    kind: Literal["sqlite", "postgresql"]
    replicas: int = 1

    def __str__(self) -> str:
        way = {"poll": "polling", "serve": "webhook"}[self.receive]
        return f"{way}-{self.kind}" + (f"-{self.replicas}-replicas" if self.replicas > 1 else "")

    @property
    def failpoints(self) -> dict[str, int]:
        """Where this bot can be ended in the course of ordinary talk."""
        more = SERVED if self.receive == "serve" else {}
        return VISITS | more | (SHARED if self.kind == "postgresql" else {})


FOUR: Final = tuple(Mode(receive, kind) for receive in ("poll", "serve") for kind in ("sqlite", "postgresql"))
REPLICAS: Final = Mode("serve", "postgresql", 3)


@dataclass
class Life:
    """One life of a process: what was to end it, and how it ended."""

    number: int
    failpoint: str
    ended: str = ""


@dataclass
class Report:
    """What a campaign has to say at its end."""

    seed: int
    mode: Mode
    lives: list[Life] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    players: list[Player] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def kills(self) -> Counter[str]:
        """How often a process was ended where."""
        return Counter(life.ended for life in self.lives)

    def told(self) -> str:
        """The figures of a campaign."""
        return f"{Sum().plus(self).told()}, seed {self.seed} (again: RAFIQ_KILL_SEED={self.seed})"

    def failure(self) -> str:
        """What went wrong, to whom, and what that person saw."""
        faults = self.verdict.faults
        lines = [f"{self.mode}, seed {self.seed}; {len(faults)} faults"]
        lines += [f"{each.player.country if each.player else '-'}: {each.words}" for each in faults[:20]]
        scenes = dict.fromkeys((each.player, each.message_id) for each in faults if each.player)
        for player, message_id in list(scenes)[:3]:
            lines += [f"what the person of {player.country} saw:", *player.transcript(message_id)]
        return "\n".join(lines)


@dataclass
class Sum:
    """What several campaigns in one mode come to."""

    reports: list[Report] = field(default_factory=list)

    def plus(self, report: Report) -> "Sum":
        """The same with one more."""
        return Sum([*self.reports, report])

    def told(self) -> str:
        """The figures of all of them."""
        kills = sum((report.kills for report in self.reports), Counter[str]())
        verdicts = [report.verdict for report in self.reports]
        messages, extra = (sum(getattr(each, name) for each in verdicts) for name in ("messages", "extra"))
        points = ", ".join(f"{name} {count}" for name, count in sorted(kills.items()))
        return (
            f"{self.reports[0].mode}: kills {kills.total()} ({points}); "
            f"texts {sum(each.texts for each in verdicts)}, messages {messages}, "
            f"{messages / max(1, kills.total()):.0f} a kill, faults {sum(len(each.faults) for each in verdicts)}, "
            f"extra copies {extra}, {extra / max(1, kills.total()):.2f} a kill, "
            f"{100 * extra / max(1, messages):.1f} % of the messages, "
            f"most copies of one message {max(each.most for each in verdicts)}, "
            f"letters given up {sum(each.given_up for each in verdicts)}, "
            f"{sum(each.missing for each in verdicts)} messages of them never came, "
            f"presses with no word back {sum(each.silent for each in verdicts)}, "
            f"{sum(report.seconds for report in self.reports):.0f} s"
        )
