"""Keys: what they seal, what they refuse, and how everything moves to a new one while the bot runs."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Boolean, Column, Integer, LargeBinary, event

from tests.store.village import CYCLE, NOW, actor_of, come_in, prose, record, rows, said
from workflows.notices import Welcome
from workflows.review.answers import Held
from workflows.review.events import Adaptation, Adapted, Interview
from workflows.store.cipher import Cipher, KeyRefused, generate_key
from workflows.store.columns import Moment
from workflows.store.pen import Pen
from workflows.store.rotation import _PLACES, BATCH, BATCH_BYTES, rotate
from workflows.store.sealing import row_place
from workflows.store.tables import METADATA, SEALED
from workflows.store.tables_desk import SEALED_DESK
from workflows.store.tables_inputs import INPUT_CALLS, SEALED_INPUTS
from workflows.store.tables_passage import SEALED_PASSAGE
from workflows.store.transaction import Store, StoreRefused, Work
from workflows.store.values_calendar import Minute


@given(st.binary(), st.text())
def test_what_was_sealed_for_a_place_opens_there(content: bytes, place: str) -> None:
    cipher = Cipher.from_settings(generate_key())
    sealed = cipher.seal(content, place)
    assert cipher.open(sealed, place) == content
    assert sealed != cipher.seal(content, place)
    with pytest.raises(KeyRefused, match="belongs to another row"):
        cipher.open(sealed, place + "x")


def test_what_was_changed_does_not_open() -> None:
    cipher = Cipher.from_settings(generate_key())
    sealed = cipher.seal(b"content", "place")
    for place in range(len(sealed)):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(KeyRefused):
            cipher.open(bytes(broken), "place")
    for short in (b"", sealed[:10], b"\x01" * 32):
        with pytest.raises(KeyRefused):
            cipher.open(short, "place")


def test_old_keys_open_and_the_new_one_seals() -> None:
    old, new = generate_key(), generate_key()
    sealed = Cipher.from_settings(old).seal(b"content", "place")
    both = Cipher.from_settings(new, [old])
    assert both.open(sealed, "place") == b"content"
    resealed = both.reseal(sealed, "place")
    assert Cipher.from_settings(new).open(resealed, "place") == b"content"
    with pytest.raises(KeyRefused, match="RAFIQ_OLD_KEYS"):
        Cipher.from_settings(new).open(sealed, "place")
    assert old not in repr(both)


@pytest.mark.parametrize("key", ["", "short", "ä" * 44, "A" * 44, "!" * 44])
def test_what_is_no_key_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(KeyRefused) as refusal:
        Cipher.from_settings(generate_key(), [key])
    assert not key or key not in str(refusal.value)


async def _one_row_of_each(work: Work) -> int:
    """A row in each table of the passage and the desks with something in every sealed column; returns how many."""
    pen = work._pen
    tables = list(dict.fromkeys(column.table for column in (*SEALED_PASSAGE, *SEALED_DESK, *SEALED_INPUTS)))
    for table in (INPUT_CALLS, *tables):
        row = {column.name: _something(column, pen) for column in table.columns}
        await pen.write(table.insert(), row)
    return len(SEALED_PASSAGE) + len(SEALED_DESK) + len(SEALED_INPUTS)


def _something(column: Column[Any], pen: Pen) -> object:
    """A value for a column, in a row whose own key is 1 or "key"."""
    if isinstance(column.type, LargeBinary):
        (key,) = column.table.primary_key
        return pen.seal("words", row_place(column, "key" if key.name == "file_key" else 1))
    given: dict[str, object] = {"cycle_id": CYCLE, "file_key": "key", "id": 1}
    if column.name in given or column.name.endswith("_id"):
        return given.get(column.name, None if column.nullable else 1)
    if column.nullable:
        return None
    if isinstance(column.type, Boolean):
        return False
    return NOW if isinstance(column.type, Moment) else 1 if isinstance(column.type, Integer) else ""


def test_every_column_of_bytes_is_sealed_and_moves_to_a_new_key() -> None:
    """A table that comes later cannot be forgotten: bytes are sealed, and what is sealed has its place."""
    bytes_ = {
        str(column)
        for table in METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert bytes_ == {str(column) for column in SEALED}
    assert bytes_ == _PLACES.keys()
    assert len(SEALED) == len(bytes_)


SIZES = [BATCH_BYTES * 3, 10, 20, BATCH_BYTES, 30, BATCH_BYTES // 2, BATCH_BYTES // 2, 40]
"""Of files, in the order of their keys; what is sealed has some bytes more."""


@pytest.fixture
async def files(store: Store) -> list[str]:
    """Files of evidence of all sizes, without what belongs to them."""
    table = METADATA.tables["evidence_content"]
    async with store.transaction() as work:
        pen = work._pen
        for number, size in enumerate(SIZES):
            key = f"file{number}"
            content = pen.seal(b"x" * size, row_place(table.c.content, key))
            await pen.write(table.insert(), {"file_key": key, "content": content})
    return [f"file{number}" for number in range(len(SIZES))]


async def test_large_values_are_sealed_anew_few_at_a_time(
    store: Store, url: str, key: str, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are 10 to 20 MiB: neither memory nor those who write may feel that they get a new key."""
    await store.close()
    both = await Store.open(url, Cipher.from_settings(generate_key(), [key]))
    in_hand: list[list[int]] = []
    reseal, begin = Cipher.reseal, Store.transaction

    def weighed(cipher: Cipher, sealed: bytes, place: str) -> bytes:
        in_hand[-1].append(len(sealed))
        return reseal(cipher, sealed, place)

    def counted(store: Store) -> Any:
        in_hand.append([])
        return begin(store)

    monkeypatch.setattr(Cipher, "reseal", weighed)
    monkeypatch.setattr(Store, "transaction", counted)
    assert await rotate(both) == 1 + len(files)
    assert [len(sizes) for sizes in in_hand] == [1, 1, 2, 1, 2, 2]
    assert all(sum(sizes) <= BATCH_BYTES or len(sizes) == 1 for sizes in in_hand)
    async with both.reading() as work:
        assert await work.open_all() == 1 + len(files)
    await both.close()


