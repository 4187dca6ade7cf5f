"""Announcements: gathered once, posted in slices, killed and gone on with; nobody is told twice or left out."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest

from tests.store.village import CYCLE, NOW, actor_of, come_in, later, open_cycle, record, rows, said
from workflows.people.audience import EVERYBODY, FOCAL_POINTS, All, Audience, Countries, Section, written
from workflows.people.roles import Person
from workflows.store.announcements import letter_key
from workflows.store.cipher import Cipher
from workflows.store.engine import BEGIN
from workflows.store.tables import MEMBERSHIPS, PEOPLE
from workflows.store.transaction import Store
from workflows.store.values import Delivered, Outcome, Rejected, Settlement, Unreachable
from workflows.store.values_announcements import Announcement
from workflows.use_cases.steering import posting
from workflows.use_cases.steering.following import progress_of, withdraw_letters
from workflows.use_cases.steering.own import messages_received, messages_written

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import asyncio, os, signal, sys
from tests.store.village import NOW
from workflows.store.cipher import Cipher
from workflows.store.engine import BEGIN
from workflows.store.tables import MEMBERSHIPS, PEOPLE
from workflows.store.transaction import Store
from workflows.use_cases.steering import posting

async def main() -> None:
    store = await Store.open(sys.argv[1], Cipher.from_settings(sys.stdin.readline().strip()))
    posting.SLICE = 7
    for _ in range(int(sys.argv[2])):
        async with store.transaction() as work:
            await posting.step(work, NOW)
    async with store.transaction() as work:
        await posting.step(work, NOW)
        await work.flush()
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def sent(
    store: Store, author: Person, audience: Audience = EVERYBODY, *, decent: bool = False
) -> Announcement:
    """An announcement that is due now."""
    async with store.transaction() as work:
        begun = await work.announcements.add(
            cycle_id=CYCLE, author_id=author.id, audience=written(audience), first="en", now=NOW
        )
        await work.announcements.set_text(begun.id, "en", "The forum moves.", first=True)
        await work.announcements.set_text(begun.id, "ar", "تغير موعد المنتدى.", first=False)
        assert await work.announcements.schedule(begun.id, NOW, 5, decent=decent)
        assert not await work.announcements.schedule(begun.id, NOW, 5, decent=decent), "it goes out once"
    return begun


async def posted(store: Store) -> None:
    """Let the heartbeat's job run until it has nothing left to post."""
    more = True
    while more:
        async with store.transaction() as work:
            more = await posting.step(work, NOW)


async def letters(store: Store) -> list[int]:
    """Whom the outbox has a letter of an announcement for."""
    found = await rows(store, "SELECT person_id FROM outbox WHERE topic = 'announced' ORDER BY person_id")
    return [row.person_id for row in found]


async def crowd(store: Store, people: int) -> None:
    """So many focal points more, in a statement or two: they are too many to come in one by one."""
    numbers = range(1_000, 1_000 + people)
    newcomers = [
        {"id": n, "telegram_id": n, "language": ("ar", "en", "fr")[n % 3], "digits": "auto", "reach": "open"}
        | {"created_at": NOW}
        for n in numbers
    ]
    held = [
        {"person_id": n, "cycle_id": CYCLE, "country": ("JO", "LB", "MA", "EG")[n % 4], "role": "focal_point"}
        | {"scope": "", "lead": False, "began_at": NOW, "end_reason": ""}
        for n in numbers
    ]
    async with store._engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        await connection.execute(PEOPLE.insert(), newcomers)
        await connection.execute(MEMBERSHIPS.insert(), held)


async def test_each_of_those_meant_gets_one_letter(store: Store) -> None:
    sam = await come_in(store, 9, "", "secretariat")
    layla, amal = await come_in(store, 1, "LB"), await come_in(store, 2, "JO")
    karim = await come_in(store, 3, "LB", "contributor")
    it = await sent(store, sam, All(of=(FOCAL_POINTS, Countries(codes=("LB", "JO")))))
    await posted(store)
    await posted(store)
    assert await letters(store) == [layla.id, amal.id]
    async with store.reading() as work:
        kept = await work.announcements.get(it.id)
        assert kept is not None
        assert (kept.state, kept.recipients, kept.texts["ar"]) == ("posted", 2, "تغير موعد المنتدى.")
        assert karim.id not in {
            each.person_id for each in await work.announcements.recipients(it.id, "posted")
        }
        letter = await work.outbox.said(layla.id, letter_key(it.id, layla.id))
    assert letter is not None
    assert letter.model_dump()["text"] == "The forum moves."


