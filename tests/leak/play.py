"""Random play on the real handlers and a real database: everybody does anything, and nothing may leak."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec.structs import asdict, replace

from bot.effects import BotIdentity, Effects
from bot.handlers import Doors
from bot.inbound import Incoming, Typed, read
from bot.ingress.lanes import Waiting
from bot.ingress.scribe import Scribe
from bot.render import Voice, render
from bot.render.review_labels import our_words
from tests.leak.canaries import COUNTRY_ROLES, Canary, Openness, Reader, canaries_in, of_json, words_of
from tests.leak.town import (
    COUNTRIES,
    CYCLE,
    MORNING,
    PROMPTS,
    TOKEN,
    Player,
    earlier_canary,
    in_group,
    message,
    settle,
    user,
)
from workflows.review.template import Template
from workflows.store.audit import AuditLine
from workflows.store.transaction import Store, Work
from workflows.store.values import Delivered, Letter, Settlement
from workflows.use_cases import hearing
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.hands import filing
from workflows.use_cases.reminders import reminding

BOT: Final = BotIdentity(1, "rafiq_bot", "Rafiq")
BLANK: Final = "§"
"""Stands in a typed text until it is known whether the text is a country's own or meant for others."""
PRIVATE: Final = ("note", "consultation", "assess_note", "contribution", "history", "editors")
"""What a room asks for that stays within the country."""
COMMANDS: Final = (
    "start", "continue", "sections", "progress", "colleagues", "calendar", "agenda", "documents", "reminders",
    "status", "country", "invite", "replace", "audit", "workshop", "schedule", "settings", "privacy", "mydata",
    "help", "submit", "clearing", "editions", "review", "remarks", "share", "consent", "notes", "consultations",
    "assess", "history", "ask", "requests", "offers", "answers", "supporters", "announce", "people", "told",
    "erase", "inputs",
)  # fmt: skip
SLOW: Final = ("mydata", "status", "country", "editions")
ARGUMENTS: Final = ("", "", "", "JO", "لبنان", "Maroc", "EG", "../JO", "JO' OR 1=1", "=1+1", "secretariat")
PAGE: Final = 40
"""So many lines of the audit are read at once: about as many as the people of one transaction cause."""
SHOWN_AGAIN: Final = 0.05
"""Of files and pictures, which take long to draw, this share is drawn; what they are drawn from is always read."""


EARLIER_AIMED_AT: Final = 0.1
"""This share of the forged presses is aimed at what was submitted in the earlier review."""
DOCUMENTS_AIMED_AT: Final = 0.2
"""This share is aimed at documents that were sent for the answers in them."""


class Leak(AssertionError):
    """Somebody has come upon what is not theirs."""


