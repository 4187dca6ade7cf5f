"""Log lines as JSON (plain on a terminal), without people's texts and without secrets by construction."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import orjson
import structlog

_TOKEN: Final = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,}")
_PATH: Final = re.compile(r"/bot\d+:[^/\s\"']+")
_INVITATION: Final = re.compile(r"(start=|/start )[A-Za-z0-9_-]{16,}")
_CREDENTIALS: Final = re.compile(r"(\w+://)[^/@\s]+@")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NEVER: Final = frozenset(
    {"text", "answer", "name", "payload", "params", "body", "token", "secret", "key", "raw", "notice"}
)
_QUIET: Final = (
    "aiohttp",
    "aiosqlite",
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


def masked(text: str) -> str:
    """The text with tokens, invitations and credentials hidden and control characters replaced."""
    text = _PATH.sub("/bot[token]", text)
    text = _TOKEN.sub("[token]", text)
    text = _INVITATION.sub(r"\1[invitation]", text)
    text = _CREDENTIALS.sub(r"\1[credentials]@", text)
    return _CONTROL.sub("�", text)


def _masked_value(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case list() | tuple():
            return [_masked_value(item) for item in value]
        case dict():
            return {
                str(key): "[hidden]" if key in _NEVER else _masked_value(item) for key, item in value.items()
            }
        case _:
            return masked(str(value))


def redact(_logger: object, _method: str, event: Event) -> Event:
    """Hide fields that could hold a text or a secret, and mask every other value; a structlog processor."""
    return {key: "[hidden]" if key in _NEVER else _masked_value(value) for key, value in event.items()}


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
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
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