async def test_a_text_lies_sealed(store: Store) -> None:
    sam = await come_in(store, 9, "", "secretariat")
    await sent(store, sam)
    (row,) = await rows(store, "SELECT text_en, text_ar, text_fr FROM announcement")
    assert b"forum" not in bytes(row.text_en)
    assert row.text_fr is None


async def test_progress_decides_and_says_nothing_of_answers(store: Store) -> None:
    sam = await come_in(store, 9, "", "secretariat")
    layla, amal = await come_in(store, 1, "LB"), await come_in(store, 2, "JO")
    async with store.reading() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
    asked = next(
        prompt for prompt in draft.review.path if draft.review.template.type_of(prompt.id).kind == "text"
    )
    await record(store, layla, said(asked.id, "a canary"))
    first = draft.review.template.section_of[asked.id].id
    await sent(store, sam, All(of=(FOCAL_POINTS, Section(section=first, state="begun"))))
    await posted(store)
    assert await letters(store) == [layla.id]
    await sent(store, sam, All(of=(FOCAL_POINTS, Section(section=first, state="not_begun"))))
    await posted(store)
    assert await letters(store) == [layla.id, amal.id]


async def test_who_declined_is_left_in_peace(store: Store) -> None:
    sam = await come_in(store, 9, "", "secretariat")
    layla, amal = await come_in(store, 1, "LB"), await come_in(store, 2, "JO")
    async with store.transaction() as work:
        await work.taking_part.set(CYCLE, "JO", "no", None, NOW)
    await sent(store, sam)
    await posted(store)
    assert await letters(store) == [layla.id]
    await sent(store, sam, Countries(codes=("JO",)))
    await posted(store)
    assert await letters(store) == [layla.id, amal.id]


async def test_what_became_of_each_is_known(store: Store) -> None:
    sam = await come_in(store, 9, "", "secretariat")
    people = [await come_in(store, number, country) for number, country in ((1, "LB"), (2, "JO"), (3, "JO"))]
    it = await sent(store, sam)
    await posted(store)
    async with store.transaction() as work:
        await work.people.set_reach(people[0].id, "open")
        hands = {letter.person_id: letter for letter in await work.outbox.claim("me", NOW, 10)}
    outcomes: tuple[Outcome, ...] = (Delivered(7), Unreachable("blocked"), Rejected("too long"))
    async with store.transaction() as work:
        await work.outbox.settle(
            [
                Settlement(hands[person.id].id, outcome, later(seconds=3))
                for person, outcome in zip(people, outcomes, strict=True)
            ]
        )
        await work.announcements.gather(it.id)
        counts = await work.announcements.counts(it.id)
        kept = await work.announcements.get(it.id)
        assert kept is not None
        view = await progress_of(work, kept, detailed=True)
    assert counts == {"LB": {"sent": 1}, "JO": {"failed": 2}}
    assert (view.total.sent, view.total.unreachable, view.total.waiting) == (1, 2, 0)
    assert [(line.id, line.text) for line in view.names] == [("JO", "Person 2"), ("JO", "Person 3")]


async def test_what_has_not_gone_out_is_taken_back(store: Store) -> None:
    sam = await come_in(store, 9, "", "secretariat")
    people = [await come_in(store, number) for number in (1, 2, 3)]
    it = await sent(store, sam)
    await posted(store)
    async with store.transaction() as work:
        (first,) = await work.outbox.claim("me", NOW, 1)
        await work.outbox.settle([Settlement(first.id, Delivered(7), NOW)])
    async with store.transaction() as work:
        assert await work.announcements.move(it.id, ("scheduled", "posting", "posted"), "withdrawn")
        assert await withdraw_letters(work, it, NOW) == 2
        assert await work.outbox.claim("me", later(days=1), 9) == []
        assert await work.announcements.counts(it.id) == {"LB": {"sent": 1, "withdrawn": 2}}
    async with store.transaction() as work:
        assert not await work.announcements.move(it.id, ("scheduled", "posting", "posted"), "withdrawn")
    assert len(people) == 3


