"""The self-assessment before a session: marks and notes of a country's focal points, areas and support for them."""

import json
import sqlite3
from typing import Any

import pytest

from bot.sandbox import Person
from tests.chats.telling import (
    CYCLE,
    Region,
    data_of,
    everything,
    labels_of,
    newest,
    newest_file,
    said_by_bot,
    voice,
)
from workflows.languages import LANGUAGES, Language
from workflows.people.roles import Actor
from workflows.store.values_assessment import Assessed

EN = voice("en", "LB")
STALE = EN.gettext("This button belongs to an earlier message. Please use the newest one.")
NOTE = "the law of 2019 says nothing of this"
HUMAN = "▫️ 6. Human rights"


async def assessed(region: Region, country: str = "LB") -> dict[str, Assessed]:
    """What is on disk of a country's self-assessment."""
    async with region.store.reading() as work:
        return await work.assessments.of_country(Actor(0, "focal_point", country, CYCLE), country)


async def opens_principle(region: Region, person: Person, key: str = HUMAN) -> None:
    await region.says(person, "/assess")
    await region.presses(person, key)


# --- marks -----------------------------------------------------------------------------------------------------------


async def test_f2_one_tap_marks_a_principle_and_redraws_its_card(region: Region, layla: Person) -> None:
    await region.says(layla, "/assess")
    assert newest(layla).startswith("Self-assessment: Lebanon")
    assert newest(layla).count("not assessed yet") == 11
    await region.presses(layla, HUMAN)
    assert newest(layla).startswith("6. Human rights\n\nDoes it show how the human rights of all migrants")
    messages = len(layla.messages)
    await region.presses(layla, "🔸 Partly")
    assert "🔸 Mark: partly reflected\nLayla Haddad · " in newest(layla)
    assert len(layla.messages) == messages, "the card is redrawn, and nothing new is sent"
    await region.presses(layla, "✅ Reflected in our review")
    assert "✅ Mark: reflected in our review" in newest(layla)
    assert (await assessed(region))["human_rights"].mark == "reflected"
    await region.presses(layla, "◀ All principles")
    assert "✅ 6. Human rights: reflected in our review" in newest(layla)
    assert newest(layla).count("not assessed yet") == 10


async def test_a_mark_is_taken_away_again(region: Region, layla: Person) -> None:
    await opens_principle(region, layla)
    await region.presses(layla, "✏️ To be developed")
    await region.presses(layla, "▫️ Take the mark away")
    assert "▫️ Mark: not assessed yet" in newest(layla)
    assert "▫️ Take the mark away" not in labels_of(layla.last_message)
    assert (await assessed(region))["human_rights"].mark == ""


async def test_one_goes_through_all_ten(region: Region, layla: Person) -> None:
    await opens_principle(region, layla, "▫️ 1. People-centred")
    for _ in range(9):
        await region.presses(layla, "🔸 Partly")
        await region.presses(layla, "Next principle ▶")
    assert newest(layla).startswith("10. Whole-of-society approach")
    assert "Next principle ▶" not in labels_of(layla.last_message)
    assert [each.mark for each in (await assessed(region)).values()] == ["partly"] * 9


# --- notes -----------------------------------------------------------------------------------------------------------


async def test_what_is_typed_at_a_principle_is_its_note_and_no_answer(region: Region, layla: Person) -> None:
    before = await region.review()
    await opens_principle(region, layla)
    await region.says(layla, NOTE)
    assert newest(layla).startswith("✔ Your note is kept.")
    assert f"What needs further development:\n{NOTE}\nLayla Haddad · " in newest(layla)
    await region.says(layla, "it will say more in 2028")
    (said,) = (await assessed(region)).values()
    assert (said.note, said.edition) == ("it will say more in 2028", 2)
    await region.presses(layla, "🗑 Remove the note")
    assert (await assessed(region))["human_rights"].note == ""
    assert await region.review() == before


async def test_a_note_in_several_messages_is_one_note(region: Region, layla: Person) -> None:
    await opens_principle(region, layla)
    layla.says("first line")
    layla.says("second line")
    await region.rests()
    assert (await assessed(region))["human_rights"].note == "first line\nsecond line"


async def test_what_is_typed_at_the_list_is_no_note(region: Region, layla: Person) -> None:
    """The cards that list ask for nothing: a text after them is kept and asked about, and notes stay as they were."""
    await opens_principle(region, layla)
    await region.says(layla, NOTE)
    await region.presses(layla, "◀ All principles")
    await region.says(layla, "words for somewhere")
    assert [each.note for each in (await assessed(region)).values()] == [NOTE]
    assert "Which question does it belong to?" in newest(layla)


