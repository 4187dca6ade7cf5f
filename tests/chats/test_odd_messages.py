"""Whatever arrives gets a reasoned reply or is parked, and nothing is lost or lands in the wrong question."""

import json
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox import Person
from tests.chats.telling import (
    Region,
    bare,
    card,
    data_of,
    first_card,
    heard,
    newest,
    said_by_bot,
    since,
    until,
    voice,
)

EN = voice("en")
STALE = "This button belongs to an earlier message. Please use the newest one."
UNREADABLE = "This button could not be read. Please use the newest message."
ALREADY = "Already recorded."
REPLACED = "Some characters that cannot be kept were replaced. Please read the text once more."
KEPT = "Your message is kept. Which question does it belong to?"
OPEN = "1f.2"
"""A prompt that is answered by a long text, without condition."""
NEXT = "3b.1"

EXPLAINED = {
    "photo": "A picture cannot be kept as an answer. Please type the words that matter from it.",
    "document": "Files cannot be kept here. Please paste the text; a long text may be sent in several messages.",
    "video": "A video cannot be kept as an answer. Please type what it says.",
    "voice": "Voice messages are not turned into text here. Please type the answer.",
    "sticker": "A sticker cannot be kept as an answer. Please type the answer or press a button.",
    "location": "A location cannot be kept as an answer. Please type the name of the place.",
    "contact": "Contacts are not kept here. To let a colleague in, please ask the secretariat for an invitation link.",
    "poll": "A poll cannot be kept as an answer. Please type its result.",
    "album": "Pictures and files cannot be kept as an answer. Please type the words that matter from them.",
    "other": "This kind of message cannot be kept as an answer. Please type the answer.",
}


@pytest.fixture
async def layla(region: Region) -> Person:
    """A focal point of Lebanon who reads English and has a text question open."""
    person = await region.focal_point("LB", "en")
    await region.opens(person, OPEN)
    return person


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


def edited(person: Person, **content: Any) -> dict[str, Any]:
    """An edit as Telegram sends it, of a message that the bot has not seen."""
    return {"edited_message": message(person, **content)["message"]}


def a_file(**more: Any) -> dict[str, Any]:
    return {"file_id": "f", "file_unique_id": "u", **more}


# --- what is no text ---------------------------------------------------------------------------------------------

Act = Callable[[Person], Any]
ACTS: dict[str, tuple[str, Act]] = {
    "sticker": ("sticker", lambda p: p.sends_sticker()),
    "voice": ("voice", lambda p: p.sends_voice()),
    "photo": ("photo", lambda p: p.sends_photo(b"jpeg")),
    "document": ("document", lambda p: p.sends_document("a.pdf", b"%PDF")),
    "location": ("location", lambda p: p.sends_location()),
    "own contact": ("contact", lambda p: p.sends_contact(own=True)),
    "somebody else's contact": ("contact", lambda p: p.sends_contact(own=False, name="Omar")),
    "poll": ("poll", lambda p: p.sends_poll("Shall we?", ["yes", "no"])),
    "video": ("video", lambda p: p.raw_update(message(p, video=a_file(duration=3, width=1, height=1)))),
    "round video": ("video", lambda p: p.raw_update(message(p, video_note=a_file(duration=3, length=1)))),
    "animation": ("video", lambda p: p.raw_update(message(p, animation=a_file(), document=a_file()))),
    "music": ("voice", lambda p: p.raw_update(message(p, audio=a_file(duration=3)))),
    "dice": ("other", lambda p: p.raw_update(message(p, dice={"emoji": "🎲", "value": 3}))),
    "venue": ("location", lambda p: p.raw_update(message(p, venue={"title": "x"}, location={}))),
    "something new": ("other", lambda p: p.raw_update(message(p, hologram={"of": "a house"}))),
}


@pytest.mark.parametrize("kind", ACTS)
async def test_what_is_no_text_gets_a_reasoned_reply(region: Region, layla: Person, kind: str) -> None:
    code, act = ACTS[kind]
    before = layla.last_message.message_id
    act(layla)
    await region.rests()
    assert since(layla, before) == [EXPLAINED[code]]
    assert (await region.review()).answers == {}
    await region.says(layla, "and now the answer")
    assert await region.text(OPEN) == "and now the answer"


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_words_under_a_picture_wait_for_their_place(region: Region, layla: Person, kind: str) -> None:
    if kind == "photo":
        layla.sends_photo(b"jpeg", caption="the words under it")
    else:
        layla.sends_document("a.pdf", b"%PDF", caption="the words under it")
    await region.rests()
    assert heard(layla, EXPLAINED[kind])
    assert newest(layla).startswith(KEPT)
    assert "the words under it" in newest(layla)
    assert await region.text(OPEN) == ""
    await region.presses(
        layla, next(data for data in data_of(layla.last_message) if data.endswith(f"place.{OPEN}"))
    )
    assert await region.text(OPEN) == "the words under it"


