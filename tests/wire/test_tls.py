"""Over TLS the other side must prove its name, and all else holds as it does without."""

import asyncio
import ssl
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.wire import NotSent, Unanswered, Wire
from bot.wire.address import Address
from bot.wire.pool import Pool
from tests.wire.servers import Asked, Server, answer, authority, mute, serving

HUGE = b"x" * (32 * 2**20)


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The TLS of a server whose certificate is trusted here, and is for the name localhost alone."""
    trusted, context = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return context


async def test_a_server_that_proves_its_name_is_spoken_to(server: Server, shown: ssl.SSLContext) -> None:
    names: list[str | None] = []
    shown.sni_callback = lambda _, name, __: names.append(name)
    async with serving(server, shown) as address:
        wire = Wire(address, SecretStr("1:x"))
        assert [await wire.call("getMe") for _ in range(3)] == [1, 1, 1]
        await wire.shutdown()
    assert names == ["localhost"]
    assert server.connections == 1


async def test_a_server_with_another_name_hears_nothing(server: Server, shown: ssl.SSLContext) -> None:
    async with serving(server, shown):
        wire = Wire(f"https://127.0.0.1:{server.port}", SecretStr("1:x"))
        with pytest.raises(NotSent, match="CertVerification"):
            await wire.call("getMe")
        await wire.shutdown()
    assert not server.asked


async def test_a_server_that_nobody_vouches_for_hears_nothing(
    server: Server, shown: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    async with serving(server, shown) as address:
        wire = Wire(address, SecretStr("1:x"))
        with pytest.raises(NotSent, match="CertVerification"):
            await wire.call("getMe")
        await wire.shutdown()
    assert not server.asked


async def test_a_server_without_tls_is_not_spoken_to_in_clear(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wire.pool.CONNECT_TIMEOUT", 0.3)
    async with serving(server):
        wire = Wire(f"https://localhost:{server.port}", SecretStr("1:x"))
        with pytest.raises(NotSent):
            await wire.call("getMe")
    assert not server.asked


async def test_a_handshake_that_hangs_ends_in_time_and_can_be_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.wire.pool.CONNECT_TIMEOUT", 0.3)
    async with mute() as (place, _):
        wire = Wire(f"https://{place}", SecretStr("1:x"))
        with pytest.raises(NotSent, match="in time"):
            await wire.call("getMe")
        call = asyncio.create_task(wire.call("getMe"))
        await asyncio.sleep(0.1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await wire.shutdown()


async def test_a_lost_answer_is_unclear_and_a_connection_at_rest_is_left(
    server: Server, shown: ssl.SSLContext
) -> None:
    async def cuts(asked: Asked) -> None:
        if len(asked.body) > 2:
            await asked.says(answer()[:-5])
        else:
            await asked.says(answer())
        asked.writer.transport.abort()

    server.script = cuts
    async with serving(server, shown) as address:
        wire = Wire(address, SecretStr("1:x"))
        assert await wire.call("getMe") == 1
        await server.is_left()
        with pytest.raises(Unanswered):
            await wire.call("sendMessage", chat_id=1, text="x")
        await wire.shutdown()
    assert (len(server.asked), server.connections) == (2, 2)


async def test_much_goes_both_ways(server: Server, shown: ssl.SSLContext) -> None:
    async def repeats(asked: Asked) -> None:
        await asked.says(answer(b'{"ok": true, "result": %d}' % len(asked.body)))

    server.script = repeats
    async with serving(server, shown) as address:
        wire = Wire(address, SecretStr("1:x"))
        sizes = await asyncio.gather(*(wire.call("m", text="x" * (number * 50_000)) for number in range(20)))
        assert [size // 50_000 for size in sizes] == list(range(20))
        await wire.shutdown()


async def test_a_request_that_nobody_reads_ends_in_time_and_is_never_wrongly_called_unsent(
    shown: ssl.SSLContext,
) -> None:
    async def stops_reading(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await ending.wait()
        writer.transport.abort()

    ending = asyncio.Event()
    listening = await asyncio.start_server(stops_reading, "127.0.0.1", ssl=shown)
    address = Address(f"https://localhost:{listening.sockets[0].getsockname()[1]}/x")
    pool = Pool(address.origin)
    with pytest.raises((NotSent, Unanswered)):  # the loop may hide a backlog below TLS
        await pool.exchange(address.request("POST", HUGE, "text/plain"), 0.3, 0.6)
    with pytest.raises(Unanswered):
        await pool.exchange(address.request("POST", b"small", "text/plain"), 0.3, 0.6)
    ending.set()
    await pool.close()
    listening.close()
    await asyncio.sleep(0.1)