async def test_a_note_that_is_too_long_is_not_cut(region: Region, layla: Person) -> None:
    await opens_principle(region, layla)
    await region.says(layla, "w" * 2_001)
    assert newest(layla).startswith("⚠️ This is too long for a short note, and was not kept.")
    assert not (await assessed(region))["human_rights"].note
    await region.says(layla, NOTE)
    assert (await assessed(region))["human_rights"].note == NOTE


async def test_a_colleagues_note_is_never_lost(region: Region, layla: Person) -> None:
    omar = await region.focal_point("LB", "en", "Omar Aoun")
    for person in (layla, omar):
        await opens_principle(region, person)
    await region.says(omar, "written by Omar")
    await region.says(layla, "written by Layla")
    assert newest(layla).startswith("⚠️ A colleague has written a note here in the meantime")
    assert "written by Omar\nOmar Aoun · " in newest(layla)
    assert (await assessed(region))["human_rights"].note == "written by Omar"
    await region.says(layla, "written by both")
    assert (await assessed(region))["human_rights"].note == "written by both"


async def test_a_key_of_an_older_card_takes_nothing_of_a_colleagues_away(
    region: Region, layla: Person
) -> None:
    omar = await region.focal_point("LB", "en", "Omar Aoun")
    for person in (layla, omar):
        await opens_principle(region, person)
    await region.says(layla, "of Layla")
    older = layla.last_message
    remove = next(data for data in data_of(older) if ".no_note." in data)
    mark = next(data for data in data_of(older) if ".reflected." in data)
    await opens_principle(region, omar)
    await region.says(omar, "a page of Omar")
    await region.presses(omar, "✏️ To be developed")
    for data in (remove, mark):
        await region.forges(layla, older.message_id, data)
        assert newest(layla).startswith("⚠️ This has changed since that message was shown.")
        assert "a page of Omar" in newest(layla)
    said = (await assessed(region))["human_rights"]
    assert (said.note, said.mark) == ("a page of Omar", "to_develop")
    await region.presses(layla, "🗑 Remove the note")
    assert (await assessed(region))["human_rights"].note == "", "what was seen may be removed"


async def test_a_colleagues_note_that_was_replaced_is_said_back(region: Region, layla: Person) -> None:
    omar = await region.focal_point("LB", "en", "Omar Aoun")
    await opens_principle(region, omar)
    await region.says(omar, "a page of Omar")
    await opens_principle(region, layla)
    await region.says(layla, "Next")
    assert newest(layla).startswith("⚠️ This is the name of a button")
    assert (await assessed(region))["human_rights"].note == "a page of Omar"
    await region.says(layla, "of Layla")
    assert newest(layla).startswith(
        "✔ Your note is kept. It took the place of a colleague's:\na page of Omar"
    )
    assert (await assessed(region))["human_rights"].note == "of Layla"


async def test_an_edited_note_stays_and_that_is_said(region: Region, layla: Person) -> None:
    await opens_principle(region, layla)
    sent = await region.says(layla, NOTE)
    layla.edits(sent, "corrected")
    await region.rests()
    assert newest(layla).startswith("⚠️ The note stays as it was")
    assert (await assessed(region))["human_rights"].note == NOTE


# --- areas and support -----------------------------------------------------------------------------------------------


async def test_f3_areas_are_what_was_marked_or_noted_and_sections_in_counts(
    region: Region, layla: Person
) -> None:
    await opens_principle(region, layla)
    await region.presses(layla, "🔸 Partly")
    await region.says(layla, NOTE)
    await opens_principle(region, layla, "▫️ 5. Sustainable development")
    await region.presses(layla, "✅ Reflected in our review")
    await region.says(layla, "/assess")
    await region.presses(layla, "🔎 Areas needing further development")
    said = newest(layla)
    assert f"🔸 Human rights: partly reflected\n{NOTE}" in said
    assert "Sustainable development" not in said
    assert "Section II: " in said
    assert " — open points: " in said


async def test_support_is_asked_for_an_area_by_its_name_alone(region: Region, layla: Person) -> None:
    officer = await region.officer()
    await opens_principle(region, layla)
    await region.presses(layla, "✏️ To be developed")
    await region.says(layla, NOTE)
    await region.says(layla, "/assess")
    await region.presses(layla, "🔎 Areas needing further development")
    await region.presses(layla, "🤝 Ask for support: Human rights")
    assert newest(layla).startswith("What is your request about?\n\nHuman rights")
    assert everything([officer]).count("Human rights") == 0, "nothing is sent before its kind is chosen"
    await region.says(layla, "could somebody look at our plan?")
    await region.presses(layla, "Drafting an answer")
    shown = everything([officer])
    assert "Human rights\ncould somebody look at our plan?" in shown
    assert "question 3b" in shown
    assert NOTE not in shown


