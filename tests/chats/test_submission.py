"""A review submitted: one look, one last question, a receipt to everybody; locked then, and opened again on request."""

import asyncio
import re
from io import BytesIO

import docx
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
    labels_of,
    newest,
    newest_file,
    said_by_bot,
    since,
    voice,
)
from tests.reports.pdf_text import pages
from workflows.languages import LANGUAGES, Language
from workflows.store.values_clearance import Edition

UNKNOWN_COMMAND = "Rafiq does not know this command."
STALE = "This button belongs to an earlier message."
SURE = r"do\.submit\.\d+\.\w+"
"""What the key under the last question carries."""


async def editions(region: Region, country: str = "LB") -> list[Edition]:
    """A country's frozen texts on disk."""
    async with region.store.reading() as work:
        return await work.clearance.of_country(CYCLE, country)


async def noted(region: Region, act: str) -> list[tuple[str, str]]:
    """What the audit says of an act: thing and outcome, the first line first."""
    async with region.store.reading() as work:
        lines = await work.audit.newest(200)
    return [(line.thing, line.outcome) for line in reversed(lines) if line.act == act]


async def submits(region: Region, person: Person) -> None:
    """The lead focal point goes the whole way from the look to the receipt."""
    await region.says(person, "/submit")
    await region.forges(person, *key_of(person, r"do\.freeze"))
    await region.forges(person, *key_of(person, SURE))


def sure_of(person: Person) -> str:
    """What the newest key under a last question carries."""
    return key_of(person, SURE)[1]


def key_of(person: Person, carries: str) -> tuple[int, str]:
    """The newest message with a key that carries this, and what it carries; news may have come after it."""
    found = ((m.message_id, data) for m in reversed(said_by_bot(person)) for data in data_of(m))
    return next(each for each in found if re.fullmatch(carries, each[1]))


def documents(person: Person) -> list[tuple[str, str]]:
    """The documents that a person was sent: name and text."""
    found = []
    for message in said_by_bot(person):
        if message.document is not None and message.document.name.endswith(".docx"):
            paper = docx.Document(BytesIO(message.document.content))
            found.append((message.document.name, "\n".join(p.text for p in paper.paragraphs)))
    return found


# --- the way there ---------------------------------------------------------------------------------------------------


async def test_case_12_the_look_says_what_is_open_over_the_limit_and_adapted(
    region: Region, layla: Person
) -> None:
    await region.says(layla, " ".join(["word"] * 620))
    await region.forges(layla, first_card(layla).message_id, "go.question:2a")
    turn = (await region.interview(layla)).turn
    await region.forges(layla, layla.last_message.message_id, f"{turn}.leave_out")
    await region.says(layla, "/submit")
    seen = newest(layla)
    assert seen.startswith("The review on its way: Lebanon")
    assert "120 words over the limit of 500 in section I." in seen
    assert "The longest answers: 1f (620 words)" in seen
    assert "Left open: 1a, 1b" in seen or "Left open: 1a, 1c" in seen
    assert "Left out: 2a" in seen
    assert "2a" not in seen.partition("Left open: ")[2].partition("\n")[0].split(", ")
    assert await editions(region) == []
    await region.presses(layla, "✏️ 1f · 620 words")
    assert (await region.interview(layla)).focus.prompt == OPEN


async def test_the_last_question_counts_questions_and_not_what_they_are_made_of(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "We met twice.")
    await region.says(layla, "/submit")
    seen = newest(layla)
    left_open, begun = (
        seen.partition(words)[2].partition("\n")[0].split(", ")
        for words in ("Left open: ", "Begun, with a part still open: ")
    )
    assert begun == ["1f"]
    settled, total = map(int, re.findall(r"Questions settled: (\d+) of (\d+)", seen)[0])
    assert total - settled == len(left_open) + len(begun)
    await region.presses(layla, "Submit version 1")
    template = (await region.review()).template
    assert len(left_open) <= len(template.questions) < len(template.prompts)
    assert f"{total - settled} questions are left open, wholly or in part." in newest(layla)


