"""Written inputs of stakeholders: a link for many, a plain card first, four steps, consent, and the officers' desk."""

import io
import json
import sqlite3
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.sandbox import Person
from tests.chats.calendars import calendar_of_2020, goes_to, loads
from tests.chats.telling import (
    Region,
    data_of,
    everything,
    heard,
    labels_of,
    newest,
    newest_file,
    said_by_bot,
    until,
)
from workflows.cycle.calendar import Calendar
from workflows.when import Exact

WORDS = "The recruitment fees of seasonal workers are paid by the workers, and that should end in every port."
ADDRESS = "https://migrationnetwork.example.org/inputs/7"


def on_disk(region: Region, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(region.settings.data / "rafiq.db") as connection:
        return connection.execute(query).fetchall()


async def call(region: Region, officer: Person, *keys: str) -> str:
    """The token of a new call that an officer opens by these keys."""
    await region.says(officer, "/inputs")
    for key in (
        "🔗 Open a call: a new link",
        *(keys or ("All stakeholders: they choose themselves", "Until an officer ends it")),
    ):
        await region.presses(officer, key)
    return newest(officer).partition("?start=")[2].split()[0]


async def at_the_door(region: Region, token: str, name: str = "Huda Saleh", language: str = "en") -> Person:
    person = region.sandbox.person(name, language)
    person.starts(token)
    await region.rests()
    return person


async def writes(region: Region, person: Person, consent: str = "It may be published, with the name") -> None:
    """From the door to the card that is read once more."""
    await region.presses(person, "Begin ▶")
    await region.presses(person, "Trade unions")
    await region.says(person, "Harbour Union")
    await region.says(person, WORDS)
    await region.presses(person, "Next ▶")
    await region.presses(person, consent)


async def sends(region: Region, token: str, consent: str = "It may be published, with the name") -> Person:
    person = await at_the_door(region, token)
    await writes(region, person, consent)
    await region.presses(person, "📨 Send")
    return person


# --- the door --------------------------------------------------------------------------------------------------------


async def test_h3_a_stranger_reads_what_becomes_public_before_a_row_is_written(region: Region) -> None:
    officer = await region.officer()
    token = await call(region, officer)
    rows = on_disk(region, "SELECT count(*) FROM person")
    huda = await at_the_door(region, token)
    card = newest(huda)
    assert card.startswith("The secretariat of the review asks for written inputs")
    for words in (
        "Who reads it: the officers",
        "What becomes public: nothing without your consent",
        "Taking it back:",
    ):
        assert words in card
    await region.presses(huda, "العربية")
    assert "أمانة الاستعراض" in newest(huda)
    await region.presses(huda, "Français")
    assert "contributions écrites" in newest(huda)
    assert on_disk(region, "SELECT count(*) FROM person") == rows
    assert on_disk(region, "SELECT count(*) FROM written_input") == [(0,)]
    await region.presses(huda, "Commencer ▶")
    assert on_disk(region, "SELECT count(*) FROM written_input") == [(1,)]
    assert "À quel titre" in newest(huda)


async def test_the_name_at_telegram_is_not_kept(region: Region) -> None:
    officer = await region.officer()
    await sends(region, await call(region, officer))
    assert on_disk(region, "SELECT name FROM person ORDER BY id DESC LIMIT 1") == [(None,)]


async def test_forged_tokens_shut_the_door_as_wrong_invitations_do(region: Region) -> None:
    huda = region.sandbox.person("Huda Saleh", "en")
    await region.says(huda, "/start")
    card = said_by_bot(huda)[-1].message_id
    for number in range(11):
        huda.forges(card, f"do.call.go_en.{number:043d}")
        await region.rests()
    assert "several attempts" in newest(huda)
    assert on_disk(region, "SELECT count(*) FROM person") == [(0,)]


async def test_who_takes_part_otherwise_is_told_so(region: Region, layla: Person) -> None:
    officer = await region.officer()
    token = await call(region, officer)
    layla.starts(token)
    await region.rests()
    assert "already takes part in the review otherwise" in newest(layla)
    await region.forges(layla, said_by_bot(layla)[-1].message_id, f"do.call.go_en.{token}")
    assert on_disk(region, "SELECT count(*) FROM written_input") == [(0,)]


# --- writing ---------------------------------------------------------------------------------------------------------


async def test_words_to_be_written_anew_stay_until_the_new_ones_come(region: Region) -> None:
    officer = await region.officer()
    huda = await at_the_door(region, await call(region, officer))
    for step in ("Begin ▶", "Trade unions", "Without a name"):
        await region.presses(huda, step)
    await region.says(huda, WORDS, "A second sentence.")
    await region.presses(huda, "🔄 Write it anew")
    assert newest(huda).startswith("What you send now takes the place of these words. Until then they stay.")
    assert WORDS in newest(huda)
    await region.says(huda, "/start")
    assert "What may become public of it?" in newest(huda), "nothing of it was let go"
    await region.presses(huda, "Only for the secretariat; nothing is published")
    await region.presses(huda, "✏️ Text")
    await region.presses(huda, "🔄 Write it anew")
    await region.says(huda, "New words.", "And more.")
    await region.presses(huda, "Next ▶")
    assert "New words.\nAnd more." in newest(huda)
    assert WORDS not in newest(huda)


async def test_case_stakeholder_contributes_in_seven_touches(region: Region) -> None:
    officer = await region.officer()
    token = await call(region, officer)
    huda = await at_the_door(region, token)
    await writes(region, huda)
    card = newest(huda)
    assert card.startswith("Please read it once more\n\nTrade unions\nHarbour Union")
    assert WORDS in card
    assert "It may be published, with the name" in card
    assert not heard(officer, "Written inputs have come in")
    await region.presses(huda, "📨 Send")
    assert newest(huda).startswith(
        "✔ Received, with thanks.\n\nWritten input no. 1, received on 1\xa0March\xa02027"
    )
    assert newest(officer).startswith("Written inputs have come in today.")


async def test_one_that_is_for_a_category_does_not_ask_for_it(region: Region) -> None:
    officer = await region.officer()
    token = await call(region, officer, "Academia", "Until an officer ends it")
    huda = await at_the_door(region, token)
    assert "For: Academia" in newest(huda)
    await region.presses(huda, "Begin ▶")
    assert "Who writes?" in newest(huda)


async def test_several_messages_are_one_input_and_an_edit_corrects_it(region: Region) -> None:
    officer = await region.officer()
    huda = await at_the_door(region, await call(region, officer))
    await region.presses(huda, "Begin ▶")
    await region.presses(huda, "Media")
    await region.presses(huda, "Without a name")
    first = huda.says("first lime")
    huda.says("second line")
    await region.rests()
    assert "first lime\nsecond line" in newest(huda)
    huda.edits(first[0].message_id, "first line")
    await region.rests()
    assert newest(huda).startswith("✔ Corrected, as you edited it.\n\nfirst line\nsecond line")
    await region.presses(huda, "Next ▶")
    assert "It may be published, with the name" not in labels_of(said_by_bot(huda)[-1])


async def test_what_would_be_too_long_is_not_kept_and_never_cut(region: Region) -> None:
    officer = await region.officer()
    huda = await at_the_door(region, await call(region, officer))
    await region.presses(huda, "Begin ▶")
    await region.presses(huda, "Media")
    await region.presses(huda, "Without a name")
    for _ in range(8):
        await region.says(huda, "w" * 4_000)
    assert newest(huda).startswith("⚠️ This would be more than fits here, and was not kept; nothing was cut.")
    async with region.store.reading() as work:
        (mine,) = await work.inputs.by_person((await work.people.by_telegram(huda.user_id)).id)  # type: ignore[union-attr]  # they are in
    assert len(mine.pieces) == 7


async def test_where_one_was_is_found_again(region: Region) -> None:
    officer = await region.officer()
    token = await call(region, officer)
    huda = await at_the_door(region, token)
    await region.presses(huda, "Begin ▶")
    await region.presses(huda, "Media")
    old = said_by_bot(huda)[-1].message_id
    await region.says(huda, "Radio Nova")
    for comes in ("/start", f"/start {token}"):
        await region.says(huda, comes)
        assert "Please type your written input" in newest(huda)
    await region.forges(huda, old, "do.input.1.send.1")
    assert "This has changed since that message was shown" in newest(huda)
    assert on_disk(region, "SELECT state FROM written_input") == [("draft",)]


async def test_what_was_typed_beside_the_keys_is_said_to_be_unkept(region: Region) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    await region.says(huda, "one more thing")
    assert newest(huda).startswith("⚠️ What you sent now was not kept")


async def test_i6_personal_data_is_asked_about(region: Region) -> None:
    officer = await region.officer()
    huda = await at_the_door(region, await call(region, officer))
    await region.presses(huda, "Begin ▶")
    await region.presses(huda, "Media")
    await region.presses(huda, "Without a name")
    await region.says(huda, "Her number is +961 70 123 456, ask her.")
    await region.presses(huda, "Next ▶")
    await region.presses(huda, "It may be published, without the name")
    assert "⚠️ This looks like somebody's personal data." in newest(huda)
    await region.presses(huda, "📨 Send without these passages")
    assert "Her number is […], ask her." in newest(huda)
    await region.says(officer, "/inputs")
    await region.presses(officer, "All written inputs")
    assert "961" not in everything([officer])


# --- consent, taking back --------------------------------------------------------------------------------------------


async def test_consent_is_changed_and_the_input_withdrawn_before_it_is_public(region: Region) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    await region.presses(huda, "✏️ Publication")
    await region.presses(huda, "Only for the secretariat; nothing is published")
    assert newest(huda).startswith("✔ Noted.")
    assert newest(officer).startswith("The consent to written input no. 1 has changed.")
    await region.presses(officer, "Written input no. 1")
    assert "🌐 It was published at…" not in labels_of(said_by_bot(officer)[-1])
    await region.forges(officer, said_by_bot(officer)[-1].message_id, "do.input_publish.1")
    assert newest(officer).startswith("⚠️ Its writer has not agreed to publication")
    await region.presses(huda, "↩️ Withdraw it")
    await region.presses(huda, "Yes, erase")
    assert "is withdrawn, and its words are erased here" in newest(huda)
    assert newest(officer).startswith("Written input no. 1 was withdrawn")
    assert on_disk(region, "SELECT state, name, pieces FROM written_input") == [("withdrawn", None, None)]


async def test_it_is_published_told_asked_down_and_taken_back(region: Region) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    await region.says(officer, "/inputs")
    await region.presses(officer, "All written inputs")
    await region.presses(officer, "No. 1: Harbour Union")
    assert WORDS in newest(officer)
    await region.presses(officer, "🌐 It was published at…")
    await region.says(officer, "on the site")
    assert newest(officer).startswith("⚠️ That is no address on the web.")
    await region.says(officer, ADDRESS)
    assert newest(officer).startswith("✔ Noted as published.")
    assert newest(huda).startswith("Your written input has been published.")
    assert ADDRESS in newest(huda)
    sent = next(each for each in said_by_bot(huda) if "↩️ Withdraw it" in labels_of(each))
    await region.forges(huda, sent.message_id, "do.input.1.withdraw_yes")
    assert on_disk(region, "SELECT state FROM written_input") == [("published",)]
    await region.presses(huda, "Ask for it to be taken down")
    assert "asks to have it taken down" in newest(officer)
    await region.presses(officer, "Written input no. 1")
    await region.presses(officer, "It is not published any more")
    assert "is not published any more" in newest(huda)
    assert "↩️ Withdraw it" in labels_of(said_by_bot(huda)[-1])


# --- the officers' desk ----------------------------------------------------------------------------------------------


async def test_h6_categories_are_counted_and_empty_ones_seen(region: Region) -> None:
    officer = await region.officer()
    token = await call(region, officer)
    for _ in range(2):
        await sends(region, token)
    await region.says(officer, "/inputs")
    assert "Trade unions: 2" in newest(officer)
    assert "Academia: none yet" in newest(officer)
    arrivals = [each for each in said_by_bot(officer) if "have come in today" in each.text]
    assert len(arrivals) == 1, "one notice a day, whatever comes"


async def test_tables_carry_the_consent_and_what_was_not_agreed_to_is_in_none_for_the_public(
    region: Region,
) -> None:
    officer = await region.officer()
    token = await call(region, officer)
    for consent in (
        "It may be published, without the name",
        "Only for the secretariat; nothing is published",
    ):
        await sends(region, token, consent)
    await region.says(officer, "/inputs")
    await region.presses(officer, "⬇ As a table, for the secretariat")
    rows = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(newest_file(officer).content)).worksheets[0]
    ]
    assert [row[3] for row in rows[1:]] == ["Harbour Union"] * 2
    assert [row[5] for row in rows[1:]] == [
        "It may be published, without the name",
        "Only for the secretariat; nothing is published",
    ]
    await region.presses(officer, "⬇ As a table, what may be published")
    rows = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(newest_file(officer).content)).worksheets[0]
    ]
    assert [(row[0], row[3], row[7]) for row in rows[1:]] == [(1, None, WORDS)]


