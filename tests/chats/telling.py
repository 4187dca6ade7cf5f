"""A region in one process: the real bot on a real database, over HTTP to the sandbox, and the people who come in."""

import asyncio
import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr

from bot.app import Clock, House, _live, build, open_store, wired
from bot.effects import BotIdentity, Effects
from bot.handlers import Doors
from bot.inbound import Incoming
from bot.ingress.introducing import introduce
from bot.ingress.life import Life
from bot.render import Voice
from bot.sandbox import Message, Person, Sandbox
from bot.sandbox.files import StoredFile
from bot.settings import Settings
from workflows.languages import Language
from workflows.people.roles import Actor, Role
from workflows.review.events import Interview, Review
from workflows.review.judge import load_template
from workflows.review.template import Template
from workflows.store.cipher import generate_key
from workflows.store.transaction import Store, Work
from workflows.store.values import Draft
from workflows.use_cases.inviting import Wanted, make

CYCLE = "gcm-arab-2020"
KEY = generate_key()
TOKEN = "1000000001:sandbox-token-that-opens-nothing-at-all"
TEMPLATE_FILE = Path(__file__).parents[2] / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml"
OPEN = "1f.2"
"""A prompt that is answered by a long text, without condition."""
TURNS = re.compile("[\u2066-\u2069\u200e\u200f]")


def settings_for(folder: Path, database_url: str = "") -> Settings:
    """What the bot is told in these chats."""
    return Settings(data=folder, database_url=database_url, key=SecretStr(KEY), bot_token=SecretStr(TOKEN))


def load() -> Template:
    """The shipped template."""
    return load_template(TEMPLATE_FILE)


async def until(true: Callable[[], object], seconds: float = 10) -> None:
    """Wait for something that no event tells of."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.002)


class Region:
    """One cycle of the review with its bot: invitations, people, time, and what the database holds."""

    def __init__(self, settings: Settings, sandbox: Sandbox, address: str, template: Template) -> None:
        self.settings = settings.model_copy(
            update={"telegram_api": address, "clock_url": f"{address}/sim/clock"}
        )
        self.sandbox = sandbox
        self.template = template
        self.house: House
        self._rooms = AsyncExitStack()
        self._life = Life()
        self._living: asyncio.Task[None]

    # --- the bot's own life --------------------------------------------------------------------------------------

    async def begins(self) -> None:
        """Start the bot as `poll` does, with a store and a loop of its own."""
        self._rooms, self._life = AsyncExitStack(), Life()
        store = await open_store(self.settings, make=True)
        self._rooms.push_async_callback(store.close)
        wire = await self._rooms.enter_async_context(wired(self.settings))
        clock = Clock(self.settings.clock_url)
        await clock.refresh()
        identity = await introduce(wire, self._life)
        assert identity is not None
        self.house = build(
            settings=self.settings,
            store=store,
            wire=wire,
            clock=clock,
            handler=Doors(secrets.token_bytes),
            identity=identity,
            halt=self._life.halt,
        )
        self._living = asyncio.create_task(_live(self.house, self._life, "poll", take_over=False))

    async def ends(self) -> None:
        """Stop the bot as a signal does."""
        self._life.stop.set()
        await asyncio.wait_for(self._living, 10)
        await self._rooms.aclose()

    @property
    def store(self) -> Store:
        return self.house.store

    async def rests(self) -> None:
        """Wait until the bot has nothing more to take, write, say or settle."""
        calm = 0
        async with asyncio.timeout(20):
            while calm < 3:
                assert not self._living.done(), "the bot has ended"
                calm = 0 if self._is_busy() else calm + 1
                await asyncio.sleep(0.003)

    def _is_busy(self) -> bool:
        house = self.house
        return bool(
            self.sandbox.updates.everything()
            or not house.clerk.is_at_rest
            or house.courier.in_hand
            or house.asides._tasks
        )

    async def later(self, step: timedelta) -> None:
        """Move the sandbox's clock, which is the bot's clock too."""
        self.sandbox.clock.advance(step)
        await self.house.clock.refresh()

    # --- people --------------------------------------------------------------------------------------------------

    async def invitation(self, role: Role, country: str = "", *, days: float = 7, scope: str = "") -> str:
        """The token of a new invitation, made as the command line makes one."""
        now = self.house.clock.now()
        wanted = Wanted(CYCLE, role, country, now + timedelta(days=days), scope=scope)

        async def made(work: Any) -> str:
            return await make(work, wanted, secrets.token_bytes, now)

        token: str = await self.house.clerk.run_errand(made)
        return token

    async def comes_in(self, token: str, language: str = "ar", name: str = "Layla Haddad") -> Person:
        """Somebody new opens an invitation's link and has read what was said."""
        person = self.sandbox.person(name, language)
        person.starts(token)
        await self.rests()
        return person

    async def focal_point(
        self, country: str = "LB", language: str = "ar", name: str = "Layla Haddad"
    ) -> Person:
        """A focal point who has come in."""
        return await self.comes_in(await self.invitation("focal_point", country), language, name)

    async def contributor(
        self, country: str = "LB", language: str = "ar", name: str = "Karim Aoun"
    ) -> Person:
        """A contributor who has come in."""
        return await self.comes_in(await self.invitation("contributor", country), language, name)

    async def officer(self, language: str = "en", name: str = "Sam Rivers") -> Person:
        """Somebody of the secretariat who has come in."""
        return await self.comes_in(await self.invitation("secretariat"), language, name)

    # --- what people do, with the bot's answer awaited -----------------------------------------------------------

    async def says(self, person: Person, *texts: str, reply_to: int | None = None) -> int:
        """The person writes, one message after the other; gives the id of the last once all is answered."""
        for text in texts:
            person.says(text, reply_to)
        await self.rests()
        return max(message.message_id for message in person.messages if not message.from_bot)

    async def opens(self, person: Person, prompt: str) -> Message:
        """The person opens a prompt from a card of their own; gives the prompt's card."""
        person.forges(first_card(person).message_id, f"go.prompt:{prompt}")
        await self.rests()
        return card(person)

    async def presses(self, person: Person, button: str) -> str:
        """The person presses a button on the newest message that shows it; gives the line over the chat."""
        callback = person.taps(button)
        answer = await person.is_answered(callback)
        await self.rests()
        return answer.text

    async def forges(self, person: Person, message_id: int, data: str) -> str:
        """The person's client sends a press that no button shows; gives the line over the chat."""
        answer = await person.is_answered(person.forges(message_id, data))
        await self.rests()
        return answer.text

    # --- what is on disk -----------------------------------------------------------------------------------------

    async def _person_id(self, person: Person) -> int:
        async with self.store.reading() as work:
            known = await work.people.by_telegram(person.user_id)
        assert known is not None
        return known.id

    async def draft(self, country: str = "LB") -> Draft:
        """A country's draft as it is on disk."""
        async with self.store.reading() as work:
            return await work.drafts.open(Actor(0, "focal_point", country, CYCLE), country)

    async def review(self, country: str = "LB") -> Review:
        """A country's answers as they are on disk."""
        return (await self.draft(country)).review

    async def interview(self, person: Person, country: str = "LB") -> Interview:
        """Where a person is in the talk."""
        draft = await self.draft(country)
        async with self.store.reading() as work:
            return (await work.interviews.of(await self._person_id(person), draft)).interview

    async def text(self, prompt: str, country: str = "LB") -> str:
        """The text of a prompt's answer, parts joined; empty where there is none."""
        answer = (await self.review(country)).answers.get(prompt)
        return getattr(answer.value, "text", "") if answer is not None else ""

    async def parts(self, prompt: str, country: str = "LB") -> list[str]:
        """The parts of a prompt's text."""
        answer = (await self.review(country)).answers.get(prompt)
        return [part.text for part in getattr(answer.value, "parts", ())] if answer is not None else []


