"""H11: what was submitted in the last review can be read at its question, and an open answer can begin with it."""

import secrets
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox import Person
from tests.chats.exchanging import submitted, written
from tests.chats.telling import (
    CYCLE,
    OPEN,
    Region,
    bare,
    card,
    data_of,
    everything,
    first_card,
    heard,
    labels_of,
    newest,
    newest_file,
    since,
    voice,
)
from workflows.people.roles import Actor, Role
from workflows.review.answers import Answer, Matrix, Record, RecordList, Selection
from workflows.review.cards import records_of
from workflows.review.events import Recorded
from workflows.use_cases.inviting import Wanted, make
from workflows.use_cases.opening import open_cycle

SECOND = "gcm-arab-2024"
KEY = "📜 What was submitted in 2027"
START = "✍️ Start from this answer"
STALE = voice("en").gettext("This button belongs to an earlier message. Please use the newest one.")
YEARS = timedelta(days=400)


async def given(region: Region, prompt: str, answer: Answer, country: str = "LB") -> None:
    """An answer of the first review, as if it had been given in the talk."""

    async def write(work: Any) -> None:
        draft = await work.drafts.open(Actor(0, "focal_point", country, CYCLE), country)
        people = await work.people.of_country(CYCLE, country)
        await work.drafts.record(
            draft, (Recorded(prompt, answer, 0),), people[0].id, region.house.clock.now()
        )

    await region.house.clerk.run_errand(write)


async def opens_second(region: Region) -> None:
    """More than a year later the second review is opened."""

    async def second(work: Any) -> None:
        await open_cycle(work, SECOND, region.template, region.house.clock.now())

    await region.later(YEARS)
    await region.house.clerk.run_errand(second)


async def comes_in_again(
    region: Region, person: Person, role: Role = "focal_point", country: str = "LB"
) -> None:
    """Somebody opens an invitation to the second review."""
    now = region.house.clock.now()
    wanted = Wanted(SECOND, role, country, now + timedelta(days=7))

    async def invited(work: Any) -> str:
        return await make(work, wanted, secrets.token_bytes, now)

    person.starts(await region.house.clerk.run_errand(invited))
    await region.rests()


async def answer_now(region: Region, prompt: str, country: str = "LB") -> Answer | None:
    """The answer of the second review, as it is on disk."""
    async with region.store.reading() as work:
        draft = await work.drafts.open(Actor(0, "focal_point", country, SECOND), country)
    found: Answer | None = draft.review.answers.get(prompt)
    return found


async def text_now(region: Region) -> str:
    """The text of the second review's answer; empty where there is none."""
    found = await answer_now(region, OPEN)
    return str(getattr(found.value, "text", "")) if found is not None else ""


async def audited(region: Region, act: str) -> list[tuple[str, str, str]]:
    async with region.store.reading() as work:
        lines = await work.audit.newest(500)
    return [(line.country, line.thing, line.outcome) for line in reversed(lines) if line.act == act]


@pytest.fixture
async def layla(region: Region) -> Person:
    """A focal point of Lebanon who submitted in the first review and has come in to the second one."""
    return await second_time(region, "en")


async def second_time(region: Region, language: str) -> Person:
    layla = await region.focal_point("LB", language)
    await written(region, OPEN, "what we said in the first review")
    edition = await submitted(region)

    async def reopen(work: Any) -> None:
        await work.clearance.decide(edition, "reopened", "reopen", None, region.house.clock.now())

    await region.house.clerk.run_errand(reopen)
    await written(region, "3b.1", "what was never submitted")
    await opens_second(region)
    await comes_in_again(region, layla)
    return layla


