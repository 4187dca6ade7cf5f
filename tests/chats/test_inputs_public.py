"""Written inputs before the harshest public: what is no answer, what was taken back, and what crosses in time."""

import io

from openpyxl import load_workbook

from bot.sandbox import Person
from tests.chats.telling import Region, heard, labels_of, newest, newest_file, said_by_bot
from tests.chats.test_inputs import ADDRESS, at_the_door, call, on_disk, sends, writes


async def publishes(region: Region, officer: Person, number: int = 1) -> None:
    await region.forges(officer, said_by_bot(officer)[-1].message_id, f"do.input_publish.{number}")
    await region.says(officer, ADDRESS)


async def test_a_greeting_and_a_word_that_calls_off_become_neither_name_nor_words(region: Region) -> None:
    officer = await region.officer()
    huda = await at_the_door(region, await call(region, officer))
    await region.presses(huda, "Begin ▶")
    await region.presses(huda, "Media")
    for words in ("السلام عليكم", "Bonjour !", "/cancel"):
        await region.says(huda, words)
        assert "Who writes?" in newest(huda), words
    assert on_disk(region, "SELECT name FROM written_input") == [(None,)]
    await region.says(huda, "Radio Nova")
    for words in ("السلام عليكم ورحمة الله وبركاته", "thank you very much", "/cancel"):
        await region.says(huda, words)
        assert "Please type your written input" in newest(huda), words
    assert on_disk(region, "SELECT pieces FROM written_input") == [(None,)]


async def test_why_forwarded_words_are_not_taken_is_said(region: Region) -> None:
    officer = await region.officer()
    huda = await at_the_door(region, await call(region, officer))
    for step in ("Begin ▶", "Media", "Without a name"):
        await region.presses(huda, step)
    huda.forwards("The statement of our union.", "Our Union")
    await region.rests()
    assert newest(huda).startswith("⚠️ What was forwarded")
    assert "Please type your written input" in newest(huda)
    assert on_disk(region, "SELECT pieces FROM written_input") == [(None,)]


async def test_a_greeting_that_nothing_asked_for_is_not_said_to_be_lost(region: Region) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    await region.says(huda, "شكراً جزيلاً")
    assert newest(huda).startswith("🤝 Thank you for the kind words.")


async def test_what_was_asked_to_be_taken_down_is_not_offered_for_publication_again(region: Region) -> None:
    officer = await region.officer()
    huda = await sends(region, await call(region, officer))
    await region.says(officer, "/inputs")
    await publishes(region, officer)
    await region.presses(huda, "Ask for it to be taken down")
    for step in ("asked", "taken down"):
        if step == "taken down":
            await region.forges(officer, said_by_bot(officer)[-1].message_id, "do.input_publish.1.back")
            assert "🌐 It was published at…" not in labels_of(said_by_bot(officer)[-1])
            assert "Only for the secretariat; nothing is published" in newest(huda)
        await region.forges(officer, said_by_bot(officer)[-1].message_id, "do.inputs.public")
        sheet = load_workbook(io.BytesIO(newest_file(officer).content)).worksheets[0]
        assert [row[0].value for row in sheet][1:] == [], step


async def test_of_two_officers_who_note_publication_the_first_holds(region: Region) -> None:
    officer, other = await region.officer(), await region.officer(name="Second Officer")
    huda = await sends(region, await call(region, officer))
    for each in (officer, other):
        await region.says(each, "/inputs")
        await region.forges(each, said_by_bot(each)[-1].message_id, "do.input_publish.1")
    await region.says(officer, ADDRESS)
    await region.presses(huda, "Ask for it to be taken down")
    await region.says(other, "https://other.example.org/9")
    assert "noted as published already" in newest(other)
    assert ADDRESS in newest(other)
    assert not heard(huda, "other.example.org")
    assert on_disk(region, "SELECT removal_asked_at IS NULL FROM written_input") == [(0,)]


async def test_a_draft_to_a_call_that_has_ended_bars_no_other_call(region: Region) -> None:
    officer = await region.officer()
    huda = await at_the_door(region, await call(region, officer))
    await writes(region, huda)
    await region.says(officer, "/inputs")
    await region.presses(officer, "⏹ End call 1")
    await region.presses(officer, "Yes, end it")
    token = await call(region, officer)
    await region.says(huda, f"/start {token}")
    await region.presses(huda, "Begin ▶")
    assert "As whom do you write?" in newest(huda)


async def test_formulas_markup_and_direction_marks_stay_words(region: Region) -> None:
    officer = await region.officer()
    huda = await at_the_door(region, await call(region, officer))
    for key in ("Begin ▶", "Media"):
        await region.presses(huda, key)
    await region.says(huda, "n" * 300)
    assert "too long for a name" in newest(huda)
    await region.says(huda, '=HYPERLINK("https://e.org","<b>x</b>")')
    await region.says(huda, "\u202e=1+1 <b>*x*</b>")
    await region.presses(huda, "Next ▶")
    await region.presses(huda, "It may be published, with the name")
    await region.presses(huda, "📨 Send")
    await region.says(officer, "/inputs")
    await region.presses(officer, "All written inputs")
    await region.forges(officer, said_by_bot(officer)[-1].message_id, "do.inputs.table")
    sheet = load_workbook(io.BytesIO(newest_file(officer).content)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet for cell in row)