async def test_an_album_is_explained_once(region: Region, layla: Person) -> None:
    before = layla.last_message.message_id
    layla.sends_album(5)
    await region.rests()
    assert since(layla, before) == [EXPLAINED["album"]]


async def test_forwarded_words_are_taken_only_when_they_are_claimed(region: Region, layla: Person) -> None:
    layla.forwards("somebody else's words", "Somebody Else")
    await region.rests()
    assert await region.text(OPEN) == ""
    assert newest(layla).startswith(KEPT)
    await region.presses(layla, EN.gettext("🗑 Do not keep it"))
    assert await region.text(OPEN) == ""
    layla.forwards("our own words", "Myself")
    await region.rests()
    await region.presses(layla, next(data for data in data_of(layla.last_message) if ".place." in data))
    assert await region.text(OPEN) == "our own words"


async def test_a_forwarded_command_is_no_command(region: Region, layla: Person) -> None:
    layla.forwards("/erase")
    await region.rests()
    assert newest(layla).startswith(KEPT)


# --- edits -------------------------------------------------------------------------------------------------------


async def test_an_edit_corrects_the_answer_it_gave_wherever_the_talk_is(
    region: Region, layla: Person
) -> None:
    first = await region.says(layla, "twelve words too few")
    second = await region.says(layla, "a second part")
    await region.opens(layla, NEXT)
    layla.edits(first, "corrected")
    await region.rests()
    assert await region.parts(OPEN) == ["corrected", "a second part"]
    assert newest(layla).startswith(EN.gettext("✅ Your correction is saved."))
    assert await region.text(NEXT) == ""
    layla.edits(second, "/progress")
    await region.rests()
    assert await region.parts(OPEN) == ["corrected", "/progress"]
    await region.says(layla, "for the next question")
    assert await region.text(NEXT) == "for the next question"


async def test_every_revision_is_kept(region: Region, layla: Person) -> None:
    first = await region.says(layla, "one")
    for words in ("two", "three"):
        layla.edits(first, words)
        await region.rests()
    async with region.store.reading() as work:
        person = await work.people.by_telegram(layla.user_id)
        assert person is not None
        assert person.actor is not None
        kept = await work.drafts.revisions(person.actor, "LB", OPEN)
    texts = sorted(getattr(revision.answer.value, "text", "") for revision in kept if revision.answer)
    assert texts == ["one", "three", "two"]


async def test_an_edit_of_a_list_changes_its_lines(region: Region, layla: Person) -> None:
    await region.opens(layla, "1c.1")
    sent = await region.says(layla, "Red Cross\nCaritas")
    layla.edits(sent, "Red Cross\nCaritas Lebanon\nAmel")
    await region.rests()
    answer = (await region.review()).answers["1c.1"]
    assert len(getattr(answer.value, "records", ())) == 3


async def test_an_edit_of_what_was_no_answer_changes_nothing(region: Region, layla: Person) -> None:
    start = next(m.message_id for m in layla.messages if not m.from_bot)
    layla.edits(start, "/start again")
    await region.rests()
    assert newest(layla) == "The message you edited is not part of an answer, so nothing has changed."
    photo = layla.sends_photo(b"jpeg")
    await region.rests()
    layla.edits(photo.message_id, "a caption given later")
    await region.rests()
    assert newest(layla) == "The message you edited is not part of an answer, so nothing has changed."
    layla.raw_update(edited(layla, photo=[a_file()]))
    await region.rests()
    assert newest(layla) == "Only an edited text can change an answer. The answer has stayed as it was."
    assert (await region.review()).answers == {}


async def test_an_edited_caption_corrects_the_words_it_gave(region: Region, layla: Person) -> None:
    photo = layla.sends_photo(b"jpeg", caption="the words udner it")
    await region.rests()
    layla.edits(photo.message_id, "the words under it")
    await region.rests()
    await region.presses(
        layla, next(data for data in data_of(card(layla, "place")) if f"place.{OPEN}" in data)
    )
    assert await region.parts(OPEN) == ["the words under it"]
    layla.edits(photo.message_id, "the last words")
    await region.rests()
    assert await region.parts(OPEN) == ["the last words"]


async def test_words_under_the_second_picture_of_an_album_are_not_lost(region: Region, layla: Person) -> None:
    for caption in ({}, {"caption": "what it shows"}):
        layla.raw_update(message(layla, photo=[a_file()], media_group_id="album", **caption))
    await region.rests()
    assert newest(layla).startswith(KEPT)
    assert "what it shows" in newest(layla)


