"""The history of an answer in the chat: versions, what changed, and an earlier one brought back."""

import pytest

from bot.sandbox import Message, Person
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
from tests.chats.test_submission import submits
from workflows.languages import LANGUAGES, Language
from workflows.people.roles import Actor
from workflows.review.answers import RecordList

STALE = voice("en").gettext("This button belongs to an earlier message. Please use the newest one.")


LOCKED = "The review is submitted and stays as it is. It can be opened again at your request."


async def versions(region: Region, prompt: str = OPEN) -> list[tuple[int, str, str]]:
    async with region.store.reading() as work:
        found = await work.drafts.revisions(Actor(0, "focal_point", "LB", CYCLE), "LB", prompt)
    return [(each.number, each.author_name, each.source.partition("/")[0]) for each in found]


async def opens_history(region: Region, person: Person, prompt: str = OPEN) -> Message:
    await region.opens(person, prompt)
    await region.presses(person, "⋯ More")
    await region.presses(person, "🕘 Earlier versions")
    return person.last_message


async def test_versions_are_listed_with_author_and_words(region: Region, layla: Person) -> None:
    nour = await region.focal_point("LB", "en", "Nour Khoury")
    await region.says(layla, "first words")
    await region.opens(nour, OPEN)
    await region.says(nour, "three more words")
    seen = bare((await opens_history(region, layla)).text)
    lines = seen.splitlines()
    first = next(line for line in lines if line.startswith("1. "))
    second = next(line for line in lines if line.startswith("2. "))
    assert first.endswith("· Layla Haddad · 2 words")
    assert second.endswith("· Nour Khoury · 5 words")
    assert lines.index(second) < lines.index(first)


async def test_differences_are_marked_by_words(region: Region, layla: Person) -> None:
    sent = await region.says(layla, "the law of 2018 is in force")
    layla.edits(sent, "the law of 2020 is in force")
    await region.rests()
    await opens_history(region, layla)
    await region.presses(layla, "2")
    assert "the law of 20182020 is in force" in newest(layla)
    marked = {
        each["type"]: each
        for each in layla.last_message.entities
        if each["type"] in {"underline", "strikethrough"}
    }
    text = layla.last_message.text
    assert {kind: text[e["offset"] : e["offset"] + e["length"]] for kind, e in marked.items()} == {
        "strikethrough": "2018",
        "underline": "2020",
    }


async def test_an_earlier_version_comes_back_as_a_new_one(region: Region, layla: Person) -> None:
    await region.says(layla, "first words")
    await region.presses(layla, "🔄 Replace the text")
    await region.says(layla, "other words")
    await opens_history(region, layla)
    await region.presses(layla, "1")
    await region.presses(layla, "↩️ Bring this version back")
    assert await region.parts(OPEN) == ["first words"]
    assert [number for number, *_ in await versions(region)] == [1, 2, 3]
    assert (await versions(region))[-1] == (3, "Layla Haddad", "restored")
    seen = bare((await opens_history(region, layla)).text)
    assert "version 1 brought back" in seen
    async with region.store.reading() as work:
        acts = [(line.act, line.thing) for line in await work.audit.newest(20)]
    assert ("restore", f"{OPEN} version 1") in acts


async def test_nothing_comes_back_over_what_somebody_wrote_meanwhile(region: Region, layla: Person) -> None:
    nour = await region.focal_point("LB", "en", "Nour Khoury")
    await region.says(layla, "first words", "second words")
    await opens_history(region, layla)
    await region.presses(layla, "1")
    await region.opens(nour, OPEN)
    await region.says(nour, "words of Nour")
    assert await region.presses(layla, "↩️ Bring this version back") == STALE
    assert await region.parts(OPEN) == ["first words", "second words", "words of Nour"]


async def test_a_list_that_comes_back_gives_no_id_twice(region: Region, layla: Person) -> None:
    await region.opens(layla, "1c.1")
    await region.says(layla, "Ministry of Interior\nMinistry of Labour")
    await region.says(layla, "Ministry of Health")
    await opens_history(region, layla, "1c.1")
    await region.presses(layla, "1")
    await region.presses(layla, "↩️ Bring this version back")
    await region.says(layla, "Ministry of Education")
    value = (await region.review()).answers["1c.1"].value
    assert isinstance(value, RecordList)
    assert [record.id for record in value.records] == [1, 2, 4]
    assert value.last_id == 4


async def test_a_cleared_answer_comes_back(region: Region, layla: Person) -> None:
    await region.says(layla, "first words")
    await region.opens(layla, OPEN)
    await region.presses(layla, "⋯ More")
    await region.presses(layla, "🗑 Clear the answer")
    await region.presses(layla, "Yes, clear the answer")
    assert await region.text(OPEN) == ""
    await opens_history(region, layla)
    assert "answer cleared" in newest(layla)
    await region.presses(layla, "1")
    await region.presses(layla, "↩️ Bring this version back")
    assert await region.text(OPEN) == "first words"


async def test_many_versions_come_in_pages(region: Region, layla: Person) -> None:
    await region.says(layla, *(f"word{number}" for number in range(12)))
    first = await opens_history(region, layla)
    assert [label for label in labels_of(first) if label.isdecimal()] == [str(n) for n in range(12, 2, -1)]
    await region.presses(layla, "Next page ▶")
    assert [label for label in labels_of(layla.last_message) if label.isdecimal()] == ["2", "1"]
    assert layla.last_message.message_id == first.message_id


@pytest.mark.parametrize("who", ["another country", "secretariat", "contributor"])
async def test_nobody_else_sees_or_brings_back_a_version(region: Region, layla: Person, who: str) -> None:
    await region.says(layla, "CANARY words", "more words")
    match who:
        case "another country":
            other = await region.focal_point("JO", "en", "Zaid Odeh")
        case "secretariat":
            other = await region.officer()
        case _:
            other = await region.contributor("LB", "en", "Karim Aoun")
    for data in (f"do.history.{OPEN}", f"do.version.{OPEN}:1", f"do.bring_back.{OPEN}:1:2"):
        assert await region.forges(other, first_card(other).message_id, data) == STALE
    assert "CANARY" not in everything([other])
    assert await region.parts(OPEN) == ["CANARY words", "more words"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_version_reads_well_in_three_languages(region: Region, language: Language) -> None:
    person = await region.focal_point("LB", language)
    await region.opens(person, OPEN)
    await region.says(person, "قانون رقم 12", "loi n° 12")
    await region.forges(person, first_card(person).message_id, f"do.version.{OPEN}:2")
    speaks = voice(language, "LB")
    assert bare(speaks.gettext("Underlined: new in this version. Struck out: no longer there.")) in newest(
        person
    )
    assert "loi n° 12" in newest(person)
    assert f"do.history.{OPEN}" in data_of(person.last_message)


async def test_a_submitted_review_takes_no_text_and_no_version(region: Region, layla: Person) -> None:
    karim = await region.contributor("LB", "en")
    await region.opens(karim, OPEN)
    await region.says(karim, "words of Karim")
    await region.says(layla, "first words", "second words")
    await submits(region, layla)
    assert (await region.draft()).locked
    beside = f"do.take_text.below:2:1:2:{OPEN}"
    for data in (f"do.bring_back.{OPEN}:1:2", beside):
        said = await region.forges(layla, first_card(layla).message_id, data)
        assert said == voice("en").gettext(LOCKED)
    assert await region.parts(OPEN) == ["first words", "second words"]
