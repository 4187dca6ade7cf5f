"""The site beside the Bot API: the simulated people over HTTP, the judge's knobs, and the chat page."""

import base64
import binascii
import inspect
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.acts import Person
from bot.sandbox.clock import Upcoming
from bot.sandbox.journal import stream
from bot.sandbox.page import OwnPageOnly, asset, index
from bot.sandbox.transcript import Message

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

ACTS = frozenset(name for name, act in vars(Person).items() if not name.startswith("_") and callable(act))
MAX_WHAT = 200
_PICTURES = {"image/png", "image/jpeg", "image/gif"}


def answer(content: Any, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(orjson.dumps(content), status, media_type="application/json")


def site(sandbox: "Sandbox") -> Starlette:
    """The application for everything but the Bot API."""
    sim = Sim(sandbox)
    routes = [
        Route("/", index),
        Route("/static/{name}", asset),
        Route("/sim/state", sim.state),
        Route("/sim/people", sim.people, methods=["GET"]),
        Route("/sim/people", sim.add_person, methods=["POST"]),
        Route("/sim/people/{user_id:int}/act", sim.act, methods=["POST"]),
        Route("/sim/people/{user_id:int}/file", sim.send_file, methods=["POST"]),
        Route("/sim/people/{user_id:int}/messages", sim.messages),
        Route("/sim/people/{user_id:int}/profile", sim.profile),
        Route("/sim/events", sim.events),
        Route("/sim/clock", sim.clock, methods=["GET", "POST"]),
        Route("/sim/next", sim.tell_next, methods=["PUT"]),
        Route("/sim/next", sim.go_to_next, methods=["POST"]),
        Route("/sim/faults", sim.faults, methods=["GET", "POST", "DELETE"]),
        Route("/sim/settings", sim.settings, methods=["POST"]),
        Route("/sim/violations", sim.violations),
        Route("/sim/statistics", sim.statistics),
        Route("/sim/files/{file_id}", sim.file),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(OwnPageOnly)],
        exception_handlers={HTTPException: _explained, ValueError: _explained, LookupError: _explained},
    )


async def _explained(_: Request, error: Exception) -> Response:
    """Answer a mistake of the caller with its sentence."""
    if isinstance(error, HTTPException):
        return answer({"error": error.detail}, error.status_code)
    return answer({"error": str(error.args[0]) if error.args else "Wrong request."}, 400)


