"""The calendar in chat: what comes next on everybody's own clock, what was moved, agendas that run, and files."""

import sqlite3
from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import pytest

from bot.sandbox import Person, Sandbox
from tests.chats.calendars import NOTE, calendar_of_2020, changes, goes_to, loads, sandbox_at
from tests.chats.telling import (
    Region,
    bare,
    data_of,
    first_card,
    labels_of,
    newest,
    newest_file,
    said_by_bot,
    since,
    voice,
)
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.moving import Change, change, extend
from workflows.languages import LANGUAGES, Language
from workflows.when import Exact, Unstated

ONLINE = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25))
CYCLE = "gcm-arab-2020"


@pytest.fixture
def sandbox() -> Sandbox:
    """Everything here happens in 2020."""
    return sandbox_at(NOTE)


def seen(person: Person) -> str:
    """The bot's last message, with plain blanks."""
    return newest(person).replace("\u00a0", " ")


def paragraph(person: Person, words: str) -> list[str]:
    """The lines of the paragraph of the bot's last message that begins with these words."""
    found = [part for part in seen(person).split("\n\n") if part.startswith(words)]
    assert len(found) == 1, seen(person)
    return found[0].split("\n")


# --- /calendar ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_without_a_calendar_nothing_is_invented(region: Region, language: Language) -> None:
    layla = await region.focal_point("LB", language)
    await region.says(layla, "/calendar")
    words = "No dates have been announced yet. Once the secretariat sets them, they are here."
    assert newest(layla) == bare(voice(language).gettext(words))
    await region.says(layla, "/agenda")
    assert newest(layla) == bare(voice(language).gettext("No agenda has been announced yet."))
    first = first_card(layla).message_id
    for forged in ("do.event.session1", "do.ics", "do.ics.session1", "do.agenda.session1"):
        before = len(said_by_bot(layla))
        assert await region.forges(layla, first, forged)
        assert len(said_by_bot(layla)) == before


@pytest.mark.parametrize(
    ("country", "language", "lines"),
    [
        (
            "MR",
            "fr",
            [
                "jeudi 25 juin 2020, de 10 h à 13 h (heure du Caire)",
                "Votre heure (Mauritanie) : de 8 h à 11 h",
            ],
        ),
        (
            "OM",
            "ar",
            [
                "الخميس ٢٥ يونيو ٢٠٢٠، من ١٠:٠٠ إلى ١٣:٠٠ (بتوقيت القاهرة)",
                "بتوقيتكم (عُمان): من ١٢:٠٠ إلى ١٥:٠٠",
            ],
        ),
        ("EG", "en", ["Thursday, 25 June 2020, 10:00–13:00 (Cairo time)"]),
        (
            "MA",
            "ar",
            [
                "الخميس 25 يونيو 2020، من 10:00 إلى 13:00 (بتوقيت القاهرة)",
                "بتوقيتكم (المغرب): من 09:00 إلى 12:00",
            ],
        ),
    ],
)
async def test_the_workshop_is_on_everybodys_own_clock(
    region: Region, country: str, language: Language, lines: list[str]
) -> None:
    await loads(region)
    person = await region.focal_point(country, language)
    await region.says(person, "/calendar")
    title = calendar_of_2020().by_id["session1"].title.in_language(language)
    assert paragraph(person, title)[1:] == lines


@pytest.mark.parametrize(
    ("language", "either", "open_date"),
    [
        ("ar", "أوائل جويلية 2020 أو منتصف جويلية 2020 (يُؤكَّد لاحقاً)", "لم يُعلَن التاريخ بعد"),
        ("en", "early July 2020 or mid July 2020 (to be confirmed)", "date not announced yet"),
        ("fr", "début juillet 2020 ou mi-juillet 2020 (à confirmer)", "date non encore annoncée"),
    ],
)
async def test_what_the_note_leaves_open_stays_open(
    region: Region, language: Language, either: str, open_date: str
) -> None:
    await loads(region)
    person = await region.focal_point("TN", language)
    await region.says(person, "/calendar")
    milestones = calendar_of_2020().by_id
    assert paragraph(person, milestones["session2"].title.in_language(language))[1:] == [either]
    await region.presses(person, "do.calendar.1")
    assert paragraph(person, milestones["submission"].title.in_language(language))[1:] == [open_date]


