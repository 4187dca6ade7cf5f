"""The six priority themes of the second review: open in the note, told where the secretariat has given titles."""

import secrets
from datetime import timedelta

import pytest

from bot.sandbox import Person
from tests.chats.calendars import loads
from tests.chats.telling import Region, bare, first_card, newest, said_by_bot
from workflows.cycle.calendar import Calendar, Theme
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.reminders.policy_file import default_policy
from workflows.languages import LANGUAGES, Language, Text
from workflows.store.transaction import Work
from workflows.use_cases.inviting import Wanted, make
from workflows.use_cases.opening import open_cycle

THEMES: dict[Language, tuple[str, str, str]] = {
    "ar": ("6 محاور ذات أولوية لم تُحدَّد عناوينها بعد.", "1. عنوان من الأمانة", "2. لم يُحدَّد عنوانه بعد"),
    "en": ("6 priority themes; their titles are not given yet.", "1. A title", "2. title not given yet"),
    "fr": (
        "6 thèmes prioritaires, dont les intitulés ne sont pas encore donnés.",
        "1. Un intitulé",
        "2. intitulé non encore donné",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_themes_of_2024_stand_on_the_conferences_card(region: Region, language: Language) -> None:
    """The note names no title of the six; the secretariat gives each its own in the calendar's file."""
    calendar = shipped_calendar("gcm-arab-2024")
    assert calendar is not None
    untitled, first, second = THEMES[language]
    await loads(region, calendar)
    layla = await region.focal_point("MA", language)
    await region.forges(layla, first_card(layla).message_id, "do.event.conference")
    assert untitled in newest(layla)
    await region.forges(layla, first_card(layla).message_id, "do.event.outcome")
    assert untitled not in newest(layla)
    named = Theme(number=1, title=Text(ar="عنوان من الأمانة", en="A title", fr="Un intitulé"))
    await loads(region, calendar.model_copy(update={"themes": (named, *calendar.themes[1:])}))
    await region.forges(layla, first_card(layla).message_id, "do.event.conference")
    assert f"{first}\n{second}" in newest(layla)


async def test_a_question_about_the_themes_is_answered_once_they_have_titles(region: Region) -> None:
    calendar = shipped_calendar("gcm-arab-2024")
    assert calendar is not None
    layla = await of_the_second_review(region, calendar)
    await region.says(layla, "/ask what are the six priority themes?")
    assert "Not stated in the note." in newest(layla)
    named = Theme(number=1, title=Text(ar="عنوان من الأمانة", en="A title", fr="Un intitulé"))
    await in_the_second_review(region, calendar.model_copy(update={"themes": (named, *calendar.themes[1:])}))
    await region.says(layla, "/ask what are the six priority themes?")
    assert "1. A title" in bare(said_by_bot(layla)[-2].text)
    assert "Not stated in the note." not in newest(layla)


async def of_the_second_review(region: Region, calendar: Calendar) -> Person:
    """A focal point in a cycle of 2024 with this calendar."""

    async def opened(work: Work) -> str:
        now = region.house.clock.now()
        await open_cycle(work, "gcm-arab-2024", region.template, now)
        wanted = Wanted("gcm-arab-2024", "focal_point", "LB", now + timedelta(days=7))
        return await make(work, wanted, secrets.token_bytes, now)

    token = await region.house.clerk.run_errand(opened)
    await in_the_second_review(region, calendar)
    return await region.comes_in(token, "en")


async def in_the_second_review(region: Region, calendar: Calendar) -> None:
    """Bring a calendar into the cycle of 2024."""
    now = region.house.clock.now()

    async def written(work: Work) -> None:
        await work.calendars.write(
            "gcm-arab-2024", calendar, default_policy(), by=None, act="loaded", milestone="", now=now
        )

    await region.house.clerk.run_errand(written)
