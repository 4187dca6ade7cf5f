"""Each text that Telegram answers with has a meaning, and an unknown one is read safely."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError, TimedOut

from bot.outcomes import NotWanted, Verdict, judge
from bot.wire import NotSent, Refused, Unanswered

TEXTS = [
    (403, "Forbidden: bot was blocked by the user", Verdict.BLOCKED),
    (403, "Forbidden: user is deactivated", Verdict.GONE),
    (403, "Forbidden: bot was kicked from the group chat", Verdict.MISSING),
    (403, "Forbidden: bot was kicked from the supergroup chat", Verdict.MISSING),
    (403, "Forbidden: bot is not a member of the channel chat", Verdict.MISSING),
    (403, "Forbidden: the group chat was deleted", Verdict.MISSING),
    (403, "Forbidden: bot can't initiate conversation with a user", Verdict.BLOCKED),
    (400, "Bad Request: group chat was upgraded to a supergroup chat", Verdict.MISSING),
    (400, "Bad Request: message thread not found", Verdict.TOPIC_GONE),
    (400, "Bad Request: TOPIC_CLOSED", Verdict.TOPIC_CLOSED),
    (400, "Bad Request: chat not found", Verdict.MISSING),
    (400, "Bad Request: private chat not found", Verdict.MISSING),
    (400, "Bad Request: PEER_ID_INVALID", Verdict.MISSING),
    (429, "Too Many Requests: retry after 7", Verdict.PARKED),
    (
        400,
        (
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
            "same as a current content and reply markup of the message"
        ),
        Verdict.DELIVERED,
    ),
    (400, "Bad Request: message to edit not found", Verdict.ANEW),
    (400, "Bad Request: message can't be edited", Verdict.ANEW),
    (400, "Bad Request: MESSAGE_ID_INVALID", Verdict.ANEW),
    (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        Verdict.IGNORED,
    ),
    (400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 3", Verdict.PLAIN),
    (400, "Bad Request: text is too long", Verdict.REJECTED),
    (400, "Bad Request: message is too long", Verdict.REJECTED),
    (400, "Bad Request: MESSAGE_TOO_LONG", Verdict.REJECTED),
    (400, "Bad Request: file is too big", Verdict.REJECTED),
    (400, "Bad Request: wrong file_id or the file is temporarily unavailable", Verdict.LATER),
    (401, "Unauthorized", Verdict.HALTED),
    (404, "Not Found", Verdict.HALTED),
    (406, "Not Acceptable: FROZEN_METHOD_INVALID", Verdict.LATER),
    (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        Verdict.LATER,
    ),
    (409, "Conflict: terminated by setWebhook request", Verdict.LATER),
    (409, "Conflict: can't use getUpdates method while webhook is active", Verdict.LATER),
    (500, "Internal Server Error: restart", Verdict.UNCLEAR),
    (502, "Bad Gateway", Verdict.UNCLEAR),
    (400, "Bad Request: something new under the sun", Verdict.REJECTED),
    (403, "Forbidden: something new under the sun", Verdict.REJECTED),
    (418, "", Verdict.REJECTED),
]


@pytest.mark.parametrize(("code", "text", "verdict"), TEXTS)
def test_fault_39_42_each_text_has_its_meaning(code: int, text: str, verdict: Verdict) -> None:
    assert judge(Refused(code, text)).verdict is verdict


def test_the_pause_is_telegrams_own() -> None:
    assert judge(Refused(429, "Too Many Requests: retry after 7", {"retry_after": 7})).seconds == 7
    assert judge(Refused(429, "Too Many Requests", {"retry_after": "soon"})).seconds > 0


def test_what_never_left_is_told_from_what_may_have() -> None:
    assert judge(NotSent("no connection")).verdict is Verdict.LATER
    assert judge(Unanswered("no answer")).verdict is Verdict.UNCLEAR
    assert judge(TimedOut()).verdict is Verdict.UNCLEAR
    assert judge(NetworkError("of another kind")).verdict is Verdict.UNCLEAR


def test_an_unknown_refusal_is_final_and_loud_and_keeps_its_text_to_itself() -> None:
    judgement = judge(Refused(400, "Bad Request: the answer «secret» displeases"))
    assert judgement.loud
    assert "secret" not in judgement.reason


@given(
    st.integers(),
    st.text(max_size=60),
    st.dictionaries(st.text(max_size=12), st.integers() | st.text(max_size=4)),
)
def test_no_answer_is_without_meaning(code: int, text: str, parameters: dict[str, object]) -> None:
    assert judge(Refused(code, text, parameters)).verdict in Verdict


def test_a_group_that_moved_says_where_to() -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    judgement = judge(Refused(400, words, {"migrate_to_chat_id": -1005}))
    assert (judgement.verdict, judgement.chat) == (Verdict.MOVED, -1005)
    assert judge(Refused(400, words, {"migrate_to_chat_id": "x"})).verdict is Verdict.MISSING


def test_a_letter_that_is_not_wanted_any_more_is_not_sent() -> None:
    assert judge(NotWanted("x")).verdict is Verdict.REJECTED


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (86_400, 3600),
        (1e300, 3600),
        (float("inf"), 3600),
        (7, 7),
        (-5, 5),
        (0, 5),
        ("8", 5),
        (True, 5),
        (float("nan"), 5),
    ],
)
def test_no_rest_that_telegram_asks_for_lasts_for_ever_or_ends_before_it_begins(
    asked: Any, kept: float
) -> None:
    judgement = judge(Refused(429, "Too Many Requests", {"retry_after": asked}))
    assert (judgement.verdict, judgement.seconds) == (Verdict.PARKED, kept)
