"""The calendar steered in chat: one act moves everything, everybody hears of it once, and nothing is done unseen."""

import sqlite3
from datetime import date, datetime, time
from typing import Any

import icalendar
import pytest

from bot.render import toast
from bot.render.voice import Spoken
from bot.sandbox import Person, Sandbox
from tests.chats.calendars import NOTE, goes_to, loads, sandbox_at
from tests.chats.telling import (
    CYCLE,
    Region,
    bare,
    data_of,
    first_card,
    labels_of,
    newest,
    said_by_bot,
    since,
    until,
    voice,
)
from workflows.cycle.calendar import Milestone
from workflows.languages import LANGUAGES, Language
from workflows.notices import Toast
from workflows.people.roles import Role
from workflows.store.values_calendar import Registration
from workflows.use_cases.reminders.reminding import replan
from workflows.when import Exact, Unstated, Window

FORUM = Exact(first=date(2020, 12, 1), last=date(2020, 12, 2), zone="Asia/Beirut")
SENTENCES: dict[Language, str] = {
    "ar": "أجّل المنتدى إلى ٢٤-٢٥ شباط/فبراير ٢٠٢١ افتراضياً",
    "en": "Move the forum to 24-25 February 2021, online",
    "fr": "Reporter le forum aux 24 et 25 février 2021, en ligne",
}

ROUNDS: dict[Language, str] = {
    "ar": "الجولة الثانية: 6 آب/أغسطس",
    "en": "round 2: 6 August",
    "fr": "deuxième série : 6 août",
}
SEVERAL_SESSIONS: dict[Language, str] = {
    "ar": "الجلستان الأولى والثانية: 6 آب/أغسطس",
    "en": "sessions 1 and 2: 6 August",
    "fr": "1re et 2e séances : 6 août",
}


@pytest.fixture
def sandbox() -> Sandbox:
    """Everything here happens in 2020."""
    return sandbox_at(NOTE)


@pytest.fixture
async def region(region: Region) -> Region:
    """The region with the calendar of 2020."""
    await loads(region)
    return region


def plain(words: str) -> str:
    """Words as they are compared: without marks of direction, with ordinary blanks."""
    return bare(words).replace("\u00a0", " ").replace("\u202f", " ")


def seen(person: Person) -> str:
    """The bot's last message."""
    return plain(newest(person))


def has(text: str, language: Language, words: str, country: str = "", **values: Any) -> bool:
    """Whether a text holds these words of the catalogs."""
    return plain(voice(language, country).gettext(words, **values)) in text


async def arrive(region: Region) -> None:
    """Let the bulk letters go out, as the heartbeat does each second."""

    def none_is_left() -> bool:
        with sqlite3.connect(region.settings.data / "rafiq.db") as file:
            query = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'claimed', 'uncertain')"
            return not file.execute(query).fetchone()[0]

    await until(none_is_left, 20)
    await region.rests()


async def presses(region: Region, person: Person, act: str) -> str:
    """The person presses the key of this act on the newest message; gives the line over the chat."""
    data = next(data for data in data_of(person.last_message) if data.startswith("do.") and act in data)
    answer = await region.presses(person, data)
    return plain(answer)


async def does(region: Region, officer: Person, sentence: str) -> None:
    """The officer says what is to change, reads the preview and agrees."""
    await region.says(officer, f"/schedule {sentence}")
    assert await presses(region, officer, ".do") == plain(toast(Toast(code="noted"), voice("en")))


async def event(region: Region, milestone: str) -> Milestone:
    """An event as it stands on disk."""
    async with region.store.reading() as work:
        plan = await work.calendars.current(CYCLE)
        assert plan is not None
        return plan.calendar.by_id[milestone]


async def number(region: Region) -> int:
    """The version of the plan on disk."""
    async with region.store.reading() as work:
        plan = await work.calendars.current(CYCLE)
        assert plan is not None
        return plan.number


async def to_come(region: Region, milestone: str) -> set[tuple[int, date]]:
    """The planned reminders of an event: for whom, and on which day."""
    async with region.store.reading() as work:
        planned = await work.reminders.of_cycle(CYCLE, "planned", limit=1000)
    return {(each.person_id, each.nominal) for each in planned if each.milestone == milestone}


