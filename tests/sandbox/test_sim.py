"""Other processes and the page act through `/sim/` as tests act in process."""

import asyncio
import base64
from datetime import datetime
from typing import Any

import aiohttp
import orjson
import pytest

from bot.sandbox import Person, Sandbox


class Sim:
    """Calls the mirror and hands back status and content."""

    def __init__(self, bot: Any) -> None:
        self.http: aiohttp.ClientSession = bot.http
        self.root = f"{bot.address}/sim"

    async def __call__(self, method: str, path: str, content: Any = None, **options: Any) -> tuple[int, Any]:
        async with self.http.request(method, self.root + path, json=content, **options) as response:
            return response.status, await response.json()


@pytest.fixture
def sim(bot: Any) -> Sim:
    return Sim(bot)


async def events(bot: Any, count: int, last: str = "") -> list[tuple[str, str, Any]]:
    """The first events (kind, id, content) after `last`, without those about the bot's being awake."""
    found: list[tuple[str, str, Any]] = []
    headers = {"Last-Event-ID": last} if last else {}
    async with bot.http.get(f"{bot.address}/sim/events", headers=headers) as response:
        assert response.content_type == "text/event-stream"
        while len(found) < count:
            block = (await response.content.readuntil(b"\n\n")).decode()
            fields = dict(line.split(": ", 1) for line in block.strip().split("\n") if ": " in line[1:])
            if fields.get("event", "bot") != "bot":
                found.append((fields["event"], fields.get("id", ""), orjson.loads(fields["data"])))
    return found


async def test_people_come_and_act(sim: Sim, bot: Any, sandbox: Sandbox) -> None:
    status, omar = await sim("POST", "/people", {"name": "Omar", "language_code": "ar", "start": "CODE"})
    assert (status, omar["started"]) == (201, False)
    path = f"/people/{omar['user_id']}"
    assert (await sim("POST", f"{path}/act", {"act": "starts", "payload": "CODE"}))[0] == 200
    status, said = await sim("POST", f"{path}/act", {"act": "says", "text": "hello"})
    assert said["messages"][0]["text"] == "hello"
    content = base64.b64encode(b"%PDF").decode()
    await sim("POST", f"{path}/act", {"act": "sends_document", "name": "a.pdf", "content_base64": content})
    updates = await bot.updates()
    assert [u["message"].get("text") for u in updates] == ["/start CODE", "hello", None]
    await bot("sendMessage", chat_id=omar["user_id"], text="<b>x</b>", parse_mode="HTML")
    _, messages = await sim("GET", f"{path}/messages?after=3")
    assert [(m["from_bot"], m["text"]) for m in messages] == [(True, "x")]
    assert [p["name"] for p in (await sim("GET", "/people"))[1]] == ["Omar"]


@pytest.mark.parametrize(
    ("path", "content", "status", "why"),
    [
        ("/people", {"name": " "}, 400, "needs a name"),
        ("/people", {"name": "x", "age": 7}, 400, "has no 'age'"),
        ("/people", {"name": "x", "user_id": "7"}, 400, "must be int"),
        ("/people/5/act", {"act": "says", "text": "x"}, 404, "no person 5"),
        ("/people/1001/act", {"act": "as_json"}, 400, "No act"),
        ("/people/1001/act", {"act": "__init__"}, 400, "No act"),
        ("/people/1001/act", {"act": "says", "words": "x"}, 400, "does not fit"),
        ("/people/1001/act", {"act": "taps", "button": "x"}, 409, "sees no button"),
        (
            "/people/1001/act",
            {"act": "sends_document", "name": "a", "content_base64": "?"},
            400,
            "not base64",
        ),
        ("/clock", {"advance_seconds": -1}, 400, "forward only"),
        ("/clock", {"to": "yesterday"}, 400, "Invalid isoformat"),
        ("/faults", {"kind": "earthquake"}, 400, "No fault"),
        ("/faults", [], 400, "JSON object"),
    ],
)
async def test_mistakes_are_explained(
    sim: Sim, sandbox: Sandbox, path: str, content: Any, status: int, why: str
) -> None:
    sandbox.person("Layla", user_id=1001)
    given, answer = await sim("POST", path, content)
    assert (given, why in answer["error"]) == (status, True), answer


async def test_files_go_up_and_come_down(sim: Sim, bot: Any, layla: Person) -> None:
    form = aiohttp.FormData({"caption": "see"}, quote_fields=False)
    form.add_field("file", b"<script>", filename="é.html", content_type="text/html")
    async with bot.http.post(f"{sim.root}/people/{layla.user_id}/file", data=form) as response:
        document = (await response.json())["messages"][0]["document"]
    assert document["file_name"] == "é.html"
    async with bot.http.get(f"{sim.root}/files/{document['file_id']}") as response:
        assert await response.read() == b"<script>"
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%A9.html"
        assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_the_clock_is_told_and_moved(sim: Sim, sandbox: Sandbox) -> None:
    _, before = await sim("GET", "/clock")
    _, after = await sim("POST", "/clock", {"advance_seconds": 3600})
    assert 3600 <= after["offset_seconds"] - before["offset_seconds"] < 3601
    _, moved = await sim("POST", "/clock", {"to": "2031-01-01T00:00:00Z"})
    assert datetime.fromisoformat(moved["now"]).year == sandbox.clock.now().year == 2031


