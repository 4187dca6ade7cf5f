"""The officer takes the submitted reviews along side by side: nothing of a draft, nobody who submitted nothing."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.render import keyboards
from bot.render.headings import listed
from bot.render.review_sheets import point
from bot.sandbox import Person
from tests.chats.exchanging import OTHER_TEXT, TEXT, audited, entered, submitted, written
from tests.chats.telling import CYCLE, Region, data_of, everything, newest_file, voice
from workflows.languages import LANGUAGES, Language
from workflows.review.template import RecordField

KEY = "do.reviews_table"
PRACTICES = "3d.1"
STALE = "This button belongs to an earlier message. Please use the newest one."


async def takes_along(region: Region, sam: Person) -> Any:
    """The officer opens the list of reviews and presses the key; gives the workbook."""
    await region.says(sam, "/review")
    assert KEY in data_of(sam.last_message)
    await region.forges(sam, sam.last_message.message_id, KEY)
    file = newest_file(sam)
    assert file.name == f"reviews-{CYCLE}-2027-03-01.xlsx"
    return load_workbook(BytesIO(file.content))


def column(sheet: Any, heading: str) -> dict[str, str]:
    """What stands under a heading, by the first cell of its row."""
    heads = [cell.value for cell in sheet[1]]
    at = heads.index(heading)
    return {row[0]: row[at] for row in sheet.iter_rows(min_row=2, values_only=True)}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_submitted_reviews_stand_beside_each_other(region: Region, language: Language) -> None:
    sam, speaks = await region.officer(language), voice(language)
    for country in ("LB", "JO"):
        await region.focal_point(country, "en")
        await written(region, TEXT, f"What {country} says.", country)
        await submitted(region, country)
    await region.focal_point("MA", "fr")
    await written(region, TEXT, "Morocco still writes.", "MA")
    book = await takes_along(region, sam)
    assert len(book.worksheets) == 9, "the reviews, five sections, the practices, the choices, the consents"
    assert all(page.sheet_view.rightToLeft is (language == "ar") for page in book.worksheets)
    names = {code: speaks.country_name(code) for code in sorted(("JO", "LB"), key=speaks.alphabetical)}
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == list(names.values())
    for country, name in names.items():
        assert f"What {country} says." in column(book.worksheets[1], name).values()
    everywhere = [
        str(cell) for page in book.worksheets for row in page.iter_rows(values_only=True) for cell in row
    ]
    assert not any("Morocco" in cell or speaks.country_name("MA") in cell for cell in everywhere)


async def test_what_was_changed_after_submitting_is_not_in_it(region: Region) -> None:
    sam = await region.officer("en")
    await region.focal_point("LB", "en")
    await written(region, TEXT, "As it was submitted.")
    edition = await submitted(region)
    await region.says(sam, "/review LB")
    await region.presses(sam, "🔓 Open it again")
    await region.forges(sam, sam.last_message.message_id, f"do.reopen.{edition.id}.sure")
    await written(region, TEXT, "As it is written now.")
    await written(region, OTHER_TEXT, "New words.")
    book = await takes_along(region, sam)
    assert "As it was submitted." in column(book.worksheets[1], "Lebanon").values()
    for page, words in ((1, "As it is written now."), (2, "New words.")):
        assert words not in column(book.worksheets[page], "Lebanon").values()


async def test_choices_are_counted_among_those_who_submitted(region: Region) -> None:
    sam = await region.officer("en")
    for country, option in (("LB", "yes"), ("JO", "no"), ("MA", "yes")):
        person = await region.focal_point(country, "en")
        await region.opens(person, "1d.1")
        await region.presses(person, "Yes" if option == "yes" else "No")
        if country != "MA":
            await submitted(region, country)
    choices = (await takes_along(region, sam)).worksheets[-2]
    rows = [row for row in choices.iter_rows(min_row=2, values_only=True) if "local authorities" in row[0]]
    assert [row[1:] for row in rows] == [("Yes", 1, "Lebanon"), ("No", 1, "Jordan")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_practices_stand_by_their_objectives(region: Region, language: Language) -> None:
    sam, speaks = await region.officer(language), voice(language)
    for country in ("LB", "JO", "MA"):
        await region.focal_point(country, "en")
    await entered(
        region,
        PRACTICES,
        {"title": "A window for returnees", "objectives": "7 21", "lessons": "Begin in one town."},
        {"title": "A practice of no objective", "migrant_groups": "children"},
    )
    await entered(region, PRACTICES, {"title": "Fair recruitment", "objectives": "7"}, country="JO")
    await entered(region, PRACTICES, {"title": "Of a draft", "objectives": "7"}, country="MA")
    for country in ("LB", "JO"):
        await submitted(region, country)
    page = (await takes_along(region, sam)).worksheets[6]
    assert page.title == speaks.gettext("Practices by objective")
    rows = list(page.iter_rows(min_row=2, values_only=True))
    objectives = [keyboards.named(speaks, each) for each in region.template.option_sets["objectives"]]
    assert list(dict.fromkeys(row[0] for row in rows)) == [
        *objectives,
        speaks.gettext("Without an objective"),
    ]
    titles = {
        name: [row[2] for row in rows if row[0] == name and row[2]]
        for name in dict.fromkeys(r[0] for r in rows)
    }
    order = sorted(
        (("JO", "Fair recruitment"), ("LB", "A window for returnees")),
        key=lambda each: speaks.alphabetical(each[0]),
    )
    assert titles.pop(objectives[6]) == [title for _, title in order]
    assert titles.pop(objectives[20]) == ["A window for returnees"]
    assert titles.pop(speaks.gettext("Without an objective")) == ["A practice of no objective"]
    assert not any(titles.values()), "an objective that nothing carries keeps an empty row"
    lessons = column(page, speaks.words(field_of(region, "lessons").label))
    assert lessons[objectives[20]] == "Begin in one town."
    groups = column(page, speaks.words(field_of(region, "migrant_groups").label))
    children = next(
        each for each in region.template.option_sets["migrant_groups"] if each.value == "children"
    )
    assert groups[speaks.gettext("Without an objective")] == speaks.words(children.label)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_point_says_which_part_of_the_regional_report_it_may_feed(
    region: Region, language: Language
) -> None:
    sam, speaks = await region.officer(language), voice(language)
    await region.focal_point("LB", "en")
    await submitted(region)
    book = await takes_along(region, sam)
    parts = {
        each.value: speaks.words(each.label) for each in region.template.option_sets["report_dimensions"]
    }
    found: dict[str, str] = {}
    for page in book.worksheets[1:6]:
        found |= column(page, speaks.gettext("Part of the regional report (proposal)"))
    for prompt, words in (
        ("3d.1", [parts["promising_practices"]]),
        ("1f.1", [parts["shared_challenges"], parts["gaps"]]),
        ("5b.1", []),
    ):
        told = found[point(prompt, speaks, region.template)]
        assert told == (listed(speaks, words) if words else None)


def field_of(region: Region, name: str) -> RecordField:
    """A detail of the practices by its id."""
    return next(each for each in region.template.fields_of(PRACTICES) if each.id == name)


async def test_each_countrys_audit_tells_of_it(region: Region) -> None:
    sam = await region.officer("en")
    for country in ("LB", "JO"):
        await region.focal_point(country, "en")
        await submitted(region, country)
    await takes_along(region, sam)
    assert [(country, outcome) for country, _, outcome in await audited(region, "export_review")] == [
        ("JO", "read"),
        ("LB", "read"),
    ]
    await region.says(sam, "/audit LB")
    assert "took a submitted review along in a table" in everything([sam])


async def test_nobody_of_a_country_takes_it_along(region: Region) -> None:
    sam = await region.officer("en")
    layla = await region.focal_point("LB", "en")
    await written(region, TEXT, "What LB says.")
    await submitted(region)
    omar = await region.focal_point("JO", "en")
    for person in (layla, omar):
        assert await region.forges(person, person.last_message.message_id, KEY) == STALE
    assert "What LB says." not in everything([omar])
    assert await audited(region, "remark") == [("", "reviews", "denied")] * 2
    assert sam.last_message.document is None


async def test_before_anything_is_submitted_there_is_no_key(region: Region) -> None:
    sam = await region.officer("en")
    await region.focal_point("LB", "en")
    await written(region, TEXT, "What LB says.")
    await region.says(sam, "/review")
    assert KEY not in data_of(sam.last_message)
    assert await region.forges(sam, sam.last_message.message_id, KEY) == STALE
