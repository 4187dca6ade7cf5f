"""The people of a leak test: more than twenty in every role over ten countries, and what reaches each of them."""

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.leak.canaries import LONG_AGO, Canary
from workflows.people.invitations import hash_token
from workflows.people.roles import ROLES, Actor, ActorRole, Office, Role
from workflows.review.answers import Answer, Part, Prose
from workflows.review.events import Recorded
from workflows.review.frozen_text import frozen, hash_of
from workflows.review.judge import load_template
from workflows.store.transaction import Store, Work
from workflows.store.values_support import SupportGroup
from workflows.use_cases.opening import open_cycle

CYCLE = "gcm-arab-2020"
EARLIER = "gcm-arab-2016"
PROMPTS = ("1f.2", "2c.4", "3b.1", "5b.2")
"""What every country answered in the earlier review, which all of them submitted."""
COUNTRIES = ("JO", "LB", "EG", "MA", "IQ", "YE", "TN", "SA", "SO", "MR")
MORNING = datetime(2027, 3, 1, 7, 0, tzinfo=UTC)
TEMPLATE = Path(__file__).parents[2] / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml"
LANGUAGES = ("ar", "en", "fr")
WRITERS = ("ZA", "ZB", "ZC")
"""Stakeholders, each marked as if they were a country of their own; none of them is one of the region."""
TOKEN = "S" * 43
"""What the link of the call for written inputs carries."""
GROUPS: dict[int, Office] = {-1001: "escwa", -1002: "secretariat"}
"""The groups in which offices answer, by the number of their chats."""


@dataclass
class Player:
    """Somebody with a telephone: what the newest messages show, and what may be pressed."""

    telegram_id: int
    role: ActorRole
    country: str
    person: int = 0
    last_id: int = 0
    keys: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=60))
    cards: deque[int] = field(default_factory=lambda: deque(maxlen=8))


def cast() -> list[tuple[Role, str, str]]:
    """Role, country and scope of everybody who plays."""
    people: list[tuple[Role, str, str]] = []
    for number, country in enumerate(COUNTRIES):
        people.append(("focal_point", country, ""))
        if number % 2 == 0:
            people.append(("focal_point", country, ""))
            people.append(("contributor", country, ("policy", "2c", "")[number % 3]))
        if number % 3 == 0:
            people.append(("clearer", country, "1"))
    people += [
        ("supporter", "JO", "iom_country"),
        ("supporter", "", "iom_regional"),
        ("supporter", "", "escwa"),
    ]
    return [*people, ("secretariat", "", ""), ("secretariat", "", "")]


async def settle(store: Store, rng: random.Random) -> list[Player]:
    """Open the cycle after an earlier one, in which every country submitted, and let everybody in."""
    players = [Player(1_000 + number, role, country) for number, (role, country, _) in enumerate(cast())]
    async with store.transaction() as work:
        await open_cycle(work, EARLIER, load_template(TEMPLATE), MORNING - timedelta(days=1400))
        await open_cycle(work, CYCLE, load_template(TEMPLATE), MORNING)
        for player, (_, _, scope) in zip(players, cast(), strict=True):
            player.person = await _let_in(work, player, scope, rng)
            for chat_id, office in GROUPS.items():
                if office in (scope, player.role):
                    group = SupportGroup(CYCLE, chat_id, office, "", player.person, MORNING)
                    await work.support.connect(group)
        officer = next(each for each in players if each.role == "secretariat")
        actor = Actor(officer.person, "secretariat", "", CYCLE)
        await work.inputs.open_call(actor, "", "", hash_token(TOKEN), MORNING)
        for country in COUNTRIES:
            await _submitted_earlier(work, next(each for each in players if each.country == country))
    return [*players, *(Player(2_000 + at, "stakeholder", mark) for at, mark in enumerate(WRITERS))]


async def _submitted_earlier(work: Work, player: Player) -> None:
    """What a country submitted in the earlier review: a text of its own at each of a few prompts."""
    actor, before = (
        Actor(player.person, "focal_point", player.country, EARLIER),
        MORNING - timedelta(days=1000),
    )
    facts = []
    for prompt in PROMPTS:
        words = f"{earlier_canary(player.country, prompt)} نص text"
        answer = Answer(state="answered", value=Prose(parts=(Part(text=words, source=""),)))
        facts.append(Recorded(prompt, answer, 3))
    draft = await work.drafts.open(actor, player.country)
    draft = await work.drafts.record(draft, facts, player.person, before)
    content = frozen(draft.review, EARLIER, "0" * 64)
    edition = await work.clearance.freeze(actor, draft, content, hash_of(content), before)
    await work.clearance.submit(edition, player.person, before)


def earlier_canary(country: str, prompt: str) -> Canary:
    """What marks a country's earlier answer to a prompt; it is nobody's in particular."""
    return Canary(country, LONG_AGO, LONG_AGO + PROMPTS.index(prompt))


async def _let_in(work: Work, player: Player, scope: str, rng: random.Random) -> int:
    hashed, role = hash_token(f"{player.telegram_id}"), next(each for each in ROLES if each == player.role)
    until = MORNING + timedelta(days=1)
    await work.invitations.make(CYCLE, role, player.country, hashed, None, MORNING, until, scope=scope)
    invitation = await work.invitations.redeem(hashed, player.telegram_id, MORNING)
    language = rng.choice(LANGUAGES)
    person = await work.people.come_in(player.telegram_id, f"Player {player.telegram_id}", language, MORNING)  # type: ignore[arg-type]  # one of the three
    await work.people.join(person, invitation, MORNING)  # type: ignore[arg-type]  # it is fresh
    return person.id


def message(
    player: Player, message_id: int, now: datetime, content: Mapping[str, object]
) -> dict[str, object]:
    """A message as Telegram brings it."""
    return {
        "message_id": message_id,
        "date": int(now.timestamp()),
        "chat": {"id": player.telegram_id, "type": "private", "first_name": "Player"},
        "from": user(player),
        **content,
    }


def in_group(
    player: Player, chat_id: int, card: tuple[int, str], number: int, content: Mapping[str, object]
) -> dict[str, object]:
    """A message in a group, in reply to a card of the bot with this key."""
    keys = {"inline_keyboard": [[{"text": "key", "callback_data": card[1]}]]}
    shown = {"message_id": card[0], "from": {"id": 1, "is_bot": True}, "reply_markup": keys}
    return {
        "message_id": number,
        "chat": {"id": chat_id, "type": "supergroup", "title": "Group", "is_forum": True},
        "from": user(player),
        "reply_to_message": shown,
        **content,
    }


def user(player: Player) -> dict[str, object]:
    """Somebody as Telegram names them."""
    return {"id": player.telegram_id, "is_bot": False, "first_name": f"Player {player.telegram_id}"}