async def test_what_happens_next_is_told_and_gone_to(sim: Sim, sandbox: Sandbox) -> None:
    assert (await sim("GET", "/clock"))[1]["next"] is None
    assert (await sim("POST", "/next", {}))[0] == 409
    told = {"at": "2031-01-01T09:00:00+02:00", "what": "Reminders"}
    heard = sandbox.journal.last
    for _ in range(3):
        _, clock = await sim("PUT", "/next", told)
        assert clock["next"] == told
    assert sandbox.journal.last == heard + 1, "the page hears of it once"
    _, moved = await sim("POST", "/next", {})
    assert moved["now"].startswith("2031-01-01T07:00:01")
    assert moved["next"] is None, "it lies behind"
    assert (await sim("POST", "/next", {}))[0] == 409, "a second press goes nowhere"
    await sim("PUT", "/next", {"at": "2031-02-01T00:00:00Z", "what": "The forum"})
    assert (await sim("GET", "/state"))[1]["clock"]["next"]["what"] == "The forum"
    assert (await sim("PUT", "/next", {"at": None}))[1]["next"] is None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"at": "2031-01-01T09:00:00", "what": "x"}, "time zone"),
        ({"at": "soon", "what": "x"}, "Invalid isoformat"),
        ({"at": "2031-01-01T09:00:00Z", "what": " "}, "what happens then"),
    ],
)
async def test_what_is_told_of_the_next_must_be_a_moment_and_words(
    sim: Sim, sandbox: Sandbox, told: dict[str, str], why: str
) -> None:
    status, answer = await sim("PUT", "/next", told)
    assert (status, why in answer["error"]) == (400, True), answer
    assert sandbox.clock.upcoming is None


async def test_faults_and_settings_from_outside(sim: Sim, bot: Any, sandbox: Sandbox, layla: Person) -> None:
    _, faults = await sim("POST", "/faults", {"kind": "flood", "method": "sendMessage", "retry_after": 2})
    assert [f["kind"] for f in faults] == ["flood"]
    assert "retry after 2" in await bot.refusal("sendMessage", chat_id=layla.user_id, text="x")
    await sim("POST", "/faults", {"kind": "reset", "count": None})
    assert (await sim("DELETE", "/faults"))[1] == []
    await sim("POST", "/settings", {"next_update_id": 7, "latency_seconds": 0.01})
    layla.says("x")
    assert (await bot.updates())[0]["update_id"] == 7
    await bot.updates(offset=-1)
    assert [v["kind"] for v in (await sim("GET", "/violations"))[1]] == ["negative_offset"]
    statistics = (await sim("GET", "/statistics"))[1]
    assert statistics["faults"] == {"flood": 1}
    assert statistics["updates"]["queued"] == 2


async def test_the_news_are_followed_and_resumed(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    _, last = "", f"{sandbox.journal.epoch}-{sandbox.journal.last}"
    layla.says("one")
    layla.says("two")
    first, second = await events(bot, 2, last)
    assert (first[0], first[2]["message"]["text"]) == ("message", "one")
    assert (await events(bot, 1, first[1])) == [second]


async def test_the_page_hears_that_the_bot_describes_itself_anew(
    bot: Any, sim: Sim, sandbox: Sandbox
) -> None:
    sandbox.person("Yasmine", "fr", user_id=1003)
    last = f"{sandbox.journal.epoch}-{sandbox.journal.last}"
    told = []
    for language, words in (("", "عام"), ("fr", "En français")):
        await bot("setMyDescription", description=words, language_code=language)
        async with asyncio.timeout(5):
            ((kind, last, content),) = await events(bot, 1, last)
        assert (kind, content) == ("description", {})
        told.append((await sim("GET", "/people/1003/profile"))[1]["description"])
    assert told == ["عام", "En français"]


async def test_a_page_of_another_sandbox_begins_anew(bot: Any, layla: Person) -> None:
    assert [(kind, content) for kind, _, content in await events(bot, 1, "deadbeef-3")] == [("reset", {})]


async def test_other_sites_pages_are_kept_out(bot: Any, sim: Sim) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}):
        async with bot.http.get(f"{sim.root}/people", headers=headers) as response:
            assert response.status == 403
    async with bot.http.post(f"{sim.root}/people", data=b'{"name":"x"}') as response:
        assert response.status == 415


async def test_the_page_is_held_in_by_its_policy(bot: Any) -> None:
    async with bot.http.get(bot.address) as response:
        policy = response.headers["Content-Security-Policy"]
        page = await response.text()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in page
    assert "style=" not in page
    for name in ("main.js", "page.css", "icons.svg"):
        async with bot.http.get(f"{bot.address}/static/{name}") as response:
            assert response.status == 200
    for name in ("..%2fpage.py", "page.py", "missing.js"):
        async with bot.http.get(f"{bot.address}/static/{name}") as response:
            assert response.status == 404
