"""What was put aside because it could not be handled is handled after all, when the program was mended."""

import asyncio
import json
import secrets

import pytest
from typer.testing import CliRunner

from bot.app import opened
from bot.commands import app
from bot.effects import BotIdentity
from bot.handlers import Doors
from bot.ingress.again import NotKept, StillUnreadable, handle_again
from bot.sandbox import Person
from tests.chats.telling import KEY, OPEN, Region, heard, until
from tests.store.village import rows
from tests.transport.test_ingress import text
from workflows.notices import Explained
from workflows.review.events import Focus, Say

BOT = BotIdentity(1, "rafiq_bot", "Rafiq")
NUMBER = 77


async def put_aside(region: Region, person: Person, words: str) -> None:
    """What the clerk writes down of a text that has failed for the last time."""
    sent = max(message.message_id for message in person.messages) + 1
    payload = json.dumps(text(NUMBER, words, person.user_id, sent)).encode("ascii")
    async with region.store.transaction() as work:
        await work.updates.park(NUMBER, payload, "ValueError", region.house.clock.now())
        work.updates.mark_seen([NUMBER], region.house.clock.now())


async def test_a_text_that_was_put_aside_is_handled_after_all(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await put_aside(region, layla, "It lay there.")
    doors, now = Doors(secrets.token_bytes), region.house.clock.now()
    async with region.store.reading() as work:
        (parked,) = await work.updates.all_parked()
    assert (parked.update_id, parked.error, parked.is_kept) == (NUMBER, "ValueError", True)

    async with opened(region.settings) as beside:  # as the command does
        await handle_again(beside, doors, BOT, NUMBER, now)
    assert await region.parts(OPEN) == ["It lay there."]
    assert await rows(region.store, "SELECT update_id FROM dead_letter") == []
    assert await rows(region.store, "SELECT update_id FROM seen WHERE update_id = :of", of=NUMBER)
    await until(lambda: heard(layla, "Saved"), 10)  # the running bot says it

    with pytest.raises(NotKept):
        await handle_again(region.store, doors, BOT, NUMBER, now)
    assert await region.parts(OPEN) == ["It lay there."]


async def test_a_card_that_the_running_bot_has_in_hand_keeps_no_text_waiting_for_ever(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await put_aside(region, layla, "It lay there.")
    async with region.store.transaction() as work:
        person = await work.people.by_telegram(layla.user_id)
        assert person is not None
        card = Say(Explained(code="photo"), focus=Focus(prompt=OPEN))
        work.outbox.post(person, card, key="in hand", now=region.house.clock.now())
    async with opened(region.settings) as beside:
        await handle_again(beside, Doors(secrets.token_bytes), BOT, NUMBER, region.house.clock.now())
    assert await region.parts(OPEN) == ["It lay there."]
    assert await rows(region.store, "SELECT update_id FROM seen WHERE update_id = :of", of=NUMBER)


async def test_what_no_version_can_read_stays_where_it_was(region: Region) -> None:
    async with region.store.transaction() as work:
        await work.updates.park(
            NUMBER, b'{"update_id": 77, "message": 5}', "unreadable", region.house.clock.now()
        )
    with pytest.raises(StillUnreadable):
        await handle_again(region.store, Doors(secrets.token_bytes), BOT, NUMBER, region.house.clock.now())
    async with region.store.reading() as work:
        assert [each.update_id for each in await work.updates.all_parked()] == [NUMBER]


async def test_what_fails_again_stays_where_it_was(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await put_aside(region, layla, "It lay there.")

    async def fails(*_: object) -> None:
        raise ValueError("again")

    with pytest.raises(ValueError, match="again"):
        await handle_again(region.store, fails, BOT, NUMBER, region.house.clock.now())  # type: ignore[arg-type]  # on purpose
    async with region.store.reading() as work:
        assert [each.update_id for each in await work.updates.all_parked()] == [NUMBER]


async def test_the_command_names_them_without_what_people_wrote(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    layla = await region.focal_point("LB", "en")
    await put_aside(region, layla, "Nobody is to read this.")
    monkeypatch.setenv("RAFIQ_KEY", KEY)
    monkeypatch.setenv("RAFIQ_DATA", str(region.settings.data))
    said = await asyncio.to_thread(CliRunner().invoke, app, ["aside", "list"])
    assert said.exit_code == 0
    assert f"{NUMBER}  " in said.output
    assert "ValueError, 1 times  what it held is kept" in said.output
    assert "Nobody" not in said.output