@pytest.mark.parametrize(
    ("country", "language", "lines"),
    [
        (
            "MR",
            "fr",
            [
                "mercredi 3 et jeudi 4 juillet 2024, de 10 h à 17 h chaque jour (heure du Caire)",
                "Votre heure (Mauritanie) : de 7 h à 14 h",
            ],
        ),
        (
            "OM",
            "ar",
            [
                "الأربعاء والخميس ٣ و٤ يوليو ٢٠٢٤، من ١٠:٠٠ إلى ١٧:٠٠ يومياً (بتوقيت القاهرة)",
                "بتوقيتكم (عُمان): من ١١:٠٠ إلى ١٨:٠٠",
            ],
        ),
        (
            "JO",
            "en",
            [
                "Wednesday and Thursday, 3 and 4 July 2024, 10:00–17:00 each day (Cairo time, the same as yours)",
            ],
        ),
    ],
)
async def test_the_conference_of_2024_once_its_hours_are_set(
    region: Region, country: str, language: Language, lines: list[str]
) -> None:
    """The note of 2024 gives no hours; Cairo is an hour further from Greenwich than in 2020."""
    calendar = shipped_calendar("gcm-arab-2024")
    assert calendar is not None
    title = calendar.by_id["conference"].title.in_language(language)
    await loads(region, calendar)
    await goes_to(region, 2024, 6, 20, 9, 0)
    person = await region.focal_point(country, language)
    await region.says(person, "/calendar")
    assert paragraph(person, title)[1:] == [
        lines[0].partition(", de ")[0].partition("، من")[0].partition(", 10:")[0]
    ]
    hours = Exact(first=date(2024, 7, 3), last=date(2024, 7, 4), starts=time(10), ends=time(17))
    await changes(
        region, "conference", lambda calendar, now: change(calendar, "conference", Change(hours), now)
    )
    await region.says(person, "/calendar")
    assert paragraph(person, title)[1:] == lines