class Sim:
    """The endpoints under `/sim/`."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    async def state(self, _: Request) -> Response:
        """All that a page needs to begin with."""
        sandbox = self._sandbox
        return answer(
            {
                "bot": {"name": sandbox.settings.bot_name, "username": sandbox.settings.bot_username},
                "alive": sandbox.bot_is_alive,
                "clock": sandbox.clock_json(),
                "last_event": f"{sandbox.journal.epoch}-{sandbox.journal.last}",
                "people": [person.as_json() for person in sandbox.people.values()],
            }
        )

    async def people(self, _: Request) -> Response:
        return answer([person.as_json() for person in self._sandbox.people.values()])

    async def add_person(self, request: Request) -> Response:
        person = self._sandbox.seat(await _object(request))
        return answer(person.as_json(), 201)

    async def act(self, request: Request) -> Response:
        """Let a person do something; the body names the act and its arguments."""
        wanted = await _object(request)
        name = wanted.pop("act", None)
        if name not in ACTS:
            raise HTTPException(400, f"No act is called {name!r}; there are {', '.join(sorted(ACTS))}.")
        if "content_base64" in wanted:
            wanted["content"] = _decoded(wanted.pop("content_base64"))
        method = getattr(self._person(request), name)
        try:
            inspect.signature(method).bind(**wanted)
        except TypeError as error:
            raise HTTPException(400, f"The act {name} does not fit: {error}.") from None
        try:
            return answer(_told(method(**wanted)))
        except (LookupError, RuntimeError) as error:
            raise HTTPException(409, str(error.args[0])) from None

    async def send_file(self, request: Request) -> Response:
        """Send the uploaded file: a document, or a photo when the form says so."""
        person = self._person(request)
        async with request.form(max_part_size=1024 * 1024) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise HTTPException(400, "The form needs a file in its field `file`.")
            content, mime = await upload.read(), upload.content_type or ""
            caption = str(form.get("caption") or "")
            if form.get("as") == "photo":
                message = person.sends_photo(content, caption, mime)
            else:
                message = person.sends_document(upload.filename or "file", content, mime, caption)
        return answer(_told(message))

    async def messages(self, request: Request) -> Response:
        """The chat's messages after the id in `after`, oldest first."""
        after = int(request.query_params.get("after", "0"))
        person = self._person(request)
        return answer([m.as_page() for m in person.messages if m.message_id > after])

    async def profile(self, request: Request) -> Response:
        """What the bot shows this person: its commands and description in their language."""
        person, profile = self._person(request), self._sandbox.profile
        language = (person.language_code or "")[:2]
        return answer(
            {
                "commands": profile.commands_for(person.user_id, language),
                "name": profile.text("name", language),
                "description": profile.text("description", language),
            }
        )

    async def events(self, request: Request) -> Response:
        after = request.headers.get("last-event-id") or request.query_params.get("after", "")
        return stream(self._sandbox.journal, after, lambda: self._sandbox.bot_is_alive)

    async def clock(self, request: Request) -> Response:
        """Tell the time, or move it: by `advance_seconds` or `to` an ISO 8601 moment."""
        if request.method == "POST":
            wanted = await _object(request)
            if "to" in wanted:
                self._sandbox.clock.move_to(datetime.fromisoformat(str(wanted["to"])))
            else:
                self._sandbox.clock.advance(float(wanted.get("advance_seconds", 0)))
        return answer(self._sandbox.clock_json())

    async def tell_next(self, request: Request) -> Response:
        """Take what happens next from the bot: `at` an ISO 8601 moment and `what` in words, or `at` null."""
        wanted = await _object(request)
        at, what = wanted.get("at"), str(wanted.get("what") or "").strip()
        if at is not None and not what:
            raise HTTPException(400, "Say in `what` what happens then.")
        upcoming = None if at is None else Upcoming(datetime.fromisoformat(str(at)), what[:MAX_WHAT])
        self._sandbox.clock.expect(upcoming)
        return answer(self._sandbox.clock_json())

    async def go_to_next(self, request: Request) -> Response:
        """Move the clock just past the next thing that happens."""
        await _object(request)
        try:
            self._sandbox.clock.move_past_upcoming()
        except LookupError as error:
            raise HTTPException(409, str(error.args[0])) from None
        return answer(self._sandbox.clock_json())

    async def faults(self, request: Request) -> Response:
        """List the faults to come, order one, or forget all."""
        if request.method == "POST":
            self._sandbox.faults.add(**{"kind": "", **await _object(request)})
        elif request.method == "DELETE":
            self._sandbox.faults.clear()
        return answer(list(self._sandbox.faults))

    async def settings(self, request: Request) -> Response:
        """Change `latency_seconds` or the `next_update_id`."""
        wanted = await _object(request)
        if "latency_seconds" in wanted:
            self._sandbox.latency_seconds = float(wanted["latency_seconds"])
        if "next_update_id" in wanted:
            self._sandbox.updates.jump_to(int(wanted["next_update_id"]))
        return answer(
            {
                "latency_seconds": self._sandbox.latency_seconds,
                "next_update_id": self._sandbox.updates.next_id,
            }
        )

    async def violations(self, _: Request) -> Response:
        return answer(self._sandbox.violations)

    async def statistics(self, _: Request) -> Response:
        return answer(self._sandbox.tally.as_json() | {"updates": self._sandbox.updates.counts})

    async def file(self, request: Request) -> Response:
        """A file that was sent; pictures are shown, anything else is downloaded."""
        stored = self._sandbox.files.get(request.path_params["file_id"])
        if stored is None:
            raise HTTPException(404, "There is no such file.")
        return file_response(stored.name, stored.mime, stored.content)

    def _person(self, request: Request) -> Person:
        person = self._sandbox.people.get(request.path_params["user_id"])
        if person is None:
            raise HTTPException(404, f"There is no person {request.path_params['user_id']}.")
        return person


def file_response(name: str, mime: str, content: bytes) -> Response:
    """Hand out somebody's file so that no browser runs it."""
    shown = mime in _PICTURES
    disposition = "inline" if shown else f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(content, media_type=mime if shown else "application/octet-stream", headers=headers)


def _told(outcome: Any) -> dict[str, Any]:
    if isinstance(outcome, Message):
        return {"messages": [outcome.as_page()]}
    if isinstance(outcome, str):
        return {"callback_id": outcome}
    if isinstance(outcome, list) and outcome and isinstance(outcome[0], Message):
        return {"messages": [message.as_page() for message in outcome]}
    return {"updates": outcome if isinstance(outcome, list) else [outcome] if outcome else []}


def _decoded(text: Any) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except binascii.Error:
        raise HTTPException(400, "The field content_base64 is not base64.") from None


async def _object(request: Request) -> dict[str, Any]:
    """The JSON object of the body; only a request marked as JSON is read, which no foreign page can send."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise HTTPException(415, "Send a JSON object, with the content type application/json.")
    try:
        content = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        raise HTTPException(400, "The body is not JSON.") from None
    if not isinstance(content, dict):
        raise HTTPException(400, "The body must be a JSON object.")
    return content
