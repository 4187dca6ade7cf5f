"""The webhook keeps Telegram's queues, retries and secret."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import Person, Sandbox


class Hook:
    """A webhook that answers as it is told and remembers what came."""

    def __init__(self) -> None:
        self.address = ""
        self.came: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.open: Callable[[], Any] | None = None
        self.at_once = 0
        self.most_at_once = 0

    async def take(self, request: web.Request) -> web.Response:
        self.came.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.open is not None:
            await self.open()
        self.at_once -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came if "message" in update]


@pytest.fixture
async def hook(bot: Any) -> AsyncIterator[Hook]:
    hook = Hook()
    application = web.Application()
    application.router.add_post("/hook", hook.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await bot("deleteWebhook")
    await runner.cleanup()


async def test_updates_come_with_the_secret(bot: Any, hook: Hook, layla: Person, until: Any) -> None:
    await bot("setWebhook", url=hook.address, secret_token="open-sesame_1")
    layla.says("hello")
    await until(lambda: hook.texts == ["hello"])
    assert hook.secrets == ["open-sesame_1"]
    info = await bot("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (hook.address, 40)
    await until(lambda: not layla.sandbox.updates.everything())


async def test_what_waited_before_is_delivered(bot: Any, hook: Hook, layla: Person, until: Any) -> None:
    layla.says("early")
    await bot("setWebhook", url=hook.address)
    await until(lambda: hook.texts == ["early"])


async def test_a_failed_delivery_is_repeated_and_holds_its_chat_only(
    bot: Any, sandbox: Sandbox, hook: Hook, layla: Person, until: Any
) -> None:
    hook.answers = [web.Response(status=500) for _ in range(3)]
    await bot("setWebhook", url=hook.address)
    layla.says("first")
    await until(lambda: hook.came)
    layla.says("second")
    await until(lambda: hook.texts == ["first"] * 4 + ["second"])
    info = await bot("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert sandbox.tally.webhook["failed"] == 3


async def test_retry_after_is_honoured(bot: Any, hook: Hook, layla: Person, until: Any) -> None:
    hook.answers = [web.Response(status=503, headers={"Retry-After": "20"})]
    await bot("setWebhook", url=hook.address)
    began = asyncio.get_running_loop().time()  # before it comes: a busy machine may look late
    layla.says("x")
    await until(lambda: len(hook.came) == 1)
    await until(lambda: len(hook.came) == 2)
    assert asyncio.get_running_loop().time() - began > 0.3


async def test_one_in_flight_per_queue_and_presses_have_their_own(
    bot: Any, sandbox: Sandbox, hook: Hook, layla: Person, until: Any
) -> None:
    gate = asyncio.Event()
    hook.open = gate.wait
    await bot(
        "sendMessage",
        chat_id=layla.user_id,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]},
    )
    omar = sandbox.person("Omar", "ar")
    await bot("setWebhook", url=hook.address)
    layla.says("a")
    layla.says("b")
    layla.taps("Yes")
    omar.says("c")
    await until(lambda: hook.at_once == 3)
    await asyncio.sleep(0.05)
    assert sorted(hook.texts) == ["a", "c"]
    gate.set()
    await until(lambda: sorted(hook.texts) == ["a", "b", "c"])
    assert hook.most_at_once == 3


async def test_max_connections_holds_over_all_queues(
    bot: Any, sandbox: Sandbox, hook: Hook, until: Any
) -> None:
    people = [sandbox.person(f"Person {n}") for n in range(6)]
    hook.open = lambda: asyncio.sleep(0.01)
    await bot("setWebhook", url=hook.address, max_connections=2)
    for person in people:
        person.says("x")
    await until(lambda: len(hook.came) == 6)
    assert hook.most_at_once == 2


async def test_an_update_too_old_is_dropped(
    bot: Any, sandbox: Sandbox, hook: Hook, layla: Person, until: Any
) -> None:
    hook.answers = [web.Response(status=500)] * 2
    await bot("setWebhook", url=hook.address)
    hook.open = lambda: asyncio.sleep(0.02)
    layla.says("old")
    await until(lambda: hook.came)
    sandbox.clock.advance(86_401)
    await until(lambda: sandbox.updates.counts["expired"] == 1)
    layla.says("new")
    await until(lambda: "new" in hook.texts)


async def test_polling_and_webhook_exclude_each_other(bot: Any, hook: Hook) -> None:
    poll = asyncio.create_task(bot.answer("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await bot("setWebhook", url=hook.address)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    refused = await bot.answer("getUpdates")
    assert refused["error_code"] == 409
    assert refused["description"].endswith("use deleteWebhook to delete the webhook first")
    await bot("deleteWebhook")
    assert await bot.updates() == []


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"url": "https://example.org/hook"}, "loopback addresses only"),
        ({"url": "ftp://127.0.0.1/hook"}, "An HTTPS URL must be provided"),
        ({"url": "http://127.0.0.1/h", "secret_token": "two words"}, "unallowed characters"),
        ({"url": "http://127.0.0.1/h", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Any, settings: dict[str, str], why: str) -> None:
    assert why in await bot.refusal("setWebhook", **settings)
    assert (await bot("getWebhookInfo"))["url"] == ""


async def test_a_method_in_the_answer_is_done(bot: Any, hook: Hook, layla: Person) -> None:
    hook.answers = [
        web.json_response({"method": "sendMessage", "chat_id": layla.user_id, "text": "from the hook"})
    ]
    await bot("setWebhook", url=hook.address)
    layla.says("x")
    await layla.sees("from the hook")