async def test_a_call_that_has_ended_takes_nothing_more_and_its_writers_are_told(region: Region) -> None:
    officer = await region.officer()
    token = await call(region, officer)
    huda = await at_the_door(region, token)
    await writes(region, huda)
    await region.says(officer, "/inputs")
    await region.presses(officer, "⏹ End call 1")
    assert "1 person has begun an input and not sent it." in newest(officer)
    await region.presses(officer, "Yes, end it")
    await until(
        lambda: heard(huda, "The call for written inputs has closed. What you had begun was not sent")
    )
    await region.presses(huda, "📨 Send")
    assert "this cannot be sent any more" in newest(huda)
    await region.presses(huda, "🗑 Remove this draft")
    await region.presses(huda, "Yes, erase")
    assert on_disk(region, "SELECT state, pieces FROM written_input") == [("withdrawn", None)]
    stranger = await at_the_door(region, token, "Nour Amin")
    assert newest(stranger).startswith("This call for written inputs has closed.")


async def test_a_call_closes_with_the_deadline_of_the_calendar_wherever_that_moves(region: Region) -> None:
    calendar = calendar_of_2020()
    milestone = calendar.by_id["submission"]

    def on(day: date) -> Calendar:
        when = Exact(first=day, last=day)
        return calendar.with_milestone(milestone.model_copy(update={"when": when}))

    await loads(region, on(date(2027, 3, 2)))
    officer = await region.officer()
    title = milestone.title.en
    token = await call(region, officer, "All stakeholders: they choose themselves", title)
    assert f"Closes with: {title}" in newest(officer)
    huda = await at_the_door(region, token)
    assert "Open until:\nTuesday, 2\xa0March\xa02027" in newest(huda)
    await writes(region, huda)
    await goes_to(region, 2027, 3, 3, 8, 0)
    await region.presses(huda, "📨 Send")
    assert "this cannot be sent any more" in newest(huda)
    await region.says(officer, "/inputs")
    assert "Closed: its day has passed" in newest(officer)
    await loads(region, on(date(2027, 3, 5)))
    await region.says(huda, "/start")
    await region.presses(huda, "📨 Send")
    assert newest(huda).startswith("✔ Received, with thanks.")


