"""Reminders as people get them: at a decent hour, once, with what is left; how they rest, and who sees the log."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.sandbox import Person, Sandbox
from tests.chats.calendars import NOTE, calendar_of_2020, changes, goes_to, loads, sandbox_at
from tests.chats.telling import (
    CYCLE,
    Region,
    bare,
    data_of,
    labels_of,
    said_by_bot,
    since,
    voice,
)
from workflows.cycle.calendar import Calendar
from workflows.cycle.moving import Change, change, extend
from workflows.languages import LANGUAGES, Language
from workflows.store.transaction import Work
from workflows.store.values_calendar import Registration, Reminder
from workflows.when import Exact

EN = voice("en")
SESSION = "session1"
DEADLINE = "submission"
DUE = Exact(first=date(2020, 11, 15), last=date(2020, 11, 15))


@pytest.fixture
def sandbox() -> Sandbox:
    """The morning of 8 June 2020."""
    return sandbox_at(NOTE)


def with_deadline(when: Exact = DUE) -> Calendar:
    """The calendar of 2020 with a day by which reviews are to be submitted."""
    return change(calendar_of_2020(), DEADLINE, Change(when), NOTE)


async def beats(region: Region, *moment: int) -> None:
    """The clock shows a moment (UTC), and the heartbeat does its work."""
    if moment:
        await goes_to(region, *moment)
    await region.house.beats.plan()
    await region.house.beats.remind()
    await region.house.courier.collect()
    await region.rests()


def plainly(text: str) -> str:
    """The text without invisible marks, its dates with ordinary blanks."""
    return bare(text).replace("\N{NO-BREAK SPACE}", " ")


def newest(person: Person) -> str:
    """What the bot wrote last."""
    return plainly(person.last_message.text)


def letters(person: Person) -> list[str]:
    """The letters with reminders that a person got, without invisible marks."""
    headings = {plainly(voice(language).gettext("🔔 Reminder")) for language in LANGUAGES}
    return [text for each in said_by_bot(person) if (text := plainly(each.text)).split("\n")[0] in headings]


async def registers(region: Region, person: Person, country: str, attendance: str = "remote") -> None:
    """The person says how they attend the first session."""
    now, number = region.house.clock.now(), await region._person_id(person)

    async def saved(work: Work) -> None:
        await work.registrations.save(
            Registration(CYCLE, SESSION, number, country, attendance, at=now)  # type: ignore[arg-type]  # one of four
        )

    await region.house.clerk.run_errand(saved)


async def log_of(region: Region, person: Person) -> list[Reminder]:
    """All reminders of a person as they are on disk."""
    number = await region._person_id(person)
    async with region.store.reading() as work:
        return await work.reminders.of_person(number, CYCLE)


# --- the right person, once, at a decent hour ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_week_before_the_session_people_are_asked_how_they_attend(
    region: Region, language: Language
) -> None:
    await loads(region)
    layla = await region.focal_point("JO", language)
    await beats(region, 2020, 6, 18, 5, 59)
    assert letters(layla) == []
    await beats(region, 2020, 6, 18, 6, 0)
    speaks = voice(language, "JO")
    (letter,) = letters(layla)
    assert plainly(speaks.ngettext("in {count} day", "in {count} days", 7)) in letter
    assert speaks.gettext("Say how we attend") in labels_of(layla.last_message)
    assert data_of(layla.last_message)[0] == f"do.attend.{SESSION}"
    assert "do.why.20200618" in data_of(layla.last_message)
    await beats(region, 2020, 6, 18, 12, 0)
    assert len(letters(layla)) == 1


async def test_who_has_registered_is_not_asked_again_and_the_log_says_why(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region)
    await registers(region, layla, "JO")
    await beats(region, 2020, 6, 18, 6, 0)
    await beats(region, 2020, 6, 22, 6, 0)
    assert letters(layla) == []
    skipped = [each for each in await log_of(region, layla) if each.state == "skipped"]
    assert {(each.content, each.reason) for each in skipped} == {("register", "done")}
    await region.says(layla, "/reminders")
    assert "not sent: it was done already" in newest(layla)


@pytest.mark.parametrize(("country", "hour"), [("MR", 7), ("OM", 5), ("EG", 7), ("TN", 6)])
async def test_on_the_day_the_letter_comes_before_the_session_begins(
    region: Region, country: str, hour: int
) -> None:
    """25 June 2020, 10:00 in Cairo is 08:00 in Nouakchott and 12:00 in Muscat."""
    await loads(region)
    layla = await region.focal_point(country, "en")
    await beats(region)
    await registers(region, layla, country)
    await beats(region, 2020, 6, 24, 20, 0)
    seen = len(letters(layla))
    await beats(region, 2020, 6, 25, hour - 1, 59)
    assert len(letters(layla)) == seen
    await beats(region, 2020, 6, 25, hour, 0)
    assert ": today" in letters(layla)[-1]
    assert f"do.agenda.{SESSION}" in data_of(layla.last_message)


async def test_case_26_a_day_off_moves_the_letter_and_not_the_deadline(region: Region) -> None:
    """The fortnight before is Sunday 1 November: a working day in Jordan, part of the weekend in Tunisia."""
    await loads(region, with_deadline())
    people = {country: await region.focal_point(country, "en", country) for country in ("JO", "TN")}
    await beats(region, 2020, 10, 31, 12, 0)
    before = {country: len(letters(person)) for country, person in people.items()}
    await beats(region, 2020, 11, 1, 12, 0)
    assert len(letters(people["JO"])) == before["JO"] + 1
    assert len(letters(people["TN"])) == before["TN"]
    await beats(region, 2020, 11, 2, 8, 0)
    assert ": in 13 days" in letters(people["TN"])[-1]
    assert "15 November 2020" in letters(people["TN"])[-1]
    await region.presses(people["TN"], "Why this?")
    assert "1 November 2020 is part of the weekend in your country" in plainly(newest(people["TN"]))
    assert "It comes 14 days before." in newest(people["TN"])


async def test_fault_58_after_three_days_asleep_each_person_gets_one_message(region: Region) -> None:
    await loads(region, with_deadline(Exact(first=date(2020, 6, 28), last=date(2020, 6, 28))))
    layla = await region.focal_point("JO", "en")
    await beats(region)
    await beats(region, 2020, 6, 25, 9, 0)
    assert len(letters(layla)) == 1
    (letter,) = letters(layla)
    assert ": today" in letter
    assert ": in 3 days" in letter
    await beats(region, 2020, 6, 25, 15, 0)
    assert len(letters(layla)) == 1
    assert {
        each.state for each in await log_of(region, layla) if each.due < datetime(2020, 6, 25, 9, tzinfo=UTC)
    } <= {
        "sent",
        "skipped",
    }


async def test_a_letter_says_what_is_left_and_stops_when_all_is_settled(region: Region) -> None:
    await loads(region, with_deadline())
    layla = await region.focal_point("JO", "en")
    await beats(region)
    await region.presses(layla, "Begin ▶")
    await region.presses(layla, "No")
    await beats(region, 2020, 11, 8, 9, 0)
    assert "Points settled: 1 of " in letters(layla)[-1]
    assert "words of 500 left in section I." in letters(layla)[-1]
    await region.presses(layla, "Continue ▶")
    assert any(data.split(".")[0].isdecimal() for data in data_of(layla.last_message))
    begun = [each for each in await log_of(region, layla) if each.rung == "begin"]
    assert [each.reason for each in begun] == ["done"]


async def test_nobody_is_reminded_who_declined_or_blocked_the_bot(region: Region) -> None:
    await loads(region, with_deadline())
    layla = await region.focal_point("JO", "en")
    karim = await region.focal_point("LB", "en", "Karim")
    await beats(region)
    now = region.house.clock.now()
    await region.house.clerk.run_errand(lambda work: work.taking_part.set(CYCLE, "JO", "no", None, now))
    karim.blocks()
    await region.rests()
    await beats(region, 2020, 6, 22, 9, 0)
    assert letters(layla) == []
    assert letters(karim) == []
    assert {each.reason for each in await log_of(region, layla) if each.state == "skipped"} == {"declined"}
    assert {each.reason for each in await log_of(region, karim) if each.state == "skipped"} == {"blocked"}


# --- one act moves everything ----------------------------------------------------------------------------------------


async def test_a_moved_forum_is_reminded_of_on_its_new_day_only(region: Region) -> None:
    """The forum of 1-2 December 2020 in Beirut becomes 24-25 February 2021, online."""
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region, 2020, 11, 17, 9, 0)
    assert "1 and 2 December 2020" in letters(layla)[-1]
    told = len(letters(layla))
    new = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25))
    await changes(region, "forum", lambda calendar, now: change(calendar, "forum", Change(new), now))
    await changes(
        region, "forum", lambda calendar, now: change(calendar, "forum", Change(None, "online", None), now)
    )
    await beats(region, 2020, 12, 1, 9, 0)
    assert len(letters(layla)) == told
    # By February they may have been tidied away.
    cancelled = [each for each in await log_of(region, layla) if each.state == "cancelled"]
    await beats(region, 2021, 2, 10, 9, 0)
    assert "24 and 25 February 2021" in letters(layla)[-1]
    assert len(letters(layla)) == told + 1
    assert {each.milestone for each in cancelled} == {"forum"}


async def test_more_time_for_one_country_changes_nothing_for_the_others(region: Region) -> None:
    await loads(region, with_deadline())
    layla, karim = await region.focal_point("JO", "en"), await region.focal_point("LB", "en", "Karim")
    await beats(region, 2020, 11, 8, 9, 0)
    seen = len(letters(layla)), len(letters(karim))
    later = Exact(first=date(2020, 12, 15), last=date(2020, 12, 15))
    await changes(region, DEADLINE, lambda calendar, now: extend(calendar, DEADLINE, "LB", later, now))
    await beats(region, 2020, 11, 8, 12, 0)
    assert (len(letters(layla)), len(letters(karim))) == seen
    await beats(region, 2020, 11, 12, 9, 0)
    assert "15 November 2020" in letters(layla)[-1]
    assert len(letters(karim)) == seen[1]


# --- left in peace ---------------------------------------------------------------------------------------------------


async def test_a_letter_put_off_comes_again_while_it_still_matters(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region, 2020, 6, 18, 6, 0)
    assert await region.presses(layla, "⏰ Tomorrow") == EN.gettext("Noted.")
    # The day after Thursday 18 June is a Friday: in Jordan the next working day is Sunday.
    assert newest(layla).startswith("Your reminders rest until 21 June 2020, 09:00.")
    assert await region.forges(layla, said_by_bot(layla)[-2].message_id, "do.snooze.tomorrow.20200618") == (
        EN.gettext("Already recorded.")
    )
    await beats(region, 2020, 6, 20, 9, 0)
    assert len(letters(layla)) == 1
    await beats(region, 2020, 6, 21, 6, 0)
    assert len(letters(layla)) == 2
    await region.presses(layla, "Why this?")
    assert "You asked to be reminded of it again." in newest(layla)


async def test_what_was_put_off_and_then_done_does_not_come_again(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region, 2020, 6, 18, 6, 0)
    await region.presses(layla, "⏰ Tomorrow")
    await registers(region, layla, "JO")
    await beats(region, 2020, 6, 21, 9, 0)
    assert len(letters(layla)) == 1


async def test_who_puts_reminders_off_hears_what_passes_meanwhile(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region, 2020, 6, 22, 6, 0)
    await region.presses(layla, "⏰ In a week")
    assert "Before then there is:" in newest(layla)
    assert "in 3 days" in newest(layla)
    await region.presses(layla, "Remind me as before")
    assert newest(layla).startswith("Your reminders")
    assert "rest until" not in newest(layla)


async def comes(region: Region, person: Person) -> list[tuple[str, datetime, str]]:
    """What is planned for a person, when, and what moved it."""
    kept = await log_of(region, person)
    return sorted((each.rung, each.due, each.shifted) for each in kept if each.state == "planned")


async def test_a_second_shorter_rest_is_as_if_it_were_the_only_one(region: Region) -> None:
    await loads(region)
    layla, karim = await region.focal_point("MR", "en"), await region.focal_point("MR", "en", "Karim")
    await beats(region, 2020, 6, 22, 8, 0)
    letter = layla.last_message.message_id
    for until in ("in_a_week", "tomorrow", "in_a_week", "tomorrow"):
        await goes_to(region, 2020, 6, 22, 8, len(said_by_bot(layla)))
        assert await region.forges(layla, letter, f"do.snooze.{until}.20200622") == EN.gettext("Noted.")
    await region.presses(karim, "⏰ Tomorrow")
    assert await comes(region, layla) == await comes(region, karim)
    await beats(region, 2020, 6, 23, 9, 0)
    assert len(letters(layla)) == len(letters(karim)) == 2
    await region.forges(layla, layla.last_message.message_id, "do.snooze.in_a_week.20200623")
    again = [each for each in await log_of(region, layla) if "/again-" in each.key]
    rungs = {
        state: sorted(each.rung for each in again if each.state == state) for state in ("sent", "planned")
    }
    assert set(rungs["sent"]) < set(rungs["planned"])
    assert len(rungs["planned"]) == len(set(rungs["planned"]))


async def test_who_pauses_while_reminders_rest_resumes_as_before(region: Region) -> None:
    await loads(region)
    layla, karim = await region.focal_point("MR", "en"), await region.focal_point("MR", "en", "Karim")
    await beats(region, 2020, 6, 17, 9, 0)
    planned = await comes(region, layla)
    for key in ("/reminders", "⏰ In a week", "/reminders", "⏸ Pause", "▶ Resume"):
        await (region.says if key.startswith("/") else region.presses)(layla, key)
    assert await comes(region, layla) == planned
    assert "rest until" not in newest(layla)
    await beats(region, 2020, 6, 25, 9, 0)
    assert letters(layla) == letters(karim) != []


async def test_what_is_taken_back_comes_as_no_second_letter_of_a_day(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region, 2020, 6, 22, 6, 0)
    await region.presses(layla, "⏰ In a week")
    await region.presses(layla, "Remind me as before")
    assert "23 June 2020, 09:00 · " in newest(layla)
    assert "put off: one letter a day" in newest(layla)
    await beats(region, 2020, 6, 22, 9, 0)
    assert len(letters(layla)) == 1
    await beats(region, 2020, 6, 23, 6, 0)
    assert len(letters(layla)) == 2


@pytest.mark.parametrize(
    ("day", "weekday"),
    [(20, None), (21, None), (22, "Sunday"), (24, "Sunday"), (25, None), (26, None)],
)
async def test_no_two_keys_put_reminders_off_to_one_moment(
    region: Region, day: int, weekday: str | None
) -> None:
    """In Jordan the weekend is Friday and Saturday: 26 and 27 June 2020."""
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await goes_to(region, 2020, 6, day, 12, 0)
    await region.says(layla, "/reminders")
    keys = [plainly(label) for label in labels_of(layla.last_message) if "⏰" in label]
    between = [f"⏰ {weekday}"] if weekday else []
    assert keys == ["⏰ Tomorrow", *between, "⏰ In a week"]


async def test_the_working_week_begins_tomorrow_where_today_ends_the_weekend(region: Region) -> None:
    """A key of Thursday's letter, pressed on Saturday 20 June 2020."""
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region, 2020, 6, 18, 6, 0)
    await goes_to(region, 2020, 6, 20, 12, 0)
    await region.forges(layla, layla.last_message.message_id, "do.snooze.week_start.20200618")
    assert newest(layla).startswith("Your reminders rest until 21 June 2020, 09:00.")


