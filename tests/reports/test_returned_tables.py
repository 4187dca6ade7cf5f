"""A table under a question: a row is an entry, and its columns are details where headings or order say so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.test_returned import OURS, packed, read_back
from tests.reports.test_returned_editors import body, p
from tests.review.playing import GCM
from workflows.languages import LANGUAGES, Language
from workflows.review.answers import Prose, RecordList
from workflows.review.filled.reading import Read, likeliest
from workflows.review.filled.reading import read as read_at


def table(*rows: list[str], nested: str = "") -> str:
    """A table of rows, each cell with a paragraph for each of its lines."""
    told = (
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr/>{''.join(map(p, cell.split('|')))}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(told)}{nested}</w:tbl>"


def read(prompt: str, *told: str) -> Read:
    """What a document says that has these under a prompt."""
    asked = GCM.prompts[prompt].text.en
    (passage,) = read_back(
        packed(body(p(GCM.question_of[prompt].text.en) + p(asked) + "".join(told)))
    ).passages
    return likeliest(GCM, OURS, passage, "file1:1")


def entries(prompt: str, *told: str) -> list[dict[str, str]]:
    found = read(prompt, *told)
    assert found.prompt == prompt
    assert not found.unread
    assert found.answer is not None
    assert isinstance(found.answer.value, RecordList)
    preset = GCM.prompts[prompt].preset
    return [
        {name: text for name, text in each.fields.items() if name not in preset}
        for each in found.answer.value.records
    ]


def label(prompt: str, field: str, language: Language = "en") -> str:
    return next(each.label.in_language(language) for each in GCM.fields_of(prompt) if each.id == field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_with_headings_are_details(language: Language) -> None:
    heads = [label("2c.1", field, language) for field in ("title", "date", "issuing_body")]
    rows = table(["#", *heads], ["1", "Law 24", "2019", "Parliament"], ["٢", "Decree 3", "2018-06", ""])
    assert entries("2c.1", rows) == [
        {"title": "Law 24", "date": "2019", "issuing_body": "Parliament"},
        {"title": "Decree 3", "date": "2018-06"},
    ]


def test_headings_that_go_on_after_the_name_of_a_detail_and_one_in_other_words() -> None:
    rows = table(
        ["The law", "Date of issue", "Issuing body (full name)"],
        ["Law 24|Of migrants.", "2019", "Parliament"],
    )
    assert entries("2c.1", rows) == [
        {"title": "Law 24", "description": "Of migrants.", "date": "2019", "issuing_body": "Parliament"}
    ]


def test_columns_without_headings_are_details_where_days_or_options_fit_in_their_order() -> None:
    assert entries(
        "5a.2", table(["Train officers", "Ministry of Labour", "2021"], ["Publish", "", "06/2021"])
    ) == [
        {"action": "Train officers", "responsible": "Ministry of Labour", "target_date": "2021"},
        {"action": "Publish", "target_date": "2021-06"},
    ]
    assert entries("5a.2", table(["Train officers", "Ministry of Labour", "soon"])) == [
        {"action": "Train officers – Ministry of Labour – soon"}
    ]


def test_a_row_whose_columns_say_nothing_is_an_entry_of_all_its_cells() -> None:
    rows = table(["1.", "Ministry of Labour", "Minister"], ["2.", "Red Crescent", "Volunteers"])
    assert entries("1b.1", rows) == [
        {"name": "Ministry of Labour – Minister"},
        {"name": "Red Crescent – Volunteers"},
    ]


def test_a_table_of_one_column_and_what_stands_before_and_after_it() -> None:
    rows = table(["Ministry of Labour"], [f"Red Crescent|{label('1b.1', 'role')}: relief"])
    assert entries("1b.1", p("Parliament"), rows, p("The municipalities")) == [
        {"name": "Parliament"},
        {"name": "Ministry of Labour"},
        {"name": "Red Crescent", "role": "relief"},
        {"name": "The municipalities"},
    ]


def test_details_one_below_the_other_beside_their_names() -> None:
    rows = table(
        [label("1a.4", "acronym", "ar"), "NSO"], [label("1a.4", "name", "ar"), "National statistics office"]
    )
    assert entries("1a.4", rows) == [{"name": "National statistics office", "acronym": "NSO"}]
    two = [["Title", "Law 24"], ["Date", "2019"], ["Title", "Decree 3"], ["Date", "2018"]]
    assert entries("2c.1", table(*two)) == [
        {"title": "Law 24", "date": "2019"},
        {"title": "Decree 3", "date": "2018"},
    ]


def test_a_column_that_is_no_detail_is_never_dropped() -> None:
    told = table(["Title", "Pages"], ["Law 24", "12"])
    assert entries("2c.1", told) == [{"title": "Law 24", "description": "Pages: 12"}]
    apart = read("1b.1", table(["Name", "Telephone"], ["Red Crescent", "140"]))
    assert apart.unread == ("Red Crescent; Telephone: 140",)


def test_an_option_that_is_none_is_told_with_its_entry() -> None:
    told = read("2c.1", table(["Title", label("2c.1", "objectives")], ["Law 24", "everything"]))
    assert told.unread == ("Law 24; Related objectives: everything",)


def test_a_detail_that_is_told_twice_and_a_heading_above_nothing_are_not_lost() -> None:
    twice = read(
        "2c.1", p("Law 24"), p("Date: 2019"), p("Date: 2020"), p("Issuing body: A"), p("Issuing body: B")
    )
    assert twice.unread == ("Date: 2020",)
    assert twice.answer is not None
    assert isinstance(twice.answer.value, RecordList)
    assert twice.answer.value.records[0].fields["issuing_body"] == "A\nB"
    told = read("2c.1", table(["Title", "Date", "As agreed"], ["Law 24", "2019"]))
    assert told.unread == ("As agreed",)


HEADS = [
    *(each.label.en for prompt in ("2c.1", "1b.1") for each in GCM.fields_of(prompt)),
    "Pages",
    "Remarks",
    "",
    "of 2019",
]


@settings(max_examples=60)
@given(
    prompt=st.sampled_from(["1b.1", "1a.4", "1e.2", "2c.1", "3c.1", "5a.2"]),
    heads=st.none() | st.lists(st.sampled_from(HEADS), min_size=1, max_size=4),
    rows=st.lists(
        st.lists(st.sampled_from(["2019", "Health", "3. x", "", "Date: 2020"]), max_size=4),
        min_size=1,
        max_size=4,
    ),
)
def test_no_cell_of_any_table_is_lost(prompt: str, heads: list[str] | None, rows: list[list[str]]) -> None:
    marked = [
        [f"{cell} w{row}c{at}" if cell else "" for at, cell in enumerate(cells)]
        for row, cells in enumerate(rows)
    ]
    asked = p(GCM.question_of[prompt].text.en) + p(GCM.prompts[prompt].text.en)
    told = table(*([heads] if heads else []), *marked)
    for passage in read_back(packed(body(asked + told))).passages:
        found = read_at(GCM, OURS, passage, prompt, "file1:1")
        value = found.answer.value if found.answer else None
        entries = value.records if isinstance(value, RecordList) else ()
        said = "\n".join([*(text for each in entries for text in each.fields.values()), *found.unread])
        if found.answer:
            assert [cell for row in marked for cell in row if cell and cell.split()[-1] not in said] == []


def test_questions_in_one_column_and_answers_in_the_other() -> None:
    """A ministry lays the questionnaire out as a table; a table within a cell stands under its question."""
    laws = table(["Law 24", "Of migrants"], ["Decree 3", "Of work"])
    asked = [GCM.questions["4b"].text.en, GCM.questions["5b"].text.en]
    nested = f"<w:tr><w:tc>{p(asked[1])}</w:tc><w:tc>{p('On our site.')}{laws}{p('')}</w:tc></w:tr>"
    back = read_back(packed(body(table([asked[0], "Money.|People."], nested=nested))))
    told = [likeliest(GCM, OURS, each, "file1:1") for each in back.passages]
    assert [
        each.answer.value.text for each in told if each.answer and isinstance(each.answer.value, Prose)
    ] == [
        "Money.\nPeople.",
        "On our site.\nLaw 24 – Of migrants\nDecree 3 – Of work",
    ]


def test_points_of_a_text_keep_a_sign() -> None:
    point = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    three = read("4b.1", p("We lack:"), p("money", before=point), p("people", before=point))
    assert three.answer is not None
    assert isinstance(three.answer.value, Prose)
    assert three.answer.value.text == "We lack:\n• money\n• people"
    one = read("4b.1", p("Money.", before=point), p("People."))
    assert one.answer is not None
    assert isinstance(one.answer.value, Prose)
    assert one.answer.value.text == "Money.\nPeople."


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["2030 agenda plan", "3 workshops"], ["2030 agenda plan", "3 workshops"]),
        (["3. workshops", "12) trainings"], ["3. workshops", "12) trainings"]),
        (["1. workshops", "2. trainings"], ["workshops", "trainings"]),
        (["- 3 workshops", "- 12 trainings"], ["3 workshops", "12 trainings"]),
        (["١- ورش", "٢- دورات"], ["ورش", "دورات"]),
    ],
)
def test_a_number_of_its_own_stays_with_an_entry(lines: list[str], names: list[str]) -> None:
    assert entries("1b.1", *map(p, lines)) == [{"name": each} for each in names]


def test_a_number_in_a_list_that_word_counts_stays_with_its_entry() -> None:
    point = '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>'
    told = [p("1. January plan", before=point), p("Plan", before=point)]
    assert entries("1b.1", *told) == [{"name": "1. January plan"}, {"name": "Plan"}]
