"""Whatever arrives gets a reasoned reply or is parked, and nothing is lost or lands in the wrong question."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.sandbox import Person
from tests.chats.telling import (
    OPEN,
    Region,
    bare,
    card,
    data_of,
    heard,
    message,
    newest,
    said_by_bot,
    since,
    stumbles_once,
    until,
    voice,
)
from workflows.store.transaction import Work
from workflows.use_cases import own_data
from workflows.use_cases.cause import Errand

EN = voice("en")
REPLACED = "Some characters that cannot be kept were replaced. Please read the text once more."
KEPT = "Your message is kept. Which question does it belong to?"
NEXT = "3b.1"

EXPLAINED = {
    "photo": "A picture cannot be kept as an answer. Please type the words that matter from it.",
    "document": "Files cannot be kept here. Please paste the text; a long text may be sent in several messages.",
    "video": "A video cannot be kept as an answer. Please type what it says.",
    "voice": "Voice messages are not turned into text here. Please type what you want to say.",
    "sticker": "A sticker is not kept here. Please type what you want to say, or press a button.",
    "location": "A location cannot be kept as an answer. Please type the name of the place.",
    "contact": "Contacts are not kept here. A colleague comes in by an invitation link.",
    "poll": "A poll cannot be kept as an answer. Please type its result.",
    "album": "Pictures and files cannot be kept as an answer. Please type the words that matter from them.",
    "other": "This kind of message is not kept here. Please type what you want to say.",
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
async def test_fault_31_what_is_no_text_gets_a_reasoned_reply(
    region: Region, layla: Person, kind: str
) -> None:
    code, act = ACTS[kind]
    before = layla.last_message.message_id
    act(layla)
    await region.rests()
    assert since(layla, before) == [EXPLAINED[code]]
    assert (await region.review()).answers == {}
    await region.says(layla, "and now the answer")
    assert await region.text(OPEN) == "and now the answer"


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_outside_a_question_files_are_explained(region: Region, kind: str) -> None:
    """While a question is open they are evidence of it: see test_evidence.py."""
    person = await region.focal_point("LB", "en")
    if kind == "photo":
        person.sends_photo(b"jpeg")
    else:
        person.sends_document("a.pdf", b"%PDF")
    await region.rests()
    assert newest(person) == EXPLAINED[kind]
    assert (await region.review()).answers == {}


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_words_under_a_picture_wait_for_their_place(region: Region, layla: Person, kind: str) -> None:
    if kind == "photo":
        layla.sends_photo(b"\xff\xd8\xff\xe0jpeg", caption="the words under it")
    else:
        layla.sends_document("a.pdf", b"%PDF-1.7", caption="the words under it")
    await region.rests()
    assert any("has arrived and is being looked at." in message.text for message in said_by_bot(layla))
    asked = card(layla, f"place.{OPEN}")
    assert bare(asked.text).startswith(KEPT)
    assert "the words under it" in bare(asked.text)
    assert await region.text(OPEN) == ""
    await region.presses(layla, next(data for data in data_of(asked) if data.endswith(f"place.{OPEN}")))
    assert await region.text(OPEN) == "the words under it"


async def test_fault_30_an_album_is_explained_once(region: Region) -> None:
    person = await region.focal_point("LB", "en")
    before = person.last_message.message_id
    person.sends_album(5, ending="pdf")
    await region.rests()
    assert since(person, before) == [EXPLAINED["album"]]


async def test_fault_30_an_album_is_explained_also_when_it_is_handled_again(region: Region) -> None:
    person = await region.focal_point("LB", "en")
    before = person.last_message.message_id
    stumbles_once(region)
    person.sends_album(5, ending="pdf")
    await region.rests()
    assert since(person, before) == [EXPLAINED["album"]]


async def test_fault_32_forwarded_words_are_taken_only_when_they_are_claimed(
    region: Region, layla: Person
) -> None:
    layla.forwards("somebody else's words", "Somebody Else")
    await region.rests()
    assert await region.text(OPEN) == ""
    assert newest(layla).startswith(KEPT)
    await region.presses(layla, EN.gettext("🗑 Do not keep"))
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


async def test_fault_22_an_edit_corrects_the_answer_it_gave_wherever_the_talk_is(
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


async def test_fault_22_every_revision_is_kept(region: Region, layla: Person) -> None:
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


async def test_fault_24_an_edit_of_what_was_no_answer_changes_nothing(region: Region, layla: Person) -> None:
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


# --- odd characters ----------------------------------------------------------------------------------------------

ODD = {
    "NUL": ("be\0fore", "be�fore"),
    "vertical tab": ("a\x0bb", "a�b"),
    "non-character": ("a\uffffb", "a�b"),
}


@pytest.mark.parametrize("name", ODD)
async def test_fault_69_what_cannot_be_kept_is_replaced_and_said(
    region: Region, layla: Person, name: str
) -> None:
    sent, kept = ODD[name]
    layla.raw_update(message(layla, text=sent))
    await region.rests()
    assert await region.text(OPEN) == kept
    assert heard(layla, REPLACED)


async def test_fault_69_a_lone_surrogate_is_replaced(region: Region, layla: Person) -> None:
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
async def test_case_30_free_text_is_content(region: Region, layla: Person, name: str) -> None:
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
    assert "0 words in answer 1f." in newest(layla)


# --- elsewhere ---------------------------------------------------------------------------------------------------


async def test_fault_33_groups_are_left_and_are_no_answer(region: Region, layla: Person) -> None:
    group = region.sandbox.group("A ministry")
    before = len(said_by_bot(layla))
    layla.says_in_group("an answer?", group)
    await until(lambda: not group.bot_is_member)
    await region.rests()
    assert (await region.review()).answers == {}
    assert len(said_by_bot(layla)) == before
    assert all(not m.from_bot for m in group.messages)


async def test_fault_63_an_invitation_pasted_into_a_group_lets_nobody_in(
    region: Region, layla: Person
) -> None:
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
async def test_fault_34_a_poisonous_update_is_parked_and_the_next_is_handled(
    region: Region, layla: Person, name: str
) -> None:
    layla.raw_update(POISON[name])
    await region.says(layla, "what comes next")
    assert await region.text(OPEN) == "what comes next"
    if name != "press without data":
        async with region.store.reading() as work:
            assert await work.updates.parked() == 1


WAYS_ON = {
    "focal_point": ["go.continue", "go.hub"],
    "secretariat": ["do.status", "do.invite"],
    "former": [],
}


@pytest.mark.parametrize("role", WAYS_ON)
async def test_whose_update_failed_is_shown_the_ways_on_of_their_role(
    region: Region, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    person = await (region.officer() if role == "secretariat" else region.focal_point("LB", "en"))
    if role == "former":
        await region.house.clerk.run_errand(partial(_ends, person.user_id))

    async def fails(_errand: Errand) -> None:
        raise ArithmeticError

    monkeypatch.setattr(own_data, "offer_languages", fails)
    await region.says(person, "/language")
    assert newest(person).startswith("An error occurred on our side and this message was not recorded.")
    assert data_of(person.last_message) == WAYS_ON[role]


async def _ends(user_id: int, work: Work) -> None:
    someone = await work.people.by_telegram(user_id)
    assert someone is not None
    assert someone.membership is not None
    await work.people.end(someone.membership.id, "left", someone.membership.began_at)


@pytest.mark.parametrize(
    "field", ["pinned_message", "message_auto_delete_timer_changed", "chat_background_set"]
)
async def test_a_line_of_telegram_itself_is_nobodys_answer(region: Region, layla: Person, field: str) -> None:
    """Whoever pins a card in the chat has sent nothing that could be judged."""
    before = layla.last_message.message_id
    layla.raw_update(message(layla, **{field: {"message_id": before}}))
    await region.rests()
    assert since(layla, before) == []
    assert await region.parts(OPEN) == []