def stumbles_once(region: Region) -> None:
    """Let the next update fail once after it was handled: its batch is rolled back and handled again."""
    scribe = region.house.clerk._scribe
    handler = scribe._handler

    async def stumbling(work: Work, incoming: Incoming, now: datetime, bot: BotIdentity) -> Effects:
        scribe._handler = handler
        await handler(work, incoming, now, bot)
        raise RuntimeError("a stumble")

    scribe._handler = stumbling


# --- what a person sees ------------------------------------------------------------------------------------------


def bare(text: str) -> str:
    """The text without the invisible marks that keep directions apart."""
    return TURNS.sub("", text)


def said_by_bot(person: Person) -> list[Message]:
    """The bot's messages in order."""
    return [message for message in person.messages if message.from_bot and not message.deleted]


def first_card(person: Person) -> Message:
    """The bot's first message with a button: the welcome."""
    return next(message for message in said_by_bot(person) if message.rows)


def card(person: Person, act: str = "skip") -> Message:
    """The newest card that shows a button of this act."""
    for message in reversed(said_by_bot(person)):
        if any(f".{act}" in data for data in data_of(message)):
            return message
    raise AssertionError(
        f"{person.name} sees no card with {act!r}: {[m.text for m in said_by_bot(person)][-3:]}"
    )


def data_of(message: Message) -> list[str]:
    """The callback data under a message."""
    return [button.get("callback_data", "") for row in message.rows for button in row]


def labels_of(message: Message) -> list[str]:
    """The labels under a message."""
    return [button["text"] for row in message.rows for button in row]


def since(person: Person, message_id: int) -> list[str]:
    """What the bot has written after a message, without invisible marks."""
    return [bare(message.text) for message in said_by_bot(person) if message.message_id > message_id]


def newest(person: Person) -> str:
    """The text of the bot's last message, without invisible marks."""
    return bare(person.last_message.text)


def newest_file(person: Person) -> StoredFile:
    """The last file that the bot sent; a letter that keeps a pace may have come after it."""
    files = [message.document for message in said_by_bot(person) if message.document is not None]
    assert files, f"{person.name} was sent no file"
    return files[-1]


def everything(people: Sequence[Person]) -> str:
    """Every text, label and file that these people were ever shown."""
    shown = []
    for person in people:
        for message in said_by_bot(person):
            shown += [message.text, *message.earlier, *labels_of(message), *data_of(message)]
            shown.append(message.document.content.decode(errors="replace") if message.document else "")
        shown += [answer.text for answer in person.callback_answers]
    return "\n".join(shown)


def voice(language: Language, country: str = "", digits: Literal["auto", "latn", "arab"] = "auto") -> Voice:
    """How the bot speaks to somebody of that language and country."""
    return Voice.of(language, digits, country)


def heard(person: Person, words: str) -> bool:
    """Whether the bot has ever written these words, and they are still there."""
    return any(bare(words) in bare(message.text) for message in said_by_bot(person))


def message(person: Person, **content: Any) -> dict[str, Any]:
    """A message as Telegram sends it, of a kind that the sandbox's people have no act for."""
    number = person.next_id()
    return {
        "message": {
            "message_id": number,
            "from": person.user,
            "chat": person.description,
            "date": int(person.sandbox.clock.timestamp()),
            **content,
        }
    }