async def test_the_list_calls_a_reminder_brought_forward_near(region: Region) -> None:
    """Sunday 15 November 2020 is part of Tunisia's weekend; what is said on the day comes on Friday."""
    await loads(region, with_deadline())
    people = {country: await region.focal_point(country, "en", country) for country in ("JO", "TN")}
    await beats(region, 2020, 11, 10, 9, 0)
    for country, day, about in (("JO", 15, "on the day"), ("TN", 13, "it is near")):
        await region.says(people[country], "/reminders")
        (line,) = [text for text in newest(people[country]).split("\n") if f"• {day} November" in text]
        assert f"({about})" in line


async def test_the_hour_is_chosen_and_kept(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region)
    await region.says(layla, "/reminders")
    assert "They come at 09:00, your time" in newest(layla)
    card = layla.last_message
    await region.presses(layla, "Choose the hour")
    assert await region.presses(layla, "14:00") == EN.gettext("Noted.")
    changed = layla.get(card.message_id)
    assert changed is not None
    assert "They come at 14:00, your time" in plainly(changed.text)
    await beats(region, 2020, 6, 18, 10, 59)
    assert letters(layla) == []
    await beats(region, 2020, 6, 18, 11, 0)
    assert len(letters(layla)) == 1


async def test_who_pauses_gets_nothing_until_they_resume(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region)
    await region.says(layla, "/reminders")
    await region.presses(layla, "⏸ Pause")
    assert "They are paused." in newest(layla)
    await beats(region, 2020, 6, 18, 9, 0)
    assert letters(layla) == []
    await region.presses(layla, "▶ Resume")
    await beats(region, 2020, 6, 22, 9, 0)
    assert len(letters(layla)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_will_come_and_what_came_is_shown(region: Region, language: Language) -> None:
    layla, speaks = await region.focal_point("JO", language), voice(language, "JO")
    await region.says(layla, "/reminders")
    assert plainly(
        speaks.gettext("No dates have been announced yet, so there is nothing to remind you of.")
    ) in newest(layla)
    await loads(region, with_deadline())
    await beats(region, 2020, 6, 18, 6, 0)
    await region.says(layla, "/reminders")
    seen = newest(layla)
    assert plainly(speaks.gettext("To come")) in seen
    assert plainly(speaks.gettext("Until now")) in seen
    assert plainly(speaks.moment("2020-06-22T06:00:00+00:00")) in seen
    await region.presses(layla, speaks.gettext("All to come"))
    pages = {newest(layla)}
    while speaks.gettext("Next page") in "".join(labels_of(layla.last_message)):
        await region.forges(layla, layla.last_message.message_id, f"do.reminders.coming.{len(pages)}")
        pages.add(newest(layla))
    planned = [each for each in await log_of(region, layla) if each.state == "planned"]
    assert sum(page.count("• ") for page in pages) == len(planned)


@pytest.mark.parametrize(
    "data",
    ["do.why.20200101", "do.why.99999999", "do.reminder_log.XX", "do.remind_at.19", "do.reminders.came.9999"],
)
async def test_forged_presses_change_nothing(region: Region, data: str) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region, 2020, 6, 18, 6, 0)
    before = await log_of(region, layla)
    await region.forges(layla, layla.last_message.message_id, data)
    assert await log_of(region, layla) == before


