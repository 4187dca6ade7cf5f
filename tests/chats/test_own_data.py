"""What is kept about somebody: shown, handed over as a file, and forgotten, proven on the raw database file."""

import json
import sqlite3
from datetime import time, timedelta
from typing import Any

import pytest

from bot.sandbox import Person
from tests.chats.telling import Region, bare, card, data_of, heard, newest, newest_file, voice
from workflows.cycle.reminders.planned import Planned
from workflows.languages import LANGUAGES, Language
from workflows.store.values_calendar import Minute, Preference, Registration

EN = voice("en", "LB")
USER_ID = 7_123_456_789
NAME = "Layla Unforgettable"
OPEN = "1f.2"
NO_SECRETS = (
    "Telegram: this is a cloud chat, encrypted on the way and not end-to-end. "
    "Telegram can technically read it. Please send no classified text."
)


@pytest.fixture
async def layla(region: Region) -> Person:
    """A focal point with an answer of each sort, and with words that still wait for their place."""
    person = region.sandbox.person(NAME, "en", USER_ID)
    person.starts(await region.invitation("focal_point", "LB"))
    await region.rests()
    await region.presses(person, "Begin ▶")
    await region.presses(person, "No")
    await region.says(person, "Ministry of Interior\nMinistry of Labour")
    await region.opens(person, OPEN)
    await region.says(person, "first words", "second words")
    return person


async def mydata(region: Region, person: Person) -> dict[str, Any]:
    await region.says(person, "/mydata")
    document = newest_file(person)
    assert document.name.startswith("rafiq-")
    assert document.name.endswith(".json")
    content: dict[str, Any] = json.loads(document.content)
    return content


@pytest.mark.parametrize("language", LANGUAGES)
async def test_privacy_says_what_where_how_long_and_who(region: Region, language: Language) -> None:
    person = await region.focal_point("LB", language)
    await region.says(person, "/privacy")
    said, speaks = newest(person), voice(language, "LB")
    assert said.startswith(bare(speaks.gettext("What is kept, and who reads it")))
    assert bare(speaks.gettext(NO_SECRETS)) in said
    assert {"/mydata", "/erase"} <= {word.strip(".،,") for word in said.split()}


async def test_mydata_holds_what_the_person_wrote_and_nothing_else(region: Region, layla: Person) -> None:
    karim = await region.contributor("LB", "en")
    await region.opens(karim, "3b.1")
    await region.says(karim, "written by Karim")
    content = await mydata(region, layla)
    assert content["person"] == {
        "name": NAME,
        "telegram_id": USER_ID,
        "language": "en",
        "digits": "auto",
        "clock": "24",
    }
    (place,) = content["places"]
    assert (place["cycle"], place["country"], place["role"]) == ("gcm-arab-2020", "LB", "focal_point")
    written = content["answers_written"]
    assert [(item["prompt"], item["revision"]) for item in written] == [
        ("1a.1", 1),
        ("1b.1", 1),
        (OPEN, 1),
        (OPEN, 2),
    ]
    assert written[0]["answer"]["value"]["values"] == ["no"]
    names = [next(iter(record["fields"].values())) for record in written[1]["answer"]["value"]["records"]]
    assert names == ["Ministry of Interior", "Ministry of Labour"]
    assert [part["text"] for part in written[3]["answer"]["value"]["parts"]] == [
        "first words",
        "second words",
    ]
    assert "Karim" not in json.dumps(content)


async def test_mydata_holds_no_word_of_a_colleague_in_the_same_answers(region: Region, layla: Person) -> None:
    """Somebody who has left could read there what others of the country have written."""
    rami = await region.focal_point("LB", "en")
    await region.opens(rami, OPEN)
    await region.says(rami, "written by Rami")
    await region.opens(rami, "1b.1")
    await region.says(rami, "A ministry of Rami")
    for prompt, words in ((OPEN, "third words"), ("1b.1", "Ministry of Health")):
        await region.opens(layla, prompt)
        await region.says(layla, words)
    content = json.dumps(await mydata(region, layla))
    assert "Rami" not in content
    assert "third words" in content
    assert "Ministry of Health" in content


