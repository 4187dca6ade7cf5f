"""Telegram refuses, asks for an hour of silence or says new things: the letters wait, and others get theirs."""

import asyncio
import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.outcomes import Verdict, judge
from bot.render import Voice, render
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.wire import Refused
from tests.faults.test_database import cards, people_of
from tests.transport.conftest import Place, placed
from tests.transport.parrot import until
from tests.transport.test_courier import known, post, post_all, settled, states
from workflows.notices import Explained

HOUR = 3600


async def test_fault_38_an_hour_of_silence_is_kept_over_a_restart_and_seen_in_the_backlog(
    settings: Settings, sandbox: Sandbox, migrated: Path
) -> None:
    shutil.copy(migrated, settings.data / "rafiq.db")
    layla, omar = sandbox.person("Layla"), sandbox.person("Omar")
    for person in (layla, omar):
        person.starts()
    async with placed(settings, sandbox) as first:
        first.writes()
        await known(first, layla.user_id)
        await known(first, omar.user_id)
        sandbox.faults.add("flood", method="sendMessage", chat_id=layla.user_id, retry_after=HOUR)
        await post(first, layla.user_id, "parked", Explained(code="photo"))
        await settled(first, {"queued": 1})
    async with placed(settings, sandbox) as second:
        second.writes()
        await second.beats()
        await post(second, layla.user_id, "later")
        await post(second, omar.user_id, "other")
        await settled(second, {"sent": 1, "queued": 2})
        second.house.clock._offset += timedelta(seconds=HOUR - 60)
        await asyncio.sleep(0.3)
        assert cards(layla) == 0
        second.house.clock._offset += timedelta(seconds=360)  # Telegram's pause and what is spread over it
        await settled(second, {"sent": 3}, 10)
    assert [message.text for message in layla.messages if message.from_bot] == [
        render(Explained(code=code), Voice.of("en"), None).text for code in ("photo", "characters_replaced")
    ]


async def test_fault_40_41_who_blocked_the_bot_or_left_telegram_delays_no_announcement(place: Place) -> None:
    place.writes()
    await place.beats()
    people = people_of(place, 8)
    for person in people:
        await known(place, person.user_id)
    people[2].blocks()
    people[5].deletes_account()
    await post_all(place, [person.user_id for person in people], "news", bulk=True)
    await post_all(place, [person.user_id for person in people], "more", bulk=True)
    reached = [person for number, person in enumerate(people) if number not in {2, 5}]
    await until(lambda: all(cards(person) == 2 for person in reached), 20)
    await until(lambda: place.house.clerk.is_at_rest and not place.house.courier.in_hand)
    assert "queued" not in await states(place)
    async with place.house.store.reading() as work:
        found = [await work.people.by_telegram(person.user_id) for person in people]
    reach = [person.reach if person else "" for person in found]
    assert reach == ["open", "open", "blocked", "open", "open", "gone", "open", "open"]
    assert cards(people[2]) == cards(people[5]) == 0


@pytest.mark.parametrize(("kind", "copies"), [("truncated", 2), ("no_result", 1)])
async def test_fault_39_an_answer_cut_off_is_unclear_and_one_without_a_result_counts(
    place: Place, kind: str, copies: int
) -> None:
    place.writes()
    await place.beats()
    (layla,) = people_of(place, 1)
    await known(place, layla.user_id)
    place.sandbox.faults.add(kind, method="sendMessage")  # type: ignore[arg-type]  # one of the kinds there are
    await post(place, layla.user_id, "a")
    await settled(place, {"sent": 1}, 12)
    assert cards(layla) == copies


def test_fault_39_a_thousand_unknown_refusals_are_judged_without_a_crash() -> None:
    """An unknown text is final and loud, or waits where the status says that it is Telegram's own fault."""
    chance = random.Random(39)  # noqa: S311 - play, not secrecy
    for _ in range(1000):
        code = chance.choice([300, 400, 402, 403, 405, 418, 420, 451, 499, 500, 502, 503, 504, 520, 599, 999])
        words = "".join(chance.choices("abcdefghij :'’_\u202e\x00", k=chance.randint(0, 300)))
        judged = judge(Refused(code, words, None))
        assert judged.verdict in {Verdict.REJECTED, Verdict.UNCLEAR}
        assert str(code) in judged.reason
        assert len(judged.reason) < 40
        assert judged.loud is (judged.verdict is Verdict.REJECTED)
