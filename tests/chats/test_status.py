"""The officer's morning: the region with its picture, filters, one country, tables, and what has changed."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import get_args

import pytest
from openpyxl import load_workbook

from bot.render.status_lists import FILTERS
from bot.render.status_words import STANDINGS
from bot.sandbox import Message, Person
from bot.sandbox.files import picture_size
from tests.chats.calendars import calendar_of_2020, loads
from tests.chats.telling import (
    CYCLE,
    Region,
    bare,
    data_of,
    everything,
    labels_of,
    newest,
    newest_file,
    said_by_bot,
    voice,
)
from workflows.cycle.calendar import Calendar
from workflows.cycle.moving import extend
from workflows.languages import LANGUAGES, Language
from workflows.notices import Standing
from workflows.reference import countries
from workflows.review.progress import section_lines
from workflows.store.standings import Places
from workflows.store.transaction import Work
from workflows.use_cases.status.region import _quiet
from workflows.when import Exact

UNKNOWN_COMMAND = "Rafiq does not know this command."


async def begun(region: Region, country: str = "LB", language: str = "en") -> Person:
    """A focal point who has answered one question."""
    person = await region.focal_point(country, language)
    await region.opens(person, "1f.2")
    await region.says(person, "five words in this answer")
    return person


def picture(person: Person) -> Message:
    """The newest message with a picture."""
    return next(m for m in reversed(said_by_bot(person)) if m.media and "photo" in m.media)


async def taps(region: Region, person: Person, data: str) -> str:
    """The person presses a key of the newest message that has it; gives the line over the chat."""
    message = next(m for m in reversed(said_by_bot(person)) if data in data_of(m))
    return await region.forges(person, message.message_id, data)


# --- the region ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_status_is_a_picture_with_the_region_in_numbers(region: Region, language: Language) -> None:
    sam, speaks = await region.officer(language), voice(language)
    await region.invitation("focal_point", "JO")
    await region.focal_point("EG", "ar")
    await begun(region)
    await region.says(sam, "/status")
    shown = picture(sam)
    assert shown is sam.last_message, "the text is the picture's caption"
    assert shown.document is not None
    width, height = picture_size(shown.document.content) or (0, 0)
    assert width == 1080
    assert height > 1.5 * width
    for words, count in (
        ("Invited: {count} of {all}", 3),
        ("With a focal point: {count} of {all}", 2),
        ("Begun: {count} of {all}", 1),
    ):
        assert bare(speaks.gettext(words, count=count, all=22)) in newest(sam)
    assert bare(speaks.gettext("On time: no date is set")) in newest(sam)
    labels = labels_of(shown)
    assert [speaks.gettext(words) in labels for words in FILTERS.values()] == [True] * len(FILTERS)
    assert "Layla" not in newest(sam)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_country_is_listed_with_its_state(region: Region, language: Language) -> None:
    sam, speaks = await region.officer(language), voice(language)
    await region.invitation("focal_point", "JO")
    await region.focal_point("EG", "ar")
    await begun(region)
    await region.says(sam, "/status")
    await taps(region, sam, "do.status_list.all")
    seen = newest(sam)
    assert len(countries()) == 22
    for state in countries():
        assert seen.count(f"• {bare(speaks.country_name(state.code))}") >= 1, state
    assert seen.count("• ") == 22
    for standing, count in (("begun", 1), ("joined", 1), ("invited", 1), ("not_invited", 19)):
        assert seen.count(f" · {bare(speaks.gettext(STANDINGS[standing]))}") == count, standing  # type: ignore[index]  # of ours


async def test_a_filter_leaves_those_it_names(region: Region) -> None:
    sam = await region.officer()
    await begun(region)
    await region.focal_point("EG", "en")
    await region.says(sam, "/status")
    for wanted, count in (("no_focal_point", 20), ("not_begun", 21), ("stuck", 0), ("submitted", 0)):
        await taps(region, sam, f"do.status_list.{wanted}")
        assert newest(sam).count("• ") == count, wanted
    assert newest(sam).endswith("No country.")
    await region.later(timedelta(days=14))
    await region.says(sam, "/status")
    assert "No sign for long\n• Egypt: 7 working days\n• Lebanon: 7 working days" in newest(sam)
    await taps(region, sam, "do.status_list.stuck")
    assert newest(sam).startswith("No sign for long: 2")


async def test_a_text_that_was_only_frozen_is_still_being_written(region: Region) -> None:
    sam, layla = await region.officer(), await begun(region)
    await region.says(layla, "/submit")
    await region.presses(layla, "Submit version 1")
    await region.presses(layla, "Not now")
    await region.says(sam, "/country LB")
    assert "How far: answers begun" in newest(sam)


@pytest.mark.parametrize("state", get_args(Standing))
def test_who_has_not_submitted_is_missed_after_a_while(state: Standing) -> None:
    began = datetime(2027, 3, 1, 9, tzinfo=UTC)
    days = _quiet("LB", state, Places(1, 1, began), None, None, began + timedelta(days=14))
    awaited = {"joined", "begun", "none_open", "in_clearance", "returned"}
    assert (days > 5) is (state in awaited)


async def test_what_moved_is_told_since_the_officer_last_looked(region: Region) -> None:
    sam = await region.officer()
    layla = await begun(region)
    await region.says(sam, "/status")
    assert "• Lebanon: 1 question worked on; 1 person came in" in newest(sam)
    await region.says(sam, "/status")
    assert "Nothing has moved." in newest(sam)
    await region.later(timedelta(hours=1))
    await region.opens(layla, "2a.3")
    await region.focal_point("JO", "en")
    await region.presses(sam, "🔄 Refresh")
    assert "• Jordan: 1 person came in" in newest(sam)
    assert "Lebanon" not in newest(sam)


async def test_changes_since_yesterday_are_told_as_often_as_they_are_asked(region: Region) -> None:
    sam = await region.officer()
    await begun(region)
    for _ in range(2):
        await region.says(sam, "/status")
        await taps(region, sam, "do.changes")
        assert newest(sam).replace("\xa0", " ").startswith("What has changed\nSince 28 February 2027, 00:00")
        assert "• Lebanon: 1 question worked on; 1 person came in" in newest(sam)
    await region.later(timedelta(days=3))
    await region.says(sam, "/status")
    await taps(region, sam, "do.changes")
    assert "Nothing has moved." in newest(sam)


async def test_a_list_in_pages_turns_in_place(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/status")
    await taps(region, sam, "do.status_list.all")
    listed = sam.last_message
    await region.forges(sam, listed.message_id, "do.status_list.not_begun.7")
    assert sam.last_message is listed
    assert newest(sam).startswith("Not begun: 22"), "the last page there is"


# --- rates -----------------------------------------------------------------------------------------------------------


async def submits(region: Region, person: Person, country: str) -> None:
    """The country's text is frozen and submitted, as its room does it."""
    async with region.store.reading() as work:
        known = await work.people.by_telegram(person.user_id)
    assert known is not None
    assert known.actor is not None
    actor, now = known.actor, region.house.clock.now()

    async def errand(work: Work) -> None:
        draft = await work.drafts.open(actor, country)
        edition = await work.clearance.freeze(actor, draft, "{}", "0" * 64, now)
        await work.clearance.submit(edition, known.id, now)

    await region.house.clerk.run_errand(errand)


