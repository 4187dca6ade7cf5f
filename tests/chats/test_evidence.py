"""Files sent while a question is open stand behind its answer: fetched, judged, listed, sent back, removed."""

from datetime import timedelta

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
    heard,
    newest,
    newest_file,
    said_by_bot,
    until,
    voice,
)
from tests.review.test_evidence import PDF, PNG, office
from workflows.languages import LANGUAGES, Language
from workflows.store.values_hands import File

STALE = voice("en").gettext("This button belongs to an earlier message. Please use the newest one.")


async def asked_for(region: Region, scope: str, name: str = "Karim Aoun") -> Person:
    return await region.comes_in(await region.invitation("contributor", "LB", scope=scope), "en", name)


async def files(region: Region, question: str = "1f") -> list[File]:
    async with region.store.reading() as work:
        return await work.evidence.of_question(CYCLE, "LB", question)


async def fetched(region: Region) -> None:
    """Wait until what was sent has been taken, and fetch it now instead of at the next beat."""
    await region.rests()
    await region.house.fetching.fetch()
    await region.rests()


async def opens_files(region: Region, person: Person) -> None:
    await region.opens(person, OPEN)
    await region.presses(person, "⋯ More")
    await region.presses(person, "📎 Files")


async def test_case_07_a_document_sent_at_a_question_is_kept_behind_it(region: Region, layla: Person) -> None:
    before = await region.review()
    layla.sends_document("law of 2019.pdf", PDF)
    await fetched(region)
    assert heard(layla, "✅ law of 2019.pdf (1 kB) is kept as evidence.")
    (file,) = await files(region)
    assert (file.name, file.media_type, file.size, file.state) == (
        "law of 2019.pdf",
        "application/pdf",
        len(PDF),
        "kept",
    )
    assert await region.review() == before
    await opens_files(region, layla)
    assert "1. law of 2019.pdf · 1 kB · Layla Haddad" in newest(layla)
    await region.presses(layla, "📎 1. law of 2019.pdf")
    sent = newest_file(layla)
    assert (sent.name, sent.content) == ("law of 2019.pdf", PDF)
    await region.presses(layla, "🗑 1")
    await region.presses(layla, "Yes, remove")
    assert heard(layla, "No files yet.")
    assert await files(region) == []
    async with region.store.reading() as work:
        assert await work.evidence.content(file) is None
        acts = [line.act for line in await work.audit.newest(50)]
    assert {"evidence", "read_evidence", "remove_evidence"} <= set(acts)


async def test_fault_30_a_picture_and_an_album_are_kept_too(region: Region, layla: Person) -> None:
    layla.sends_photo(PNG)
    layla.sends_album(3)
    await fetched(region)
    await fetched(region)
    assert sorted(file.media_type for file in await files(region)) == ["image/png", *["text/plain"] * 3]


@pytest.mark.parametrize(
    ("name", "content", "size", "why"),
    [
        ("big.pdf", PDF, 2**30, "It is larger than 10 MB."),
        ("report.docm", office("word"), None, "It holds macros, which may do harm."),
        (
            "report.docx",
            office("word", word__vbaProject_DOT_bin=b"x"),
            None,
            "It holds macros, which may do harm.",
        ),
        ("law.pdf", b"MZ\x90\x00\x03" + b"\x00" * 60, None, "Only PDF, Word, Excel"),
        (
            "nested.xlsx",
            office("xl", xl__a_DOT_zip=b"x"),
            None,
            "It holds other archives or documents inside.",
        ),
        ("empty.pdf", b"", None, "It is empty."),
    ],
    ids=["1 GB", "docm", "macros", "a program", "nested", "empty"],
)
async def test_fault_71_what_may_not_be_kept_is_refused_in_words(
    region: Region, layla: Person, name: str, content: bytes, size: int | None, why: str
) -> None:
    layla.sends_document(name, content, size=size)
    await fetched(region)
    await until(lambda: heard(layla, f"⚠️ {name} was not kept."))
    assert any(why in bare(message.text) for message in said_by_bot(layla))
    assert await files(region) == []


async def test_fault_70_a_name_of_300_characters_is_made_short_and_safe(
    region: Region, layla: Person
) -> None:
    layla.sends_document("../\u202e" + "ع" * 300 + ".pdf", PDF)
    await fetched(region)
    (file,) = await files(region)
    assert file.name == "ع" * 80 + ".pdf"


async def test_a_crash_before_the_file_is_fetched_loses_nothing(region: Region, layla: Person) -> None:
    layla.sends_document("law.pdf", PDF)
    await region.rests()
    waiting = await files(region)
    assert [file.state for file in waiting] == ["waiting"]
    await region.ends()
    await region.begins()
    await fetched(region)
    assert [file.state for file in await files(region)] == ["kept"]
    assert sum("is kept as evidence" in bare(message.text) for message in said_by_bot(layla)) == 1


async def test_the_secretariat_sees_one_line_of_a_file_that_was_kept_and_another_of_one_that_was_not(
    region: Region, layla: Person
) -> None:
    layla.sends_document("law.pdf", PDF)
    await fetched(region)
    layla.sends_document("law.docm", PDF)
    await fetched(region)
    officer = await region.officer()
    await region.says(officer, "/country LB")
    assert newest(officer).count("added a file beside an answer") == 1
    assert newest(officer).count("sent a file that could not be kept beside an answer") == 1


async def test_a_slow_telegram_holds_nobody_up_and_is_asked_again(region: Region, layla: Person) -> None:
    region.sandbox.faults.add("server_error", method="getFile")
    layla.sends_document("law.pdf", PDF)
    await fetched(region)
    await region.says(layla, "an answer meanwhile")
    assert await region.text(OPEN) == "an answer meanwhile"
    await region.later(timedelta(minutes=5))
    await fetched(region)
    assert [file.state for file in await files(region)] == ["kept"]


async def test_outside_a_question_files_are_explained_as_before(region: Region) -> None:
    person = await region.focal_point("LB", "en")
    person.sends_document("law.pdf", PDF)
    await region.rests()
    assert newest(person).startswith("Files cannot be kept here.")
    sam = await region.officer()
    sam.sends_document("law.pdf", PDF)
    await region.rests()
    assert newest(sam).startswith("Files cannot be kept here.")


async def test_a_colleague_sees_only_own_files_and_a_focal_point_all(region: Region, layla: Person) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, OPEN)
    layla.sends_document("CANARY.pdf", PDF + b"CANARYCONTENT")
    karim.sends_document("figures.pdf", PDF)
    await fetched(region)
    await opens_files(region, karim)
    assert "figures.pdf" in newest(karim)
    hers = next(file.id for file in await files(region) if "CANARY" in file.name)
    zaid = await region.focal_point("JO", "en", "Zaid Odeh")
    for person in (karim, zaid):
        for data in (f"do.file.{hers}", f"do.file.{hers}:remove"):
            assert await region.forges(person, first_card(person).message_id, data) == STALE
    assert "CANARY" not in everything([karim, zaid])
    await opens_files(region, layla)
    assert "figures.pdf" in newest(layla)
    assert "CANARY.pdf" in newest(layla)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_files_are_told_in_three_languages(region: Region, language: Language) -> None:
    person = await region.focal_point("LB", language)
    await region.opens(person, OPEN)
    person.sends_document("قانون.pdf", PDF)
    await fetched(region)
    await region.forges(person, first_card(person).message_id, "do.files.1f")
    assert "قانون.pdf" in newest(person)
    assert bare(voice(language, "LB").gettext("Files behind this question")) in newest(person)
    assert any("do.file." in data for data in data_of(person.last_message))
