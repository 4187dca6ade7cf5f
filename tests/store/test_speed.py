"""How many turns a second the store takes on SQLite: printed, not asserted; asserted is that nothing is lost."""

import time
from collections.abc import Callable

from tests.store.village import NOW, actor_of, come_in, prose, rows, said
from workflows.notices import Ask, Budget, Saved
from workflows.people.roles import Person
from workflows.review.events import Focus, Interview, Say
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store, Work, migrate
from workflows.store.values import Delivered, Letter, Settlement

PEOPLE = 100
COUNTRIES = (
    "LB",
    "MA",
    "TN",
    "JO",
    "EG",
    "IQ",
    "DZ",
    "KW",
    "OM",
    "QA",
    "BH",
    "SD",
    "SO",
    "LY",
    "MR",
    "PS",
    "SA",
    "YE",
)
PROMPTS = ("1b.2", "1c.1", "2a.3", "1a.1", "2a.1")
ROUNDS = 20


async def turn(work: Work, person: Person, update: int, prompt: str) -> None:
    """What a turn asks of the store: one answer, one pointer, a receipt and the next card."""
    found = await work.people.by_telegram(person.telegram_id or 0)
    assert found is not None
    actor = actor_of(found)
    draft = await work.drafts.open(actor, actor.country)
    await work.outbox.cards(found.id)
    desk = await work.interviews.of(found.id, draft)
    draft = await work.drafts.record(draft, [said(prompt, f"answer {update}")], found.id, NOW)
    following = desk.interview.turn + 1
    work.interviews.save(found.id, draft, Interview(following, Focus(prompt), previous=prompt))
    budget = Budget(section="people", here=2, used=20, limit=500)
    says = (
        Say(Saved(turn=following, prompt=prompt, parts=1, budget=budget)),
        Say(Ask(turn=following, prompt=prompt, position=1, total=5), focus=Focus(prompt)),
    )
    for number, say in enumerate(says):
        key = f"{update}:{number}"
        work.outbox.post(
            found, say, key=key, cycle_id=actor.cycle_id, country=actor.country, turn=following, now=NOW
        )


async def batch(store: Store, people: list[Person], first: int, former: list[Letter]) -> list[Letter]:
    """A batch as the clerk writes it: settlements, a look ahead, the turns, the seen ids."""
    ids = [person.telegram_id for person in people if person.telegram_id]
    updates = range(first, first + len(people))
    async with store.transaction() as work:
        await work.outbox.settle([Settlement(each.id, Delivered(each.id), NOW) for each in former])
        await work.prefetch(ids, ids)
        assert len(await work.updates.unseen(updates)) == len(people)
        for update, person in zip(updates, people, strict=True):
            await turn(work, person, update, PROMPTS[update // len(people) % len(PROMPTS)])
        work.updates.mark_seen(updates, NOW)
    return work.outbox.fresh


async def measure(store: Store, rounds: int = ROUNDS) -> tuple[float, float]:
    """Turns a second, in batches of all people: by the clock on the wall, and by the processor's own."""
    people = [await come_in(store, n, COUNTRIES[n % len(COUNTRIES)]) for n in range(1, PEOPLE + 1)]
    letters = await batch(store, people, 1_000, [])
    began, busy = time.perf_counter(), time.process_time()
    for number in range(1, rounds + 1):
        letters = await batch(store, people, 1_000 + number * PEOPLE, letters)
    wall, own = time.perf_counter() - began, time.process_time() - busy
    return rounds * PEOPLE / wall, rounds * PEOPLE / own


async def test_turns_a_second(sqlite_url: str, cipher: Cipher, measured: Callable[[str], None]) -> None:
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    wall, own = await measure(store)
    measured(f"store on SQLite: {wall:,.0f} turns a second, {own:,.0f} a second of CPU")
    turns = (ROUNDS + 1) * PEOPLE
    counts = await rows(store, "SELECT (SELECT count(*) FROM answer_revision), (SELECT count(*) FROM outbox)")
    newest = await rows(store, "SELECT count(*) FROM answer_revision WHERE newest")
    assert tuple(counts[0]) == (turns, 2 * turns)
    assert newest[0][0] == len(COUNTRIES) * len(PROMPTS)
    async with store.reading() as work:
        last = await work.people.by_telegram(PEOPLE)
        assert last is not None
        draft = await work.drafts.open(actor_of(last), actor_of(last).country)
    assert prose(f"answer {1_000 + turns - 1}") in draft.review.answers.values()
    await store.close()