async def test_pages_turn_in_place(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/calendar")
    card = layla.last_message
    assert seen(layla).startswith("What comes next")
    assert "session 1" in card.text
    await region.presses(layla, "Further ▶")
    assert layla.last_message.message_id == card.message_id
    assert "Regional report" in seen(layla), "what has no date comes last"
    await region.presses(layla, "◀ Earlier")
    await region.presses(layla, "◀ Earlier")
    assert seen(layla).startswith("What lies behind")
    assert "Regional conference on the Global Compact" in seen(layla)
    assert "Guiding template sent" in seen(layla), "who reads this has the template"
    assert not any(label.endswith("Earlier") for label in labels_of(layla.last_message))
    assert len(layla.messages) == len({message.message_id for message in layla.messages})


async def test_a_page_that_does_not_exist_is_the_nearest_one(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/calendar")
    await region.forges(layla, layla.last_message.message_id, "do.calendar.77")
    assert "Regional report" in seen(layla)
    assert "Further ▶" not in labels_of(layla.last_message)


async def test_the_hijri_date_is_switched_by_a_key_and_kept(region: Region) -> None:
    await loads(region)
    amal = await region.focal_point("SA", "ar")
    await region.says(amal, "/calendar")
    assert "هـ" not in seen(amal)
    await region.presses(amal, "مع التاريخ الهجري")
    assert "الخميس ٢٥ يونيو ٢٠٢٠ (٤ ذو القعدة ١٤٤١ هـ)" in seen(amal)
    await region.presses(amal, "do.event.session1")
    assert "٤ ذو القعدة ١٤٤١ هـ" in seen(amal), "on the event's card too"
    await region.says(amal, "/calendar")
    await region.presses(amal, "من دون التاريخ الهجري")
    assert "هـ" not in seen(amal)


# --- an event ----------------------------------------------------------------------------------------------------


async def test_an_event_is_shown_with_all_that_is_known(region: Region) -> None:
    await loads(region)
    layla, sam = await region.focal_point("LB", "en"), await region.officer()
    for person in (layla, sam):
        await region.says(person, "/calendar")
        await region.presses(person, "Capacity-building workshop, session 1")
        assert "Thursday, 25 June 2020, 10:00–13:00 (Cairo time)" in seen(person)
        assert "Online" in seen(person)
        assert "no time is set aside for the fifth" in seen(person)
    assert "Source: concept note of 8 June 2020 (draft), L43, L53-70" in seen(sam)
    assert "Source" not in seen(layla)
    assert data_of(sam.last_message) == [
        "do.attend.session1",
        "do.agenda.session1",
        "do.ics.session1",
        "do.schedule.session1",
        "do.calendar",
    ]
    assert "do.schedule.session1" not in data_of(layla.last_message)


async def test_an_event_that_went_is_told_kindly(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/calendar")
    await region.presses(layla, "Capacity-building workshop, session 1")
    answer = await region.forges(layla, layla.last_message.message_id, "do.event.session9")
    assert answer == "This button belongs to an earlier message. Please use the newest one."


async def test_the_postponed_forum_is_struck_out(region: Region) -> None:
    """The forum of 1-2 December 2020 in Beirut becomes 24-25 February 2021, online."""
    await loads(region)
    layla = await region.focal_point("LB", "en")
    amal = await region.focal_point("SA", "ar")
    await goes_to(region, 2020, 11, 10, 9, 0)
    await changes(
        region, "forum", lambda calendar, now: change(calendar, "forum", Change(ONLINE, "online", None), now)
    )
    await region.says(layla, "/calendar")
    assert paragraph(layla, "Regional forum")[1:] == [
        "Wednesday and Thursday, 24 and 25 February 2021",
        "1 and 2 December 2020 · moved on 10 November 2020",
    ]
    (struck,) = [e for e in layla.last_message.entities if e["type"] == "strikethrough"]
    assert struck["length"] == len("1 and 2 December 2020")
    await region.presses(layla, "do.event.forum")
    assert "1 and 2 December 2020 · Beirut · in person · moved on 10 November 2020" in seen(layla)
    assert "Online" in seen(layla)
    await region.says(amal, "/calendar")
    assert "١ و٢ ديسمبر ٢٠٢٠؛ نُقل في ١٠ نوفمبر ٢٠٢٠" in seen(amal)


async def test_a_later_date_for_one_country_is_its_own(region: Region) -> None:
    await loads(region)
    day = Exact(first=date(2020, 10, 15), last=date(2020, 10, 15))
    later = Exact(first=date(2020, 10, 29), last=date(2020, 10, 29))
    await changes(
        region, "submission", lambda calendar, now: change(calendar, "submission", Change(day), now)
    )
    await changes(
        region, "submission", lambda calendar, now: extend(calendar, "submission", "LB", later, now)
    )
    layla, amal = await region.focal_point("LB", "en"), await region.focal_point("SA", "en")
    for person in (layla, amal):
        await region.says(person, "/calendar")
    assert paragraph(layla, "Deadline")[1:] == [
        "Thursday, 29 October 2020",
        "15 October 2020 · later date for Lebanon",
    ]
    assert paragraph(amal, "Deadline")[1:] == ["Thursday, 15 October 2020"]
    await region.presses(amal, "Deadline for submitting the voluntary reviews")
    assert "Lebanon" not in seen(amal)


# --- /agenda -----------------------------------------------------------------------------------------------------


async def test_before_the_session_its_agenda_is_a_list_on_two_clocks(region: Region) -> None:
    await loads(region)
    person = await region.focal_point("MR", "fr")
    await region.says(person, "/agenda")
    assert seen(person).startswith("Atelier de renforcement des capacités, séance 1")
    assert "de 10 h 45 à 12 h (de 8 h 45 à 10 h) · 75 minutes" in seen(person)
    assert "points focaux" in seen(person)
    assert "• Méthodologie : 20 minutes" in seen(person)
    assert "entre parenthèses les vôtres (Mauritanie)" in seen(person)
    assert "Maintenant" not in seen(person)


async def test_during_the_session_the_agenda_says_now_and_next(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("EG", "en")
    await goes_to(region, 2020, 6, 25, 7, 50)
    await region.says(layla, "/agenda")
    card = layla.last_message
    assert "Begins in: 10 minutes" in seen(layla)
    await goes_to(region, 2020, 6, 25, 9, 10)
    await region.presses(layla, "🔄 Refresh")
    assert layla.last_message.message_id == card.message_id, "the card is drawn again in its place"
    assert (
        "Now: Open dialogue: Member States' preparations for the regional review. Left: 50 minutes"
        in seen(layla)
    )
    assert "▶️ 10:45–12:00 · 75 minutes, left: 50 minutes" in seen(layla)
    assert "• Policy and enabling environment: 20 minutes, left: 15 minutes" in seen(layla)
    assert "🔜 12:00–12:40 · 40 minutes" in seen(layla)
    assert "✔ 10:00–10:15" in seen(layla)
    await goes_to(region, 2020, 6, 25, 10, 59)
    await region.presses(layla, "🔄 Refresh")
    assert "Now: Closing. Left: 1 minute" in seen(layla)
    await goes_to(region, 2020, 6, 25, 11, 0)
    await region.presses(layla, "🔄 Refresh")
    assert "This is over." in seen(layla)


@pytest.mark.parametrize("words", ["2", "٢", "session 2", "الجلسة الثانية", "session2"])
async def test_a_session_is_meant_by_its_number_or_title(region: Region, words: str) -> None:
    await loads(region)
    layla = await region.focal_point("EG", "en")
    await region.says(layla, f"/agenda {words}")
    assert seen(layla).startswith("Capacity-building workshop, session 2")
    assert "Hours: Cairo time; the day is not fixed yet" in seen(layla)


@pytest.mark.parametrize("words", ["7", "the moon", "workshop", "()"])
async def test_where_it_is_not_clear_the_sessions_are_offered(region: Region, words: str) -> None:
    await loads(region)
    layla = await region.focal_point("EG", "en")
    await region.says(layla, f"/agenda {words}")
    assert seen(layla).startswith("Which agenda?")
    assert data_of(layla.last_message) == ["do.agenda.session1", "do.agenda.session2"]
    await region.presses(layla, "Capacity-building workshop, session 2")
    assert seen(layla).startswith("Capacity-building workshop, session 2")


# --- files -------------------------------------------------------------------------------------------------------


def file_of(person: Person) -> tuple[str, dict[str, Any]]:
    """The name of the last file, and its events by their UIDs."""
    document = newest_file(person)
    calendar = icalendar.Calendar.from_ical(document.content)
    return document.name, {str(event["uid"]): event for event in calendar.walk("VEVENT")}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_moved_event_moves_in_the_persons_own_calendar(region: Region, language: Language) -> None:
    await loads(region)
    layla, speaks = await region.focal_point("LB", language), voice(language, "LB")
    await region.says(layla, "/calendar")
    await region.presses(layla, speaks.gettext("📅 Calendar file for all"))
    name, before = file_of(layla)
    assert name == f"rafiq-{CYCLE}.ics"
    assert before[f"session1.{CYCLE}@rafiq"]["dtstart"].dt.astimezone(UTC) == datetime(
        2020, 6, 25, 8, tzinfo=UTC
    )
    assert str(before[f"session1.{CYCLE}@rafiq"]["summary"]) == speaks.words(
        calendar_of_2020().by_id["session1"].title
    )
    assert str(before[f"session2.{CYCLE}@rafiq"]["status"]) == "TENTATIVE"
    assert f"submission.{CYCLE}@rafiq" not in before
    assert f"imrf2022.{CYCLE}@rafiq" not in before, "a bar across all of 2022 would help nobody"
    said, known = newest(layla), calendar_of_2020().by_id
    for missing in ("submission", "report", "imrf2022"):
        assert bare(speaks.words(known[missing].title)) in said
    assert bare(speaks.words(known["session2"].title)) not in said
    shown = await region.forges(layla, first_card(layla).message_id, "do.event.imrf2022")
    assert shown == ""
    assert "do.ics.imrf2022" not in data_of(layla.last_message)
    assert await region.forges(layla, first_card(layla).message_id, "do.ics.imrf2022"), (
        "there is nothing to send"
    )
    await goes_to(region, 2020, 11, 10, 9, 0)
    await changes(
        region, "forum", lambda calendar, now: change(calendar, "forum", Change(ONLINE, "online", None), now)
    )
    await region.forges(layla, first_card(layla).message_id, "do.ics.forum")
    name, after = file_of(layla)
    assert name == "rafiq-forum.ics"
    (uid,) = after
    assert after[uid]["dtstart"].dt == date(2021, 2, 24)
    assert int(after[uid]["sequence"]) > int(before[uid]["sequence"])
    assert after[uid]["dtstamp"].dt == region.house.clock.now().replace(microsecond=0)


async def test_an_event_that_is_open_again_is_cancelled_in_the_file(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("LB", "en")
    await changes(
        region, "session1", lambda calendar, now: change(calendar, "session1", Change(Unstated()), now)
    )
    await region.forges(layla, first_card(layla).message_id, "do.ics.session1")
    _, events = file_of(layla)
    assert [str(event["status"]) for event in events.values()] == ["CANCELLED"]
    assert await region.forges(layla, first_card(layla).message_id, "do.ics.submission"), "never had a date"


async def test_the_session_in_which_states_assess_themselves_leads_focal_points_there(region: Region) -> None:
    await loads(region)
    layla, karim = await region.focal_point("LB", "en"), await region.contributor("LB", "en")
    for person, event, there in ((layla, "session2", 1), (layla, "session1", 0), (karim, "session2", 0)):
        await region.forges(person, first_card(person).message_id, f"do.event.{event}")
        assert labels_of(person.last_message).count("🧭 Self-assessment") == there
    await region.forges(layla, first_card(layla).message_id, "do.event.session2")
    await region.presses(layla, "🧭 Self-assessment")
    assert newest(layla).startswith("Self-assessment: Lebanon")


# --- taking part -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_no_is_respected_and_can_be_taken_back(region: Region, language: Language) -> None:
    await loads(region)
    sam = await region.officer(language)
    layla, speaks = await region.focal_point("LB", language), voice(language, "LB")
    await region.says(layla, "/calendar")
    await region.presses(layla, speaks.gettext("Do we take part?"))
    assert bare(speaks.gettext("Does your country take part in this review?")) in newest(layla)
    await region.presses(layla, speaks.gettext("No, not this time"))
    thanks = "Thank you for letting us know. It is noted that your country does not take part this time."
    assert bare(speaks.gettext(thanks)) in newest(layla)
    told = "{country} does not take part in the review this time."
    assert newest(sam).startswith(bare(speaks.gettext(told, country=speaks.country_name("LB"))))
    async with region.store.reading() as work:
        assert (await work.taking_part.of(CYCLE))["LB"].answer == "no"
    await region.says(layla, "/calendar")
    await region.presses(layla, speaks.gettext("We do not take part · change"))
    await region.presses(layla, speaks.gettext("Yes, we take part"))
    async with region.store.reading() as work:
        assert (await work.taking_part.of(CYCLE))["LB"].answer == "yes"
    told = "{country} takes part in the review."
    assert newest(sam).startswith(bare(speaks.gettext(told, country=speaks.country_name("LB"))))


async def test_the_same_answer_twice_is_told_once(region: Region) -> None:
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    start = sam.last_message.message_id
    for _ in range(2):
        await region.forges(layla, first_card(layla).message_id, "do.taking_part.yes")
    assert [words.split("\n")[0] for words in since(sam, start)] == ["Lebanon takes part in the review."]


async def test_what_follows_from_a_no_is_told_to_the_countrys_people_and_shown(region: Region) -> None:
    await loads(region)
    layla, karim = await region.focal_point("LB", "en"), await region.contributor("LB", "en")
    sam = await region.officer()
    await region.forges(layla, first_card(layla).message_id, "do.taking_part.no")
    rests = "No reminders will come. What has been written stays, and everything remains open to you."
    assert rests in newest(karim)
    assert rests not in newest(sam)
    for person in (layla, karim):
        await region.says(person, "/reminders")
        assert "To come" not in newest(person)
        assert "Your country does not take part this time, so no reminders come." in newest(person)
        assert not [each for each in data_of(person.last_message) if each.startswith("do.snooze")]
    await region.forges(layla, first_card(layla).message_id, "do.taking_part.yes")
    again = "Reminders come again. What had been written is there as it was."
    assert again in newest(layla)
    assert again in newest(karim)
    assert again not in newest(sam)
    await region.says(layla, "/reminders")
    assert "To come" in newest(layla)


async def test_only_the_lead_focal_point_says_who_takes_part(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("LB", "en")
    others = [
        await region.focal_point("LB", "en", "Second Person"),
        await region.contributor("LB", "en"),
        await region.officer(),
    ]
    for person in others:
        for forged in ("do.taking_part", "do.taking_part.no"):
            toast = await region.forges(person, first_card(person).message_id, forged)
            assert toast.startswith("This button belongs to an earlier message.")
        await region.says(person, "/calendar")
        assert "do.taking_part" not in data_of(person.last_message)
    async with region.store.reading() as work:
        assert not await work.taking_part.of(CYCLE)
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        noted = file.execute("SELECT outcome FROM audit WHERE act = 'taking_part'").fetchall()
    file.close()
    assert noted == [("denied",)] * 6
    assert not [words for words in since(layla, 0) if "does not take part" in words]


async def test_somebody_whose_place_has_ended_sees_no_calendar(region: Region) -> None:
    """A former focal point keeps language and own data, nothing else."""
    await loads(region)
    layla = await region.focal_point("LB", "en")
    sam = await region.officer()
    await region.says(sam, "/replace LB")
    await region.presses(sam, "In the place of Layla Haddad")
    token = sam.last_message.text.partition("?start=")[2].split()[0]
    await region.comes_in(token, "en", "Nour Saad")
    start = layla.last_message.message_id
    await region.says(layla, "/calendar", "/agenda")
    for forged in ("do.calendar", "do.event.session1", "do.ics", "do.taking_part.no"):
        await region.forges(layla, first_card(layla).message_id, forged)
    said = since(layla, start)
    assert said
    assert not [
        words for words in said if "comes next" in words or "workshop" in words or "Taking part" in words
    ]
