"""The reference documents in chat: found by any spelling, with their addresses, and the template as a file."""

from io import BytesIO

import docx
import pytest

from tests.chats.telling import Region, data_of, newest, newest_file, voice
from workflows.languages import LANGUAGES, Language
from workflows.reference import documents, find_documents

GCM = ("١٩٥/٧٣", "٧٣/١٩٥", "73/195", "195/73", "A/RES/73/195", "a/res/73/195", "قرار ١٩٥/٧٣", "A-RES-73-195")
NAMES = {
    "الاتفاق العالمي": "gcm",
    "إعلان نيويورك": "new_york_declaration",
    "اعلان نيويورك": "new_york_declaration",
    "Déclaration de New York": "new_york_declaration",
    "imrf": "imrf_format",
    "تقرير حاله الهجره": "situation_report_2019",
    "Agenda 2030": "agenda_2030",
    "الإعلان المرحلي": "progress_declaration",
}


@pytest.mark.parametrize("spelling", GCM)
def test_a_symbol_is_known_in_any_spelling(spelling: str) -> None:
    assert [each.id for each in find_documents(spelling)] == ["gcm"]


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_name_is_known_in_any_spelling(name: str, expected: str) -> None:
    assert expected in [each.id for each in find_documents(name)]


def test_what_is_not_there_is_not_found() -> None:
    assert [find_documents(each) for each in ("73/196", "a cookbook", "قرار", "()")] == [()] * 4
    assert find_documents("  ") == documents()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_somebody_finds_a_document_and_takes_the_template_along(
    region: Region, language: Language
) -> None:
    layla = await region.focal_point("LB", language)
    await region.says(layla, "/documents ١٩٥/٧٣")
    assert "A/RES/73/195" in newest(layla)
    links = [entity["url"] for entity in layla.last_message.entities if entity["type"] == "text_link"]
    assert links[0] == f"https://undocs.org/{language}/A/RES/73/195"
    assert len(links) == len(LANGUAGES)
    await region.presses(layla, voice(language, "LB").gettext("All documents"))
    assert all(f"do.documents.{each.id}" in data_of(layla.last_message) for each in documents())
    await region.forges(layla, layla.last_message.message_id, "do.template.ar")
    sent = newest_file(layla)
    assert sent.name == "guiding-template-gcm-arab-2020-ar.docx"
    paper = docx.Document(BytesIO(sent.content))
    assert paper.paragraphs[0].text == region.template.heading.ar
    assert plain_blanks(paper.paragraphs[1].text) == "إصدار النموذج: ٨ حزيران ٢٠٢٠"
    foot = plain_blanks(paper.sections[0].footer.paragraphs[0].text)
    assert foot == "إصدار النموذج: ٨ حزيران ٢٠٢٠؛ الدورة: gcm-arab-2020؛ نسخة بتاريخ ١ آذار ٢٠٢٧"


async def test_the_file_says_its_edition_cycle_and_day_in_its_own_language(region: Region) -> None:
    layla = await region.focal_point("LB", "ar")
    for language, foot in (
        ("en", "Edition of the template: 8 June 2020; Cycle: gcm-arab-2020; File of 1 March 2027"),
        ("fr", "Édition du modèle : 8 juin 2020 ; Cycle : gcm-arab-2020 ; Fichier du 1er mars 2027"),
    ):
        await region.forges(layla, layla.last_message.message_id, f"do.template.{language}")
        paper = docx.Document(BytesIO(newest_file(layla).content))
        assert plain_blanks(paper.sections[0].footer.paragraphs[0].text) == foot


def plain_blanks(text: str) -> str:
    """The text with plain blanks."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def test_a_document_without_an_address_or_a_text_in_ones_language_says_so(region: Region) -> None:
    sam = await region.officer("en")
    await region.says(sam, "/documents governance 2019")
    assert "The concept notes give no address for this document." in newest(sam)
    await region.says(sam, "/documents situation report")
    assert "The concept notes name no text in your language." in newest(sam)


async def test_an_unknown_document_is_answered_with_a_way_on(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/documents A/RES/1/999 <b>")
    assert newest(layla).startswith("No document of the concept notes was found for “A/RES/1/999 <b>”.")
    assert data_of(layla.last_message) == ["do.documents"]
    await region.forges(layla, layla.last_message.message_id, "do.documents.no_such")
    assert layla.callback_answers[-1].text.startswith("This button belongs to an earlier message.")
