"""A country's own people look its entries up by the objective of the Compact that they carry; nobody else does."""

import pytest

from bot.render import keyboards
from bot.render.voice import Spoken
from tests.chats.exchanging import audited, entered, submitted
from tests.chats.telling import (
    Region,
    bare,
    data_of,
    everything,
    first_card,
    heard,
    labels_of,
    newest,
    said_by_bot,
    voice,
)
from workflows.languages import Language

POLICIES, PRACTICES, FOCUS = "2c.1", "3d.1", "1g.2"
STALE = "This button belongs to an earlier message. Please use the newest one."
QUESTIONS: dict[Language, tuple[str, str]] = {
    "ar": ("ما الهدف ٧؟", "ما كتبناه عن الهدف ٧"),
    "en": ("objective 7", "Which of our entries carry objective 7?"),
    "fr": ("Quel est l'objectif 7 ?", "Qu'avons-nous écrit sur l'objectif 7 ?"),
}


async def some_entries(region: Region, country: str = "LB") -> None:
    """Two policies and two practices, of which three carry the seventh objective."""
    await entered(
        region,
        POLICIES,
        {"title": f"Permits law of {country}", "objectives": "5 7"},
        {"title": f"Passports of {country}", "objectives": "4"},
        country=country,
    )
    await entered(
        region,
        PRACTICES,
        {"title": f"A centre in {country}\nwith a second line", "objectives": "7"},
        {"title": f"Untagged of {country}"},
        country=country,
    )


@pytest.mark.parametrize("language", QUESTIONS)
async def test_d8_what_carries_an_objective_is_one_press_from_its_title(
    region: Region, language: Language
) -> None:
    layla, speaks = await region.focal_point("LB", language), voice(language, "LB")
    await region.focal_point("JO", "en", "Omar Majali")
    await some_entries(region)
    await some_entries(region, "JO")
    await region.says(layla, f"/ask {QUESTIONS[language][0]}")
    await region.presses(layla, speaks.gettext("📝 What we wrote on it"))
    seen = newest(layla)
    option = region.template.option_sets["objectives"][6]
    title = speaks.gettext("Objective {name}", name=Spoken(keyboards.named(speaks, option)))
    assert seen.startswith(bare(title))
    assert [line for line in seen.split("\n") if line.startswith("•")] == [
        "• Permits law of LB",
        "• A centre in LB with a second line",
    ]
    assert {"go.prompt:2c.1", "go.prompt:3d.1"} <= set(data_of(layla.last_message))
    assert "JO" not in everything([layla])


@pytest.mark.parametrize("language", QUESTIONS)
async def test_d8_the_own_entries_are_asked_for_in_ones_own_words(region: Region, language: Language) -> None:
    layla = await region.focal_point("LB", language)
    await some_entries(region)
    await region.says(layla, f"/ask {QUESTIONS[language][1]}")
    assert "• Permits law of LB" in newest(layla)
    async with region.store.reading() as work:
        assert await work.support.get(1) is None, "no request is left behind"


async def test_d8_all_objectives_are_counted_and_pages_turn_in_place(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await entered(region, POLICIES, *({"title": f"Law {at}", "objectives": "7"} for at in range(12)))
    await region.says(layla, "/progress")
    await region.presses(layla, "🏷 By objective")
    labels = labels_of(layla.last_message)
    assert len([label for label in labels if label[0].isdigit()]) == 23
    assert [label for label in labels if label.endswith("(12)")] == [
        label for label in labels if label.startswith("7.")
    ]
    await region.forges(layla, layla.last_message.message_id, "do.tagged.7")
    card, before = layla.last_message, len(said_by_bot(layla))
    assert "• Law 9" in newest(layla)
    assert "• Law 10" not in newest(layla)
    await region.presses(layla, "Next page ▶")
    assert len(said_by_bot(layla)) == before
    assert layla.last_message.message_id == card.message_id
    assert "• Law 11" in newest(layla)
    await region.forges(layla, card.message_id, "do.tagged.9")
    assert heard(layla, "Nothing in the review carries this objective so far.")
    assert await region.forges(layla, card.message_id, "do.tagged.24") == STALE


async def test_d8_choices_and_the_table_of_objectives_count_too(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, "1g.1")
    await region.presses(layla, "Specific objectives")
    await region.opens(layla, FOCUS)
    await region.forges(layla, layla.last_message.message_id, pressed(layla.last_message, "tick.7"))
    await region.opens(layla, "3a.3")
    await region.forges(layla, layla.last_message.message_id, pressed(layla.last_message, "row.7"))
    scale = region.template.scale_of("3a.3")[1]
    await region.forges(
        layla, layla.last_message.message_id, pressed(layla.last_message, f"status.7:{scale.value}")
    )
    await region.forges(layla, first_card(layla).message_id, "do.tagged.7")
    assert "• Chosen here" in newest(layla)
    assert f"• Status: {voice('en').words(scale.label)}" in newest(layla)
    await region.opens(layla, "1g.1")
    await region.presses(layla, "All objectives")
    await region.forges(layla, first_card(layla).message_id, "do.tagged.7")
    assert "• Chosen here" not in newest(layla), "what sleeps is not shown"


async def test_d8_a_colleague_sees_what_they_wrote_themselves_and_nothing_of_the_draft(
    region: Region,
) -> None:
    await region.focal_point("LB", "en")
    await some_entries(region)
    karim = await region.contributor("LB", "en")
    await region.says(karim, "/ask objective 7")
    await region.presses(karim, "📝 What we wrote on it")
    assert "Nothing in the review carries this objective so far." in newest(karim)
    assert "Among what you have written yourself." in newest(karim)
    assert "Permits law" not in everything([karim])


async def test_d8_nobody_outside_the_country_finds_anything(region: Region) -> None:
    sam = await region.officer("en")
    await region.focal_point("LB", "en")
    await some_entries(region)
    await submitted(region)
    clara = await region.comes_in(await region.invitation("clearer", "LB"), "en", "Clara Nader")
    for person in (sam, clara):
        await region.says(person, "/ask objective 7")
        assert "📝 What we wrote on it" not in labels_of(person.last_message)
        await region.says(person, "/ask which of our entries carry objective 7")
        for key in ("do.tagged", "do.tagged.7"):
            assert await region.forges(person, first_card(person).message_id, key) == STALE
    assert "Permits law" not in everything([sam, clara])
    denied = [line for line in await audited(region, "read_draft") if line[2] == "denied"]
    assert [line[0] for line in denied].count("LB") == 2


def pressed(message: object, end: str) -> str:
    """The data of the key that ends so."""
    return next(data for data in data_of(message) if data.endswith(end))  # type: ignore[arg-type]  # a message