async def test_a_country_at_night_waits_for_its_morning(store: Store) -> None:
    sam = await come_in(store, 9, "", "secretariat")
    await come_in(store, 1, "MR")
    await come_in(store, 2, "OM")
    it = await sent(store, sam, decent=True)  # nine in the morning UTC on a Monday: all day in both
    await posted(store)
    assert len(await letters(store)) == 2
    async with store.transaction() as work:
        night = await work.announcements.add(
            cycle_id=CYCLE, author_id=sam.id, audience=written(EVERYBODY), first="en", now=NOW
        )
        await work.announcements.set_text(night.id, "en", "Good morning", first=True)
        at = NOW.replace(hour=21)  # night in both
        await work.announcements.schedule(night.id, at, 5, decent=True)
        assert not await posting.step(work, at - timedelta(minutes=1)), "it is not its time"
        assert await posting.step(work, at)
        waiting = await work.announcements.recipients(night.id, "planned")
    assert {each.country: each.due_at.isoformat()[:16] for each in waiting} == {
        "MR": "2026-01-06T09:00",
        "OM": "2026-01-06T05:00",
    }
    assert it.id != night.id


async def test_a_person_s_own_file_holds_what_they_were_told_and_wrote(store: Store) -> None:
    sam, layla = await come_in(store, 9, "", "secretariat"), await come_in(store, 1)
    await sent(store, sam)
    await posted(store)
    async with store.reading() as work:
        (received,) = await messages_received(work, layla.id, [CYCLE])
        (wrote,) = await messages_written(work, sam.id)
        assert await messages_written(work, layla.id) == []
    assert (received["state"], wrote["state"]) == ("posted", "posted")
    assert received["texts"] == wrote["texts"] == {"en": "The forum moves.", "ar": "تغير موعد المنتدى."}


async def test_who_is_forgotten_leaves_a_number_behind(store: Store) -> None:
    sam = await come_in(store, 9, "", "secretariat")
    layla, amal = await come_in(store, 1), await come_in(store, 2)
    it = await sent(store, sam)
    await posted(store)
    async with store.transaction() as work:
        await work.people.erase(layla.id, NOW)
        await work.people.erase(sam.id, NOW)
    async with store.reading() as work:
        kept = await work.announcements.get(it.id)
        assert kept is not None
        assert (kept.author_id, kept.recipients) == (None, 2)
        assert [each.person_id for each in await work.announcements.told(CYCLE)] == [amal.id]


async def test_a_claim_is_decided_once_and_forgotten_with_who_made_it(store: Store) -> None:
    sam, amal = await come_in(store, 9, "", "secretariat"), await come_in(store, 2)
    async with store.transaction() as work:
        (invitation, *_) = await work.invitations.of_cycle(CYCLE)
        claim = await work.claims.add(CYCLE, "LB", amal.id, invitation.id, NOW)
        assert await work.claims.waiting(CYCLE) == [claim]
        assert await work.claims.decide(claim.id, "refused", sam.id, NOW)
        assert not await work.claims.decide(claim.id, "beside", sam.id, NOW)
        again = await work.claims.add(CYCLE, "LB", amal.id, invitation.id, NOW)
        await work.people.erase(amal.id, NOW)
        await work.people.erase(sam.id, NOW)
        kept = await work.claims.get(again.id)
        old = await work.claims.get(claim.id)
    assert kept is not None
    assert old is not None
    assert (kept.state, kept.person_id) == ("over", None)
    assert (old.state, old.person_id, old.decided_by) == ("refused", None, None)


@pytest.mark.kill
async def test_a_kill_in_the_middle_leaves_nobody_out_and_tells_nobody_twice(
    store: Store, url: str, key: str
) -> None:
    await open_cycle(store)
    sam = await come_in(store, 9, "", "secretariat")
    await crowd(store, 40)
    it = await sent(store, sam)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url, "3"],
        cwd=ROOT,
        input=key,
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == -9, done.stderr
    again = await Store.open(url, Cipher.from_settings(key))
    assert len(await letters(again)) == 14
    await posted(again)
    assert await letters(again) == list(range(1_000, 1_040))
    async with again.reading() as work:
        states = Counter(
            each.state for each in await work.announcements.recipients(it.id, "posted", "planned", "sent")
        )
    assert states == {"posted": 40}
    await again.close()


async def test_ten_thousand_are_gathered_and_posted_in_short_pieces(store: Store) -> None:
    await open_cycle(store)
    sam = await come_in(store, 9, "", "secretariat")
    await crowd(store, 10_000)
    await sent(store, sam)
    longest, more, began = 0.0, True, process_time()
    while more:
        piece = process_time()
        async with store.transaction() as work:
            more = await posting.step(work, NOW)
        longest = max(longest, process_time() - piece)
    whole = process_time() - began
    assert len(await letters(store)) == 10_000
    figures = f"{store.kind}: 10,000 posted in {whole:.2f} s of computing, the longest transaction {longest:.3f} s\n"
    sys.stderr.write(figures)
    assert longest < 3, figures  # a loaded machine's bound; an idle one takes a quarter of that
