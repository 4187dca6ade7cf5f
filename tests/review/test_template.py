"""The shipped template says what the document says, in three languages."""

import re
from pathlib import Path

import pytest

from workflows.languages import LANGUAGES, Text
from workflows.review.judge import load_template
from workflows.review.template import Option, Prompt

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = load_template(ROOT / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml")
SEED = {
    int(number): words
    for number, _, words in (
        line.partition("\t")
        for line in (Path(__file__).parent / "seed_lines.tsv").read_text("utf-8").splitlines()
    )
}
QUESTION = re.compile(r"\((?P<letter>[^)]+)\) (?P<words>.*)")
SECTION = re.compile(r"(?P<ordinal>\S+)- (?P<title>.*) \((?P<limit>[^()]*)\)")


def texts(node: object, place: str = "") -> list[tuple[str, Text]]:
    """Every text in three languages under a model, with its place."""
    if isinstance(node, Text):
        return [(place, node)]
    if isinstance(node, dict):
        return [text for key, child in node.items() for text in texts(child, f"{place}.{key}")]
    if isinstance(node, tuple):
        return [text for at, child in enumerate(node) for text in texts(child, f"{place}[{at}]")]
    if hasattr(node, "__dict__"):
        return texts(dict(vars(node)), place)
    return []


def test_it_has_the_documents_size() -> None:
    prompts = TEMPLATE.prompts.values()
    assert len(TEMPLATE.sections) == 5
    assert [len(section.questions) for section in TEMPLATE.sections] == [8, 7, 4, 3, 2]
    assert len(prompts) == 64
    assert sum(prompt.origin == "seed" for prompt in prompts) == 51
    assert sum(prompt.origin == "derived" for prompt in prompts) == 13


def test_the_questions_are_the_seeds_to_the_letter() -> None:
    numbered = {line: QUESTION.fullmatch(words) for line, words in SEED.items()}
    seed = {line: (found["letter"], found["words"]) for line, found in numbered.items() if found}
    ours = {
        question.seed_line: (question.letter_ar, question.text.ar) for question in TEMPLATE.questions.values()
    }
    assert len(seed) == 24
    assert ours == seed


def test_the_sections_are_the_seeds_to_the_letter() -> None:
    headed = {line: SECTION.fullmatch(words) for line, words in SEED.items()}
    seed = {
        line: (found["ordinal"], found["title"], found["limit"]) for line, found in headed.items() if found
    }
    ours = {
        section.seed_line: (section.ordinal_ar, section.title.ar, section.limit_text.ar)
        for section in TEMPLATE.sections
    }
    assert len(seed) == 5
    assert ours == seed


def test_the_head_is_the_seeds_to_the_letter() -> None:
    lead_in = TEMPLATE.sections[0].lead_in
    assert lead_in is not None
    ours = [TEMPLATE.heading.ar, TEMPLATE.title.ar, TEMPLATE.intro.ar, lead_in.ar]
    assert ours == [SEED[97], SEED[99], SEED[101], SEED[105]]


def test_the_limits_are_those_in_the_headings() -> None:
    assert [section.word_limit for section in TEMPLATE.sections] == [500, 1500, 2000, 500, 500]
    for section in TEMPLATE.sections:
        for language in LANGUAGES:
            digits = re.sub(r"\D", "", section.limit_text.in_language(language))
            assert int(digits) == section.word_limit


@pytest.mark.parametrize(
    "prompt", [p for p in TEMPLATE.prompts.values() if p.origin == "seed"], ids=lambda p: p.id
)
def test_what_the_seed_asks_is_cut_from_its_question(prompt: Prompt) -> None:

    assert prompt.text.ar in TEMPLATE.question_of[prompt.id].text.ar


def test_every_piece_of_a_seed_question_is_asked_by_one_of_its_prompts() -> None:
    uncovered = {}
    for question in TEMPLATE.questions.values():
        rest = question.text.ar
        for prompt in sorted(question.prompts, key=lambda p: -len(p.text.ar)):
            rest = rest.replace(prompt.text.ar, "", 1) if prompt.origin == "seed" else rest
        if re.search(r"\w", rest):
            uncovered[question.id] = re.sub(r"\s+", " ", rest).strip(" ؟()،.")
    assert uncovered == {
        "1b": "إن لم تنشئوا آليةً محددة،".strip("،"),
        "2a": "في وضع السياسات المتصلة بالهجرة مثلاً، أو في تصميم المشاريع المتصلة بالهجرة وتنفيذها، "
        "أو في تشجيع الحوار بين أصحاب المصلحة المتعددين، وما إلى ذلك",
    }


@pytest.mark.parametrize(
    ("prompt", "slip", "mended"),
    [
        ("1a.1", "أنشأت آليةً", "أنشأتم آليةً"),
        ("1a.3", "كياناً معيناً", "كيانٌ معيّنٌ"),
        ("2c.1", "وضعتها منذ", "وضعتموها منذ"),
        ("2c.1", "٢٠١٨", "2018"),
        ("2c.4", "والحوجز", "والحواجز"),
        ("2c.5", "كوفيد ١٩", "كوفيد-19"),
        ("2g.1", "والأقليمي", "والأقاليمي"),
        ("3a.1", "خطاً", "خططاً"),
        ("3d.1", "أخرى).", "أخرى)؟"),
    ],
)
def test_a_slip_is_kept_as_source_and_mended_in_what_is_shown(prompt: str, slip: str, mended: str) -> None:
    shown = TEMPLATE.prompts[prompt].words("ar")
    question = TEMPLATE.question_of[prompt]
    assert slip in TEMPLATE.prompts[prompt].text.ar
    assert slip not in shown
    assert mended in shown
    assert mended in question.words("ar")
    assert slip in question.text.ar


def test_a_mended_prompt_is_cut_from_its_mended_question() -> None:
    for prompt in TEMPLATE.prompts.values():
        question = TEMPLATE.question_of[prompt.id]
        if prompt.text_ar_corrected and question.text_ar_corrected:
            assert prompt.text_ar_corrected in question.text_ar_corrected


def test_a_question_cut_out_of_its_sentence_is_shown_with_its_mark() -> None:
    ends = {prompt.id: prompt.words("ar")[-1] for prompt in TEMPLATE.prompts.values()}
    asking = [p for p in TEMPLATE.prompts.values() if p.text.en.endswith("?") and p.origin == "seed"]
    assert [prompt.id for prompt in asking if ends[prompt.id] != "؟"] == []


def test_every_text_is_there_in_three_languages_and_in_its_own_script() -> None:
    found = texts(TEMPLATE)
    assert len(found) > 300
    for place, text in found:
        assert all(text.in_language(language).strip() for language in LANGUAGES), place
        assert re.search(r"[\u0621-\u064a]", text.ar), place
        assert not re.search(r"[\u0600-\u06ff]", text.en.replace("(و)", "")), place
        assert not re.search(r"[\u0600-\u06ff]", text.fr.replace("(و)", "")), place


def test_yes_and_no_stay_words() -> None:
    assert TEMPLATE.prompts["1a.2"].when is not None
    assert TEMPLATE.prompts["1a.2"].when.value == "yes"
    assert TEMPLATE.questions["1b"].when is not None
    assert TEMPLATE.questions["1b"].when.value == "no"


def test_the_reference_lists_are_whole() -> None:
    sets = TEMPLATE.option_sets
    assert [option.value for option in sets["objectives"]] == [str(number) for number in range(1, 24)]
    assert [option.paragraph for option in sets["principles"]] == [f"15({letter})" for letter in "abcdefghij"]
    assert [option.value for option in sets["review_scope"]] == ["all", "selected"]
    assert {option.value for option in sets["finding_kinds"]} == {"success", "challenge", "gap"}
    dimensions = {option.value for option in sets["report_dimensions"]}
    assert all(set(question.feeds) <= dimensions for question in TEMPLATE.questions.values())


def test_a_record_offers_the_options_of_its_prompt() -> None:
    def offered(prompt: str, name: str) -> tuple[Option, ...]:
        fields = (field for field in TEMPLATE.fields_of(prompt) if field.id == name)
        return next((TEMPLATE.field_options(prompt, field) for field in fields), ())

    sets = TEMPLATE.option_sets
    assert offered("1e.2", "category") == sets["stakeholder_categories"]
    assert offered("1h.2", "category") == sets["un_support_providers"]
    assert offered("1d.2", "category") == ()
    assert offered("2a.3", "kind") == sets["stakeholder_categories"]
    assert offered("2g.2", "level") == sets["levels"]
    assert offered("4a.1", "means") == sets["means"]


def test_what_a_prompt_presets_is_not_asked() -> None:
    for prompt in TEMPLATE.prompts.values():
        asked = {field.id for field in TEMPLATE.fields_of(prompt.id)}
        assert not asked & set(prompt.preset)
    assert TEMPLATE.prompts["2c.3"].preset == {"kind": "reformed"}


def test_policies_of_2c1_are_expected_from_the_adoption_on() -> None:
    (check,) = TEMPLATE.prompts["2c.1"].checks
    assert check.value == TEMPLATE.parameters["adoption_month"] == "2018-12"
