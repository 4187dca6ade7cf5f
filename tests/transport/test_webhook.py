"""The webhook judges each request, answers 200 after the commit only, and 503 while nothing can be written."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.inbound import Incoming
from bot.ingress.polling import free_of_webhook
from bot.ingress.refusals import CannotReceive
from bot.ingress.webhook import path_of, set_webhook, webhook_app
from tests.transport.conftest import Place

SECRET = "a-webhook-secret-for-tests"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


def update(update_id: int = 1, user_id: int = 1001, words: str = "hello") -> dict[str, Any]:
    person = {"id": user_id, "is_bot": False, "first_name": "Layla"}
    message = {"message_id": 7, "from": person, "chat": {"id": user_id, "type": "private"}, "text": words}
    return {"update_id": update_id, "message": message}


@pytest.fixture
async def client(place: Place) -> AsyncIterator[httpx.AsyncClient]:
    app = webhook_app(place.house.clerk, "/updates", SECRET, place.house.watch.probes)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as http:
        yield http


async def test_an_update_is_answered_after_its_commit(place: Place, client: httpx.AsyncClient) -> None:
    gate = asyncio.Event()

    async def held_up(_: Incoming) -> None:
        await gate.wait()

    place.parrot.before = held_up
    place.writes()
    asking = asyncio.create_task(client.post("/updates", json=update(), headers=HEADERS))
    await asyncio.sleep(0.2)
    assert not asking.done()
    gate.set()
    assert (await asking).status_code == 200
    async with place.house.store.reading() as work:
        assert await work.updates.unseen([1, 2]) == {2}


async def test_fault_15_the_same_update_twice_at_once_is_handled_once(
    place: Place, client: httpx.AsyncClient
) -> None:
    place.writes()
    requests = [client.post("/updates", json=update(), headers=HEADERS) for _ in range(5)]
    assert [answer.status_code for answer in await asyncio.gather(*requests)] == [200] * 5
    assert (await client.post("/updates", json=update(), headers=HEADERS)).status_code == 200
    assert place.parrot.handled == [(1001, "hello")]


async def test_a_press_is_answered_in_the_response_and_once(place: Place, client: httpx.AsyncClient) -> None:
    place.writes()
    card = {"message_id": 7, "chat": {"id": 1001, "type": "private"}}
    press = {"id": "77", "from": {"id": 1001, "first_name": "Layla"}, "data": "a", "message": card}
    tapped = {"update_id": 1, "callback_query": press}
    answers = await asyncio.gather(*(client.post("/updates", json=tapped, headers=HEADERS) for _ in range(3)))
    first, *others = sorted((answer.json() for answer in answers), key=len, reverse=True)
    assert first.pop("text")
    assert first == {"method": "answerCallbackQuery", "callback_query_id": "77"}
    assert others == [{}, {}]
    assert place.sandbox.tally.calls["answercallbackquery"] == 0


async def test_fault_34_a_press_whose_id_no_json_may_hold_is_acknowledged_all_the_same(
    place: Place, client: httpx.AsyncClient
) -> None:
    place.writes()
    card = {"message_id": 7, "chat": {"id": 1001, "type": "private"}}
    press = {"id": "\ud800", "from": {"id": 1001, "first_name": "Layla"}, "data": "a", "message": card}
    body = json.dumps({"update_id": 1, "callback_query": press})
    answer = await client.post("/updates", content=body, headers=HEADERS)
    assert answer.status_code == 200
    assert answer.json()["callback_query_id"] == "\ud800"


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"X-Telegram-Bot-Api-Secret-Token": ""}, 403),
        (b"{}", {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, 403),
        (b"{}", {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}, 403),
        (b'{"update_id": 1}', {"Content-Type": "text/plain"}, 415),
        (b'{"update_id": 1}', {"Content-Type": ""}, 415),
        (b"not json", {}, 400),
        (b"[1]", {}, 400),
        (b"{}", {}, 400),
        (b'{"update_id": "1"}', {}, 400),
        (b'{"update_id": true}', {}, 400),
        (b'{"update_id": -1}', {}, 400),
        (b'{"update_id": 99999999999999999999}', {}, 400),
        (b"[" * 60_000, {}, 400),
        (b" " * (2**20 + 1), {}, 413),
    ],
)
async def test_fault_66_an_unfit_request_is_refused(
    place: Place, client: httpx.AsyncClient, body: bytes, headers: dict[str, str], status: int
) -> None:
    place.writes()
    answer = await client.post("/updates", content=body, headers={**HEADERS, **headers})
    assert answer.status_code == status
    assert SECRET not in answer.text
    assert place.parrot.handled == []


async def test_fault_66_a_body_without_length_is_cut_off_too(place: Place, client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 2**16

    assert (await client.post("/updates", content=endless(), headers=HEADERS)).status_code == 413


async def test_fault_66_the_secret_is_judged_first(client: httpx.AsyncClient) -> None:
    answer = await client.post("/updates", content=b"x" * (2**20 + 1), headers={"Content-Type": "text/plain"})
    assert answer.status_code == 403


async def test_other_methods_and_paths_are_nothing(client: httpx.AsyncClient) -> None:
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        answer = await client.request(method, "/updates")
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert (await client.post("/other", json=update(), headers=HEADERS)).status_code == 404


async def test_probes(place: Place, client: httpx.AsyncClient) -> None:
    place.writes()
    assert (await client.get("/livez")).json()["alive"] is True
    assert (await client.get("/readyz")).json()["failed"] == []
    place.house.watch.probes.is_stopping = lambda: True
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["stopping"])


async def test_figures_are_not_told_where_telegram_calls(client: httpx.AsyncClient) -> None:
    assert (await client.get("/metrics")).status_code == 404


async def test_a_stopping_bot_asks_to_come_again(place: Place, client: httpx.AsyncClient) -> None:
    place.writes()
    place.house.clerk.close()
    answer = await client.post("/updates", json=update(), headers=HEADERS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


async def test_fault_34_a_poisonous_update_is_taken_in_the_end(
    place: Place, client: httpx.AsyncClient
) -> None:
    place.writes()
    answer = await client.post("/updates", json=update(words="poison"), headers=HEADERS, timeout=20)
    assert answer.status_code == 200
    assert place.house.clerk.counts["parked"] == 1


def test_the_webhook_has_a_path_of_its_own() -> None:
    assert path_of("https://bot.example.org/updates") == "/updates"
    for url in ("https://bot.example.org", "https://bot.example.org/", "https://bot.example.org/livez"):
        with pytest.raises(CannotReceive, match="path of its own"):
            path_of(url)


async def test_fault_46_receiving_is_never_flipped_silently(place: Place) -> None:
    wire = place.house.wire
    await set_webhook(wire, "http://127.0.0.1:9/updates", SECRET, take_over=False)
    with pytest.raises(CannotReceive, match="--take-over"):
        await free_of_webhook(wire, take_over=False)
    with pytest.raises(CannotReceive, match="--take-over"):
        await set_webhook(wire, "http://127.0.0.1:9/elsewhere", SECRET, take_over=False)
    await free_of_webhook(wire, take_over=True)
    assert (await wire.call("getWebhookInfo"))["url"] == ""
    assert place.sandbox.violations == []
