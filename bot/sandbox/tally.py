"""What the sandbox counts and remembers for the judge: violations, calls, pace."""

import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

CHAT_PACE_SECONDS = 1.0
GROUP_PACE = 20
"""So many messages a minute Telegram lets a bot send into one group."""
GROUP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that Telegram lets a bot do and a careful bot does not do; `at` in ISO 8601, sandbox time."""

    kind: str
    detail: str
    at: str


@dataclass(slots=True)
class Tally:
    """Counts since the start; paces are measured on the machine's clock, because limits are kept on it."""

    calls: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    webhook: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)
    sends: int = 0
    sends_faster_than_one_a_second_per_chat: int = 0
    busiest_second: int = 0
    _last_send: dict[int, float] = field(default_factory=dict)
    _recent: deque[float] = field(default_factory=deque)
    _in_groups: dict[int, deque[float]] = field(default_factory=dict)

    def count_send(self, chat_id: int) -> bool:
        """Note one message of the bot to a chat; whether it was one too many for a group's minute."""
        now = time.monotonic()
        self.sends += 1
        if now - self._last_send.get(chat_id, -CHAT_PACE_SECONDS) < CHAT_PACE_SECONDS:
            self.sends_faster_than_one_a_second_per_chat += 1
        self._last_send[chat_id] = now
        recent = self._recent
        recent.append(now)
        while recent[0] <= now - 1:
            recent.popleft()
        self.busiest_second = max(self.busiest_second, len(recent))
        if chat_id > 0:
            return False
        minute = self._in_groups.setdefault(chat_id, deque(maxlen=GROUP_PACE))
        is_flood = len(minute) == GROUP_PACE and now - minute[0] < GROUP_SECONDS
        minute.append(now)
        return is_flood

    def as_json(self) -> dict[str, Any]:
        return {
            "calls": dict(self.calls),
            "refusals": dict(self.refusals),
            "faults": dict(self.faults),
            "webhook": dict(self.webhook),
            "violations": len(self.violations),
            "sends": self.sends,
            "sends_faster_than_one_a_second_per_chat": self.sends_faster_than_one_a_second_per_chat,
            "busiest_second": self.busiest_second,
        }
