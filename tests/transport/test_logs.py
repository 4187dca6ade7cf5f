"""Log lines hold neither secrets nor people's words, whoever writes them."""

import io
import logging
import sys
from collections.abc import Iterator

import orjson
import pytest
import structlog

from bot import logs

TOKEN = "987654321:AAmarkedTOKENmarkedTOKENmarkedTOKEN12"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("DEBUG", terminal=False)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "said",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"GET /file/bot{TOKEN}/documents/a.txt",
        f"'{TOKEN}'",
        f"({TOKEN})",
    ],
)
def test_fault_72_a_token_is_masked_wherever_it_stands(lines: io.StringIO, said: str) -> None:
    log = structlog.stdlib.get_logger("bot.test")
    log.info("event", url=said, nested={"deep": [said]})
    log.info(said)
    logging.getLogger("somebody.else").warning("calling %s", said)
    assert TOKEN not in lines.getvalue()
    assert TOKEN.partition(":")[2] not in lines.getvalue()
    assert len(lines.getvalue().splitlines()) == 3


def test_invitations_and_passwords_are_masked(lines: io.StringIO) -> None:
    log = structlog.stdlib.get_logger("bot.test")
    log.info("link", link="https://t.me/rafiq_bot?start=aaaaBBBBccccDDDDeeeeFFFFgggg")
    log.info("database", url="postgresql+asyncpg://rafiq:hunter2@localhost/rafiq")
    assert "aaaaBBBB" not in lines.getvalue()
    assert "hunter2" not in lines.getvalue()


def test_texts_have_no_field_to_stand_in(lines: io.StringIO) -> None:
    structlog.stdlib.get_logger("bot.test").info(
        "event", text="canary", answer="canary", name="canary", raw={"a": 1}
    )
    assert "canary" not in lines.getvalue()


def test_an_exception_tells_its_kind_and_place_only(lines: io.StringIO) -> None:
    log = structlog.stdlib.get_logger("bot.test")
    try:
        int(f"canary {TOKEN}")
    except ValueError:
        log.exception("failed")
    (line,) = lines.getvalue().splitlines()
    entry = orjson.loads(line)
    assert entry["error"] == "ValueError"
    assert any("test_logs.py" in place for place in entry["at"])
    assert "canary" not in line


def test_a_library_that_logs_an_exception_tells_no_more(lines: io.StringIO) -> None:
    try:
        int("canary")
    except ValueError:
        logging.getLogger("some.library").exception("something failed")
    assert "canary" not in lines.getvalue()
    assert "something failed" in lines.getvalue()


def test_a_line_stays_one_line(lines: io.StringIO) -> None:
    structlog.stdlib.get_logger("bot.test").info("event", place="a\nb\u202ec")
    (line,) = lines.getvalue().splitlines()
    assert orjson.loads(line)["place"] == "a�b�c"


def test_talkative_libraries_speak_from_warning_on(lines: io.StringIO) -> None:
    logging.getLogger("aiohttp.client").debug("chatter")
    logging.getLogger("httpx").info("chatter")
    assert "chatter" not in lines.getvalue()