async def test_mydata_holds_a_question_put_in_own_words_and_a_text_that_waits(
    region: Region, layla: Person
) -> None:
    """The file says that it holds all that is kept: words held for a place and own wordings are kept too."""
    await region.presses(layla, "☰ Sections")
    await region.says(layla, "words without a place")
    assert newest(layla).startswith("Your message is kept.")
    await region.opens(layla, OPEN)
    await region.presses(layla, "⋯ More")
    await region.presses(layla, "Adapt the question to our context")
    await region.presses(layla, "Put the question in our own words")
    await region.says(layla, "our own wording")
    content = json.dumps(await mydata(region, layla))
    assert "words without a place" in content
    assert "our own wording" in content


async def test_the_secretariats_own_data_are_name_and_place(region: Region) -> None:
    sam = await region.officer()
    content = await mydata(region, sam)
    assert content["person"]["name"] == "Sam Rivers"
    assert content["answers_written"] == []
    assert [place["role"] for place in content["places"]] == ["secretariat"]


async def put_down(region: Region, person: Person) -> int:
    """What the calendar's rooms keep of a person, put down through the store; returns the person's number."""
    async with region.store.transaction() as work:
        cycle = await work.cycles.current()
        known = await work.people.by_telegram(person.user["id"])
        assert cycle is not None
        assert known is not None
        now = cycle.opened_at
        await work.preferences.set(Preference(known.id, time(7, 30)))
        await work.registrations.save(Registration(cycle.id, "session1", known.id, "LB", "office", at=now))
        await work.taking_part.set(cycle.id, "LB", "yes", known.id, now)
        question = Minute(
            0, cycle.id, "session1", "question", "LB", known.id, "a question in advance", at=now
        )
        await work.minutes.add(question, now)
        rung = Planned(
            "key",
            known.id,
            "LB",
            "session1",
            0,
            "soon",
            "session_soon",
            now.date(),
            now + timedelta(days=400),
        )
        await work.reminders.add(cycle.id, [rung], now)
    return known.id


async def test_mydata_holds_what_the_calendar_keeps_of_the_person(region: Region, layla: Person) -> None:
    await put_down(region, layla)
    content = await mydata(region, layla)
    assert content["preferences"]["hour"] == "07:30"
    assert [item["attendance"] for item in content["registrations"]] == ["office"]
    assert [item["text"] for item in content["put_down_for_sessions"]] == ["a question in advance"]
    assert [item["takes_part"] for item in content["said_for_the_country"]] == ["yes"]
    assert [(item["about"], item["state"]) for item in content["reminders"]] == [("session_soon", "planned")]
    assert content["calendar_changes"] == []


async def test_who_is_erased_is_gone_from_the_calendars_rooms(region: Region, layla: Person) -> None:
    number = await put_down(region, layla)
    await region.says(layla, "/erase")
    await region.presses(layla, "Yes, erase")
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        left = {
            table: file.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", [number]).fetchone()[0]  # noqa: S608 - names of our own
            for table, column in (
                ("preference", "person_id"),
                ("registration", "person_id"),
                ("reminder", "person_id"),
                ("minute", "author_id"),
                ("taking_part", "author_id"),
            )
        }
        minutes = file.execute("SELECT count(*) FROM minute").fetchone()[0]
    file.close()
    assert set(left.values()) == {0}, left
    assert minutes == 1


# --- erasure -----------------------------------------------------------------------------------------------------


def raw(region: Region) -> bytes:
    """Every byte on disk: the file, its log, and whatever else lies beside it."""
    return b"".join(path.read_bytes() for path in sorted(region.settings.data.iterdir()) if path.is_file())