async def test_what_was_submitted_is_shown_at_its_question_and_taken_as_a_beginning(
    region: Region, layla: Person
) -> None:
    asked = await region.opens(layla, OPEN)
    assert KEY in labels_of(asked)
    assert await answer_now(region, OPEN) is None, "nothing is taken over by itself"
    await region.presses(layla, KEY)
    shown = newest(layla)
    assert "What was submitted in 2027\nFirst regional review of the Global Compact" in shown
    assert "submitted 1\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2027 · version 1 · frozen text 1" in shown
    assert "what we said in the first review" in shown
    await region.presses(layla, START)
    assert heard(layla, "✅ Your answer begins with what was submitted in 2027.")
    assert "Written so far (7 words):\nwhat we said in the first review" in bare(card(layla, "next").text)
    await region.says(layla, "and what we add")
    assert await text_now(region) == "what we said in the first review\nand what we add"
    async with region.store.reading() as work:
        actor = Actor(0, "focal_point", "LB", SECOND)
        first, _ = await work.drafts.revisions(actor, "LB", OPEN)
    assert (first.author_name, first.words) == ("Layla Haddad", 7)
    await region.forges(layla, first_card(layla).message_id, f"do.history.{OPEN}")
    assert "Layla Haddad · 7 words · begun with what was submitted in 2027" in newest(layla)
    assert await region.text(OPEN) == "what we said in the first review", "the first review stays as it was"
    assert await audited(region, "take_earlier") == [("LB", f"{OPEN} in edition/1 of {CYCLE}", "done")]


async def test_an_answer_that_is_there_stays(region: Region, layla: Person) -> None:
    await region.opens(layla, OPEN)
    await region.presses(layla, KEY)
    offered = layla.last_message
    (take,) = [data for data in data_of(offered) if "take_earlier" in data]
    await region.says(layla, "our new words")
    await region.forges(layla, offered.message_id, take)
    assert "There is an answer to this question already, and nothing takes its place." in newest(layla)
    assert START not in labels_of(layla.last_message)
    assert await text_now(region) == "our new words", (
        "typed after the earlier answer, it answered the question"
    )


async def test_a_text_after_another_questions_earlier_answer_is_held(region: Region, layla: Person) -> None:
    await region.opens(layla, "3b.1")
    await region.forges(layla, first_card(layla).message_id, f"do.earlier.{OPEN}")
    assert "what we said in the first review" in newest(layla)
    await region.says(layla, "words that may belong to either")
    assert await answer_now(region, OPEN) is None
    assert await answer_now(region, "3b.1") is None


async def test_only_what_was_submitted_counts(region: Region, layla: Person) -> None:
    assert KEY not in labels_of(await region.opens(layla, "3b.1"))
    for data in ("do.earlier.3b.1", "do.take_earlier.1:3b.1", "do.earlier.2c.5"):
        assert await region.forges(layla, layla.last_message.message_id, data) == STALE
    assert await answer_now(region, "3b.1") is None
    assert "what was never submitted" not in everything([layla])


async def test_the_sections_say_it_and_bring_the_whole_review(region: Region, layla: Person) -> None:
    await region.says(layla, "/sections")
    assert "Where your country submitted an answer in 2027, you can read it at its question" in newest(layla)
    await region.presses(layla, "📄 The review submitted in 2027 · Word")
    file = newest_file(layla)
    assert file.name.startswith(f"review-LB-{CYCLE}-1-")
    assert file.name.endswith(".docx")
    await region.presses(layla, "🖨 PDF")
    assert newest_file(layla).name.endswith(".pdf")


async def test_nobody_else_reads_it(region: Region, layla: Person) -> None:
    (number,) = [line.id for line in await editions(region)]
    others: list[tuple[Role, str]] = [
        ("focal_point", "JO"), ("contributor", "LB"), ("clearer", "LB"), ("secretariat", ""),
    ]  # fmt: skip
    for role, country in others:
        other = region.sandbox.person(f"Other {role}", "en")
        await comes_in_again(region, other, role, country)
        if role in ("focal_point", "contributor"):
            assert KEY not in labels_of(await region.opens(other, OPEN))
            await region.says(other, "/sections")
            assert "2027" not in newest(other)
        forged = (f"earlier.{OPEN}", f"take_earlier.{number}:{OPEN}", "earlier_review", "earlier_review.pdf")
        for data in (*forged, f"editions.{number}"):
            assert await region.forges(other, other.last_message.message_id, f"do.{data}") == STALE
        assert "what we said in the first review" not in everything([other])
    assert await answer_now(region, OPEN) is None
    assert await answer_now(region, OPEN, "JO") is None
    assert {outcome for country, _, outcome in await audited(region, "read_earlier") if country == "LB"} == {
        "denied"
    }