# --- long and many -----------------------------------------------------------------------------------------------


def paste() -> str:
    """8,500 characters with a number in each line, so that a lost or doubled part is seen."""
    lines = [f"{number:04d} " + "كلمة " * 9 for number in range(200)]
    return "\n".join(lines)[:8500]


async def test_a_long_paste_is_one_answer(region: Region, layla: Person) -> None:
    sent = layla.says(paste())
    assert len(sent) == 3
    await region.rests()
    assert await region.parts(OPEN) == [part.text for part in sent]
    await region.presses(layla, "Next ▶")
    assert card(layla) is layla.last_message
    assert set((await region.review()).answers) == {OPEN}


async def test_a_long_paste_that_arrives_in_pieces_is_one_answer(region: Region, layla: Person) -> None:
    """The parts arrive after our receipt of the one before, and the last after the next prompt."""
    parts = [part.text for part in layla_parts(paste())]
    await region.says(layla, parts[0])
    assert newest(layla).startswith("✅ Saved.")
    await region.says(layla, parts[1])
    await region.says(layla, parts[2])
    assert await region.parts(OPEN) == parts
    assert set((await region.review()).answers) == {OPEN}


def layla_parts(text: str) -> list[Any]:
    """The parts that a client makes of a text, without sending them."""
    from bot.sandbox import Sandbox  # noqa: PLC0415 - a second Telegram only for its scissors

    return Sandbox().person().says(text)


