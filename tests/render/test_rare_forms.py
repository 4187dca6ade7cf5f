"""Forms that are rare on a screen are among the samples, and say what they are for in every language."""

from typing import TypeVar

import pytest

from bot.render import Message, Voice, render
from tests.render.samples import TEMPLATE, all_notices
from workflows.languages import LANGUAGES, Language
from workflows.notices import Reminder, RemindersView
from workflows.notices.scheduling import ScheduleAsk, SchedulePreview

N = TypeVar("N")


def samples(kind: type[N]) -> list[N]:
    return [notice for notice in all_notices() if isinstance(notice, kind)]


def drawn(notice: object, language: Language) -> Message:
    return render(notice, Voice.of(language, "auto", "JO"), TEMPLATE)  # type: ignore[arg-type]  # one of the notices


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_of_what_is_over_is_warned_of(language: Language) -> None:
    warning = Voice.of(language, "auto", "JO").gettext("⚠️ This has already taken place.")
    over = {each.over: warning in drawn(each, language).text for each in samples(SchedulePreview)}
    assert over == {True: True, False: False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_countries_are_asked_back(language: Language) -> None:
    words = "⚠️ More time is given to one country at a time, and this names several:"
    asked = Voice.of(language, "auto", "JO").gettext(words)
    said = {each.problem == "several": asked in drawn(each, language).text for each in samples(ScheduleAsk)}
    assert said == {True: True, False: False}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Reminder, RemindersView])
def test_a_week_that_begins_tomorrow_has_no_key_of_its_own(
    kind: type[Reminder | RemindersView], language: Language
) -> None:
    with_key = {
        bool(each.week_start): "snooze.week_start" in keys
        for each in samples(kind)
        for keys in (keys_of(drawn(each, language)),)
        if "snooze.tomorrow" in keys
    }
    assert with_key == {True: True, False: False}


def keys_of(message: Message) -> str:
    return " ".join(button.data for row in message.keyboard for button in row)
