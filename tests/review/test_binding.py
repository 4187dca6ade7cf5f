"""A text answers the newest card that was there when it was sent, or the card it replies to; in doubt we ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workflows.review.binding import Card, Place, place_of
from workflows.review.events import Focus
from workflows.use_cases.hearing import Heard

FIRST = Card(1, Focus("1a.1"), 100)
SECOND = Card(2, Focus("1a.2"), 105)
THIRD = Card(3, Focus("1a.3"), 110)


@pytest.mark.parametrize(
    ("message_id", "prompt"),
    [(101, "1a.1"), (104, "1a.1"), (106, "1a.2"), (109, "1a.2"), (111, "1a.3"), (999, "1a.3")],
)
def test_the_newest_card_below_the_text_counts(message_id: int, prompt: str) -> None:
    assert place_of([FIRST, SECOND, THIRD], message_id) == Place(Focus(prompt))
    assert place_of([THIRD, FIRST, SECOND], message_id) == Place(Focus(prompt)), "in whatever order they come"


def test_a_text_before_every_card_has_no_place() -> None:
    assert place_of([FIRST], 99) == Place(None)
    assert place_of([], 99) == Place(None)


def test_a_reply_goes_to_the_card_it_quotes() -> None:
    assert place_of([FIRST, SECOND, THIRD], 120, reply_to=100) == Place(Focus("1a.1"))


def test_a_reply_to_something_else_goes_by_its_own_number() -> None:
    assert place_of([FIRST, SECOND], 120, reply_to=117) == Place(Focus("1a.2"))


def test_an_edit_has_no_place_though_it_is_known_what_its_message_answered() -> None:
    asked = Card(4, Focus(asked="wish.3"), 110)
    for cards, answered in (([FIRST], ""), ([FIRST, asked], "wish.3")):
        for reply_to in (None, cards[-1].message_id):
            heard = Heard("anew", 112, cards, reply_to)
            edited = replace(heard, edited=True)
            assert (heard.place.at, edited.place) == (cards[-1].focus, Place(None))
            assert (edited.answered, edited.asked) == (answered, "")
            assert replace(edited, unsure=True).place == Place(None), (
                "an edit is held for no word of the person"
            )


def test_a_redrawn_card_counts_as_what_it_shows_now() -> None:
    redrawn = Card(4, Focus("1a.2", 3, "title"), 105)
    assert place_of([FIRST, SECOND, redrawn], 107) == Place(Focus("1a.2", 3, "title"))
    assert place_of([FIRST, SECOND, redrawn], 107, reply_to=105) == Place(Focus("1a.2", 3, "title"))


def test_a_card_redrawn_above_a_newer_one_does_not_take_its_texts() -> None:
    redrawn = Card(4, Focus("1a.1", 3, "title"), 100)
    assert place_of([FIRST, SECOND, redrawn], 107) == Place(Focus("1a.2"))


def test_a_card_that_is_surely_not_sent_yet_was_not_seen() -> None:
    waiting = Card(2, Focus("1a.2"), None)
    assert place_of([FIRST, waiting], 107) == Place(Focus("1a.1"))


def test_a_card_that_may_have_arrived_makes_us_ask() -> None:
    lost = Card(2, Focus("1a.2"), None, doubtful=True)
    assert place_of([FIRST, lost], 107) == Place(None, ("1a.1", "1a.2"))


def test_a_card_sent_twice_may_have_been_seen_the_first_time() -> None:
    again = Card(2, Focus("1a.2"), 110, doubtful=True)
    assert place_of([FIRST, again], 107) == Place(None, ("1a.1", "1a.2"))
    assert place_of([FIRST, again], 111) == Place(Focus("1a.2")), "below the second copy there is no doubt"


def test_a_doubt_that_makes_no_difference_is_none() -> None:
    lost = Card(2, Focus("1a.1"), None, doubtful=True)
    assert place_of([FIRST, lost], 107) == Place(Focus("1a.1"))


def test_an_old_doubt_ends_with_a_newer_card() -> None:
    lost = Card(2, Focus("1a.2"), None, doubtful=True)
    assert place_of([FIRST, lost, THIRD], 111) == Place(Focus("1a.3"))
    assert place_of([FIRST, lost, THIRD], 107) == Place(None, ("1a.1", "1a.2"))


def test_a_doubt_between_the_sections_and_a_prompt_names_the_prompt() -> None:
    hub = Card(1, Focus(), 100)
    lost = Card(2, Focus("1a.2"), None, doubtful=True)
    assert place_of([hub, lost], 107) == Place(None, ("1a.2",))
    assert place_of([lost], 107) == Place(None, ("1a.2",))


FOCUSES = st.builds(
    Focus, st.sampled_from(["1f.2", "2c.1"]), st.integers(1, 99), st.sampled_from(["title", "card"])
)
PLACES = FOCUSES | st.sampled_from([Focus(), Focus("1a.1"), Focus(question="2c")])


@given(PLACES)
def test_a_place_is_read_as_it_was_written(focus: Focus) -> None:
    assert Focus.read(str(focus)) == focus


CARDS = st.lists(
    st.builds(Card, st.integers(1, 30), PLACES, st.none() | st.integers(90, 120), st.booleans()), max_size=8
)


@given(CARDS, st.integers(90, 120), st.none() | st.integers(90, 120))
def test_a_place_is_always_that_of_a_card_that_could_be_seen(
    cards: list[Card], message_id: int, reply_to: int | None
) -> None:
    place = place_of(cards, message_id, reply_to)
    if place.at is not None:
        assert any(
            card.focus == place.at
            and card.message_id is not None
            and (card.message_id < message_id or card.message_id == reply_to)
            for card in cards
        )
        assert not place.candidates
    else:
        assert set(place.candidates) <= {card.focus.prompt for card in cards} - {""}