@dataclass
class Play:
    """One town and its random course; `actions` counts what people did, `seen` what reached them."""

    store: Store
    template: Template
    rng: random.Random
    players: list[Player] = field(default_factory=list)
    openness: Openness = field(default_factory=Openness)
    actions: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    now: datetime = MORNING

    async def begin(self) -> None:
        """Let everybody in."""
        self.players = await settle(self.store, self.rng)
        self._scribe = Scribe(self._handle, BOT, Counter())
        self._doors = Doors(self.rng.randbytes)
        self._update = 0
        self._settlements: list[Settlement] = []
        self._by_chat = {player.telegram_id: player for player in self.players}
        self._last_line = 0
        self._shared: set[str] = set()
        self._overheard: list[tuple[int, int, str]] = []
        self._documents: list[int] = []
        self._writers: dict[int, str] = {}

    async def run(self, actions: int) -> None:
        """Let so many things happen, a handful of people in each transaction; raises Leak."""
        done = 0
        while done < actions:
            some = self.rng.sample(self.players, min(len(self.players), self.rng.randint(10, 33)))
            await self._together([self._act(player) for player in some])
            done += len(some)
            self.now += timedelta(seconds=self.rng.randint(1, 900))
            if self.rng.random() < 0.02:
                await self._beat()

    # --- what people do ------------------------------------------------------------------------------------------

    def _act(self, player: Player) -> dict[str, Any]:
        """Anything that a telephone can send."""
        dice = self.rng.random()
        if player.role == "stakeholder" and dice > 0.95:
            return self._press(player, 1, f"do.call.go_en.{TOKEN}", kind="press at a call")
        if self._overheard and dice > 0.97:
            return self._in_group(player)
        if player.keys and dice < 0.52:
            return self._press(player, *self.rng.choice(list(player.keys)), kind="press")
        if dice < 0.60:
            return self._forge(player)
        if dice < 0.85:
            return self._type(player)
        if dice < 0.87:
            return self._attach(player)
        return self._command(player)

    def _command(self, player: Player) -> dict[str, Any]:
        name = self.rng.choice(COMMANDS)
        if name in SLOW and self.rng.random() > SHOWN_AGAIN:
            name = "continue"
        argument = self.rng.choice(ARGUMENTS)
        return self._message(player, {"text": f"/{name} {argument}".strip()}, "command")

    def _type(self, player: Player) -> dict[str, Any]:
        length = self.rng.choice((1, 1, 4, 4, 12)) if self.rng.random() < 0.99 else 400
        words = " ".join(
            self.rng.choice(("نص", "text", "texte", "٢٠١٩", "=1+1", "<b>")) for _ in range(length)
        )
        content: dict[str, Any] = {"text": f"{BLANK} {words}"}
        if player.cards and self.rng.random() < 0.3:
            content["reply_to_message"] = {"message_id": self.rng.choice(list(player.cards))}
        return self._message(player, content, "text")

    def _attach(self, player: Player) -> dict[str, Any]:
        file = {
            "file_id": "f1",
            "file_unique_id": "u1",
            "file_size": 10,
            "file_name": f"{self._canary(player)}.{self.rng.choice(('pdf', 'txt'))}",
        }
        return self._message(player, {"document": file, "caption": str(self._canary(player))}, "file")

    def _press(self, player: Player, card: int, data: str, kind: str) -> dict[str, Any]:
        self._update += 1
        self.actions[kind] += 1
        pressed = message(player, card, self.now, {"text": "?"})
        query = {"id": str(self._update), "from": user(player), "message": pressed, "data": data}
        return {"update_id": self._update, "callback_query": query}

    def _forge(self, player: Player) -> dict[str, Any]:
        """A press on a key of somebody else's, or with other ids in it."""
        other = self.rng.choice([each for each in self.players if each.keys] or [player])
        card, data = self.rng.choice(list(other.keys) or [(1, "do.status")])
        if self.rng.random() < 0.5:
            data = data.replace(other.country or "JO", player.country or "LB")
        dice = self.rng.random()
        if dice < EARLIER_AIMED_AT:
            data = self._earlier_key()
        elif dice < EARLIER_AIMED_AT + DOCUMENTS_AIMED_AT and self._documents:
            data = self._key_of_a_document()
        card = self.rng.choice([card, *player.cards])
        return self._press(player, card, data, kind="forged press")

    def _earlier_key(self) -> str:
        """A key under what some country submitted in the earlier review, or received as support."""
        prompt, edition = self.rng.choice(PROMPTS), self.rng.randint(1, len(COUNTRIES))
        keys = (
            f"earlier.{prompt}",
            f"take_earlier.{edition}:{prompt}",
            f"editions.{edition}",
            "earlier_review",
            f"received_add.{edition}:0:{prompt}",
            f"received.{prompt}",
        )
        return f"do.{self.rng.choice(keys)}"

    def _key_of_a_document(self) -> str:
        """A key under a document with answers that somebody has sent."""
        file, at, prompt = self.rng.choice(self._documents), self.rng.randint(1, 3), self.rng.choice(PROMPTS)
        keys = (
            f"filled.{file}:{self.rng.choice(('open', 'astray'))}",
            f"filled_text.{file}:{at}",
            f"filled_take.{file}:{at}:{self.rng.randint(0, 2)}:instead:{prompt}",
        )
        return f"do.{self.rng.choice(keys)}"

    def _in_group(self, player: Player) -> dict[str, Any]:
        """Anybody does something in a group where an office answers, in reply to a card or on its key."""
        chat_id, number, data = self.rng.choice(self._overheard)
        self._update += 1
        self.actions["in a group"] += 1
        text = self.rng.choice((str(self._canary(player)), "/close", "/close@rafiq_bot", "/help"))
        written = in_group(player, chat_id, (number, data), 100_000 + self._update, {"text": text})
        if self.rng.random() < 0.6:
            return {"update_id": self._update, "message": written}
        query = {"id": str(self._update), "from": user(player), "message": written, "data": data}
        return {"update_id": self._update, "callback_query": query}

    def _message(self, player: Player, content: dict[str, Any], kind: str) -> dict[str, Any]:
        self._update += 1
        self.actions[kind] += 1
        player.last_id += 1
        return {"update_id": self._update, "message": message(player, player.last_id, self.now, content)}

    def _canary(self, player: Player) -> Canary | str:
        if player.role not in COUNTRY_ROLES:
            return "plain"
        return Canary(player.country, self.openness.now(player.country), player.person)

    # --- what the house does -------------------------------------------------------------------------------------

    async def _together(self, raws: Sequence[dict[str, Any]]) -> None:
        batch = [Waiting(raw, read(raw), None, 0.0) for raw in raws]  # type: ignore[arg-type]  # nobody waits for it
        async with self.store.transaction() as work:
            await work.outbox.settle(self._settlements)
            self._settlements = []
            page = await self._scribe.write(work, batch, self.now)
            await self._look_at_acts(work)
            await self._follow_sharing(work)
            await self._know(work)
        for waiting, effects in page.effects:
            self._look_at_toast(waiting.incoming, effects)
        self._deliver([letter for letter in work.outbox.fresh if letter.id])

    async def _handle(self, work: Work, incoming: Incoming, now: datetime, bot: BotIdentity) -> Effects:
        """The real doors, with every typed text marked as what it is."""
        did = incoming.did
        if isinstance(did, Typed):
            marked = did.text.replace(BLANK, await self._mark(work, incoming, did))
            raw = Typed(
                marked, did.message_id, did.reply_to, did.edited, did.forwarded, did.cleaned, did.quotes_bot
            )
            incoming = replace(incoming, did=raw)
        return await self._doors(work, incoming, now, bot)

    async def _mark(self, work: Work, incoming: Incoming, did: Typed) -> str:
        person = await work.people.by_telegram(incoming.user_id)
        player = self._by_chat[incoming.user_id]
        if person is not None and player.role == "stakeholder":
            self._writers[person.id] = player.country
            return str(Canary(player.country, self.openness.now(player.country), person.id))
        if person is None or person.actor is None or person.actor.role not in COUNTRY_ROLES:
            return "plain"
        errand = Errand(work, person, person.actor, Cause(incoming.update_id, self.now))
        asked = (await hearing.heard(errand, did.text, did.message_id, did.reply_to)).asked
        if asked and not asked.startswith(PRIVATE):
            return "meant for others"
        country = person.actor.country
        return str(Canary(country, self.openness.now(country), person.id))

    async def _beat(self) -> None:
        """What happens without anybody: reminders, and letters that wait are taken."""
        async with self.store.transaction() as work:
            await reminding.remind(work, self.now)
        await self._fetch()
        async with self.store.transaction() as work:
            letters = await work.outbox.claim("play", self.now, 200)
        self._deliver(letters)

    async def _fetch(self) -> None:
        """Files arrive: of those that can hold answers each holds some of its sender's."""
        async with self.store.transaction() as work:
            for file in await filing.waiting(work, self.now):
                words = Canary(file.country, self.openness.now(file.country), file.author_id or 0)
                prompts = self.rng.sample(PROMPTS, 3)
                lines = [f"{self.template.prompts[each].words('ar')}\n{words} {each}" for each in prompts]
                content = "\n".join([str(words), *lines]).encode() if file.name.endswith(".txt") else b"%PDF-"
                await filing.settle(work, file, content, self.now, our_words())
                self._documents += [file.id] if file.name.endswith(".txt") else []

    def _deliver(self, letters: Sequence[Letter]) -> None:
        for letter in letters:
            reader = self._reader(letter)
            self._judge(reader, of_json(letter.notice.model_dump()), letter.notice.topic)
            self.seen["earlier answers"] += letter.notice.topic == "earlier_answer"
            self.seen["passages of documents"] += letter.notice.topic == "filled_text"
            player = self._by_chat.get(letter.chat_id)
            if player is None:
                self._overhear(reader, letter)
                continue
            number = letter.edits or player.last_id + 1
            player.last_id = max(player.last_id, number)
            if not self._is_slow(letter) or self.rng.random() < SHOWN_AGAIN:
                self._show(player, reader, letter, number)
            self._settlements.append(Settlement(letter.id, Delivered(number), self.now))
            self.seen["messages"] += 1

    def _overhear(self, reader: Reader, letter: Letter) -> None:
        """A group hears what an office is told, and never a word of a review."""
        if letter.chat_id > 0:
            return
        shown = render(letter.notice, Voice.of(letter.language), self.template)
        self._judge(reader, words_of(shown), letter.notice.topic)
        number = letter.edits or letter.id
        self._overheard += [(letter.chat_id, number, key.data) for row in shown.keyboard for key in row]
        self._settlements.append(Settlement(letter.id, Delivered(number), self.now))
        self.seen["in groups"] += 1

    def _show(self, player: Player, reader: Reader, letter: Letter, number: int) -> None:
        voice = Voice.of(letter.language, letter.digits, letter.country)
        shown = render(letter.notice, voice, self.template)
        self._judge(reader, words_of(shown), letter.notice.topic)
        player.cards.append(number)
        player.keys.extend((number, key.data) for row in shown.keyboard for key in row)
        self.seen["keys"] += sum(map(len, shown.keyboard))
        self.seen["files"] += shown.document is not None

    def _is_slow(self, letter: Letter) -> bool:
        return letter.notice.topic in (
            "status",
            "status_file",
            "reviews_table",
            "country",
            "edition_document",
            "earlier_document",
            "template_file",
            "mydata",
        )

    # --- what is judged ------------------------------------------------------------------------------------------

    async def _know(self, work: Work) -> None:
        """Who everybody is by the end of this transaction."""
        known = await work.people.by_ids([player.person for player in self.players])
        self._readers = {}
        for person in known.values():
            actor = person.actor
            role, country = (actor.role, actor.country) if actor else ("former", "")
            self._readers[person.id] = Reader(person.id, role, country)

    def _reader(self, letter: Letter) -> Reader:
        return self._readers.get(letter.person_id or 0, Reader(letter.person_id or 0, "stranger", ""))

    def _judge(self, reader: Reader, words: str, where: str) -> None:
        for canary in canaries_in(words):
            self.seen["canaries"] += 1
            if not self.openness.may_see(reader, canary, where):
                raise Leak(f"{canary} of {canary.country} in “{where}” to {reader}")

    def _look_at_toast(self, incoming: Incoming, effects: Effects | None) -> None:
        if effects is None or effects.toast is None:
            return
        player = self._by_chat[incoming.user_id]
        reader = Reader(player.person, player.role, player.country)
        self._judge(reader, of_json(effects.toast.model_dump()), "toast")

    async def _look_at_acts(self, work: Work) -> None:
        """Opening and closing as the audit tells them; and no line of it holds a text."""
        for line in reversed(await self._fresh_lines(work)):
            self._last_line = line.id
            if any(canaries_in(of_json(asdict(line)))):
                raise Leak(f"the audit holds a text: {line.act} {line.thing[:20]}")
            self.seen["lines of the audit"] += 1
            if (line.act, line.outcome) == ("write_input", "sent") and line.person_id in self._writers:
                mark = self._writers[line.person_id]
                self.openness.open(mark, "secretariat")
                self.openness.close(mark)
                self.seen["written inputs"] += 1
            if line.outcome != "denied":
                self._open(line.act, line.country, line.outcome)
            self.seen["answers of documents"] += line.act == "take_filled"
            if line.act == "take_earlier":
                self.openness.begin_with(earlier_canary(line.country, line.thing.partition(" ")[0]))
                self.seen["answers begun with an earlier one"] += 1

    async def _fresh_lines(self, work: Work) -> list[AuditLine]:
        """The lines that were not looked at before, the newest first."""
        fresh: list[AuditLine] = []
        while page := await work.audit.newest(PAGE, before=fresh[-1].id if fresh else 0):
            fresh += [line for line in page if line.id > self._last_line]
            if page[-1].id <= self._last_line:
                break
        return fresh

    def _open(self, act: str, country: str, outcome: str) -> None:
        """What an act of a country opens or closes to whom; a part that stays shared keeps the country open."""
        match act:
            case "share_draft":
                self._shared.add(country)
            case "freeze_draft":
                self.openness.open(country, "clearer")
            case "submit":
                self.openness.open(country, "clearer")
                self.openness.open(country, "secretariat")
            case "ask_support" if outcome == "answer attached":
                self.openness.open(country, "supporter")
                self.openness.open(country, "secretariat")

    async def _follow_sharing(self, work: Work) -> None:
        """What is written while something is shared may be read; with the last part taken back that ends."""
        for country in sorted(self._shared):
            self.openness.open(country, "secretariat")
            if not await work.sharing.sections(CYCLE, country):
                self.openness.close(country)
                self._shared.discard(country)


async def town(store: Store, template: Template, seed: int) -> Play:
    """A play that is ready to run."""
    play = Play(store, template, random.Random(seed))  # noqa: S311 - a game, to be repeated
    await play.begin()
    return play


__all__ = ["CYCLE", "Leak", "Play", "town"]
