"""The glossary in chat: a term that is asked for, organizations under the names they had, and pages to read."""

import pytest

from bot.render.support_words import told
from tests.chats.telling import (
    Region,
    bare,
    data_of,
    first_card,
    heard,
    labels_of,
    newest,
    said_by_bot,
    voice,
)
from tests.chats.test_support import answered
from workflows.languages import LANGUAGES, Language
from workflows.reference.terms import PARTS, terms

TERMS: dict[Language, tuple[str, tuple[str, ...]]] = {
    "ar": (
        "ما معنى التحالف المواضيعي",
        (
            "التحالف المواضيعي حول قضايا الهجرة في المنطقة العربية",
            "الإنكليزية: Issue-Based Coalition on Migration in the Arab region (IBC)",
            "الفرنسية: Coalition thématique sur les migrations dans la région arabe",
            "التسمية السابقة: مجموعة العمل المعنية بالهجرة الدولية في المنطقة العربية",
            "ولا تعدد المذكرة أعضاءه.",
        ),
    ),
    "en": (
        "what was the working group on international migration",
        (
            "Issue-Based Coalition on Migration in the Arab region (IBC)",
            "Arabic: التحالف المواضيعي حول قضايا الهجرة في المنطقة العربية",
            "Formerly: Working Group on International Migration in the Arab Region",
            "The note does not list its members.",
            "27, 35, 84",
        ),
    ),
    "fr": (
        "Que signifie IMRF ?",
        (
            "Forum d'examen des migrations internationales (FEMI)",
            "Anglais : International Migration Review Forum (IMRF)",
            "Arabe : منتدى استعراض الهجرة الدولية",
        ),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_i8_a_term_is_told_in_three_languages_with_its_meaning(
    region: Region, language: Language
) -> None:
    layla, speaks = await region.focal_point("LB", language), voice(language, "LB")
    question, expected = TERMS[language]
    await region.says(layla, f"/ask {question}")
    seen = newest(layla).replace("\N{NO-BREAK SPACE}", " ")
    assert [words for words in expected if words not in seen] == []
    assert labels_of(layla.last_message) == [
        speaks.gettext("📖 Glossary"),
        speaks.gettext("✔ This answers it"),
        speaks.gettext("Ask a person"),
    ]
    await region.presses(layla, speaks.gettext("✔ This answers it"))
    async with region.store.reading() as work:
        assert await work.support.get(1) is None


async def test_i8_a_word_of_rafiqs_own_says_so(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/ask what is a frozen text?")
    assert "A copy of the answers that does not change any more" in newest(layla)
    assert "This is a word of Rafiq's own." in newest(layla)


async def test_i8_who_asks_by_the_name_alone_reads_it_once(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/ask Frozen text")
    assert newest(layla).lower().count("frozen text") == 1


async def test_i8_an_answer_of_another_cycle_is_not_told(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/ask background paper")
    assert "A paper for each session of the conference on a priority theme" in newest(layla)
    assert "short overview of the region" not in newest(layla), "that entry is of the cycle of 2024"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_i8_the_glossary_is_read_page_by_page(region: Region, language: Language) -> None:
    layla, speaks = await region.focal_point("LB", language), voice(language, "LB")
    await region.says(layla, "/ask")
    await region.presses(layla, speaks.gettext("📖 Glossary"))
    card, cards = layla.last_message.message_id, len(said_by_bot(layla))
    read = ""
    for part in PARTS:
        at = 0
        while True:
            await region.forges(layla, card, f"do.glossary.{part}.{at}")
            read += bare(layla.last_message.text)
            if f"do.glossary.{part}.{at + 1}" not in data_of(layla.last_message):
                break
            at += 1
        assert all(bare(told(speaks, each.name.in_language(language))) in read for each in terms(part))
    assert len(said_by_bot(layla)) == cards, "pages turn in place"
    assert speaks.gettext("Previous page") in "".join(labels_of(layla.last_message))


async def test_i8_everybody_with_a_place_reads_it(region: Region) -> None:
    sam = await region.officer("en")
    await region.says(sam, "/documents")
    await region.presses(sam, "📖 Glossary")
    assert heard(sam, "Glossary: terms of the review")
    assert "/ask" not in newest(sam), "who has no /ask is not sent there"
    await region.says(sam, "where is the glossary?")
    assert "do.glossary" in data_of(sam.last_message)
    await region.forges(sam, first_card(sam).message_id, "do.glossary.organizations.99")
    assert heard(sam, "Page 3 of 3"), "the nearest page that there is"


SELF_ASSESSMENT: dict[Language, str] = {
    "ar": "أريد التقييم الذاتي",
    "en": "self-assessment",
    "fr": "Auto-évaluation",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_i8_a_term_that_is_done_in_the_chat_leads_there(region: Region, language: Language) -> None:
    """Who names it may want to do it: what its words led to before it was a term is one press away."""
    layla, speaks = await region.focal_point("LB", language), voice(language, "LB")
    await region.says(layla, f"/ask {SELF_ASSESSMENT[language]}")
    assert data_of(layla.last_message)[0] == "do.assess"
    await region.presses(layla, "do.assess")
    country = speaks.country_name("LB")
    assert newest(layla).startswith(bare(speaks.gettext("Self-assessment: {country}", country=country)))


async def test_i8_what_the_secretariat_published_on_a_term_is_not_hidden_by_its_definition(
    region: Region,
) -> None:
    sam, rana = await answered(region)
    await region.presses(sam, "Put into the list of answers")
    await region.says(sam, "What is the regional report?")
    await region.says(sam, "It is sent to all focal points for comments in March.")
    await region.says(sam, "Publish")
    await region.says(rana, "/ask regional report")
    assert "It is sent to all focal points for comments in March." in newest(rana)
    await region.says(rana, "/ask what is the national review?")
    assert heard(rana, "What a State prepares, voluntarily")
    assert "comments in March" not in newest(rana)
