"""Behind a webhook, whether updates can arrive is what Telegram last said of it, and what has come since."""

import asyncio

from bot.ingress.watch import Reception
from bot.sandbox import Person
from tests.transport.conftest import Place
from tests.transport.parrot import until
from tests.transport.test_ingress import text

NOBODY = "http://127.0.0.1:9/updates"


async def test_receiving_is_what_telegram_last_said_and_what_has_come_since(
    place: Place, layla: Person
) -> None:
    clerk, webhook = place.house.clerk, place.sandbox.webhook
    place.writes()
    place.sandbox.updates.forget_all_but(0)
    await place.house.wire.call("setWebhook", url=NOBODY)
    receives = Reception(place.house.wire, NOBODY, clerk.figures)
    assert receives()
    await receives.look()
    assert receives()

    layla.says("nobody listens there")
    await until(lambda: webhook.last_error_at)
    for _ in range(2):  # nor where Telegram has not tried again in the meantime
        await receives.look()
        assert not receives()

    await asyncio.wait_for(clerk.submit([text(7, "it has come all the same", layla.user_id)])[0], 5)
    assert receives()

    place.sandbox.faults.add("server_error", method="getWebhookInfo")
    await receives.look()
    assert receives(), "where Telegram gives no word, what was known before stands"

    await place.house.wire.call("setWebhook", url="http://127.0.0.1:9/of-somebody-else")
    await receives.look()
    assert not receives()
    await asyncio.wait_for(clerk.submit([text(8, "it was under way", layla.user_id)])[0], 5)
    assert not receives()
    await place.house.wire.call("deleteWebhook")
