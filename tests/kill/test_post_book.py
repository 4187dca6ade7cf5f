"""What a process has noted of its letters: believed by the next one as far as it goes, and not a step further."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures import Figures
from bot.ingress.inheriting import inherit
from bot.ingress.post_book import Left, PostBook, left_in
from tests.store.village import NOW, come_in, later, rows
from workflows.notices import Hub, MyData
from workflows.review.events import Focus, Say
from workflows.store.transaction import Store
from workflows.store.values import Delivered, Letter, Outcome, RetryLater, Settlement

HUB = Hub(country="LB", sections=())
FATES = st.lists(
    st.tuples(
        st.integers(1, 5),
        st.sampled_from(["begun", "arrived", "nameless", "not sent", "in doubt", "out in part", "rest"]),
    ),
    max_size=30,
)


async def nothing(letter: Letter) -> None:
    """A rendering of which only the noting matters."""


def written(folder: Path, owner: str = "first") -> tuple[PostBook, Callable[[int, str], None]]:
    """An open book, and how something is noted in it."""
    book = PostBook(folder, owner)
    book.open()
    settle = book.noting_fates(lambda _: None)
    outcomes: dict[str, Outcome] = {
        "arrived": Delivered(700),
        "nameless": Delivered(None),
        "not sent": RetryLater(NOW, "later", ambiguous=False),
        "in doubt": RetryLater(NOW, "no answer", ambiguous=True),
        "out in part": RetryLater(NOW, "database away", ambiguous=False, parts=1),
    }

    def note(letter: int, what: str) -> None:
        if what == "begun":
            book._note("+", letter)
        elif what == "rest":
            book.begin_anew()
        else:
            settle(Settlement(letter, outcomes[what], NOW))

    return book, note


def left(folder: Path) -> list[Left]:
    """What the next process finds."""
    with left_in(folder) as found:
        return found


@given(fates=FATES)
def test_the_next_process_knows_the_last_word_about_each_letter(
    tmp_path_factory: pytest.TempPathFactory, fates: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("books")
    book, note = written(folder)
    arrived: dict[int, int | None] = {}
    begun: set[int] = set()
    for letter, what in fates:
        note(letter, what)
        if what in ("arrived", "nameless"):
            arrived[letter] = 700 if what == "arrived" else None
        begun = begun | {letter} if what == "begun" else begun - {letter} if what == "not sent" else begun
    assert left(folder) == []  # its process lives
    book.close()
    assert left(folder) == [Left("first", arrived, frozenset(begun))]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "strange", "another boot", "empty"])
def test_a_book_that_is_not_whole_is_not_believed(tmp_path: Path, damage: str) -> None:
    book, note = written(tmp_path)
    note(1, "begun")
    note(1, "arrived")
    assert book.path is not None
    book.close()
    whole = book.path.read_text("ascii")
    first, _, _ = whole.partition("\n")
    book.path.write_text(
        {
            "cut": whole[:-1],
            "strange": f"{whole}?2 \n",
            "another boot": whole.replace(first.split(" ")[2], "11111111-2222"),
            "empty": "",
        }[damage]
    )
    assert left(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_book_that_cannot_be_written_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book, note = written(tmp_path)
    note(1, "begun")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", full)
        note(2, "begun")
    note(3, "begun")
    assert list(tmp_path.iterdir()) == []
    book.close()


def test_a_long_book_begins_anew_when_all_is_done(tmp_path: Path) -> None:
    book, note = written(tmp_path)
    assert book.path is not None
    while book.path.stat().st_size < 1 << 18:
        note(10**9, "arrived")
    book.begin_anew()
    assert book.path.stat().st_size < 200
    note(5, "begun")
    book.close()
    assert left(tmp_path) == [Left("first", {}, frozenset({5}))]


def test_a_process_that_ends_well_leaves_no_book(tmp_path: Path) -> None:
    book, note = written(tmp_path)
    note(1, "begun")
    note(1, "arrived")
    book.close(done=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [None, Path("/proc/nowhere")])
def test_without_a_place_nothing_is_noted_and_nothing_breaks(folder: Path | None) -> None:
    book, note = written(folder) if folder is not None else (PostBook(None, "first"), None)
    book.open()
    if note is not None:
        note(1, "begun")
    assert left(folder) == [] if folder is not None else True
    book.close()


@pytest.mark.postgres
async def test_fault_4_of_what_the_dead_had_in_hand_only_the_unknown_is_in_doubt(
    store: Store, other: Store, tmp_path: Path
) -> None:
    layla, amal = await come_in(store, 1), await come_in(store, 2, "JO")
    card = Say(HUB, focus=Focus("1b", 2, "name"))
    async with store.transaction() as work:
        for person, name, what in (
            (layla, "came", card),
            (layla, "perhaps", card),
            (layla, "never", HUB),
            (amal, "file", MyData(name="data.json", content="{}")),
        ):
            work.outbox.post(person, what, key=name, now=NOW, cycle_id="c", country="LB", turn=4)
    letters = {row.key: row.id for row in await rows(store, "SELECT key, id FROM outbox")}
    book, note = written(tmp_path, store.owner)
    for fate in ("begun", "arrived"):
        note(letters["came"], fate)
    note(letters["perhaps"], "begun")
    book.close()  # it is dead: nothing of this has reached the table

    figures, heir = Figures(), PostBook(tmp_path, other.owner)
    await inherit(other, heir, figures, later(seconds=1))
    found = {row.key: row for row in await rows(store, "SELECT * FROM outbox")}
    assert (found["came"].state, found["came"].message_id, bool(found["came"].doubtful)) == (
        "sent",
        700,
        False,
    )
    async with other.transaction() as work:
        claimed = await work.outbox.claim(other.owner, later(seconds=1), 100)
    assert [letter.id for letter in claimed] == [letters[name] for name in ("perhaps", "never", "file")]
    doubts = await rows(store, "SELECT key FROM outbox WHERE doubtful ORDER BY id")
    assert [row.key for row in doubts] == ["perhaps"]
    assert heir.path is not None
    assert [file.name for file in tmp_path.glob("*.book")] == [heir.path.name]
    heir.close()
