"""Answers in every form that HTTP allows arrive whole, and connections are kept exactly as long as they are good."""

import asyncio
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP

import pytest
from pydantic import SecretStr

from bot.wire import NotSent, Refused, Wire, fetched
from bot.wire.address import Address
from tests.wire.servers import OK, Asked, Script, Server, agrees, answer, chunked, serving


def says(data: bytes) -> Script:
    async def script(asked: Asked) -> None:
        await asked.says(data)

    return script


async def test_a_call_is_one_plain_request(server: Server, wire: Wire) -> None:
    assert await wire.call("sendMessage", chat_id=5, text="سلام", parse_mode=None) == 1
    (asked,) = server.asked
    assert asked.line == f"POST /bot{wire.token.get_secret_value()}/sendMessage HTTP/1.1"
    assert asked.body.decode() == '{"chat_id":5,"text":"سلام"}'
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["accept-encoding"] == "identity"


async def test_one_connection_carries_one_call_after_the_other(server: Server, wire: Wire) -> None:
    for _ in range(5):
        await wire.call("getMe")
    assert (len(server.asked), server.connections) == (5, 1)


async def test_calls_at_once_have_a_connection_each_and_keep_them(server: Server, wire: Wire) -> None:
    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.05)
        await agrees(asked)

    server.script = slow
    for _ in range(2):
        await asyncio.gather(*(wire.call("getMe") for _ in range(10)))
    assert server.connections == 10


@pytest.mark.parametrize(
    "data",
    [
        chunked(OK),
        chunked(*(OK[place : place + 3] for place in range(0, len(OK), 3))),
        b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" + answer(),
        b"HTTP/1.1 100 Continue\r\n\r\n" + chunked(OK),
        answer(OK, b"200 Fine", b"Keep-Alive: timeout=5", b"Upgrade: h2"),
    ],
)
async def test_an_answer_may_come_in_any_form_and_in_any_pieces(
    server: Server, wire: Wire, data: bytes
) -> None:
    async def drips(asked: Asked) -> None:
        await asked.drips(data, 0)

    server.script = says(data)
    assert await wire.call("getMe") == 1
    server.script = drips
    assert await wire.call("getMe") == 1
    assert server.connections == 1


async def test_an_answer_without_a_length_ends_with_its_connection(server: Server, wire: Wire) -> None:
    async def closes(asked: Asked) -> None:
        await asked.says(b"HTTP/1.1 200 OK\r\n\r\n" + OK)
        asked.writer.close()

    server.script = closes
    assert await wire.call("getMe") == 1
    assert await wire.call("getMe") == 1
    assert server.connections == 2


@pytest.mark.parametrize(
    "data",
    [
        answer(OK, b"200 OK", b"Connection: close"),
        b"HTTP/1.0 200 OK\r\nContent-Length: 25\r\n\r\n" + OK,
        answer() + answer(b'{"ok": true, "result": "of somebody else"}'),
        answer() + b"surplus",
    ],
)
async def test_a_connection_that_cannot_be_trusted_further_is_left(
    server: Server, wire: Wire, data: bytes
) -> None:
    server.script = says(data)
    for _ in range(3):
        assert await wire.call("getMe") == 1
    assert server.connections == 3


async def test_bytes_that_nobody_asked_for_end_a_connection_at_rest(server: Server, wire: Wire) -> None:
    await wire.call("getMe")
    await server.asked[0].says(answer(b'{"ok": true, "result": "of somebody else"}'))
    await server.is_left()
    assert await wire.call("getMe") == 1
    assert server.connections == 2


async def test_a_connection_closed_at_rest_is_not_used_again(server: Server, wire: Wire) -> None:
    await wire.call("getMe")
    server.asked[0].writer.close()
    await server.is_left()
    assert await wire.call("getMe") == 1
    assert server.connections == 2


