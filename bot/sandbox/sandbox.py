"""The whole pretend Telegram: one bot, its people, and everything between them."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.acts import Person
from bot.sandbox.callbacks import Callbacks
from bot.sandbox.chats import Chat, Group
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.forums import Forum, Outgrown
from bot.sandbox.journal import Journal
from bot.sandbox.people import Onlooker
from bot.sandbox.profile import Profile
from bot.sandbox.server import Server
from bot.sandbox.tally import Tally, Violation
from bot.sandbox.updates import CALLBACK_LIFE_SECONDS, Updates
from bot.sandbox.webhook import Webhook

DEFAULT_TOKEN = "1000000001:sandbox-token-that-opens-nothing-at-all"  # noqa: S105 - it opens only the sandbox
FIRST_USER_ID = 700_000_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How strict, slow and forgetful the sandbox is; all times in seconds.

    `transcript_cap` keeps the newest messages of each chat only. `webhook_time_scale` multiplies the pauses
    between webhook attempts. `repeat_pause_seconds` and `conflict_pause_seconds` are how long Telegram
    holds a repeated `getUpdates` and a repeated 409.
    """

    bot_name: str = "Rafiq"
    bot_username: str = "rafiq_bot"
    latency_seconds: float = 0.0
    callback_life_seconds: float = CALLBACK_LIFE_SECONDS
    transcript_cap: int | None = None
    first_update_id: int = 100_000_001
    webhook_time_scale: float = 1.0
    webhook_timeout_seconds: float = 60.0
    repeat_pause_seconds: float = 3.0
    conflict_pause_seconds: float = 3.0


class Sandbox:
    """One bot and its people; `app` is the ASGI application, `person()` brings a person."""

    def __init__(
        self, token: str = DEFAULT_TOKEN, settings: Settings | None = None, clock: Clock | None = None
    ) -> None:
        if not token.partition(":")[0].isdigit():
            raise ValueError("A token looks like 123456:ABC-DEF; this one has no number before its colon.")
        self.token = token
        self.settings = settings or Settings()
        self.clock = clock or Clock()
        self.latency_seconds = self.settings.latency_seconds
        self.bot_user = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": self.settings.bot_name,
            "username": self.settings.bot_username,
        }
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.journal = Journal()
        self.tally = Tally()
        self.faults = Faults()
        self.profile = Profile(self.settings.bot_name)
        self.updates = Updates(self.clock, self.settings.first_update_id)
        self.callbacks = Callbacks(self)
        self.webhook = Webhook(self)
        self.app = Server(self)
        self.clock.on_change(self._clock_moved)

    def person(
        self,
        name: str = "Layla Haddad",
        language_code: str | None = "ar",
        user_id: int | None = None,
        username: str | None = None,
        *,
        title: str = "",
        start: str = "",
    ) -> Person:
        """Bring a new person who has not pressed Start; `start` is the payload of their invitation.

        Raise ValueError when the id is taken.
        """
        if user_id is None:
            user_id = max(FIRST_USER_ID, *self.chats, 0) if self.chats else FIRST_USER_ID
            user_id += user_id in self.chats
        if user_id in self.chats or user_id <= 0:
            raise ValueError(f"The user id {user_id} is taken or is not positive; give another one or none.")
        person = Person(self, user_id, name, language_code)
        person.title, person.start_payload = title, start
        if username:
            person.username = username
            person.describe()
        self.people[user_id] = self.chats[user_id] = person
        self.tell_person(person)
        return person

    def seat(self, seed: dict[str, Any]) -> Person:
        """Bring a person as a seed file describes them; raise ValueError that names what is wrong."""
        known = {
            "name": str,
            "language_code": str,
            "user_id": int,
            "username": str,
            "title": str,
            "start": str,
        }
        for key, value in seed.items():
            if key not in known:
                raise ValueError(f"A person has no {key!r}; there are {', '.join(known)}.")
            if type(value) is not known[key]:
                raise ValueError(f"The {key} of a person must be {known[key].__name__}, not {value!r}.")
        if not seed.get("name", "").strip():
            raise ValueError("A person needs a name.")
        return self.person(**seed)

    def group(self, title: str = "Group") -> Group:
        """The group with this title that the bot is in, made at first use."""
        for chat in self.chats.values():
            if isinstance(chat, Group) and chat.description["title"] == title:
                return chat
        group = Group(self, self._group_id(), title)
        self.chats[group.chat_id] = group
        return group

    def forum(self, title: str = "Forum") -> Forum:
        """A new supergroup with topics; the bot is not in it yet."""
        forum = Forum(self, -1_000_000_000_000 + self._group_id(), title)
        self.chats[forum.chat_id] = forum
        return forum

    def outgrows(self, group: Group, by: Person) -> Forum:
        """Turn a group into a supergroup with topics under another number; the bot is told twice, as Telegram does."""
        forum = self.forum(group.description["title"])
        forum.bot_status, forum.bot_is_member = "member", True
        self.chats[group.chat_id] = Outgrown(self, group.chat_id, forum)
        group.queue("message", group.write(by.user, more={"migrate_to_chat_id": forum.chat_id}).as_telegram())
        forum.queue(
            "message", forum.write(by.user, more={"migrate_from_chat_id": group.chat_id}).as_telegram()
        )
        return forum

    def _group_id(self) -> int:
        return -4_000_000_001 - sum(isinstance(chat, Group) for chat in self.chats.values())

    @property
    def violations(self) -> list[Violation]:
        return self.tally.violations

    def violate(self, kind: str, detail: str) -> None:
        """Record that the bot did what a careful bot does not do."""
        self.tally.violations.append(Violation(kind, detail, self.clock.now().isoformat()))

    def tell_person(self, person: Onlooker) -> None:
        """Tell the page of a new or changed person."""
        self.journal.add("person", person.as_json)

    @property
    def bot_is_alive(self) -> bool:
        """Whether the bot asked for updates or took one at its webhook a moment ago."""
        return self.webhook.is_answered if self.webhook.url else self.app.poller.alive

    async def close(self) -> None:
        """End long polls, page streams and the webhook's deliveries."""
        self.app.close()
        self.journal.close()
        self.updates.wake()
        await self.webhook.close()

    def _clock_moved(self) -> None:
        self.updates.wake()
        self.journal.add("clock", self.clock_json)

    def clock_json(self) -> dict[str, Any]:
        upcoming = self.clock.upcoming
        return {
            "now": self.clock.now().isoformat(),
            "offset_seconds": self.clock.offset_seconds,
            "next": upcoming and {"at": upcoming.at.isoformat(), "what": upcoming.what},
        }
