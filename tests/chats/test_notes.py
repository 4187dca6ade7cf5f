"""Notes on a question and the log of consultations: for the country's own people, never written into the review."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import (
    CYCLE,
    OPEN,
    Region,
    bare,
    data_of,
    everything,
    first_card,
    labels_of,
    newest,
    voice,
)
from workflows.languages import LANGUAGES, Language
from workflows.review.answers import RecordList
from workflows.store.values_hands import Consultation

STALE = voice("en").gettext("This button belongs to an earlier message. Please use the newest one.")
UNKNOWN_COMMAND = "Rafiq does not know this command."


async def asked_for(region: Region, scope: str, name: str = "Karim Aoun") -> Person:
    return await region.comes_in(await region.invitation("contributor", "LB", scope=scope), "en", name)


async def opens_notes(region: Region, person: Person, prompt: str = OPEN) -> None:
    await region.opens(person, prompt)
    await region.presses(person, "⋯ More")
    await region.presses(person, "📝 Notes")


async def notes_it(region: Region, person: Person, words: str, prompt: str = OPEN) -> None:
    await opens_notes(region, person, prompt)
    await region.presses(person, "📝 Add a note")
    await region.says(person, words)


async def logged(region: Region) -> list[Consultation]:
    async with region.store.reading() as work:
        return await work.consultations.of_country(CYCLE, "LB")


async def test_a_note_stands_beside_the_answer_and_is_no_part_of_it(region: Region, layla: Person) -> None:
    before = await region.review()
    await notes_it(region, layla, "ask the ministry for 2019")
    assert "ask the ministry for 2019" in newest(layla)
    assert await region.review() == before
    await region.says(layla, "no note any more")
    assert await region.text(OPEN) == "no note any more" or "Which question" in newest(layla)
    karim = await asked_for(region, "1f")
    await opens_notes(region, karim)
    assert "ask the ministry for 2019" in newest(karim)
    assert "Layla Haddad" in newest(karim)


async def test_only_ones_own_note_is_removed(region: Region, layla: Person) -> None:
    karim = await asked_for(region, "1f")
    await notes_it(region, layla, "from Layla")
    await notes_it(region, karim, "from Karim")
    removing = [data for data in data_of(karim.last_message) if "note_remove" in data]
    assert removing == ["do.note_remove.2"]
    assert await region.forges(karim, karim.last_message.message_id, "do.note_remove.1") == STALE
    await region.presses(karim, "🗑 Remove note 2")
    assert "from Karim" not in newest(karim)
    assert "from Layla" in newest(karim)


async def test_a_colleague_asked_for_something_else_and_other_countries_see_no_note(
    region: Region, layla: Person
) -> None:
    await notes_it(region, layla, "CANARY note")
    karim = await asked_for(region, "2c")
    zaid = await region.focal_point("JO", "en", "Zaid Odeh")
    sam = await region.officer()
    assert await region.forges(karim, first_card(karim).message_id, "do.notes.1f") == STALE
    assert await region.forges(sam, first_card(sam).message_id, "do.notes.1f") == STALE
    await region.forges(zaid, first_card(zaid).message_id, "do.notes.1f")
    assert "No notes yet." in newest(zaid)
    assert "CANARY" not in everything([karim, zaid, sam])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_notes_speak_three_languages(region: Region, language: Language) -> None:
    person = await region.focal_point("LB", language)
    await region.forges(person, first_card(person).message_id, "do.note.1f")
    await region.says(person, "ملاحظة one")
    assert "ملاحظة one" in newest(person)
    assert bare(voice(language, "LB").gettext("Notes on this question")) in newest(person)


# --- consultations -------------------------------------------------------------------------------------------------


async def logs(
    region: Region, person: Person, day: str = "12 January 2027", kind: str = "civil_society"
) -> None:
    await region.says(person, "/consultations")
    await region.presses(person, "➕ Log a consultation")
    await region.presses(person, f"do.consult_as.{kind}")
    for words in ("Caritas Lebanon", day, "Access to health care"):
        await region.says(person, words)


async def test_a_consultation_is_logged_step_by_step(region: Region, layla: Person) -> None:
    before = await region.review()
    await logs(region, layla)
    (found,) = await logged(region)
    assert (str(found.day), found.category, found.with_whom, found.subject) == (
        "2027-01-12",
        "civil_society",
        "Caritas Lebanon",
        "Access to health care",
    )
    assert await region.review() == before, "nothing is written into the review by itself"
    assert "As a line for 1e" in labels_of(layla.last_message)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 January", "2027-01-12"),
        ("١٢ أيار ٢٠٢٦", "2026-05-12"),
        ("25 décembre", "2026-12-25"),
        ("yesterday", "2027-02-28"),
    ],
)
async def test_days_are_understood_as_days_that_have_been(
    region: Region, layla: Person, typed: str, day: str
) -> None:
    await logs(region, layla, typed)
    assert [str(each.day) for each in await logged(region)] == [day]


async def test_a_day_that_is_not_understood_is_asked_again_and_may_stay_open(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/consultations")
    await region.presses(layla, "➕ Log a consultation")
    await region.presses(layla, "do.consult_as.academia")
    await region.says(layla, "University of Tripoli")
    await region.says(layla, "when it rained")
    assert "“when it rained” was not understood as a day." in newest(layla)
    await region.presses(layla, "Without a date")
    await region.presses(layla, "Without a subject")
    assert [(each.day, each.subject) for each in await logged(region)] == [(None, "")]


async def test_a_line_is_offered_and_written_only_when_confirmed(region: Region, layla: Person) -> None:
    await logs(region, layla)
    before = await region.review()
    await region.presses(layla, "As a line for 1e")
    assert "Nothing is written before you confirm." in newest(layla)
    assert await region.review() == before
    confirm = layla.last_message
    await region.presses(layla, "✔ Add it to 1e")
    value = (await region.review()).answers["1e.2"].value
    assert isinstance(value, RecordList)
    (record,) = value.records
    assert record.fields == {
        "name": "Caritas Lebanon",
        "category": "civil_society",
        "how": "Access to health care",
        "when": "2027-01-12",
    }
    data = next(data for data in data_of(confirm) if data.startswith("do.consult_line"))
    assert await region.forges(layla, confirm.message_id, data) == STALE, "a second tap adds no second line"


async def test_local_authorities_have_a_list_of_their_own(region: Region, layla: Person) -> None:
    await logs(region, layla, kind="local_authorities")
    assert [label for label in labels_of(layla.last_message) if label.startswith("As a line")] == [
        "As a line for 1d"
    ]


async def test_a_consultation_is_removed_after_a_question(region: Region, layla: Person) -> None:
    await logs(region, layla)
    await region.presses(layla, "🗑 Remove")
    assert len(await logged(region)) == 1
    await region.presses(layla, "Yes, remove")
    assert await logged(region) == []
    assert "Nothing has been logged yet." in newest(layla)


@pytest.mark.parametrize("who", ["contributor", "another country", "secretariat"])
async def test_the_log_is_the_focal_points_own(region: Region, layla: Person, who: str) -> None:
    await logs(region, layla)
    match who:
        case "contributor":
            other = await asked_for(region, "")
        case "another country":
            other = await region.focal_point("JO", "en", "Zaid Odeh")
        case _:
            other = await region.officer()
    if who != "another country":
        await region.says(other, "/consultations")
        assert newest(other).startswith(UNKNOWN_COMMAND)
    for data in ("do.consult.1", "do.consult.1:remove", "do.consult_line.1:1e.2", "do.consult_line.1:0:1e.2"):
        assert await region.forges(other, first_card(other).message_id, data) == STALE
    assert "Caritas" not in everything([other])
    assert len(await logged(region)) == 1