# --- what a stakeholder is to the rest -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", ["/sections", "/status", "/people", "/review", "/settings", "/inputs", "/calendar"]
)
async def test_no_room_of_a_review_opens_for_a_stakeholder(
    region: Region, layla: Person, command: str
) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    await region.says(huda, command)
    assert "Lebanon" not in newest(huda)
    assert "does not know this command" in newest(huda)
    assert labels_of(huda.last_message) == ["Your written inputs"]

    assert layla.name not in everything([huda])


async def test_forged_keys_are_as_if_they_were_not_there(region: Region) -> None:
    officer = await region.officer()
    token = await call(region, officer)
    huda, nour = await sends(region, token), await sends(region, token)
    card = said_by_bot(nour)[-1].message_id
    messages = len(nour.messages)
    for key in (
        "input.1",
        "input.1.withdraw_yes",
        "inputs",
        "inputs.table",
        "input_read.1",
        "input_publish.1.back",
        "status",
    ):
        line = await region.forges(nour, card, f"do.{key}")
        assert line.startswith("This button belongs to an earlier message.")
    assert len(nour.messages) == messages
    assert on_disk(region, "SELECT state FROM written_input") == [("sent",), ("sent",)]
    assert huda.user_id != nour.user_id


async def test_stakeholders_are_nobody_to_announcements_and_lists(region: Region) -> None:
    officer = await region.officer()
    await sends(region, await call(region, officer))
    async with region.store.reading() as work:
        everybody = await work.people.in_cycle("gcm-arab-2020")
    assert [person.name for person in everybody] == [officer.name]