def sealed(region: Region) -> list[bytes]:
    """What is kept of the person, as it lies sealed in the file: name, held texts, letters, dead letters."""
    queries = (
        "SELECT name FROM person WHERE telegram_id = ?",
        "SELECT held FROM interview JOIN person ON person.id = person_id WHERE telegram_id = ?",
        "SELECT payload FROM outbox WHERE chat_id = ?",
        "SELECT payload FROM dead_letter WHERE telegram_id = ?",
    )
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        found = [row for query in queries for (row,) in file.execute(query, [USER_ID])]
    file.close()
    return [blob for blob in found if blob]


async def test_erasure_is_asked_first_and_can_be_refused(region: Region, layla: Person) -> None:
    review = await region.review()
    await region.says(layla, "/erase")
    asked = layla.last_message
    assert newest(layla).startswith("Erase what is kept about you?")
    await region.presses(layla, "No, keep")
    closed = layla.get(asked.message_id)
    assert closed is not None
    assert closed.text == "Nothing was erased."
    assert data_of(closed) == []
    assert (await mydata(region, layla))["person"]["name"] == NAME
    assert await region.review() == review


async def test_who_is_erased_is_gone_from_the_file(region: Region, layla: Person) -> None:
    layla.forwards("words that wait for their place")
    layla.raw_update(
        {"message": {"message_id": "x", "from": layla.user, "chat": layla.description, "text": "POISON"}}
    )
    await region.rests()
    kept, number = sealed(region), USER_ID.to_bytes(6, "big")
    assert len(kept) > 12
    assert all(blob in raw(region) for blob in kept)
    assert number in raw(region)
    await region.says(layla, "/erase")
    await region.presses(layla, "Yes, erase")
    assert newest(layla).startswith("Your personal data have been erased.")
    left = raw(region)
    assert sum(blob in left for blob in kept) == 0
    assert NAME.encode() not in left
    assert str(USER_ID).encode() not in left
    assert not number_of_person_is_kept(region)


def number_of_person_is_kept(region: Region) -> bool:
    """Whether a column besides the last words' address still knows the Telegram id."""
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        counts = [
            file.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", [USER_ID]).fetchone()[0]  # noqa: S608 - names of our own
            for table, column in (
                ("person", "telegram_id"),
                ("invitation", "used_by"),
                ("dead_letter", "telegram_id"),
                ("outbox", "chat_id"),
            )
        ]
    file.close()
    return any(counts)


async def test_the_number_is_in_no_byte_once_the_last_words_are_delivered(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/erase")
    await region.presses(layla, "Yes, erase")
    await region.rests()
    assert USER_ID.to_bytes(6, "big") not in raw(region)


async def test_answers_stay_without_their_author(region: Region, layla: Person) -> None:
    review = await region.review()
    await region.says(layla, "/erase")
    assert "3 answers that you gave for your country stay with it, without your name." in newest(layla)
    await region.presses(layla, "Yes, erase")
    assert await region.review() == review
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        authors = {author for (author,) in file.execute("SELECT author_id FROM answer_revision")}
    file.close()
    assert authors == {None}


async def test_the_erased_are_strangers_and_can_come_in_anew(region: Region, layla: Person) -> None:
    old = card(layla)
    await region.says(layla, "/erase")
    await region.presses(layla, "Yes, erase")
    said = len(layla.messages)
    await region.forges(layla, old.message_id, data_of(old)[0])
    await region.says(layla, "more words")
    assert newest(layla).startswith("Rafiq accompanies those whom the secretariat has invited")
    assert len(layla.messages) == said + 3
    layla.starts(await region.invitation("focal_point", "LB"))
    await region.rests()
    assert heard(
        layla,
        EN.gettext("Welcome. Rafiq accompanies the national review of the Global Compact for Migration."),
    )
    content = await mydata(region, layla)
    assert content["person"]["name"] == NAME
    assert content["answers_written"] == []
    await region.opens(layla, OPEN)
    assert "first words" in card(layla).text


@pytest.mark.parametrize("data", ["do.erase.yes", "do.erase.5.maybe", "do.erase.0.yes.x"])
async def test_a_forged_button_erases_nobody(region: Region, layla: Person, data: str) -> None:
    await region.forges(layla, card(layla).message_id, data)
    assert (await mydata(region, layla))["person"]["name"] == NAME