async def test_case_08_nothing_is_submitted_by_looking_or_by_the_first_press(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "our text", "/submit")
    await region.presses(layla, "Submit version 1")
    (edition,) = await editions(region)
    seen = newest(layla)
    assert seen.startswith("Submit frozen text 1 as version 1?")
    assert edition.content_hash[:12] in seen
    assert (edition.state, edition.version) == ("cleared", 0)
    await region.presses(layla, "Not now")
    assert newest(layla).startswith("The review on its way: Lebanon")
    await region.presses(layla, "↩ Take it back")
    assert (await editions(region))[0].state == "withdrawn"
    assert "do.freeze" in data_of(layla.last_message)


async def test_everybody_concerned_gets_a_receipt_and_the_secretariat_the_text(
    region: Region, layla: Person
) -> None:
    sam = await region.officer()
    omar = await region.focal_point("LB", "fr", "Omar Khoury")
    amal = await region.focal_point("JO", "en", "Amal Haddad")
    await region.says(layla, "the words of Lebanon")
    await submits(region, layla)
    (edition,) = await editions(region)
    assert (edition.state, edition.version) == ("submitted", 1)
    for person in (layla, omar, sam):
        assert heard(person, edition.content_hash[:12])
    assert heard(layla, "✅ The review of Lebanon is submitted.")
    assert heard(layla, "Submitted: 1\xa0March\xa02027, 11:05")
    assert "the words of Lebanon" in documents(sam)[0][1]
    assert documents(sam)[0][0] == f"review-LB-1-{edition.content_hash[:12]}.docx"
    assert documents(layla) == []
    assert edition.content_hash[:12] not in everything([amal])
    assert ("edition/1", "version 1") in await noted(region, "submit")


async def test_case_23_passages_are_left_out_of_the_frozen_text_and_the_draft_stays(
    region: Region, layla: Person
) -> None:
    sam = await region.officer()
    await region.says(layla, "our text; call +961 3 123 456")
    await region.says(layla, "/submit")
    await region.presses(layla, "Submit version 1")
    assert "telephone numbers" in newest(layla)
    assert await editions(region) == [], "nothing is frozen before that is said"
    await region.presses(layla, "Go on with […] in their place")
    assert "Changed since then" not in newest(layla), "a passage left out is no change"
    await region.forges(layla, layla.last_message.message_id, sure_of(layla))
    (edition,) = await editions(region)
    assert edition.state == "submitted"
    (name, text) = documents(sam)[-1]
    assert "call […]" in text, name
    assert "123 456" not in text
    assert await region.text(OPEN) == "our text; call +961 3 123 456"
    before = len(said_by_bot(layla))
    await region.says(layla, "/start")
    assert len(said_by_bot(layla)) > before
    assert not heard(layla, "Changed after the text was frozen"), "nobody changed an answer"

    await region.says(layla, "/submit")
    await region.presses(layla, "Ask to open it again")
    await region.says(layla, "A figure was wrong.")
    await region.presses(layla, "Yes, send it")
    await region.presses(sam, "Open it again")
    await region.opens(layla, "2c.4")
    await region.says(layla, "few")
    await region.says(layla, "/submit")
    await region.presses(layla, "Submit version 2")
    assert "telephone numbers" not in newest(layla), "the same passage is not asked about again"
    await region.forges(layla, layla.last_message.message_id, sure_of(layla))
    assert "123 456" not in documents(sam)[-1][1]
    assert heard(layla, "Changed since the version before: 2c")