async def test_one_takes_ones_data_along_and_erases_it(region: Region) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    await region.says(huda, "/privacy")
    assert "Your name at Telegram is not kept." in newest(huda)
    await region.says(huda, "/mydata")
    mine = json.loads(newest_file(huda).content)
    assert [each["text"] for each in mine["written_inputs"]] == [WORDS]
    await region.says(huda, "/erase")
    assert "Your written inputs that are not published go with it: 1" in newest(huda)
    await region.presses(huda, "Yes, erase")
    assert heard(officer, "Written input no. 1 is gone")
    assert on_disk(region, "SELECT count(*) FROM written_input") == [(0,)]


async def test_who_gets_a_place_later_keeps_the_right_to_their_input(region: Region) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    huda.starts(await region.invitation("focal_point", "LB"))
    await region.rests()
    await region.presses(huda, "↩️ Withdraw it")
    await region.presses(huda, "Yes, erase")
    assert on_disk(region, "SELECT state FROM written_input") == [("withdrawn",)]
    assert "➕ Write one more" not in labels_of(huda.last_message)
    await region.forges(huda, huda.last_message.message_id, "do.input.new")
    assert on_disk(region, "SELECT count(*) FROM written_input") == [(1,)]


async def test_the_menu_of_a_stakeholder_has_what_they_need(region: Region) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    await region.says(huda, "/help")
    for command in ("/start", "/language", "/privacy", "/mydata", "/erase", "/help"):
        assert command in newest(huda)
    assert "/sections" not in newest(huda)
    assert "do.input" in data_of(said_by_bot(huda)[-1])