async def test_rates_are_of_those_that_have_not_declined_and_by_their_own_deadline(region: Region) -> None:
    """Lebanon submits in time, Egypt late, Jordan late but within its extension; Yemen takes no part."""
    await loads(region, calendar=dated(region))
    sam = await region.officer()
    people = {code: await region.focal_point(code, "en") for code in ("LB", "EG", "JO")}
    async with region.store.transaction() as work:
        await work.taking_part.set(CYCLE, "YE", "no", None, region.house.clock.now())
    await submits(region, people["LB"], "LB")
    await region.later(timedelta(days=20))
    await submits(region, people["EG"], "EG")
    await submits(region, people["JO"], "JO")
    await region.says(sam, "/status")
    assert "Submitted: 3 of 21 (reporting rate 14%)" in newest(sam)
    assert "On time: 2 of 21 (rate 9%)" in newest(sam)
    assert "1 country has said that it takes no part, and is not counted above." in newest(sam)
    await taps(region, sam, "do.status_list.submitted")
    assert newest(sam).count(" · submitted") == 3
    await taps(region, sam, "do.status_list.all")
    assert "• Yemen · takes no part" in newest(sam)


def dated(region: Region) -> Calendar:
    """The shipped calendar with the deadline in ten days, and in thirty for Jordan."""
    now = region.house.clock.now()
    calendar = calendar_of_2020()
    deadline = calendar.deadline
    assert deadline is not None
    day, later = (now.date() + timedelta(days=days) for days in (10, 30))
    calendar = calendar.with_milestone(deadline.model_copy(update={"when": Exact(first=day, last=day)}))
    return extend(calendar, deadline.id, "JO", Exact(first=later, last=later), now)


