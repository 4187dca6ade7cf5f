"""Messages and presses late, long, doubled, forged and out of order: nothing is lost, doubled or misplaced."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.ingress import clerk
from bot.sandbox import Message, Person, Sandbox
from tests.chats.telling import (
    OPEN,
    Region,
    bare,
    card,
    data_of,
    first_card,
    heard,
    message,
    newest,
    said_by_bot,
)
from workflows.review.answers import Selection

STALE = "This button belongs to an earlier message. Please use the newest one."
UNREADABLE = "This button could not be read. Please use the newest message."
ALREADY = "Already recorded."
KEPT = "Your message is kept. Which question does it belong to?"
LATE = "This message reached us only after the answer that you chose later. That answer stands"
STICKER = "A sticker is not kept here. Please type what you want to say, or press a button."
NEXT = "3b.1"


# --- long and many -----------------------------------------------------------------------------------------------


def paste() -> str:
    """8,500 characters with a number in each line, so that a lost or doubled part is seen."""
    lines = [f"{number:04d} " + "كلمة " * 9 for number in range(200)]
    return "\n".join(lines)[:8500]


async def test_fault_19_a_long_paste_is_one_answer(region: Region, layla: Person) -> None:
    sent = layla.says(paste())
    assert len(sent) == 3
    await region.rests()
    assert await region.parts(OPEN) == [part.text for part in sent]
    await region.presses(layla, "Next ▶")
    assert card(layla) is layla.last_message
    assert set((await region.review()).answers) == {OPEN}


async def test_fault_20_a_long_paste_that_arrives_in_pieces_is_one_answer(
    region: Region, layla: Person
) -> None:
    """Each part arrives after our receipt of the one before."""
    parts = [part.text for part in layla_parts(paste())]
    await region.says(layla, parts[0])
    assert newest(layla).startswith("✅ Saved.")
    await region.says(layla, parts[1])
    await region.says(layla, parts[2])
    assert await region.parts(OPEN) == parts
    assert set((await region.review()).answers) == {OPEN}


def layla_parts(text: str) -> list[Message]:
    """The parts that a client makes of a text: a second Telegram lends its scissors."""
    return Sandbox().person().says(text)


async def test_fault_18_twenty_four_answers_in_one_batch_each_find_their_question(
    region: Region, layla: Person
) -> None:
    """They were typed one after the other on the same card, while the bot was away: none is lost or strays."""
    await region.ends()
    texts = [f"text number {number}" for number in range(24)]
    for text in texts:
        layla.says(text)
    await region.begins()
    await region.rests()
    assert await region.parts(OPEN) == texts
    assert set((await region.review()).answers) == {OPEN}


async def test_replies_to_many_cards_in_one_batch_each_find_their_question(
    region: Region, layla: Person
) -> None:
    prompts = [
        p.id
        for p, _, whens in region.template.asked
        if not whens and region.template.type_of(p.id).kind == "text"
    ]
    cards = {prompt: (await region.opens(layla, prompt)).message_id for prompt in prompts}
    await region.ends()
    for _ in range(3):
        for prompt, shown in cards.items():
            layla.says(f"for {prompt}", reply_to=shown)
    await region.begins()
    await region.rests()
    for prompt in prompts:
        assert await region.parts(prompt) == [f"for {prompt}"] * 3


async def test_fault_21_two_quick_messages_are_two_parts_in_order(region: Region, layla: Person) -> None:
    layla.says("first")
    layla.says("second")
    await region.rests()
    assert await region.parts(OPEN) == ["first", "second"]


# --- again and again ---------------------------------------------------------------------------------------------


async def test_case_05_every_update_twice_is_every_update_once(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    layla.duplicate()
    await region.rests()
    steps: list[Callable[[], Any]] = [
        lambda: layla.taps("Begin ▶"),
        lambda: layla.taps("No"),
        lambda: layla.says("Ministry of Labour"),
        lambda: layla.taps("✔ Done"),
        lambda: layla.says("Red Cross\nCaritas"),
        lambda: layla.edits(max(m.message_id for m in layla.messages if not m.from_bot), "Red Cross"),
        lambda: layla.says("/progress"),
        layla.sends_sticker,
    ]
    for step in steps:
        step()
        await region.rests()
        count, review = len(layla.messages), await region.review()
        layla.duplicate()
        layla.replays(5)
        await region.rests()
        assert len(layla.messages) == count
        assert await region.review() == review
    assert region.sandbox.violations == []


async def test_fault_17_ids_that_jump_down_are_handled(region: Region, layla: Person) -> None:
    await region.says(layla, "before")
    region.sandbox.updates.jump_to(5)
    await region.says(layla, "after")
    region.sandbox.updates.jump_to(900_000_000)
    await region.says(layla, "and up again")
    assert await region.parts(OPEN) == ["before", "after", "and up again"]


async def test_fault_25_ten_taps_on_one_button_are_one_answer(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.presses(layla, "Begin ▶")
    shown = card(layla)
    yes = next(data for data in data_of(shown) if data.endswith("option.yes"))
    callbacks = [layla.forges(shown.message_id, yes) for _ in range(10)]
    answers = [(await layla.is_answered(callback)).text for callback in callbacks]
    await region.rests()
    assert answers == ["", *[ALREADY] * 9]
    asked = [m for m in said_by_bot(layla) if region.template.prompts["1a.2"].text.en in bare(m.text)]
    assert len(asked) == 1
    assert region.sandbox.violations == []


async def test_fault_25_old_buttons_are_explained_and_change_nothing(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.presses(layla, "Begin ▶")
    old = card(layla)
    buttons = [data for data in data_of(old) if data]
    await region.presses(layla, "Yes")
    await region.presses(layla, "Skip ▶")
    await region.presses(layla, "Skip ▶")
    review, count = await region.review(), len(said_by_bot(layla))
    for data in buttons:
        assert await region.forges(layla, old.message_id, data) == STALE
    assert await region.review() == review
    assert len(said_by_bot(layla)) == count


FORGED = [
    "",
    "x" * 64,
    "1.option.maybe; DROP TABLE",
    "do.erase.yes",
    "go.prompt:../..",
    "\u202e1.option.yes",
    "999999999999.done",
    "do.invite.focal_point.XX9",
]


@pytest.mark.parametrize("data", FORGED)
async def test_fault_26_forged_buttons_are_refused_and_noted(
    region: Region, layla: Person, data: str
) -> None:
    assert await region.forges(layla, card(layla).message_id, data) == UNREADABLE
    assert (await region.review()).answers == {}
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        (noted,) = file.execute("SELECT count(*) FROM audit WHERE outcome = 'forged'").fetchone()
    file.close()
    assert noted == 1


async def test_buttons_of_another_kind_of_question_do_nothing(region: Region, layla: Person) -> None:
    turn = next(data for data in data_of(card(layla)) if data.endswith(".skip")).partition(".")[0]
    for act in (
        "option.yes",
        "tick.1",
        "status.1:completed",
        "record.7",
        "value.1:kind:new",
        "removed.1",
        "done.1",
        "row.99",
    ):
        await region.forges(layla, card(layla).message_id, f"{turn}.{act}")
        assert (await region.review()).answers == {}


async def test_fault_16_a_tap_that_overtakes_a_text_loses_neither(region: Region, layla: Person) -> None:
    """The text was sent first, on the open card; the updates come the other way round."""
    skip = next(data for data in data_of(card(layla)) if data.endswith(".skip"))
    text = message(layla, text="sent before the tap")
    layla.forges(card(layla).message_id, skip)
    layla.raw_update(text)
    await region.rests()
    assert await region.text(OPEN) == "sent before the tap"
    assert set((await region.review()).answers) == {OPEN}


@pytest.mark.parametrize(("pressed", "typed", "told"), [("yes", "no", True), ("yes", "yes", False)])
async def test_fault_16_a_typed_choice_that_a_later_tap_overtook_changes_nothing_and_is_told(
    region: Region, pressed: str, typed: str, *, told: bool
) -> None:
    """A webhook brings messages in one line and presses in another: what was typed first may come last."""
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, "1a.1")
    asked = card(layla)
    text = message(layla, text=typed) | {"update_id": region.sandbox.updates.next_id}
    region.sandbox.updates.jump_to(region.sandbox.updates.next_id + 1)
    await region.forges(layla, asked.message_id, next(d for d in data_of(asked) if d.endswith(f".{pressed}")))
    layla.raw_update(text)
    await region.rests()
    answer = (await region.review()).answers["1a.1"]
    assert isinstance(answer.value, Selection)
    assert answer.value.values == (pressed,)
    assert heard(layla, LATE) is told
    await region.says(layla, "back to it")
    await region.forges(layla, asked.message_id, "go.prompt:1a.1")
    await region.says(layla, "no")
    answer = (await region.review()).answers["1a.1"]
    assert isinstance(answer.value, Selection)
    assert answer.value.values == ("no",), "what is typed in its time changes it"


async def test_a_choice_typed_after_a_tap_and_before_its_card_came_changes_it(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, "1a.1")
    asked = card(layla)
    layla.forges(asked.message_id, next(d for d in data_of(asked) if d.endswith(".yes")))
    layla.says("no")
    await region.rests()
    answer = (await region.review()).answers["1a.1"]
    assert isinstance(answer.value, Selection)
    assert answer.value.values == ("no",)
    assert not heard(layla, LATE)


async def test_a_choice_typed_in_reply_to_a_card_of_weeks_ago_changes_it(region: Region) -> None:
    """What is kept of old letters is little; what was sent after them is no later act."""
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, "1a.1")
    asked = card(layla)
    await region.forges(layla, asked.message_id, next(d for d in data_of(asked) if d.endswith(".yes")))
    await region.later(timedelta(days=15))
    await region.house.clerk.run_errand(lambda work: work.tidy(region.house.clock.now()))
    layla.says("/sections")
    layla.says("no", asked.message_id)
    await region.rests()
    answer = (await region.review()).answers["1a.1"]
    assert isinstance(answer.value, Selection)
    assert answer.value.values == ("no",)


async def test_an_answer_is_not_edited_to_a_word_that_calls_off(region: Region, layla: Person) -> None:
    sent = await region.says(layla, "our long answer")
    layla.edits(sent, "cancel")
    await region.rests()
    assert await region.text(OPEN) == "our long answer"


# --- away and back -----------------------------------------------------------------------------------------------


async def test_fault_28_what_is_sent_while_the_bot_is_away_is_answered_when_it_is_back(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "before it stopped")
    await region.ends()
    layla.says("while it was away")
    layla.sends_sticker()
    await region.begins()
    await region.rests()
    assert await region.parts(OPEN) == ["before it stopped", "while it was away"]
    assert newest(layla) == STICKER
    await region.presses(layla, "Next ▶")
    assert card(layla) is layla.last_message


async def test_case_05_a_stop_in_the_middle_of_it_loses_nothing(region: Region, layla: Person) -> None:
    texts = [f"part {number}" for number in range(6)]
    for text in texts[:3]:
        layla.says(text)
    await region.ends()
    for text in texts[3:]:
        layla.says(text)
    await region.begins()
    await region.rests()
    assert await region.parts(OPEN) == texts


async def test_a_reply_to_an_older_card_answers_that_one(region: Region, layla: Person) -> None:
    older = card(layla).message_id
    await region.opens(layla, NEXT)
    await region.says(layla, "for the older question", reply_to=older)
    assert await region.text(OPEN) == "for the older question"
    assert await region.text(NEXT) == ""
    await region.says(layla, "for the newer question")
    assert await region.text(NEXT) == "for the newer question"


async def test_a_text_with_no_question_open_is_kept_until_it_has_a_place(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "an early answer")
    assert newest(layla).startswith(KEPT)
    await region.forges(layla, first_card(layla).message_id, f"go.prompt:{OPEN}")
    shown = [data for message in reversed(layla.messages) for data in data_of(message)]
    await region.presses(layla, next(data for data in shown if data.endswith(f"place.{OPEN}")))
    assert await region.text(OPEN) == "an early answer"


async def test_a_reply_to_a_card_of_long_ago_answers_that_one(region: Region, layla: Person) -> None:
    long_ago = card(layla).message_id
    for _ in range(8):
        await region.opens(layla, NEXT)
        await region.forges(layla, card(layla).message_id, "go.hub")
    await region.says(layla, "for the first question", reply_to=long_ago)
    assert await region.text(OPEN) == "for the first question"


async def test_a_text_after_a_card_whose_arrival_telegram_is_slow_to_tell_is_asked_about(
    region: Region, layla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She has the card before her and answers it; to us it is still on its way when patience ends."""
    monkeypatch.setattr(clerk, "CARD_PATIENCE", 0.2)
    region.sandbox.faults.add("slow", chat_id=layla.user_id, method="sendMessage", seconds=2)
    layla.forges(first_card(layla).message_id, f"go.prompt:{NEXT}")
    await layla.sees("migration governance frameworks")
    layla.says("an answer to the card she sees")
    await region.rests()
    assert await region.text(OPEN) == ""
    assert newest(layla).startswith(KEPT)
    kept = [data for message in reversed(layla.messages) for data in data_of(message)]
    await region.presses(layla, next(data for data in kept if data.endswith(f"place.{NEXT}")))
    assert await region.text(NEXT) == "an answer to the card she sees"
    assert await region.text(OPEN) == ""
