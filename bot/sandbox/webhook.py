"""Deliver updates to the bot's webhook with Telegram's queues, retries and secret header."""

import asyncio
import re
import secrets
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import bad_request, too_many
from bot.sandbox.updates import Waiting

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

DEFAULT_CONNECTIONS = 40
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_RETRY_AFTER_SECONDS = 3600.0
MAX_SECRET_LENGTH = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

Lane = tuple[str, int]


class Webhook:
    """One queue per chat for messages and one per person for presses; one request in flight in each."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self.url = ""
        self.max_connections = DEFAULT_CONNECTIONS
        self.last_error = ""
        self.last_error_at = 0
        self.last_success_at = 0.0
        self._last_failure_at = 0.0
        self._secret = ""
        self._lanes: dict[Lane, deque[tuple[int, Waiting]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(DEFAULT_CONNECTIONS)
        self._session: aiohttp.ClientSession | None = None
        self._not_before = 0.0

    def set(self, parameters: Parameters) -> None:
        """Begin to deliver to the given address, or end it when there is none."""
        url = parameters.text("url")
        secret = parameters.text("secret_token")
        if url:
            self._judge(url, secret)
        self._stop()
        self.url, self._secret = url, secret
        if parameters.boolean("drop_pending_updates"):
            self._sandbox.violate("drop_pending_updates", "setWebhook" if url else "deleteWebhook")
            self._sandbox.updates.forget_all_but(0)
        if url:
            self.max_connections = min(
                max(parameters.integer("max_connections", DEFAULT_CONNECTIONS), 1), 100
            )
            self._begin()

    def info(self) -> dict[str, Any]:
        """The Bot API's `WebhookInfo`."""
        updates = self._sandbox.updates
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(updates.everything()),
        }
        if self.last_error_at:
            info |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        if self.url:
            info |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if updates.allowed is not None:
            info["allowed_updates"] = sorted(updates.allowed)
        return info

    @property
    def is_answered(self) -> bool:
        """Whether the last delivery was taken."""
        return self.last_success_at > self._last_failure_at

    async def close(self) -> None:
        """End all deliveries; what waits stays queued."""
        tasks = list(self._tasks)
        self._stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _judge(self, url: str, secret: str) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._not_before:
            raise too_many(1)
        self._not_before = now + self._sandbox.settings.webhook_time_scale
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"}:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.hostname not in _LOOPBACK:
            raise bad_request("bad webhook: the sandbox delivers to loopback addresses only")
        if len(secret) > MAX_SECRET_LENGTH:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")

    def _begin(self) -> None:
        self._slots = asyncio.Semaphore(self.max_connections)
        for serial, item in self._sandbox.updates.everything():
            self._feed(serial, item)
        self._sandbox.updates.listen(self._feed)

    def _stop(self) -> None:
        self._sandbox.updates.listen(None)
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self._lanes.clear()

    def _feed(self, serial: int, item: Waiting) -> None:
        lane = self._lanes.get(item.lane)
        if lane is not None:
            lane.append((serial, item))
            return
        self._lanes[item.lane] = deque([(serial, item)])
        task = asyncio.get_running_loop().create_task(self._drain(item.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, name: Lane) -> None:
        lane = self._lanes[name]
        failures = 0
        while lane:
            serial, item = lane[0]
            if not self._sandbox.updates.has(serial):
                lane.popleft()
                failures = 0
                continue
            async with self._slots:
                retry_after = await self._attempt(item)
            if retry_after is None:
                self._sandbox.updates.forget(serial)
                lane.popleft()
                failures = 0
            else:
                failures += 1
                await asyncio.sleep(
                    (retry_after or _pause(failures)) * self._sandbox.settings.webhook_time_scale
                )
        del self._lanes[name]

    async def _attempt(self, item: Waiting) -> float | None:
        """Post one update; return None when it was taken, else the pause the bot asked for (0 for none)."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        item.delivered = True
        self._sandbox.tally.webhook["attempts"] += 1
        limit = aiohttp.ClientTimeout(total=self._sandbox.settings.webhook_timeout_seconds)
        try:
            async with self._session.post(
                self.url,
                data=orjson.dumps(item.update),
                headers=headers,
                timeout=limit,
                allow_redirects=False,
            ) as answer:
                body = await answer.read()
                return self._judged(answer, body)
        except TimeoutError:
            return self._failed("Read timeout expired")
        except aiohttp.ClientConnectorError:
            return self._failed("Connection refused")
        except aiohttp.ClientError as error:
            return self._failed(f"Connection closed: {type(error).__name__}")

    def _judged(self, answer: aiohttp.ClientResponse, body: bytes) -> float | None:
        if answer.ok and answer.status < HTTPStatus.MULTIPLE_CHOICES:
            self._sandbox.tally.webhook["taken"] += 1
            self.last_success_at = asyncio.get_running_loop().time()
            self._sandbox.app.answer_in_webhook(body)
            return None
        wanted = answer.headers.get("Retry-After", "")
        self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        return min(float(wanted), LONGEST_RETRY_AFTER_SECONDS) if wanted.isdigit() else 0.0

    def _failed(self, why: str) -> float:
        self._sandbox.tally.webhook["failed"] += 1
        self._last_failure_at = asyncio.get_running_loop().time()
        self.last_error, self.last_error_at = why, int(self._sandbox.clock.timestamp())
        return 0.0


def _pause(failures: int) -> float:
    """Seconds before the next attempt: none, 2, 4, 8 … and then between one and two minutes."""
    if failures == 1:
        return 0.0
    pause = 2.0 ** (failures - 1)
    if pause < LONGEST_PAUSE_SECONDS:
        return pause
    return secrets.SystemRandom().uniform(LONGEST_PAUSE_SECONDS, 2 * LONGEST_PAUSE_SECONDS)