# --- one country -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["LB", "lb", "Lebanon", "لبنان", "Liban", "ليبيا", "الأردن", "الاردن", "Jordanie", "maroc", "المغرب"],
)
async def test_a_country_is_known_by_any_of_its_names(region: Region, typed: str) -> None:
    sam = await region.officer()
    await region.says(sam, f"/country {typed}")
    assert newest(sam).split("\n")[0] in {"Lebanon", "Libya", "Jordan", "Morocco"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_country_shows_people_counts_dates_and_log_but_no_answer(
    region: Region, language: Language
) -> None:
    await loads(region, calendar=dated(region))
    sam, speaks = await region.officer(language), voice(language)
    layla = await region.focal_point("JO", "en")
    await region.opens(layla, "1f.2")
    await region.says(layla, "CANARY of Jordan")
    await region.says(sam, "/country JO")
    seen = newest(sam)
    assert seen.startswith(bare(speaks.country_name("JO")))
    assert "Layla Haddad" in seen
    for words in ("Progress by section", "People", "Dates", "What was done last"):
        assert speaks.gettext(words) in seen
    assert bare(speaks.gettext("How far: {state}", state=speaks.gettext("answers begun"))) in seen
    line = section_lines(await region.review("JO"))[0]
    assert line.settled == 1
    assert bare(speaks.gettext("Points settled: {settled} of {total}", settled=1, total=line.total)) in seen
    extended = speaks.gettext("{date} (extended for this country)", date=speaks.typed("")).strip()
    assert bare(extended).strip("\u200f ") in seen
    assert "CANARY" not in everything([sam])


async def test_a_country_is_chosen_by_its_key(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/country")
    assert newest(sam).startswith("Which country?")
    assert len(data_of(sam.last_message)) == 22
    await region.presses(sam, "Lebanon")
    assert newest(sam).startswith("Lebanon\nHow far: not yet invited")
    assert "Nobody has come in yet." in newest(sam)
    await region.presses(sam, "Audit")
    assert newest(sam).startswith("Audit: Lebanon")


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Lebanom", "Lebanon"), ("Jordn", "Jordan"), ("الاردان", "Jordan"), ("Moroco", "Morocco")],
)
async def test_a_name_that_is_none_is_answered_with_the_nearest(
    region: Region, typed: str, near: str
) -> None:
    sam = await region.officer()
    await region.says(sam, f"/country {typed}")
    assert "was not recognised as a country of the region" in newest(sam)
    assert near in labels_of(sam.last_message)
    await region.presses(sam, near)
    assert newest(sam).startswith(near)


@pytest.mark.parametrize("typed", ["Atlantis", "x" * 300, "=1+1", "<b>JO</b>", "ZZ"])
async def test_what_is_like_no_country_is_answered_with_all(region: Region, typed: str) -> None:
    sam = await region.officer()
    await region.says(sam, f"/country {typed}")
    assert "was not recognised as a country of the region" in newest(sam)
    assert len(data_of(sam.last_message)) >= 1


# --- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_region_can_be_taken_away_as_a_table(region: Region, language: Language) -> None:
    sam, speaks = await region.officer(language), voice(language)
    await begun(region)
    await region.says(sam, "/status")
    await taps(region, sam, "do.status_file.xlsx")
    file = newest_file(sam)
    assert file.name == f"status-{CYCLE}-2027-03-01.xlsx"
    book = load_workbook(BytesIO(file.content))
    page = book.worksheets[0]
    assert page.sheet_view.rightToLeft is (language == "ar")
    assert page.max_row == 23
    lebanon = next(row for row in page.iter_rows(min_row=2, values_only=True) if row[1] == "LB")
    assert lebanon[0] == speaks.country_name("LB")
    assert lebanon[3:5] == (1, 1)
    assert any(isinstance(value, datetime) for value in lebanon)
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    await taps(region, sam, "do.status_file.csv")
    text = newest_file(sam)
    rows = list(csv.reader(StringIO(text.content.decode("utf-8-sig"))))
    assert len(rows) == 23
    assert "five words" not in everything([sam])


async def test_taking_a_table_away_is_in_the_audit(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/status")
    await taps(region, sam, "do.status_file.csv")
    async with region.store.reading() as work:
        lines = await work.audit.newest(5)
    assert any(line.act == "export_status" and line.thing == "csv" for line in lines)


# --- the wrong role --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["/status", "/country LB", "/country", "/country Atlantis"])
@pytest.mark.parametrize("role", ["focal_point", "contributor"])
async def test_to_others_the_region_is_not_there_and_the_try_is_noted(
    region: Region, command: str, role: str
) -> None:
    layla = await region.comes_in(await region.invitation(role, "LB"), "en")  # type: ignore[arg-type]  # a role
    await region.says(layla, command)
    assert newest(layla).startswith(UNKNOWN_COMMAND)
    async with region.store.reading() as work:
        lines = await work.audit.newest(5)
    assert any(line.outcome == "denied" for line in lines)


async def test_a_try_that_was_refused_stands_in_the_audit_and_not_on_the_card_of_the_country(
    region: Region,
) -> None:
    layla = await region.comes_in(await region.invitation("contributor", "LB"), "en")
    await region.says(layla, "/submit")
    await region.says(layla, "/clearing")
    sam = await region.officer()
    await region.says(sam, "/country LB")
    assert "⛔" not in newest(sam)
    await region.says(sam, "/audit LB")
    assert "⛔" in newest(sam)


@pytest.mark.parametrize(
    "data",
    [
        "do.status",
        "do.status.1",
        "do.status_list.all",
        "do.status_file.xlsx",
        "do.changes",
        "do.country",
        "do.country.LB",
        "do.status_notes",
        "do.status_notes.morning.on",
    ],
)
async def test_a_forged_key_opens_nothing(region: Region, data: str) -> None:
    layla = await region.focal_point("LB", "en")
    before = len(said_by_bot(layla))
    first = next(m for m in said_by_bot(layla) if m.rows)
    assert (await region.forges(layla, first.message_id, data)).startswith("This button belongs")
    assert len(said_by_bot(layla)) == before


async def test_a_country_that_does_not_exist_is_no_key(region: Region) -> None:
    sam = await region.officer()
    first = next(m for m in said_by_bot(sam) if m.rows)
    assert (await region.forges(sam, first.message_id, "do.country.ZZ")).startswith("This button belongs")