async def test_case_23_an_old_card_decides_only_about_the_passages_that_it_showed(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "our text; call +961 3 123 456", "/submit")
    await region.presses(layla, "Submit version 1")
    card = layla.last_message.message_id
    shown = next(each for each in data_of(layla.last_message) if each.startswith("do.freeze.shown."))
    await region.opens(layla, "2c.4")
    await region.says(layla, "few; write to layla@example.org")
    for data in (shown, "do.freeze.shown", "do.freeze.xyz", "do.freeze.shown.0123abcd"):
        await region.forges(layla, card, data)
        assert await editions(region) == [], data
    asked = next(bare(each.text) for each in said_by_bot(layla) if each.message_id == card)
    assert "These answers seem to contain telephone numbers and e-mail addresses:" in asked
    await region.presses(layla, "Go on with everything as it is")
    assert len(await editions(region)) == 1

    await region.opens(layla, "2c.4")
    await region.says(layla, "In 2019, fewer still.")
    await region.says(layla, "/submit")
    await region.forges(layla, layla.last_message.message_id, "do.freeze")
    assert "seem to contain" not in newest(layla), "other words beside the same passages change nothing"
    assert len(await editions(region)) == 2


async def test_pressed_twice_and_by_two_hands_it_is_submitted_once(region: Region, layla: Person) -> None:
    sam = await region.officer()
    await region.says(layla, "our text", "/submit")
    await region.presses(layla, "Submit version 1")
    card = layla.last_message.message_id
    sure = sure_of(layla)
    presses = [layla.forges(card, sure) for _ in range(3)]
    await asyncio.gather(*map(layla.is_answered, presses))
    await region.rests()
    (edition,) = await editions(region)
    assert edition.version == 1
    assert len(documents(sam)) == 1
    assert sum("is submitted.\n" in bare(message.text) for message in said_by_bot(sam)) == 1
    for data in (sure, "do.freeze", "do.submit.look"):
        await region.forges(layla, card, data)
    receipt = next(message for message in said_by_bot(layla) if message.message_id == card)
    assert bare(receipt.text).startswith("✅ The review of Lebanon is submitted.")
    assert (await region.forges(layla, card, sure)).startswith("The review is submitted and stays as it is.")


async def test_an_alternate_is_told_who_submits(region: Region, layla: Person) -> None:
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    await region.says(layla, "our text", "/submit")
    await region.presses(layla, "Submit version 1")
    (edition,) = await editions(region)
    await region.says(omar, "/submit")
    assert not any("submit" in data and "." in data[3:] for data in data_of(omar.last_message))
    for data in ("do.freeze", f"do.submit.{edition.id}", f"do.submit.{edition.id}.0123abcd"):
        await region.forges(omar, omar.last_message.message_id, data)
        assert newest(omar).startswith("The review of Lebanon is submitted by its lead focal point.")
    assert [each.state for each in await editions(region)] == ["cleared"]


async def test_nobody_else_can_submit_or_even_see_that_there_is_something(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "our text", "/submit")
    await region.presses(layla, "Submit version 1")
    (edition,) = await editions(region)
    amal = await region.focal_point("JO", "en", "Amal Haddad")
    karim = await region.contributor("LB", "en")
    sam = await region.officer()
    for person in (amal, karim, sam):
        for verb in (
            "submit.{}.0123abcd",
            "submit.{}",
            "recall.{}",
            "editions.{}",
            "ask_reopen.{}",
            "clear.{}.yes",
        ):
            told = await region.forges(person, first_card(person).message_id, f"do.{verb.format(edition.id)}")
            unknown = await region.forges(person, first_card(person).message_id, f"do.{verb.format(4711)}")
            assert told == unknown
            assert told.startswith(STALE)
    for person in (karim, sam):
        for command in ("/submit", "/editions") if person is sam else ("/submit", "/clearing", "/editions"):
            await region.says(person, command)
            assert newest(person).startswith(UNKNOWN_COMMAND)
    assert (await editions(region))[0].state == "cleared"
    assert ("edition/1", "denied") in await noted(region, "submit")


# --- what changes meanwhile ------------------------------------------------------------------------------------------