# --- the secretariat -------------------------------------------------------------------------------------------------


async def test_the_secretariat_sees_the_log_of_a_country(region: Region) -> None:
    await loads(region, with_deadline())
    layla, sam = await region.focal_point("JO", "en"), await region.officer()
    await beats(region, 2020, 6, 22, 9, 0)
    await region.says(sam, "/reminders Jordan")
    seen = newest(sam)
    assert seen.startswith("Reminders: Jordan")
    assert "Sent: 2" in seen
    assert layla.name in seen
    await region.says(sam, "/reminders Atlantis")
    assert "Atlantis" in newest(sam)
    await region.presses(sam, "All countries")
    await region.presses(sam, "do.reminder_log.MA")
    assert "No reminder has been planned here yet." in newest(sam)


async def test_a_state_sees_no_other_country(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    last = layla.last_message.message_id
    await region.says(layla, "/reminders Lebanon")
    await region.forges(layla, last, "do.reminder_log.LB")
    refused = "This is not open to your role."
    assert [text for text in since(layla, last) if text.startswith(refused)] == since(layla, last)[:2]


async def test_case_06_silence_is_told_to_the_alternate_and_then_to_the_secretariat(region: Region) -> None:
    await loads(region, with_deadline())
    sam = await region.officer()
    layla = await region.focal_point("JO", "en")
    karim = await region.focal_point("JO", "en", "Karim Aoun")
    for day in range((date(2020, 11, 13) - date(2020, 10, 1)).days):
        at = date(2020, 10, 1) + timedelta(days=day)
        await beats(region, at.year, at.month, at.day, 9, 0)
    told = [text for text in letters(karim) if "nothing has been entered" in text]
    assert len(told) == 1
    assert "The focal points were reminded on 4 October 2020." in told[0]
    assert not any("nothing has been entered" in text for text in letters(layla))
    officer = [text for text in letters(sam) if "Jordan: nothing has been entered" in text]
    assert len(officer) == 1
    assert "The other focal points were told on" in officer[0]
    await region.says(layla, "/reminders")
    assert "the secretariat was told on" in newest(layla)
