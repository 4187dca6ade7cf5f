"""The outline for a country's presentation: a document with what is known, in which what is open is said to be open."""

import io
from datetime import UTC, datetime

import docx
import pytest

from bot.sandbox import Person, Sandbox
from tests.chats.calendars import loads, sandbox_at
from tests.chats.telling import Region, bare, newest, newest_file

NOTE = "the law of 2019 says nothing of this"
HUMAN = "▫️ 6. Human rights"


@pytest.fixture
def sandbox() -> Sandbox:
    """A Telegram a week before the second session of 2020."""
    return sandbox_at(datetime(2020, 7, 6, 9, 5, tzinfo=UTC))


async def opens_principle(region: Region, person: Person, key: str = HUMAN) -> None:
    await region.says(person, "/assess")
    await region.presses(person, key)


def paragraphs(person: Person) -> list[str]:
    """The lines of the newest document, without the marks of direction."""
    file = newest_file(person)
    assert file.name.endswith(".docx")
    return [bare(each.text) for each in docx.Document(io.BytesIO(file.content)).paragraphs]


async def fills_in(region: Region, layla: Person) -> None:
    """A country that has answered, marked, noted and asked for something."""
    await region.opens(layla, "1c.1")
    await region.says(layla, "Ministry of Labour\nMinistry of Interior")
    await opens_principle(region, layla)
    await region.presses(layla, "🔸 Partly")
    await region.says(layla, NOTE)
    await region.says(layla, "/ask")
    await region.presses(layla, "Data and figures")
    await region.says(layla, "we miss figures of returns")


async def test_f4_the_outline_holds_what_is_known_and_says_what_is_open(
    region: Region, layla: Person
) -> None:
    await loads(region)
    await region.officer()
    await fills_in(region, layla)
    await region.says(layla, "/assess")
    await region.presses(layla, "📄 Outline for the presentation")
    assert newest_file(layla).name == "outline-LB-2020-07-06.docx"
    lines = paragraphs(layla)
    assert lines[:2] == ["Progress in preparing the voluntary review", "Lebanon"]
    numbered = [line for line in lines if line[:3] in {f"{at}. " for at in range(1, 7)}]
    assert numbered == [
        "1. Where the preparation stands",
        "2. Coordination so far",
        "3. Alignment with the guiding principles",
        "4. Areas needing further development",
        "5. Support wanted",
        "6. Next steps",
    ]
    at = lines.index("1c. Which government entities took part in the review process?")
    assert lines[at + 1 : at + 3] == ["Ministry of Labour", "Ministry of Interior"]
    assert lines[lines.index("Human rights: partly reflected") + 1] == NOTE
    assert lines.count("People-centred: not assessed yet") == 1
    assert "we miss figures of returns" in lines
    steps = lines[lines.index("6. Next steps") + 1 :]
    assert len(steps) == 6
    assert steps[0] == (
        "Capacity-building workshop, session 2: early July 2020 or mid July 2020 (to be confirmed)"
    )


async def test_an_outline_of_nothing_says_that_everything_is_open(region: Region, layla: Person) -> None:
    await region.says(layla, "/assess")
    await region.presses(layla, "📄 Outline for the presentation")
    lines = paragraphs(layla)
    assert "Still open: no request for support is waiting." in lines
    assert "Still open: no principle has been named for further work." in lines
    assert "No dates have been announced yet." in lines
    assert sum(line.endswith(": not assessed yet") for line in lines) == 10
    assert "still open" in lines


async def test_a_colleagues_request_is_in_nobody_elses_outline(region: Region, layla: Person) -> None:
    omar = await region.focal_point("LB", "en", "Omar Aoun")
    await region.officer()
    await fills_in(region, layla)
    await region.says(omar, "/assess")
    await region.presses(omar, "📄 Outline for the presentation")
    lines = paragraphs(omar)
    assert NOTE in lines
    assert "we miss figures of returns" not in lines


async def test_the_outline_runs_from_the_right_in_arabic(region: Region) -> None:
    layla = await region.focal_point("LB", "ar", "ليلى حداد")
    await region.says(layla, "/assess")
    assert newest(layla).startswith("التقييم الذاتي: لبنان")
    await region.presses(layla, "▫️ ٦. حقوق الإنسان")
    await region.presses(layla, "🔸 جزئياً")
    assert "🔸 التقييم: مبدأ وارد جزئياً" in newest(layla)
    await region.says(layla, "لا يزال القانون بلا لائحة تنفيذية")
    assert newest(layla).startswith("✔ حُفظت ملاحظتكم.")
    await region.presses(layla, "▶ جميع المبادئ")
    await region.presses(layla, "📄 مخطط العرض")
    lines = paragraphs(layla)
    assert lines[:2] == ["التقدم المحرز في إعداد الاستعراض الطوعي", "لبنان"]
    assert "حقوق الإنسان: مبدأ وارد جزئياً" in lines
    document = docx.Document(io.BytesIO(newest_file(layla).content))
    ours = [each for each in document.paragraphs if each.text.strip()]
    assert all("<w:bidi/>" in each._p.xml for each in ours)