async def test_a_section_can_be_asked_about_too(region: Region, layla: Person) -> None:
    await region.says(layla, "/assess")
    await region.presses(layla, "🔎 Areas needing further development")
    await region.presses(layla, "🤝 Ask for support: Section I")
    assert newest(layla).startswith("What is your request about?\n\n")


# --- whose it is -----------------------------------------------------------------------------------------------------


UNKNOWN: dict[Language, str] = {
    "ar": "لا يعرف رفيق هذا الأمر.",
    "en": "Rafiq does not know this command.",
    "fr": "Rafiq ne connaît pas cette commande.",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_f5_nobody_else_has_a_self_assessment(region: Region, language: Language) -> None:
    others = [
        await region.officer(language),
        await region.contributor("LB", language),
        await region.comes_in(await region.invitation("clearer", "LB", scope="1"), language, "Rima"),
        await region.comes_in(await region.invitation("supporter", "LB", scope="un_team"), language, "Hana"),
    ]
    for other in others:
        await region.says(other, "/assess")
        assert newest(other).startswith(UNKNOWN[language])
        for data in (
            "do.assess.human_rights",
            "do.assess.human_rights.partly.0",
            "do.assess.human_rights.no_note.0",
            "do.assess_areas",
            "do.assess_outline",
            "do.assess_support.principle.human_rights",
        ):
            line = await region.forges(other, said_by_bot(other)[-1].message_id, data)
            assert line == voice(language).gettext(
                "This button belongs to an earlier message. Please use the newest one."
            )
    assert await assessed(region) == {}


async def test_another_country_and_the_secretariat_see_nothing_of_it(region: Region, layla: Person) -> None:
    officer = await region.officer()
    youssef = await region.focal_point("MA", "en", "Youssef Amrani")
    await opens_principle(region, layla)
    await region.presses(layla, "✏️ To be developed")
    await region.says(layla, NOTE)
    await opens_principle(region, youssef)
    assert "not assessed yet" in newest(youssef)
    for asked in ("/status", "/country Lebanon", "/audit", "/review Lebanon"):
        await region.says(officer, asked)
    shown = everything([officer, youssef])
    assert NOTE not in shown
    assert "worked on the self-assessment" in shown, "the audit tells that it was worked on"
    assert "To be developed" not in everything([officer])


@pytest.mark.parametrize(
    "data", ["do.assess.no_such", "do.assess.no_such.partly.0", "do.assess_support.section.x"]
)
async def test_what_is_not_there_is_stale(region: Region, layla: Person, data: str) -> None:
    assert await region.forges(layla, said_by_bot(layla)[-1].message_id, data) == STALE
    assert await assessed(region) == {}


async def test_mydata_lists_ones_own_marks_and_notes_and_nobody_elses(region: Region, layla: Person) -> None:
    omar = await region.focal_point("LB", "en", "Omar Aoun")
    await opens_principle(region, layla)
    await region.presses(layla, "🔸 Partly")
    await opens_principle(region, omar, "🔸 6. Human rights")
    await region.says(omar, NOTE)
    first, second = await mydata(region, layla), await mydata(region, omar)
    assert [(each["principle"], each["mark"]) for each in first] == [("human_rights", "partly")]
    assert "note" not in first[0]
    assert [(each["principle"], each["note"]) for each in second] == [("human_rights", NOTE)]
    assert "mark" not in second[0]


async def mydata(region: Region, person: Person) -> list[dict[str, Any]]:
    await region.says(person, "/mydata")
    found: list[dict[str, Any]] = json.loads(newest_file(person).content)["self_assessment"]
    return found


async def test_who_is_erased_leaves_the_note_without_its_author(region: Region, layla: Person) -> None:
    omar = await region.focal_point("LB", "en", "Omar Aoun")
    await opens_principle(region, layla)
    await region.presses(layla, "🔸 Partly")
    await region.says(layla, NOTE)
    await region.says(layla, "/erase")
    await region.presses(layla, "Yes, erase")
    said = (await assessed(region))["human_rights"]
    assert (said.mark, said.note, said.marked_by, said.noted_by) == ("partly", NOTE, None, None)
    await opens_principle(region, omar, "🔸 6. Human rights")
    assert newest(omar).count("somebody who has left · ") == 2
    assert "Layla" not in newest(omar)


async def test_the_note_is_sealed_on_disk(region: Region, layla: Person) -> None:
    await opens_principle(region, layla)
    await region.says(layla, NOTE)
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        ((note,),) = file.execute("SELECT note FROM assessment")
    file.close()
    assert note
    assert NOTE.encode() not in note