async def test_a_connection_does_not_rest_for_ever(
    server: Server, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wire.pool.RESTS", 0.1)
    await asyncio.gather(wire.call("getMe"), wire.call("getMe"))
    await server.is_left()
    assert await wire.call("getMe") == 1
    assert server.connections == 3


async def test_calls_beyond_the_number_at_once_wait_for_a_connection(
    server: Server, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.02)
        await agrees(asked)

    monkeypatch.setattr("bot.wire.pool.AT_ONCE", 3)
    server.script = slow
    assert await asyncio.gather(*(wire.call("getMe") for _ in range(20))) == [1] * 20
    assert server.most_open == 3


async def test_fault_36_a_call_that_finds_no_free_connection_in_time_was_not_sent(
    server: Server, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def waits(asked: Asked) -> None:
        await asyncio.sleep(1)
        await agrees(asked)

    monkeypatch.setattr("bot.wire.pool.AT_ONCE", 1)
    monkeypatch.setattr("bot.wire.pool.CONNECT_TIMEOUT", 0.2)
    server.script = waits
    first = asyncio.create_task(wire.call("getMe"))
    await asyncio.sleep(0.05)
    with pytest.raises(NotSent, match="free in time"):
        await wire.call("getMe")
    assert await first == 1
    assert len(server.asked) == 1


async def test_a_redirection_is_a_refusal_and_takes_the_token_nowhere(server: Server, wire: Wire) -> None:
    server.script = says(answer(b"", b"302 Found", b"Location: http://127.0.0.1:9/"))
    with pytest.raises(Refused) as refusal:
        await wire.call("getMe")
    assert refusal.value.code == 302


async def test_a_pause_that_is_asked_for_is_told(server: Server, wire: Wire) -> None:
    body = b'{"ok": false, "error_code": 429, "description": "x", "parameters": {"retry_after": 7}}'
    server.script = says(answer(body, b"429 Too Many Requests"))
    with pytest.raises(Refused) as refusal:
        await wire.call("sendMessage", chat_id=1, text="x")
    assert (refusal.value.code, refusal.value.retry_after) == (429, 7)
    with pytest.raises(Refused):
        await wire.call("sendMessage", chat_id=1, text="x")
    assert server.connections == 1


async def test_a_document_goes_as_a_form(server: Server, wire: Wire) -> None:
    content = bytes(range(256)) * 4000
    keyboard = {"inline_keyboard": [[{"text": "مفتاح", "callback_data": "d"}]]}
    given = {"chat_id": 5, "caption": "جواب", "reply_markup": keyboard, "parse_mode": None}
    assert await wire.upload("sendDocument", 'بيانات "1".json', content, **given) == 1
    (asked,) = server.asked
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(_class=EmailMessage, policy=HTTP).parsebytes(head + asked.body)
    parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
    said = {str(name): part.get_payload(decode=True) for name, part in parts.items()}
    assert said["chat_id"] == b"5"
    assert said["caption"] == "جواب".encode()
    assert said["document"] == content
    assert said.keys() == {"chat_id", "caption", "reply_markup", "document"}
    assert 'filename="بيانات %221%22.json"'.encode() in asked.body


async def test_a_single_look_leaves_no_connection(server: Server) -> None:
    async with serving(server) as address:
        assert await fetched(f"{address}/sim/clock", 2) == OK
        await server.is_left()
    assert server.asked[0].line == "GET /sim/clock HTTP/1.1"
    assert not server.asked[0].body
    with pytest.raises(NotSent):
        await fetched(f"{address}/sim/clock", 2)


async def test_a_wire_that_was_shut_opens_again(server: Server, wire: Wire) -> None:
    await wire.call("getMe")
    await wire.shutdown()
    await server.is_left(0.5)
    assert await wire.call("getMe") == 1


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1",
        "http://",
        "http://[::1",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:1/a b",
        "http://127.0.0.1:1/\r\nX-Injected: 1\r\n",
        "http://127.0.0.1:1/سلام",
    ],
)
async def test_an_address_that_cannot_be_called_is_refused_before_anything_leaves(address: str) -> None:
    with pytest.raises(NotSent):
        await Wire(address, SecretStr("1:x")).call("getMe")


async def test_an_address_is_taken_apart_and_hides_itself() -> None:
    address = Address("https://user:p%40ss@[::1]:8443/bot1:secret/getMe?a=b")
    assert tuple(address.origin) == (True, "::1", 8443)
    assert "secret" not in repr(address)
    lines = address.request("GET").decode().split("\r\n")
    assert lines[:2] == ["GET /bot1:secret/getMe?a=b HTTP/1.1", "Host: [::1]:8443"]
    assert "Authorization: Basic dXNlcjpwQHNz" in lines
    assert lines[-2:] == ["", ""]
    assert tuple(Address("http://localhost").origin) == (False, "localhost", 80)


async def test_a_name_with_two_addresses_is_reached_by_the_one_that_answers(server: Server) -> None:
    async with serving(server):
        wire = Wire(f"http://localhost:{server.port}", SecretStr("1:x"))
        assert await wire.call("getMe") == 1
        await wire.shutdown()


async def test_a_name_that_cannot_be_one_was_not_sent() -> None:
    with pytest.raises(NotSent):
        await Wire(f"http://{'x' * 64}.localhost", SecretStr("1:x")).call("getMe")