async def test_twenty_four_answers_in_one_batch_each_find_their_question(
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


async def test_two_quick_messages_are_two_parts_in_order(region: Region, layla: Person) -> None:
    layla.says("first")
    layla.says("second")
    await region.rests()
    assert await region.parts(OPEN) == ["first", "second"]


# --- odd characters ----------------------------------------------------------------------------------------------

ODD = {
    "NUL": ("be\0fore", "be�fore"),
    "vertical tab": ("a\x0bb", "a�b"),
    "non-character": ("a\uffffb", "a�b"),
}


@pytest.mark.parametrize("name", ODD)
async def test_what_cannot_be_kept_is_replaced_and_said(region: Region, layla: Person, name: str) -> None:
    sent, kept = ODD[name]
    layla.raw_update(message(layla, text=sent))
    await region.rests()
    assert await region.text(OPEN) == kept
    assert heard(layla, REPLACED)


async def test_a_lone_surrogate_is_replaced(region: Region, layla: Person) -> None:
    """JSON can say half a character, and the sandbox's own encoder cannot: it is handed over behind the wire."""
    update = message(layla, text="HALF")
    raw = json.loads(json.dumps({"update_id": 77, **update}).replace("HALF", "a\\ud800b"))
    (taken,) = region.house.clerk.submit([raw])
    await taken
    await region.rests()
    assert await region.text(OPEN) == "a�b"
    assert heard(layla, REPLACED)


CONTENT = {
    "overridden direction": "abc\u202efdp.exe",
    "combining marks": "e" + "\u0301" * 3000,
    "joiners and tags": "a\u200db\U000e0041",
    "formula": '=HYPERLINK("http://127.0.0.1")',
    "plus": "+1",
    "markup": "<b>bold</b> </code> &lt; *_[]()~>#+-=|{}.! [x](tg://user?id=1)",
    "newlines": "\n\na\r\nb\n",
    "slash": "/",
    "emoji": "👨‍👩‍👧‍👦" * 50,
    "arabic": "«نصّ» مع ١٢٣ و 123",
    "a word for yes": "نعم",
}


@pytest.mark.parametrize("name", CONTENT)
async def test_free_text_is_content(region: Region, layla: Person, name: str) -> None:
    text = CONTENT[name]
    layla.raw_update(message(layla, text=text))
    await region.rests()
    assert await region.text(OPEN) == text.replace("\r\n", "\n")
    assert newest(layla).startswith("✅ Saved.")
    shown = await region.opens(layla, OPEN)
    assert "\u202e" not in shown.text
    assert region.sandbox.tally.as_json()["refusals"] in ({}, 0, [])


@pytest.mark.parametrize("text", ["/frobnicate", "/progressive", "/plan and study are ahead", "/status"])
async def test_an_unknown_command_is_no_answer(region: Region, layla: Person, text: str) -> None:
    await region.says(layla, text)
    assert newest(layla).startswith("Rafiq does not know this command.")
    assert (await region.review()).answers == {}


@pytest.mark.parametrize("text", [" ", "\u200b", "…", "\u202e"])
async def test_a_text_without_words_is_still_what_they_said(region: Region, layla: Person, text: str) -> None:
    """It is not for the bot to say that dots are no answer: it is kept, and counts no word."""
    layla.raw_update(message(layla, text=text))
    await region.rests()
    assert await region.text(OPEN) == text
    assert "0 words in this answer." in newest(layla)


# --- elsewhere ---------------------------------------------------------------------------------------------------


async def test_groups_are_left_and_are_no_answer(region: Region, layla: Person) -> None:
    group = region.sandbox.group("A ministry")
    before = len(said_by_bot(layla))
    layla.says_in_group("an answer?", group)
    await until(lambda: not group.bot_is_member)
    await region.rests()
    assert (await region.review()).answers == {}
    assert len(said_by_bot(layla)) == before
    assert all(not m.from_bot for m in group.messages)


async def test_an_invitation_pasted_into_a_group_lets_nobody_in(region: Region, layla: Person) -> None:
    token = await region.invitation("focal_point", "JO")
    omar = region.sandbox.person("Omar Saleh", "en")
    omar.says_in_group(f"/start {token}")
    await region.rests()
    await region.comes_in(token, "en", "Right Person")
    async with region.store.reading() as work:
        (guest,) = await work.people.of_country("gcm-arab-2020", "JO")
    assert guest.name == "Right Person"


# --- poison ------------------------------------------------------------------------------------------------------

POISON: dict[str, dict[str, Any]] = {
    "no chat": {"message": {"message_id": 1}},
    "wrong types": {"message": {"message_id": "1", "from": 5, "chat": [], "text": {}}},
    "text that is none": {
        "message": {"message_id": 9, "from": {"id": 1}, "chat": {"id": 1, "type": "private"}, "text": 7}
    },
    "nothing": {},
    "unasked kind": {"poll_answer": {"poll_id": "1", "option_ids": []}},
    "deep": {"message": json.loads('{"a":' * 90 + "1" + "}" * 90)},
    "huge id": {
        "message": {"message_id": 1, "from": {"id": 2**63}, "chat": {"id": 2**63, "type": "private"}}
    },
    "press without data": {"callback_query": {"id": "x", "from": {"id": 700_000_001, "first_name": "x"}}},
}


@pytest.mark.parametrize("name", POISON)
async def test_a_poisonous_update_is_parked_and_the_next_is_handled(
    region: Region, layla: Person, name: str
) -> None:
    layla.raw_update(POISON[name])
    await region.says(layla, "what comes next")
    assert await region.text(OPEN) == "what comes next"
    if name != "press without data":
        async with region.store.reading() as work:
            assert await work.updates.parked() == 1


# --- again and again ---------------------------------------------------------------------------------------------


async def test_every_update_twice_is_every_update_once(region: Region) -> None:
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
        lambda: layla.sends_sticker(),
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


async def test_ids_that_jump_down_are_handled(region: Region, layla: Person) -> None:
    await region.says(layla, "before")
    region.sandbox.updates.jump_to(5)
    await region.says(layla, "after")
    region.sandbox.updates.jump_to(900_000_000)
    await region.says(layla, "and up again")
    assert await region.parts(OPEN) == ["before", "after", "and up again"]


async def test_ten_taps_on_one_button_are_one_answer(region: Region) -> None:
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


async def test_old_buttons_are_explained_and_change_nothing(region: Region) -> None:
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
async def test_forged_buttons_are_refused_and_noted(region: Region, layla: Person, data: str) -> None:
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


async def test_a_tap_that_overtakes_a_text_loses_neither(region: Region, layla: Person) -> None:
    """The text was sent first, on the open card; the updates come the other way round."""
    skip = next(data for data in data_of(card(layla)) if data.endswith(".skip"))
    text = message(layla, text="sent before the tap")
    layla.forges(card(layla).message_id, skip)
    layla.raw_update(text)
    await region.rests()
    assert await region.text(OPEN) == "sent before the tap"
    assert set((await region.review()).answers) == {OPEN}


# --- away and back -----------------------------------------------------------------------------------------------


async def test_what_is_sent_while_the_bot_is_away_is_answered_when_it_is_back(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "before it stopped")
    await region.ends()
    layla.says("while it was away")
    layla.sends_sticker()
    await region.begins()
    await region.rests()
    assert await region.parts(OPEN) == ["before it stopped", "while it was away"]
    assert newest(layla) == EXPLAINED["sticker"]
    await region.presses(layla, "Next ▶")
    assert card(layla) is layla.last_message


async def test_a_stop_in_the_middle_of_it_loses_nothing(region: Region, layla: Person) -> None:
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
    await region.presses(
        layla, next(data for data in data_of(layla.last_message) if data.endswith(f"place.{OPEN}"))
    )
    assert await region.text(OPEN) == "an early answer"