def audit(region: Region) -> list[tuple[str, str, str]]:
    """The lines of the audit about the calendar: country, thing, outcome."""
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        query = "SELECT country, thing, outcome FROM audit WHERE act = 'steer_calendar' ORDER BY id"
        return file.execute(query).fetchall()


def letters(person: Person) -> list[str]:
    """The letters about changes that a person got."""
    headings = ("📅", "📍", "🔗")
    return [plain(message.text) for message in said_by_bot(person) if bare(message.text).startswith(headings)]


def entries(person: Person) -> list[Any]:
    """The events of the last calendar file that a person got."""
    files = [message.document for message in said_by_bot(person) if message.document]
    return list(icalendar.Calendar.from_ical(files[-1].content).walk("VEVENT"))


# --- the real story ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_case_03_the_forum_goes_from_beirut_to_february_online(
    region: Region, language: Language
) -> None:
    layla = await region.focal_point("LB", "ar")
    amel = await region.focal_point("MR", "fr", "Amel Diop")
    ziad = await region.contributor("OM", "en", "Ziad Said")
    officer = await region.officer(language)
    async with region.store.transaction() as work:
        await replan(work, CYCLE, region.house.clock.now())
    assert {day.year for _, day in await to_come(region, "forum")} == {2020}

    await region.says(officer, "/schedule")
    await region.says(officer, SENTENCES[language])
    preview = seen(officer)
    assert has(preview, language, "This is what would change. Nothing has been done yet.")
    words = ("{count} person gets one message about it.", "{count} people get one message about it.")
    assert plain(voice(language).ngettext(*words, 3)) in preview
    assert plain(voice(language).country_name("MR")) in preview
    assert (await event(region, "forum")).when == FORUM, "nothing has been done yet"
    assert not letters(layla)

    await presses(region, officer, ".do")
    assert has(seen(officer), language, "Done.")
    await arrive(region)
    after = await event(region, "forum")
    assert isinstance(after.when, Exact)
    assert (after.when.first, after.when.last) == (date(2021, 2, 24), date(2021, 2, 25))
    assert (after.mode, after.place) == ("online", None)
    assert [move.step for move in after.moves] == ["postponed"]

    told: tuple[tuple[Person, Language, str, str, str], ...] = (
        (layla, "ar", "LB", "1 و2 كانون الأول 2020", "الأربعاء والخميس 24 و25 شباط 2021"),
        (amel, "fr", "MR", "1er et 2 décembre 2020", "mercredi 24 et jeudi 25 février 2021"),
        (ziad, "en", "OM", "1 and 2 December 2020", "Wednesday and Thursday, 24 and 25 February 2021"),
    )
    for person, spoken, country, old, new in told:
        (letter,) = letters(person)
        assert has(letter, spoken, "📅 The date has been moved", country)
        assert old in letter.translate(str.maketrans("٠١٢٤٥", "01245"))
        assert new in letter.translate(str.maketrans("٠١٢٤٥", "01245"))
        shown = person.last_message
        assert any(each["type"] == "strikethrough" for each in shown.entities)
        assert "do.event.forum" in data_of(shown)
        (entry,) = entries(person)
        assert entry["DTSTART"].dt == date(2021, 2, 24)
        assert int(entry["SEQUENCE"]) == after.sequence == 1
    assert not letters(officer), "who does it has the receipt"
    assert {day.year for _, day in await to_come(region, "forum")} <= {2021}
    assert audit(region) == [("", "forum/postponed", "done")]