async def test_what_was_changed_after_the_question_is_frozen_anew(region: Region, layla: Person) -> None:
    await region.says(layla, "the first words", "/submit")
    await region.presses(layla, "Submit version 1")
    confirm = layla.last_message.message_id
    first = sure_of(layla)
    await region.opens(layla, "1a.1")
    turn = (await region.interview(layla)).turn
    await region.forges(layla, layla.last_message.message_id, f"{turn}.option.yes")
    await region.says(layla, "/submit")
    assert "Changed since then and not in it: 1a" in newest(layla)
    await region.presses(layla, "Submit version 1")
    assert "The answers had changed, so the text was frozen anew." in newest(layla)
    assert newest(layla).startswith("Submit frozen text 2 as version 1?")
    # The earlier question no longer submits anything.
    await region.forges(layla, confirm, first)
    assert [each.state for each in await editions(region)] == ["withdrawn", "cleared"]


async def test_what_was_changed_behind_the_question_is_asked_again(region: Region, layla: Person) -> None:
    await region.says(layla, "the first words", "/submit")
    await region.presses(layla, "Submit version 1")
    confirm, sure = layla.last_message.message_id, sure_of(layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "a later thought")
    await region.forges(layla, confirm, sure)
    asked = next(message for message in said_by_bot(layla) if message.message_id == confirm)
    assert bare(asked.text).startswith("Submit frozen text 2 as version 1?")
    assert "The answers had changed, so the text was frozen anew." in asked.text
    assert [each.state for each in await editions(region)] == ["withdrawn", "cleared"]


async def test_without_clearances_what_is_submitted_is_what_the_draft_says(
    region: Region, layla: Person
) -> None:
    sam = await region.officer()
    await region.says(layla, "the first words", "/submit")
    await region.presses(layla, "Submit version 1")
    (first,) = await editions(region)
    await region.opens(layla, OPEN)
    await region.says(layla, "later words", "/submit")
    assert "Submit frozen text 1" not in labels_of(layla.last_message)
    await region.forges(layla, layla.last_message.message_id, f"do.submit.{first.id}")
    assert newest(layla).startswith("Submit frozen text 2 as version 1?")
    await region.presses(layla, "Yes, submit version 1")
    assert "later words" in documents(sam)[0][1]


async def test_the_draft_as_it_is_can_be_had_as_a_document(region: Region, layla: Person) -> None:
    """For a minister who is to see it before anything is frozen; by command, and from the two pages about documents."""
    karim, sam = await region.contributor("LB", "en"), await region.officer()
    await region.says(layla, "the first words")
    await region.says(layla, "/export")
    for asked in ("/editions", "/submit"):
        await region.says(layla, asked)
        await region.presses(layla, "📄 Your draft now · Word")
    for name, text in documents(layla):
        assert name == "draft-LB-2027-03-01.docx"
        assert "the first words" in text
        assert "It is not frozen, and it was sent to nobody." in text
    assert len(documents(layla)) == 3
    await region.says(layla, "/editions")
    await region.presses(layla, "🖨 PDF")
    assert newest_file(layla).content.startswith(b"%PDF")
    assert await editions(region) == []
    for stranger in (karim, sam):
        await region.says(stranger, "/export")
        await region.forges(stranger, stranger.last_message.message_id, "do.own_draft")
        assert documents(stranger) == []


# --- locked, and opened again ----------------------------------------------------------------------------------------


@pytest.fixture
async def submitted(region: Region, layla: Person) -> Person:
    """Lebanon's review is submitted."""
    await region.says(layla, "the first words")
    await submits(region, layla)
    return layla