async def editions(region: Region) -> Any:
    async with region.store.reading() as work:
        return await work.clearance.of_country(CYCLE, "LB")


async def test_a_submitted_review_takes_nothing_over(region: Region, layla: Person) -> None:
    await region.opens(layla, OPEN)

    async def submit(work: Any) -> None:
        person = (await work.people.of_country(SECOND, "LB"))[0]
        draft = await work.drafts.open(person.actor, "LB")
        now = region.house.clock.now()
        edition = await work.clearance.freeze(person.actor, draft, "{}", "0" * 64, now)
        await work.clearance.submit(edition, person.id, now)

    await region.presses(layla, KEY)
    (take,) = [data for data in data_of(layla.last_message) if "take_earlier" in data]
    await region.house.clerk.run_errand(submit)
    toast = await region.forges(layla, layla.last_message.message_id, take)
    assert toast == voice("en").gettext(
        "The review is submitted and stays as it is. It can be opened again at your request."
    )
    assert await answer_now(region, OPEN) is None


ENTRIES = RecordList(
    records=(
        Record(id=4, fields={"title": "National strategy", "date": "2019-06"}, source="9:9"),
        Record(id=7, fields={"title": "Labour law"}, source="9:10"),
    ),
    last_id=9,
)
KINDS = {
    "2c.1": Answer(state="answered", value=ENTRIES),
    "3a.1": Answer(state="answered", value=Selection(values=("yes",))),
    "1g.1": Answer(state="answered", value=Selection(values=("selected",))),
    "1g.2": Answer(state="answered", value=Selection(values=("1", "2"))),
    "3a.3": Answer(state="answered", value=Matrix(cells={"1": "planned"})),
    "1c.1": Answer(state="declined"),
}


async def test_each_kind_is_taken_over_as_it_was(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    for prompt, answer in KINDS.items():
        await given(region, prompt, answer)
    await submitted(region)
    await opens_second(region)
    await comes_in_again(region, layla)
    for prompt, answer in KINDS.items():
        await region.opens(layla, prompt)
        await region.presses(layla, KEY)
        await region.presses(layla, START)
        found = await answer_now(region, prompt)
        if prompt == "2c.1":
            kept = records_of(found).records
            assert [record.fields for record in kept] == [record.fields for record in ENTRIES.records]
            assert [record.id for record in kept] == [1, 2], "they are numbered anew"
        else:
            assert found == answer


async def test_a_long_text_is_shown_whole(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    paragraphs = [f"{number}. " + "word " * 150 + "end." for number in range(1, 13)]
    await written(region, OPEN, "\n\n".join(paragraphs))
    await submitted(region)
    await opens_second(region)
    await comes_in_again(region, layla)
    asked = await region.opens(layla, OPEN)
    await region.presses(layla, KEY)
    shown = "\n".join(since(layla, asked.message_id))
    assert all(paragraph.split()[0] in shown for paragraph in paragraphs)
    assert (shown.count("word "), shown.count("end.")) == (12 * 150, 12)
    await region.presses(layla, START)
    assert await text_now(region) == "\n\n".join(paragraphs)


async def test_a_cycle_without_an_earlier_one_says_nothing_of_it(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    asked = await region.opens(layla, OPEN)
    assert not any("earlier" in data for data in data_of(asked))
    assert await region.forges(layla, asked.message_id, f"do.earlier.{OPEN}") == STALE


async def test_it_is_said_in_arabic(region: Region) -> None:
    layla = await second_time(region, "ar")
    speaks = voice("ar", "LB")
    await region.opens(layla, OPEN)
    year = speaks.in_digits("2027")
    await region.presses(layla, speaks.gettext("📜 What was submitted in {year}", year=year))
    shown = newest(layla)
    assert shown.startswith(f"ما قُدّم في عام {year}\nالاستعراض الإقليمي الأول")
    assert "what we said in the first review" in shown
    await region.presses(layla, speaks.gettext(START))
    assert heard(layla, f"تنطلق إجابتكم مما قُدّم في عام {year}.")
    assert await answer_now(region, OPEN) is not None