async def test_later_questions_answer_the_new_date_and_that_it_moved(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    officer = await region.officer()
    await does(region, officer, "forum 24-25 شباط/فبراير 2021 online")
    await arrive(region)
    for data in ("do.event.forum",):
        await region.forges(layla, first_card(layla).message_id, data)
    assert "24 and 25 February 2021" in seen(layla)
    assert "1 and 2 December 2020" in seen(layla)
    assert "moved on 8 June 2020" in seen(layla)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_case_04_the_window_of_session_2_becomes_a_day(region: Region, language: Language) -> None:
    typed = {
        "ar": "الجلسة الثانية ١٥ تموز/يوليو ٢٠٢٠ الساعة ١٠",
        "en": "session 2 15 July 2020 10:00",
        "fr": "séance 2 le 15 juillet 2020 à 10h",
    }[language]
    person = await region.focal_point("OM", "en")
    officer = await region.officer(language)
    await region.says(officer, f"/schedule {typed}")
    await presses(region, officer, ".do")
    await arrive(region)
    fixed = await event(region, "session2")
    day = date(2020, 7, 15)
    assert fixed.when == Exact(first=day, last=day, starts=time(10), ends=time(12, 30))
    assert not fixed.alternatives
    (letter,) = letters(person)
    assert has(letter, "en", "📅 The date is fixed")
    assert "Wednesday, 15 July 2020, 10:00–12:30 (Cairo time)" in letter
    assert "Your time (Oman): 12:00–14:30" in letter
    assert "early July 2020" in letter
    assert "do.attend.session2" in data_of(person.last_message)
    assert "do.agenda.session2" in data_of(person.last_message)
    assert await to_come(region, "session2")


# --- one country, place and link ---------------------------------------------------------------------------------


async def deadline(region: Region, officer: Person) -> None:
    await does(region, officer, "submission 30 September 2020")
    await arrive(region)


async def test_more_time_for_yemen_is_told_to_yemen_and_the_secretariat(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    hana = await region.focal_point("YE", "en", "Hana Saleh")
    officer = await region.officer()
    other = await region.officer("fr", "Nour Petit")
    await deadline(region, officer)
    await region.forges(officer, first_card(officer).message_id, "do.schedule.submission")
    await presses(region, officer, "submission.country")
    await region.says(officer, "Atlantis")
    assert "⚠️ No country of the region could be read in this:" in seen(officer)
    await region.says(officer, "اليمن")
    assert "More time for Yemen" in seen(officer)
    await region.says(officer, "15 October 2020")
    assert "Yemen 1" in seen(officer)
    assert "Lebanon" not in seen(officer)
    await presses(region, officer, ".do")
    await arrive(region)
    changed = await event(region, "submission")
    day = date(2020, 10, 15)
    assert changed.when_for("YE") == Exact(first=day, last=day)
    assert isinstance(changed.when, Exact)
    assert changed.when.first == date(2020, 9, 30)
    assert len(letters(layla)) == 1, "only of the deadline itself"
    assert len(letters(hana)) == 2
    assert "A later date for Yemen" in letters(hana)[-1]
    assert "Thursday, 15 October 2020" in letters(hana)[-1]
    assert len(letters(other)) == 2
    assert "Yémen" in letters(other)[-1]
    own = {day for person, day in await to_come(region, "submission")}
    assert day in own or max(own) > date(2020, 10, 1)
    assert audit(region)[-1] == ("YE", "submission/extended", "done")

    await region.forges(officer, first_card(officer).message_id, "do.schedule.submission")
    await presses(region, officer, "submission.end.YE")
    await presses(region, officer, ".do")
    await arrive(region)
    assert not (await event(region, "submission")).extensions
    assert "The common date holds again for Yemen" in letters(hana)[-1]
    assert len(letters(layla)) == 1


async def test_a_later_common_date_says_nothing_to_who_has_a_later_one(region: Region) -> None:
    hana = await region.focal_point("YE", "en", "Hana Saleh")
    layla = await region.focal_point("LB", "en")
    officer = await region.officer()
    await deadline(region, officer)
    await does(region, officer, "submission: more time for Yemen until 15 November 2020")
    await arrive(region)
    before = len(letters(hana))
    await does(region, officer, "submission 15 October 2020")
    await arrive(region)
    assert len(letters(hana)) == before, "Yemen's own date stays"
    assert "15 October 2020" in letters(layla)[-1]


async def test_a_country_that_declined_is_not_told_but_who_registered_there_is(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    karim = await region.focal_point("LB", "en", "Karim Haddad")
    salim = await region.focal_point("OM", "en", "Salim Said")
    officer = await region.officer()
    await region.forges(karim, first_card(karim).message_id, "do.attend.session1")
    await region.presses(karim, "do.attend.session1.remote")
    await region.forges(layla, first_card(layla).message_id, "do.taking_part.no")
    for sentence, told in (
        ("session 1 29 June 2020", [karim, salim]),
        ("forum 24-25 February 2021", [salim]),
    ):
        counts = {each.user_id: len(letters(each)) for each in (layla, karim, salim)}
        await region.says(officer, f"/schedule {sentence}")
        words = "1 person gets" if len(told) == 1 else f"{len(told)} people get"
        assert f"{words} one message about it." in seen(officer)
        await presses(region, officer, ".do")
        assert f"{words} one message about it." in seen(officer)
        await arrive(region)
        new = [each for each in (layla, karim, salim) if len(letters(each)) > counts[each.user_id]]
        assert new == told
    await does(region, officer, "submission 30 September 2020")
    await does(region, officer, "submission for Lebanon 15 October 2020")
    await arrive(region)
    assert "15 October 2020" in letters(layla)[-1], "its own date is told to it"
    await region.forges(layla, first_card(layla).message_id, "do.taking_part.yes")
    await does(region, officer, "forum 3-4 March 2021")
    await arrive(region)
    assert "3 and 4 March 2021" in letters(layla)[-1]


async def test_a_link_is_told_to_those_registered_only(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    amel = await region.focal_point("MR", "fr", "Amel Diop")
    officer = await region.officer()
    await region.forges(layla, first_card(layla).message_id, "do.attend.session1")
    await region.presses(layla, "do.attend.session1.remote")
    await region.forges(officer, first_card(officer).message_id, "do.schedule.session1")
    await presses(region, officer, "session1.place")
    await region.says(officer, "javascript://alert")
    assert "⚠️ This is no place and no link:" in seen(officer)
    await region.says(officer, "https://meet.example.org/s1?a=1&b=2")
    assert "A new place or link is told to those who have registered." in seen(officer)
    assert "1 person gets one message about it." in seen(officer)
    await presses(region, officer, ".do")
    await arrive(region)
    assert (await event(region, "session1")).link == "https://meet.example.org/s1?a=1&b=2"
    assert "🔗 The link to take part" in letters(layla)[-1]
    assert str(entries(layla)[0]["URL"]) == "https://meet.example.org/s1?a=1&b=2"
    assert not letters(amel)
    registered = await registrations(region)
    assert [row.attendance for row in registered] == ["remote"], "registrations stay"


async def registrations(region: Region) -> list[Registration]:
    async with region.store.reading() as work:
        return await work.registrations.of_session(CYCLE, "session1")


async def test_a_place_in_three_languages(region: Region) -> None:
    layla = await region.focal_point("LB", "ar")
    officer = await region.officer()
    await region.forges(officer, first_card(officer).message_id, "do.schedule.forum")
    await presses(region, officer, "forum.place")
    await region.says(officer, "عمّان / Amman / Amman")
    await presses(region, officer, ".do")
    await arrive(region)
    place = (await event(region, "forum")).place
    assert place is not None
    assert (place.ar, place.en) == ("عمّان", "Amman")
    assert "عمّان" in letters(layla)[-1]
    assert "بيروت" in letters(layla)[-1]


# --- what is in doubt --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_date_in_doubt_is_shown_in_both_readings(region: Region, language: Language) -> None:
    officer = await region.officer(language)
    await region.says(officer, "/schedule forum")
    await region.says(officer, "3/4/2021")
    question = "This can be read in more than one way. Which is meant?"
    assert has(seen(officer), language, question)
    keys = [data for data in data_of(officer.last_message) if data.startswith("do.proposal.")]
    assert len(keys) == 2
    await region.presses(officer, keys[1])
    assert has(seen(officer), language, "This is what would change. Nothing has been done yet.")
    await presses(region, officer, ".do")
    when = (await event(region, "forum")).when
    assert isinstance(when, Exact)
    assert when.first == date(2021, 3, 4)


async def test_a_past_date_is_asked_back(region: Region) -> None:
    officer = await region.officer()
    await region.says(officer, "/schedule forum 1 February 2020")
    assert "This lies in the past. Is it meant so?" in seen(officer)
    assert (await event(region, "forum")).when == FORUM
    await presses(region, officer, "do.proposal.")
    assert "⚠️ The new date lies in the past." in seen(officer)
    await presses(region, officer, ".not")
    assert (await event(region, "forum")).when == FORUM
    assert await number(region) == 1


@pytest.mark.parametrize(
    "typed", ["when the moon is blue", "31 February 2021", "٣١ شباط ٢٠٢١", "x" * 4000, "forum ?? 99"]
)
async def test_what_is_no_date_is_asked_again_with_examples(region: Region, typed: str) -> None:
    officer = await region.officer()
    await region.says(officer, "/schedule forum")
    await region.says(officer, typed)
    assert "⚠️ No date could be read in this:" in seen(officer)
    assert "24-25 February 2021" in seen(officer)
    await region.says(officer, "24-25 February 2021")
    assert "This is what would change." in seen(officer), "the next text is taken as the date"
    assert await number(region) == 1


async def test_a_sentence_about_nothing_known_is_shown_again(region: Region) -> None:
    officer = await region.officer()
    await region.says(officer, "/schedule")
    await region.says(officer, "Move the garden party to Friday")
    assert "⚠️ No event could be found in this:" in seen(officer)
    await region.says(officer, "workshop 3 August 2020")
    assert "This may be about several events. Which is meant?" in seen(officer)
    await region.presses(
        officer, next(data for data in data_of(officer.last_message) if ".proposal." in data)
    )
    assert "This is what would change." in seen(officer)


async def test_what_stands_so_already_is_not_done_again(region: Region) -> None:
    officer = await region.officer()
    await region.says(officer, "/schedule forum 1-2 December 2020")
    assert "It stands so already; there is nothing to change." in seen(officer)
    assert await number(region) == 1


async def test_a_sentence_about_another_event_moves_that_one(region: Region) -> None:
    officer = await region.officer()
    await region.says(officer, "/schedule session 2")
    await region.says(officer, "forum 1-2 June 2021, online")
    await presses(region, officer, ".do")
    assert isinstance((await event(region, "session2")).when, Window), (
        "the card that was open stays as it was"
    )
    moved = await event(region, "forum")
    assert isinstance(moved.when, Exact)
    assert (moved.when.first, moved.when.last) == (date(2021, 6, 1), date(2021, 6, 2))
    assert moved.mode == "online"


async def test_the_number_of_the_session_that_is_open_is_no_day(region: Region) -> None:
    officer = await region.officer()
    await region.says(officer, "/schedule session 2")
    await region.says(officer, "3/4/2021")
    await region.says(officer, "session 2 on 5 January 2020")
    assert "This lies in the past. Is it meant so?" in seen(officer)
    await region.says(officer, "first week of August 2020")
    assert "Capacity-building workshop, session 2" in seen(officer), "a stray word names no other event"


async def test_a_later_date_is_not_given_to_an_event_of_another_name(region: Region) -> None:
    officer = await region.officer()
    await deadline(region, officer)
    await region.forges(officer, first_card(officer).message_id, "do.schedule.submission")
    await presses(region, officer, "submission.country")
    await region.says(officer, "Yemen")
    await region.says(officer, "forum 1-2 June 2021")
    await presses(region, officer, ".do")
    assert not (await event(region, "submission")).extensions
    moved = (await event(region, "forum")).when
    assert isinstance(moved, Exact)
    assert moved.first == date(2021, 6, 1)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_several_countries_at_once_are_asked_back(region: Region, language: Language) -> None:
    officer = await region.officer(language)
    await does_in(region, officer, "submission 30 September 2020")
    await arrive(region)
    problem = "⚠️ More time is given to one country at a time, and this names several:"
    await region.says(officer, "/schedule deadline for Yemen, Lebanon 15 October 2020")
    assert has(seen(officer), language, problem)
    await region.says(officer, "اليمن ولبنان")
    assert has(seen(officer), language, problem)
    await region.says(officer, "Lebanon")
    await region.says(officer, "15 October 2020")
    await presses(region, officer, ".do")
    assert set((await event(region, "submission")).extensions) == {"LB"}


# --- what a preview warns of and strikes out ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_round_is_moved_in_one_sentence(region: Region, language: Language) -> None:
    officer = await region.officer(language)
    await does_in(region, officer, ROUNDS[language])
    assert has(seen(officer), language, "Done.")
    day = date(2020, 8, 6)
    assert (await event(region, "round2")).when == Exact(first=day, last=day)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_sentence_that_names_several_sessions_is_asked_about(
    region: Region, language: Language
) -> None:
    officer = await region.officer(language)
    await region.says(officer, f"/schedule {SEVERAL_SESSIONS[language]}")
    assert has(seen(officer), language, "This may be about several events. Which is meant?")
    await presses(region, officer, ".proposal.")
    assert has(seen(officer), language, "This is what would change. Nothing has been done yet.")
    await region.says(officer, "/schedule session2")
    await region.says(officer, SEVERAL_SESSIONS[language])
    assert has(seen(officer), language, "This may be about several events. Which is meant?"), "a card is open"
    assert await number(region) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whose_day_off_it_is_is_said(region: Region, language: Language) -> None:
    officer = await region.officer(language)
    await region.says(officer, "/schedule round2 6 November 2020 10:00")  # a Friday
    caution = voice(language).gettext("⚠️ Day off in: {countries}", countries=Spoken(""))
    warned = [line for line in seen(officer).splitlines() if line.startswith(plain(caution).strip())]
    ours = voice(language)
    (names,) = warned
    assert plain(ours.country_name("EG")) in names
    assert plain(ours.country_name("TN")) not in names, "a working day there"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_over_is_not_moved_unwarned(region: Region, language: Language) -> None:
    officer = await region.officer(language)
    warning = "⚠️ This has already taken place."
    await region.says(officer, "/schedule forum 24-25 February 2021")
    assert not has(seen(officer), language, warning)
    await does_in(region, officer, "session 1 10 June 2020")
    await goes_to(region, 2020, 6, 11, 9, 0)
    await region.says(officer, "/schedule session 1 1 September 2020")
    assert has(seen(officer), language, "This is what would change. Nothing has been done yet.")
    assert has(seen(officer), language, warning)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_window_that_no_longer_holds_is_struck_out(region: Region, language: Language) -> None:
    officer = await region.officer(language)
    before = await event(region, "session2")
    assert isinstance(before.when, Window)
    assert before.alternatives
    await region.says(officer, "/schedule session 2 15 July 2020 10:00")
    shown = officer.last_message
    struck = [each for each in shown.entities if each["type"] == "strikethrough"]
    text = shown.text.encode("utf-16-le")
    words = "".join(
        text[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le")
        for each in struck
    )
    for window in (before.when, *before.alternatives):
        assert isinstance(window, Window)
        assert plain(voice(language).words(window.phrase)) in plain(words)


async def test_after_a_change_the_next_sentence_is_listened_to(region: Region) -> None:
    officer = await region.officer()
    await does(region, officer, "forum 24-25 February 2021 online")
    assert "Done." in seen(officer)
    await region.says(officer, "session 2 15 July 2020 10:00")
    assert "This is what would change." in seen(officer)
    await presses(region, officer, ".do")
    assert isinstance((await event(region, "session2")).when, Exact)


# --- twice, late, and by two -------------------------------------------------------------------------------------


async def test_a_double_tap_does_it_once(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    officer = await region.officer()
    await region.says(officer, "/schedule forum 24-25 February 2021 online")
    shown = officer.last_message
    data = next(data for data in data_of(shown) if data.endswith(".do"))
    first = await region.forges(officer, shown.message_id, data)
    again = await region.forges(officer, shown.message_id, data)
    assert plain(first) == plain(toast(Toast(code="noted"), voice("en")))
    assert plain(again) == plain(toast(Toast(code="already"), voice("en")))
    await arrive(region)
    assert await number(region) == 2
    assert len(letters(layla)) == 1


async def test_of_two_officers_the_second_one_sees_what_the_first_has_done(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    sam, nour = await region.officer(), await region.officer("fr", "Nour Petit")
    await region.says(sam, "/schedule forum 24-25 February 2021 online")
    await region.says(nour, "/schedule forum 10 mars 2021")
    shown = nour.last_message
    await presses(region, sam, ".do")
    data = next(data for data in data_of(shown) if data.endswith(".do"))
    answer = await region.forges(nour, shown.message_id, data)
    assert plain(answer) == plain(toast(Toast(code="stale"), voice("fr")))
    problem = "⚠️ Somebody has changed the calendar since this was shown. Nothing was done; it now stands as follows."
    assert any(has(plain(message.text), "fr", problem) for message in said_by_bot(nour))
    await arrive(region)
    assert await number(region) == 2
    assert len(letters(layla)) == 1
    assert len(letters(nour)) == 1, "the other officer is told too"


async def test_two_presses_in_the_same_moment_make_one_change(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    sam, nour = await region.officer(), await region.officer("fr", "Nour Petit")
    await region.says(sam, "/schedule forum 24-25 February 2021 online")
    await region.says(nour, "/schedule forum 10 mars 2021")
    for officer in (sam, nour):
        officer.taps(next(data for data in data_of(officer.last_message) if data.endswith(".do")))
    await region.rests()
    await arrive(region)
    assert await number(region) == 2
    assert len(letters(layla)) == 1
    assert [outcome for _, _, outcome in audit(region)] == ["done"]


async def test_nobody_else_s_card_can_be_pressed(region: Region) -> None:
    sam, nour = await region.officer(), await region.officer("en", "Nour Petit")
    await region.says(sam, "/schedule forum 24-25 February 2021 online")
    data = next(data for data in data_of(sam.last_message) if data.endswith(".do"))
    answer = await region.forges(nour, first_card(nour).message_id, data)
    assert plain(answer) == plain(toast(Toast(code="stale"), voice("en")))
    assert await number(region) == 1


# --- taken back, and changed again before it was told ------------------------------------------------------------


async def test_what_was_told_is_taken_back_aloud(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    officer = await region.officer()
    await does(region, officer, "forum 24-25 February 2021 online")
    await arrive(region)
    await presses(region, officer, "take_back")
    assert "This is what would change." in seen(officer)
    await presses(region, officer, ".do")
    await arrive(region)
    back = await event(region, "forum")
    assert (back.when, back.mode) == (FORUM, "in_person")
    assert len(letters(layla)) == 2
    assert "1 and 2 December 2020" in letters(layla)[-1]
    assert "Beirut" in letters(layla)[-1]
    assert back.sequence == 2


async def test_what_nobody_was_told_is_taken_back_in_silence(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    officer = await region.officer()
    held = region.house.courier._claim

    async def none(*_: object) -> None:
        """Claim nothing."""

    region.house.courier._claim = none
    await does(region, officer, "forum 24-25 February 2021 online")
    await presses(region, officer, "take_back")
    await presses(region, officer, ".do")
    assert "Nobody is to be told." in seen(officer)
    assert "withdrawn: 1" in seen(officer)
    region.house.courier._claim = held
    await arrive(region)
    assert not letters(layla)
    assert (await event(region, "forum")).when == FORUM


async def test_a_second_change_before_the_first_was_told_is_told_alone(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    officer = await region.officer()
    held = region.house.courier._claim

    async def none(*_: object) -> None:
        """Claim nothing."""

    region.house.courier._claim = none
    await does(region, officer, "forum 24-25 February 2021 online")
    await does(region, officer, "session 2 15 July 2020 10:00")
    await does(region, officer, "forum 10-11 March 2021")
    region.house.courier._claim = held
    await arrive(region)
    session, forum = letters(layla)
    assert "15 July 2020" in session
    assert "1 and 2 December 2020" in forum, "what Layla last knew"
    assert "10 and 11 March 2021" in forum
    assert "24 and 25 February" not in forum


# --- open again, the way to meet, and who may not ----------------------------------------------------------------


async def test_a_date_is_left_open_again_and_the_file_says_cancelled(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    officer = await region.officer()
    await region.forges(officer, first_card(officer).message_id, "do.schedule.forum")
    await presses(region, officer, "forum.open")
    await presses(region, officer, ".do")
    await arrive(region)
    assert (await event(region, "forum")).when == Unstated()
    assert "📅 The date is open again" in letters(layla)[-1]
    assert entries(layla)[0]["STATUS"] == "CANCELLED"
    assert not await to_come(region, "forum")


async def test_a_window_can_be_named_and_a_mode_alone_changed(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    officer = await region.officer()
    await does(region, officer, "forum mid February 2021")
    await arrive(region)
    assert isinstance((await event(region, "forum")).when, Window)
    assert "📅 The date is to be confirmed" in letters(layla)[-1]
    await region.forges(officer, first_card(officer).message_id, "do.schedule.forum")
    await presses(region, officer, "forum.online")
    await presses(region, officer, ".do")
    await arrive(region)
    assert "📅 The way to meet has changed" in letters(layla)[-1]
    assert (await event(region, "forum")).mode == "online"


@pytest.mark.parametrize(
    "attempt",
    [
        "/schedule",
        "/schedule forum 24 February 2021",
        "do.schedule.forum",
        "do.reschedule.forum.open",
        "do.move.7.do",
    ],
)
async def test_nobody_else_steers(region: Region, attempt: str) -> None:
    layla = await region.focal_point("LB", "en")
    if attempt.startswith("/"):
        await region.says(layla, attempt)
    else:
        await region.forges(layla, first_card(layla).message_id, attempt)
    assert "Dates, places and links are set by the secretariat" in seen(layla)
    assert "All dates are in /calendar." in seen(layla)
    assert audit(region) == [("LB", "calendar", "denied")]
    assert await number(region) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_list_shows_the_state_of_every_date(region: Region, language: Language) -> None:
    officer = await region.officer(language)
    await does_in(region, officer, SENTENCES[language])
    start = officer.last_message.message_id
    await region.says(officer, "/schedule")
    shown = plain("\n".join(since(officer, start)))
    await region.presses(officer, "do.schedule_page.1")
    assert plain("\n".join(since(officer, start))) != shown
    assert has(shown, language, "moved")
    assert has(shown, language, "date not announced yet")
    assert len(labels_of(officer.last_message)) >= 2
    assert "do.schedule.imrf2022" in data_of(officer.last_message)


async def does_in(region: Region, officer: Person, sentence: str) -> None:
    await region.says(officer, f"/schedule {sentence}")
    await presses(region, officer, ".do")


async def test_unknown_events_and_old_numbers_are_stale(region: Region) -> None:
    officer = await region.officer()
    stale = plain(toast(Toast(code="stale"), voice("en")))
    first = first_card(officer).message_id
    for forged in (
        "do.schedule.nothing", "do.reschedule.nothing.date", "do.reschedule.forum.take_back",
        "do.reschedule.submission.end.YE", "do.proposal.77.0", "do.move.77.do",
    ):  # fmt: skip
        assert plain(await region.forges(officer, first, forged)) == stale, forged
    await region.says(officer, "/schedule forum 3/4/2021")
    held = next(data for data in data_of(officer.last_message) if ".proposal." in data)
    assert plain(await region.forges(officer, first, f"{held[:-1]}9")) == stale
    assert await number(region) == 1


async def test_a_preview_is_forgotten_after_some_days(region: Region) -> None:
    officer = await region.officer()
    await region.says(officer, "/schedule forum 24-25 February 2021 online")
    await goes_to(region, 2020, 6, 12, 9, 0)
    async with region.store.transaction() as work:
        await work.tidy(datetime.fromisoformat("2020-06-12T09:00:00+00:00"))
    answer = await presses(region, officer, ".do")
    assert answer == plain(toast(Toast(code="stale"), voice("en")))
    assert await number(region) == 1


async def test_who_has_registered_stays_registered_when_the_day_moves(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    amel = await region.focal_point("MR", "fr", "Amel Diop")
    officer = await region.officer()
    await region.forges(layla, first_card(layla).message_id, "do.attend.session1")
    await region.presses(layla, "do.attend.session1.office")
    async with region.store.transaction() as work:
        known = await work.people.by_telegram(amel.user_id)
        assert known is not None
        await work.people.set_reach(known.id, "blocked")
    await does(region, officer, "session 1 29 June 2020")
    assert "1 person gets one message about it." in seen(officer), "who cannot be reached is not counted"
    await arrive(region)
    moved = await event(region, "session1")
    day = date(2020, 6, 29)
    assert moved.when == Exact(first=day, last=day, starts=time(10), ends=time(13)), "the hours stay"
    assert [row.attendance for row in await registrations(region)] == ["office"]
    assert "What you have registered and answered stays as it is." in letters(layla)[-1]
    assert "do.attend.session1" in data_of(layla.last_message)
    assert not letters(amel)


@pytest.mark.parametrize(
    ("role", "scope", "answers"),
    [
        ("focal_point", "", True),
        ("contributor", "", True),
        ("clearer", "1", False),
        ("supporter", "un_team", False),
    ],
)
async def test_only_whoever_answers_hears_that_their_answers_stay(
    region: Region, role: Role, scope: str, *, answers: bool
) -> None:
    sam = await region.officer()
    reader = await region.comes_in(await region.invitation(role, "LB", scope=scope), "en")
    await region.says(sam, "/schedule forum 24-25 February 2021 online")
    await region.presses(sam, "✅ Do it")
    await arrive(region)
    assert "The date has been moved" in newest(reader)
    assert ("What you have registered and answered stays as it is." in newest(reader)) == answers
