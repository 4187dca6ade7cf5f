"""Mishaps to order: which call, which time, and what goes wrong with it."""

from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

Kind = Literal[
    "flood",
    "server_error",
    "html",
    "empty",
    "truncated",
    "no_result",
    "refusal",
    "reset",
    "hang_before",
    "hang_after",
    "slow",
    "drip",
]
_DELIVERED = {"truncated", "no_result", "hang_after", "slow", "drip"}


@dataclass(slots=True, kw_only=True)
class Fault:
    """One mishap.

    It strikes calls of `method` ("*" for all) to `chat_id` (None for all), beginning with the `nth` such call,
    `count` times (None for ever). `seconds` is the time of `hang_before` and `hang_after` (None: never
    answered), of `slow`, and between the bytes of `drip`. `delivered` says whether the method
    takes effect all the same; by default only where the kind implies it.

    Raise ValueError for a kind that does not exist.
    """

    kind: Kind
    method: str = "*"
    chat_id: int | None = None
    nth: int = 1
    count: int | None = 1
    seconds: float | None = None
    retry_after: int = 5
    code: int = 0
    description: str = ""
    parameters: dict[str, Any] | None = None
    delivered: bool | None = None
    seen: int = 0
    struck: int = 0

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"No fault is called {self.kind!r}; there are {', '.join(get_args(Kind))}.")
        if self.delivered is None:
            self.delivered = self.kind in _DELIVERED
        self.code = self.code or {"server_error": 502, "html": 502, "refusal": 400}.get(self.kind, 200)

    def strikes(self, method: str, chat_id: int | None) -> bool:
        """Count a call and say whether it is to go wrong."""
        if self.method != "*" and self.method.lower() != method:
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        self.seen += 1
        if self.seen < self.nth or (self.count is not None and self.struck >= self.count):
            return False
        self.struck += 1
        return True

    @property
    def spent(self) -> bool:
        return self.count is not None and self.struck >= self.count


class Faults:
    """The mishaps still to come, oldest first."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self._ordered)

    def __iter__(self) -> Any:
        return iter(self._ordered)

    def add(self, kind: Kind, **details: Any) -> Fault:
        """Order a mishap; the details are the fields of `Fault`."""
        known = {field.name for field in fields(Fault)} - {"kind", "seen", "struck"}
        if unknown := set(details) - known:
            raise ValueError(
                f"A fault has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}."
            )
        fault = Fault(kind=kind, **details)
        self._ordered.append(fault)
        return fault

    def clear(self) -> None:
        self._ordered.clear()

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The first mishap that falls on this call, None when it may pass."""
        for fault in self._ordered:
            if fault.strikes(method, chat_id):
                if fault.spent:
                    self._ordered.remove(fault)
                return fault
        return None