async def test_a_submitted_review_stays_as_it_is_and_nothing_typed_is_lost(
    region: Region, submitted: Person
) -> None:
    await region.opens(submitted, OPEN)
    last = await region.says(submitted, "a thought that came late")
    (told,) = since(submitted, last)
    assert told.startswith("The review is submitted as version 1 (1\xa0March\xa02027) and stays as it is.")
    assert "a thought that came late" in told
    assert await region.text(OPEN) == "the first words"
    turn = (await region.interview(submitted)).turn
    await region.opens(submitted, "1a.1")
    turn = (await region.interview(submitted)).turn
    toast = await region.forges(submitted, submitted.last_message.message_id, f"{turn}.option.yes")
    assert toast.startswith("The review is submitted and stays as it is.")
    assert "1a.1" not in (await region.review()).answers
    await region.forges(submitted, submitted.last_message.message_id, f"{turn}.leave_out")
    assert not (await region.review()).adaptations


async def test_after_submitting_nothing_is_asked_that_would_be_refused(
    region: Region, submitted: Person
) -> None:
    """A text at a question with keys, one at no question, and /continue: each is told how it can be opened again."""
    again = ["Ask to open it again", "📄 Version 1 · Word", "🖨 PDF"]
    for prompt in ("1a.1", "1d.1", "2a.1"):
        await region.opens(submitted, prompt)
        assert "🔒 The review is submitted as version 1" in newest(submitted)
        offered = labels_of(submitted.last_message)
        assert not {"Yes", "No", "✔ Done", "🔄 Replace the text"} & set(offered)
        assert "⋯ More" in offered
        last = await region.says(submitted, "We would like to add something")
        (told,) = since(submitted, last)
        assert "We would like to add something" in told
        assert labels_of(submitted.last_message) == again
    await region.opens(submitted, "1a.1")
    await region.presses(submitted, "⋯ More")
    assert not {"Not yet known", "🗑 Clear the answer"} & set(labels_of(submitted.last_message))
    for typed in ("/continue", "/sections"):
        await region.says(submitted, typed)
        assert "stays as it is." in newest(submitted)
    await region.says(submitted, "a word on the page of sections")
    assert "a word on the page of sections" in newest(submitted)
    assert labels_of(submitted.last_message) == again


async def test_fault_23_a_correction_of_a_message_is_given_back_too(region: Region, layla: Person) -> None:
    written = await region.says(layla, "the first words")
    await submits(region, layla)
    layla.edits(written, "other words")
    await region.rests()
    assert "other words" in newest(layla)
    assert await region.text(OPEN) == "the first words"


async def test_case_09_it_is_opened_again_at_the_states_request_and_amended(
    region: Region, submitted: Person
) -> None:
    sam, ana = await region.officer(), await region.officer("fr", "Ana Costa")
    await region.says(submitted, "/submit")
    await region.presses(submitted, "Ask to open it again")
    await region.says(submitted, "!!")
    assert "Your message had no words in it." in newest(submitted)
    await region.says(submitted, "A new minister has new figures.")
    assert newest(submitted).startswith("Lebanon: Version 1")
    await region.says(submitted, "They came today.")
    assert "A new minister has new figures.\nThey came today." in newest(submitted)
    assert "new figures" not in everything([sam, ana])
    await region.presses(submitted, "Yes, send it")
    assert "with the secretariat" in newest(submitted)
    assert "A new minister has new figures.\nThey came today." in newest(sam)
    assert "A new minister has new figures.\nThey came today." in newest(submitted)
    await region.presses(submitted, "Yes, send it")
    assert everything([sam]).count("They came today.") == 1
    await region.says(submitted, "/submit")
    assert "You have asked for it to be opened again" in newest(submitted)
    await region.presses(sam, "Open it again")
    assert newest(sam).startswith("The review of Lebanon is open again.")
    assert heard(ana, voice("fr").gettext("The review of {country} is open again.", country="Liban"))
    assert newest(submitted).startswith("The review of Lebanon is open again.")
    await region.opens(submitted, OPEN)
    await region.says(submitted, "and what came later")
    await submits(region, submitted)
    first, second = await editions(region)
    assert [(each.version, each.state) for each in (first, second)] == [(1, "superseded"), (2, "submitted")]
    assert heard(submitted, "Changed since the version before: 1f")
    assert heard(sam, "Changed since the version before: 1f")
    await region.says(submitted, "/editions")
    listed = [f"📄 Version {each} (frozen text {each}) · Word" for each in (2, 1)]
    now = ["📄 Your draft now · Word", "🖨 PDF"]
    assert labels_of(submitted.last_message) == [listed[0], "🖨 PDF", listed[1], "🖨 PDF", *now]
    card = submitted.last_message.message_id
    for each in (first, second):
        await region.forges(submitted, card, f"do.editions.{each.id}")
    one, two = (text for _, text in documents(submitted))
    assert "what came later" not in one
    assert "what came later" in two


