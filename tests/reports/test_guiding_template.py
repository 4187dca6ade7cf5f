"""The guiding template as a Word document: complete, and in Arabic from right to left."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest

from workflows.languages import LANGUAGES, Language
from workflows.reports.guiding_template import as_docx
from workflows.review.judge import load_template
from workflows.review.template import Template

FOLDER = Path(__file__).parents[2]


@pytest.fixture(
    scope="module", params=["workflows/data/templates/gcm-arab-2020.yaml", "tests/templates/tiny.yaml"]
)
def template(request: pytest.FixtureRequest) -> Template:
    return load_template(FOLDER / request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_prompt_and_limit_stands_in_order(template: Template, language: Language) -> None:
    paper = docx.Document(BytesIO(as_docx(template, language)))
    words = [paragraph.text for paragraph in paper.paragraphs]
    expected = [template.heading.in_language(language), template.intro.in_language(language)]
    for section in template.sections:
        expected += [section.title.in_language(language), section.limit_text.in_language(language)]
        for question in section.questions:
            expected.append(question.words(language))
    expected.append(template.word_count_rule.in_language(language))
    place = 0
    for each in expected:
        place = next(at for at in range(place, len(words)) if each in words[at])
    assert paper.core_properties.title == template.title.in_language(language)
    assert paper.core_properties.author == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_edition_stands_below_the_title_and_at_the_foot(template: Template, language: Language) -> None:
    told = {
        "ar": "إصدار النموذج: 8 حزيران/يونيو 2020",
        "en": "Edition: 8 June 2020",
        "fr": "Édition : 8 juin 2020",
    }
    paper = docx.Document(BytesIO(as_docx(template, language, edition=told[language], foot="gcm-arab-2024")))
    words = [paragraph.text for paragraph in paper.paragraphs]
    assert words[:2] == [template.heading.in_language(language), told[language]]
    foot = [paragraph.text for paragraph in paper.sections[0].footer.paragraphs]
    assert foot[0] == "gcm-arab-2024"
    assert len(foot) == 2, "the pages are still numbered"


@pytest.mark.parametrize("language", LANGUAGES)
def test_direction_is_that_of_the_language(template: Template, language: Language) -> None:
    paper = docx.Document(BytesIO(as_docx(template, language)))
    turned = [bool(paragraph._p.xpath("w:pPr/w:bidi")) for paragraph in paper.paragraphs]
    assert set(turned) == {language == "ar"}
    runs = [run for paragraph in paper.paragraphs for run in paragraph.runs]
    for run in runs:
        if bool(run._element.xpath("w:rPr/w:rtl")) != (language == "ar"):
            mine, other = ("[\u0600-\u06ff]", "[A-Za-z]")[:: 1 if language == "ar" else -1]
            assert re.search(other, run.text), "only words of the other script run against the language"
            assert not re.search(mine, run.text)
