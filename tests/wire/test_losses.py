"""Whatever is lost on the way is told apart: what surely did not leave, and what may have been done."""

import asyncio
import socket
import struct

import pytest
from pydantic import SecretStr

from bot.wire import NotSent, Unanswered, Wire
from bot.wire.address import Address
from bot.wire.connection import LARGEST_ANSWER
from bot.wire.pool import Pool
from tests.wire.servers import OK, Asked, Server, agrees, answer, chunked, mute

HUGE = b"x" * (32 * 2**20)  # more than the buffers of both sides hold


def resets(writer: asyncio.StreamWriter) -> None:
    """End a connection without a goodbye."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@pytest.mark.parametrize("ending", ["close", "reset"])
@pytest.mark.parametrize("before", [0, 2])
async def test_fault_35_a_request_that_was_read_and_not_answered_is_unclear_and_not_repeated(
    server: Server, wire: Wire, ending: str, before: int
) -> None:
    for _ in range(before):
        await wire.call("getMe")

    async def ends(asked: Asked) -> None:
        if ending == "reset":
            resets(asked.writer)
        asked.writer.close()

    server.script = ends
    with pytest.raises(Unanswered):
        await wire.call("sendMessage", chat_id=1, text="x")
    assert len(server.asked) == before + 1
    server.script = agrees
    assert await wire.call("getMe") == 1


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 2",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        answer()[:-1],
        chunked(OK)[:-5],
        chunked(OK)[:-20],
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n" + OK,
    ],
)
async def test_half_an_answer_is_none(server: Server, wire: Wire, data: bytes) -> None:
    async def halves(asked: Asked) -> None:
        await asked.says(data)
        asked.writer.close()

    server.script = halves
    with pytest.raises(Unanswered):
        await wire.call("getMe")


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-server\r\n",
        b"\x15\x03\x01\x00\x02\x02\x28",
        b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\nContent-Length: 24\r\n\r\n" + OK,
        b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\nTransfer-Encoding: chunked\r\n\r\n" + OK,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        answer(OK, b"200 OK", b"Content-Encoding: gzip")[:-25] + b"\x1f\x8b" + b"\0" * 23,
    ],
)
async def test_what_is_no_answer_is_not_taken_for_one(server: Server, wire: Wire, data: bytes) -> None:
    async def babbles(asked: Asked) -> None:
        await asked.says(data)
        await asked.hears_the_end()

    server.script = babbles
    with pytest.raises(Unanswered):
        await asyncio.wait_for(wire.call("getMe"), 3)
    await wire.shutdown()
    await server.is_left()


@pytest.mark.parametrize("head", [b"", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 9999999999\r\n"])
async def test_an_endless_answer_is_cut(server: Server, wire: Wire, head: bytes) -> None:
    async def pours(asked: Asked) -> None:
        await asked.says(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")
        piece = b" " * 2**20
        piece = b"%x\r\n%s\r\n" % (len(piece), piece) if b"chunked" in head else piece
        for _ in range(2 * LARGEST_ANSWER // 2**20):
            await asked.says(piece)

    server.script = pours
    with pytest.raises(Unanswered, match="too large"):
        await asyncio.wait_for(wire.call("getMe"), 10)
    await server.is_left()


async def test_a_large_answer_is_read(server: Server, wire: Wire) -> None:
    async def pours(asked: Asked) -> None:
        await asked.says(answer(b'{"ok": true, "result": "%s"}' % (b"x" * 2**23)))

    server.script = pours
    assert len(await wire.call("getMe")) == 2**23


async def test_silence_ends_a_call_and_its_connection(server: Server, wire: Wire) -> None:
    async def hangs(asked: Asked) -> None:
        await asked.says(answer()[:20])
        await asked.hears_the_end()

    server.script = hangs
    with pytest.raises(Unanswered, match="in time"):
        await wire.call("getMe", read_timeout=0.2)
    await server.is_left(1)


async def test_fault_48_a_slow_answer_may_take_long_but_not_for_ever(server: Server, wire: Wire) -> None:
    async def slow(asked: Asked) -> None:
        await asked.drips(answer(), 0.02)

    server.script = slow
    assert await wire.call("getMe", read_timeout=0.3) == 1
    address = Address(f"{wire.api}/x")
    pool = Pool(address.origin)
    began = asyncio.get_running_loop().time()
    with pytest.raises(Unanswered, match="in time"):
        await pool.exchange(address.request("GET"), 0.3, 0.5)
    assert 0.45 < asyncio.get_running_loop().time() - began < 1
    await pool.close()


async def test_a_request_that_is_still_here_was_not_sent() -> None:
    async with mute() as (place, _):
        address = Address(f"http://{place}/x")
        pool = Pool(address.origin)
        with pytest.raises(NotSent, match="did not leave"):
            await pool.exchange(address.request("POST", HUGE, "text/plain"), 0.2, 0.5)
        with pytest.raises(Unanswered):
            await pool.exchange(address.request("POST", b"small", "text/plain"), 0.2, 0.5)
        await pool.close()


async def test_a_request_lost_half_way_was_not_sent(server: Server, wire: Wire) -> None:
    async def cuts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(100_000)
        resets(writer)

    listening = await asyncio.start_server(cuts, "127.0.0.1")
    address = Address(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/x")
    pool = Pool(address.origin)
    with pytest.raises(NotSent, match="did not leave"):
        await pool.exchange(address.request("POST", HUGE, "text/plain"), 5, 10)
    await pool.close()
    listening.close()


async def test_an_answer_before_the_request_is_out_counts_and_ends_the_connection() -> None:
    async def refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(b"", b"413 Too Large"))
        await asyncio.sleep(0.2)
        writer.transport.abort()

    listening = await asyncio.start_server(refuses, "127.0.0.1")
    address = Address(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/x")
    pool = Pool(address.origin)
    assert (await pool.exchange(address.request("POST", HUGE, "text/plain"), 5, 10))[0] == 413
    assert not pool._resting
    await pool.close()
    listening.close()
    await asyncio.sleep(0.3)


async def test_who_is_cancelled_leaves_no_answer_to_the_next(server: Server, wire: Wire) -> None:
    async def late(asked: Asked) -> None:
        await asyncio.sleep(0.1)
        await asked.says(answer(b'{"ok": true, "result": "late"}'))

    await wire.call("getMe")
    server.script = late
    call = asyncio.create_task(wire.call("getMe"))
    await asyncio.sleep(0.05)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    server.script = agrees
    assert await wire.call("getMe") == 1
    assert server.connections == 2
    await asyncio.sleep(0.15)
    assert await wire.call("getMe") == 1


async def test_who_is_cancelled_makes_room_for_the_next(
    server: Server, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(asked: Asked) -> None:
        await asked.hears_the_end()

    monkeypatch.setattr("bot.wire.pool.AT_ONCE", 2)
    server.script = hangs
    calls = [asyncio.create_task(wire.call("getMe")) for _ in range(5)]
    await asyncio.sleep(0.1)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    server.script = agrees
    assert await asyncio.gather(*(wire.call("getMe") for _ in range(4))) == [1] * 4


async def test_shutting_down_ends_calls_under_way_and_connections_at_rest(server: Server, wire: Wire) -> None:
    async def hangs(asked: Asked) -> None:
        await asked.hears_the_end()

    await asyncio.gather(wire.call("getMe"), wire.call("getMe"))
    server.script = hangs
    call = asyncio.create_task(wire.call("getMe"))
    await asyncio.sleep(0.05)
    await wire.shutdown()
    with pytest.raises(Unanswered):
        await call
    await server.is_left(0.5)


async def test_fault_36_a_port_where_nobody_listens_means_not_sent() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        wire = Wire(f"http://127.0.0.1:{sock.getsockname()[1]}", SecretStr("1:x"))
        with pytest.raises(NotSent):
            await wire.call("getMe")
    await wire.shutdown()