async def test_the_secretariat_may_leave_it_as_it_is(region: Region, submitted: Person) -> None:
    sam = await region.officer()
    await region.says(submitted, "/submit")
    await region.presses(submitted, "Ask to open it again")
    await region.says(submitted, "please")
    await region.presses(submitted, "Yes, send it")
    await region.presses(sam, "Leave it as it is")
    assert "leaves the review as it was submitted" in newest(submitted)
    assert [each.state for each in await editions(region)] == ["submitted"]
    await region.says(submitted, "/submit")
    assert "Ask to open it again" in labels_of(submitted.last_message)
    # Asked once, answered once: the card has nothing more to refuse, but can still open.
    number = (await editions(region))[0].id
    assert (await region.forges(sam, sam.last_message.message_id, f"do.keep_closed.{number}")).startswith(
        STALE
    )
    await region.forges(sam, sam.last_message.message_id, f"do.reopen.{number}")
    assert [each.state for each in await editions(region)] == ["reopened"]
    assert (await region.forges(sam, sam.last_message.message_id, f"do.reopen.{number}")).startswith(STALE)


async def test_no_second_request_while_one_waits(region: Region, submitted: Person) -> None:
    sam = await region.officer()
    (edition,) = await editions(region)
    for reason in ("the first reason", "the second reason"):
        await region.forges(submitted, submitted.last_message.message_id, f"do.ask_reopen.{edition.id}")
        asked = newest(submitted)
        await region.says(submitted, reason)
        await region.forges(submitted, submitted.last_message.message_id, f"do.ask_reopen.{edition.id}.yes")
    assert "You have asked for it to be opened again" in asked
    assert "the second reason" not in everything([sam])
    assert sum("opened again" in message.text for message in said_by_bot(sam)) == 1


async def test_the_other_officers_hear_that_it_is_left_as_it_is(region: Region, submitted: Person) -> None:
    sam, ana = await region.officer(), await region.officer("en", "Ana Costa")
    (edition,) = await editions(region)
    await region.forges(submitted, submitted.last_message.message_id, f"do.ask_reopen.{edition.id}")
    await region.says(submitted, "please")
    await region.presses(submitted, "Yes, send it")
    await region.presses(sam, "Leave it as it is")
    assert "The review stays as it was submitted." in newest(ana)


async def test_two_officers_and_a_state_that_freezes_anew_never_pass_each_other(
    region: Region, submitted: Person
) -> None:
    """What is accepted is what was submitted last: whoever freezes meanwhile waits, or is seen."""
    sam, ana = await region.officer(), await region.officer("en", "Ana Costa")
    (edition,) = await editions(region)
    for person in (sam, ana):
        await region.says(person, "/review LB")
    presses = [
        person.forges(person.last_message.message_id, f"do.review_accept.{edition.id}.sure")
        for person in (sam, ana)
    ]
    presses.append(submitted.forges(submitted.last_message.message_id, "do.freeze"))
    presses.append(sam.forges(sam.last_message.message_id, f"do.reopen.{edition.id}.sure"))
    await asyncio.gather(
        *(
            person.is_answered(press)
            for person, press in zip((sam, ana, submitted, sam), presses, strict=True)
        )
    )
    await region.rests()
    done = [outcome for thing, outcome in await noted(region, "reopen") if thing == edition.thing]
    assert sorted(done) in (["accepted"], ["accepted", "done"], ["done"])
    assert [each.number for each in await editions(region)] == [1]


