"""Where an event is, in a line of the reader's language: a place that an officer typed does not turn it."""

import icalendar
import pytest

from bot.render import render
from bot.render.voice import Voice
from tests.render.samples import TEMPLATE
from tests.render.samples_calendar import BEIRUT, LINES, MOMENT, TITLE
from workflows.languages import Language, Text
from workflows.notices import AgendaList, CalendarFile, EventCard, EventChange, FileEvent

TYPED = Text(ar="Hall 5, Amman", en="Hall 5, Amman", fr="Hall 5, Amman")
OURS = Text(ar="بيروت", en="Beirut", fr="Beyrouth")


def card(place: Text) -> EventCard:
    change = EventChange(step="mode_changed", when=BEIRUT, mode="in_person", place=place, at=MOMENT)
    return EventCard(event=LINES[0], mode="hybrid", place=place, changes=(change,))


def said(language: Language, place: Text) -> str:
    return render(card(place), Voice.of(language, "auto", "JO"), TEMPLATE).text


def test_a_latin_place_is_isolated_inside_arabic() -> None:
    assert said("ar", TYPED).count("\u2068Hall 5, Amman\u2069؛ ") == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_arabic_place_is_isolated_elsewhere(language: Language) -> None:
    arabic = Text(ar="قاعة ٥", en="قاعة ٥", fr="قاعة ٥")
    assert said(language, arabic).count("\u2068قاعة ٥\u2069 · ") == 2


@pytest.mark.parametrize(("language", "place"), [("ar", OURS), ("en", OURS), ("fr", OURS), ("en", TYPED)])
def test_what_runs_with_the_line_is_left_alone(language: Language, place: Text) -> None:
    between = Voice.of(language, "auto", "JO").between
    assert said(language, place).count(f"{place.in_language(language)}{between}") == 2
    assert "\u2068" not in said(language, place)


def test_a_calendar_of_the_reader_s_own_gets_no_marks() -> None:
    event = FileEvent(id="forum", title=TITLE, when=BEIRUT, mode="in_person", place=TYPED)
    file = CalendarFile(cycle="gcm-arab-2020", title=TITLE, events=(event,), event="forum", stamp=MOMENT)
    document = render(file, Voice.of("ar", "auto", "JO"), TEMPLATE).document
    assert document is not None
    (entry,) = icalendar.Calendar.from_ical(document.content).walk("VEVENT")
    assert str(entry["LOCATION"]).startswith("Hall 5, Amman؛ ")


def test_a_list_of_agendas_names_every_window() -> None:
    text = render(AgendaList(events=LINES[1:2]), Voice.of("en"), TEMPLATE).text
    assert "early July 2020 or mid July or 1 and 2 December 2020 (to be confirmed)" in text.replace(
        "\u00a0", " "
    )