async def test_nothing_is_read_that_is_not_needed_to_seal_anew(
    store: Store, url: str, key: str, files: list[str]
) -> None:
    """A value that is sealed with the newest key stays where it is, and so does what stands beside it."""
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "an answer"))
    await store.close()
    both = await Store.open(url, Cipher.from_settings(generate_key(), [key]))
    spoken: list[str] = []
    event.listen(both._engine.sync_engine, "before_cursor_execute", lambda *seen: spoken.append(seen[2]))
    assert await rotate(both) == 3 + len(files)
    answers = [each for each in spoken if each.startswith("SELECT") and "FROM answer_revision" in each]
    assert answers
    assert not any("author_id" in each or "source" in each for each in answers)
    content = "evidence_content.file_key, evidence_content.content"
    assert any(content in each for each in spoken)
    spoken.clear()
    assert await rotate(both) == 0
    assert not any(content in each for each in spoken)
    await both.close()


async def test_everything_moves_to_the_new_key(store: Store, url: str, key: str) -> None:
    layla = await come_in(store, 1)
    for number in range(30):
        await record(store, layla, said("1b", f"answer {number}"), Adapted("1a", Adaptation(wording="ours")))
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        held = (Held(text="held", source="1:1"),)
        work.interviews.save(layla.id, draft, Interview(1, held=held))
        for number in range(BATCH + 1):
            work.outbox.post(layla, Welcome(role="focal_point"), key=f"k{number}", now=NOW, bulk=True)
        await work.updates.park(1, b"{}", "x", NOW)
        step = Minute(0, CYCLE, "session1", "next_step", "LB", layla.id, "send the list", NOW, "the ministry")
        minute = await work.minutes.add(step, NOW)
        later = await _one_row_of_each(work)
    await store.close()

    new = generate_key()
    both = await Store.open(url, Cipher.from_settings(new, [key]))
    counts = await asyncio.gather(rotate(both), record(both, layla, said("1c", "meanwhile")))
    assert counts[0] == 1 + 30 + 30 + 1 + (BATCH + 1) + 1 + 1 + 2 + later
    assert await rotate(both) == 0
    await both.close()

    alone = Cipher.from_settings(new)
    moved = await Store.open(url, alone)
    for column in SEALED:
        values = await rows(moved, f"SELECT {column.name} AS v FROM {column.table.name}")  # noqa: S608 - our own names
        assert {bytes(row.v)[:5] for row in values if row.v is not None} == {alone.head}, column
    async with moved.reading() as work:
        assert await work.open_all() == counts[0] + 1  # and what was said meanwhile
    async with moved.transaction() as work:
        found = await work.people.by_telegram(1)
        assert found is not None
        assert found.name == "Person 1"
        draft = await work.drafts.open(actor_of(found), "LB")
        assert draft.review.answers == {"1b": prose("answer 29"), "1c": prose("meanwhile")}
        assert draft.review.adaptations == {"1a": Adaptation(wording="ours")}
        assert (await work.interviews.of(found.id, draft)).interview.held[0].text == "held"
        assert len(await work.drafts.revisions(actor_of(found), "LB", "1b")) == 30
        assert await work.minutes.get(minute) == replace(step, id=minute)
        assert len(await work.outbox.claim(moved.owner, NOW, 1000)) == BATCH + 1
    await moved.close()
    with pytest.raises(StoreRefused, match="another key"):
        await Store.open(url, Cipher.from_settings(key))
