"""Log lines as JSON (plain on a terminal), without people's texts and without secrets by construction."""

import hashlib
import logging
import re
import secrets
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from contextvars import ContextVar, Token
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson
import structlog

_TOKEN: Final = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,}")
_PATH: Final = re.compile(r"/bot\d+:[^/\s\"']+")
_INVITATION: Final = re.compile(r"(start=|/start )[A-Za-z0-9_-]{16,}")
_CREDENTIALS: Final = re.compile(r"(\w+://)[^/@\s]+@")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_HIDDEN: Final = "[hidden]"
_LONGEST: Final = 1000  # characters of one value: what is longer is somebody's text, not a reason
_DEEPEST: Final = 6
_MOST: Final = 50  # values of a list or fields of a dict
_SAFE_NUMBER: Final = 2**53
_SHORTEST_SECRET: Final = 8
_NEVER: Final = re.compile(
    r"(?:^|_)(?:text|answer|name|payload|params|body|token|secret|key|keys|raw|notice|caption|password|authorization"
    r"|email|phone|contact)$",
    re.IGNORECASE,
)
_QUIET: Final = (
    "aiohttp",
    "alembic",
    "apscheduler",
    "asyncio",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
    "uvicorn",
)

Event = MutableMapping[str, Any]


class About(NamedTuple):
    """What is being worked on: an update, somebody's lane, a letter of the outbox; 0 where there is none."""

    update: int = 0
    lane: int = 0
    letter: int = 0


class _Known:
    """What this process must never say, and the key by which lanes are named."""

    values: tuple[str, ...] = ()
    lane_key: bytes = secrets.token_bytes(32)


_NOTHING: Final = About()
_about: ContextVar[About] = ContextVar("about", default=_NOTHING)


def attend(update: int = 0, lane: int = 0, letter: int = 0) -> Token[About]:
    """From here on, lines of this task say what they are about; ends with `leave`, or with the task."""
    return _about.set(About(update, lane, letter))


def leave(token: Token[About]) -> None:
    """What was attended to is done."""
    _about.reset(token)


def keep_secret(values: Iterable[str], lane_key: str = "") -> None:
    """Never say any of these values, wherever they turn up; and name lanes by a hash that only this key makes.

    With the same key a person's lane has the same name in every process, and nobody without it can tell whose it is.
    """
    _Known.values = tuple(
        sorted({each for each in values if len(each) >= _SHORTEST_SECRET}, key=len, reverse=True)
    )
    _field.cache_clear()
    if lane_key:
        _Known.lane_key = hashlib.sha256(b"lanes of the log" + lane_key.encode()).digest()


def lane_name(lane: int) -> str:
    """A name for a lane that tells nobody's number."""
    return hashlib.blake2b(str(lane).encode(), key=_Known.lane_key, digest_size=5).hexdigest()


def masked(text: str) -> str:
    """The text with secrets, tokens, invitations and credentials hidden and control characters replaced."""
    for secret in _Known.values:
        text = text.replace(secret, _HIDDEN)
    text = _PATH.sub("/bot[token]", text)
    text = _TOKEN.sub("[token]", text)
    text = _INVITATION.sub(r"\1[invitation]", text)
    text = _CREDENTIALS.sub(r"\1[credentials]@", text)
    return _CONTROL.sub("�", text)


def _masked_value(value: object, depth: int = 0) -> object:
    match value:
        case None | bool():
            return value
        case int():
            return int(value) if abs(value) < _SAFE_NUMBER else _short(_spelled(value))
        case float():
            return float(value)
        case _ if depth >= _DEEPEST:
            return "[deep]"
        case Mapping():
            return _masked_fields(value, depth + 1)
        case list() | tuple() | set() | frozenset():
            return [_masked_value(item, depth + 1) for item in list(value)[:_MOST]]
        case bytes() | bytearray() | memoryview():
            return f"[{len(value)} bytes]"
        case _:
            return _short(_spelled(value))


def _masked_fields(fields: Mapping[Any, object], depth: int = 0) -> dict[str, object]:
    """Fields whose name says that a text or a secret stands in them are hidden, the others masked; names too."""
    masked_fields: dict[str, object] = {}
    for key, value in list(fields.items())[:_MOST]:
        name, is_hidden = _field(key) if isinstance(key, str) else _field(_spelled(key))
        masked_fields[name] = _HIDDEN if is_hidden else _masked_value(value, depth)
    return masked_fields


@lru_cache(512)
def _field(name: str) -> tuple[str, bool]:
    """A field's name as it may be said, and whether what stands in it may not be."""
    name = _short(name)
    return name, _NEVER.search(name) is not None


def _spelled(value: object) -> str:
    """A value as text; what cannot even say what it is, by its kind."""
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - a line in the log must not fail for what it was to tell
        return f"[{type(value).__name__}]"


def _short(text: str) -> str:
    # Masked first: a secret that is cut in two is no longer found.
    text = masked(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def redact(_logger: object, _method: str, event: Event) -> Event:
    """Hide fields that could hold a text or a secret, and mask every other value; a structlog processor."""
    return _masked_fields(event)


def _place_in_work(_logger: object, _method: str, event: Event) -> Event:
    """Say of a line which update, lane and letter it is about; what the line says itself counts."""
    about = _about.get()
    if about.update:
        event.setdefault("update", about.update)
    if about.lane:
        event.setdefault("lane", lane_name(about.lane))
    if about.letter:
        event.setdefault("letter", about.letter)
    return event


def _trace(_logger: object, _method: str, event: Event) -> Event:
    """Say of an exception its type and its place, never its text's cause chain with values of locals."""
    raised = event.pop("exc_info", None)
    error = raised[1] if isinstance(raised, tuple) else sys.exc_info()[1] if raised is True else raised
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = _place(error)
    return event


def _place(error: BaseException) -> list[str]:
    frames: list[str] = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return frames[-6:]


def configure(level: str = "INFO", *, terminal: bool | None = None) -> None:
    """Set up logging for the process; lines go to standard error.

    `terminal` None asks whether standard error is one. Other libraries speak from WARNING on.
    """
    on_terminal = sys.stderr.isatty() if terminal is None else terminal
    line: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=True)
        if on_terminal
        else structlog.processors.JSONRenderer(serializer=lambda event, **_: orjson.dumps(event).decode())
    )
    before: list[structlog.typing.Processor] = [
        _place_in_work,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            redact,  # here too, so that nobody else who listens to the standard library's log hears more
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*before, structlog.stdlib.PositionalArgumentsFormatter()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact, line],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