async def test_a_colleague_is_told_and_goes_on_writing_aside(region: Region, layla: Person) -> None:
    karim = await region.contributor("LB", "en")
    sam = await region.officer()
    await region.opens(layla, OPEN)
    await region.says(layla, "the official words")
    await submits(region, layla)
    assert "✅ The review of Lebanon is submitted." in newest(karim)
    assert "All you wrote is kept under your name." in newest(karim)
    assert "the official words" not in everything([karim])
    await region.opens(karim, OPEN)
    assert "🔒 The review of your country is submitted" in newest(karim)
    await region.says(karim, "the words of a ministry")
    assert "the words of a ministry" not in everything([sam])
    await region.says(layla, "/sections")
    assert "🔒 The review is submitted as version 1" in newest(layla)
    (edition,) = await editions(region)
    await region.forges(sam, sam.last_message.message_id, f"do.reopen.{edition.id}.sure")
    assert newest(karim).startswith("The review of Lebanon is open again.")
    await region.opens(karim, OPEN)
    assert "🔒" not in newest(karim)
    assert (await region.draft()).locked is False


async def test_the_frozen_text_comes_for_word_or_to_be_printed(region: Region, layla: Person) -> None:
    sam = await region.officer()
    await region.opens(layla, OPEN)
    await region.says(layla, "the words of Lebanon #set $x$ @all")
    await submits(region, layla)
    (edition,) = await editions(region)
    name = f"review-LB-1-{edition.content_hash[:12]}"
    for person in (layla, sam):
        before = len([message for message in said_by_bot(person) if message.document is not None])
        await region.presses(person, "🖨 PDF" if person is layla else "🖨 The same as PDF")
        sent = [message.document for message in said_by_bot(person) if message.document is not None]
        assert len(sent) == before + 1
        assert sent[-1].name == f"{name}.pdf"
        told = "".join(pages(sent[-1].content))
        assert "the words of Lebanon #set $x$ @all" in told
        assert f"SHA-256: {edition.content_hash}" in told
        await region.presses(person, "📝 The same for Word")
        last = newest_file(person)
        assert last.name == f"{name}.docx"
    amal = await region.focal_point("JO", "en", "Amal Haddad")
    told = await region.forges(amal, amal.last_message.message_id, f"do.editions.{edition.id}.pdf")
    assert told.startswith(STALE)


# --- in three languages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_way_in_three_languages(region: Region, language: Language) -> None:
    speech = voice(language, "LB")
    layla = await region.focal_point("LB", language)
    sam = await region.officer(language)
    await region.opens(layla, OPEN)
    await region.says(layla, "وقّعت الدولة اتفاقاً (Accord de Tanger) سنة 2019.")
    await region.says(layla, "/submit")
    await region.presses(layla, speech.gettext("Submit version {version}", version=1))
    await region.presses(layla, speech.gettext("Yes, submit version {version}", version=1))
    assert heard(layla, speech.gettext("Version: {version}", version=1))
    (document,) = [each.document for each in said_by_bot(sam) if each.document]
    paper = docx.Document(BytesIO(document.content))
    (paragraph,) = [each for each in paper.paragraphs if "Accord de Tanger" in each.text]
    assert paragraph._p.xpath("w:pPr/w:bidi")
    assert [(run.text, bool(run._element.xpath("w:rPr/w:rtl"))) for run in paragraph.runs] == [
        ("وقّعت الدولة اتفاقاً (", True),
        ("Accord de Tanger", False),
        (") سنة 2019.", True),
    ]
