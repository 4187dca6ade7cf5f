"""Language and digits at any moment, the standing pages, and what Telegram shows around the chat."""

from typing import Literal

import pytest

from bot.menus import bot_commands, bot_description, bot_name, bot_short_description
from bot.render.commands import commands
from bot.sandbox import Person
from tests.chats.telling import (
    Region,
    bare,
    card,
    data_of,
    first_card,
    heard,
    labels_of,
    newest,
    said_by_bot,
    until,
    voice,
)
from workflows.languages import LANGUAGES, Language
from workflows.people.roles import Role

OPEN = "1f.2"
SWITCHED: dict[Language, str] = {
    language: voice(language).gettext("Rafiq now writes to you in English.") for language in LANGUAGES
}


async def test_the_language_is_chosen_at_the_door(region: Region) -> None:
    layla = await region.focal_point("LB", "ar")
    choice = next(m for m in said_by_bot(layla) if "do.language.fr" in data_of(m))
    assert labels_of(choice) == ["Français", "English", "✅ العربية"]
    await region.forges(layla, choice.message_id, "do.language.fr")
    assert newest(layla) == bare(SWITCHED["fr"])
    await region.presses(layla, "☰ " + voice("ar").gettext("☰ Sections").removeprefix("☰ "))
    assert voice("fr").country_name("LB") in newest(layla)


async def test_case_19_a_switch_in_the_middle_of_an_answer_keeps_the_answer(region: Region) -> None:
    """The parts said before and after stand in one answer, and the card's old buttons still work."""
    layla = await region.focal_point("LB", "en")
    shown = await region.opens(layla, OPEN)
    await region.says(layla, "before")
    for language in ("fr", "ar", "en", "ar"):
        await region.forges(layla, shown.message_id, f"do.language.{language}")
        assert newest(layla) == bare(SWITCHED[language])
        await region.says(layla, f"in {language}")
        saved = voice(language, "LB").gettext("✅ Saved.")
        assert newest(layla).startswith(bare(saved))
    assert await region.parts(OPEN) == ["before", "in fr", "in ar", "in en", "in ar"]
    await region.presses(layla, "Next ▶")
    words = region.template.prompts["1g.1"].words("ar")
    assert bare(voice("ar", "LB").published(words)) in bare(card(layla).text)


async def test_what_waits_is_said_in_the_new_language(region: Region) -> None:
    """Telegram holds a chat back; what waits for it is worded when it goes, not when it was decided."""
    layla = await region.focal_point("LB", "en")
    region.sandbox.faults.add("flood", method="sendMessage", chat_id=layla.user_id, retry_after=2)
    layla.says("/help")
    await region.rests()
    layla.forges(first_card(layla).message_id, "do.language.fr")
    await region.rests()
    help_page = voice("fr").gettext("How Rafiq works")
    assert not heard(layla, help_page)
    await layla.sees(help_page, timeout=8, ever=True)
    await layla.sees(SWITCHED["fr"], timeout=8, ever=True)
    assert not heard(layla, "How Rafiq works")


@pytest.mark.parametrize(
    ("country", "habit"), [("LB", "arab"), ("EG", "arab"), ("MA", "latn"), ("TN", "latn")]
)
async def test_digits_follow_the_country_until_they_are_chosen(
    region: Region, country: str, habit: Literal["arab", "latn"]
) -> None:
    layla = await region.focal_point(country, "ar")
    digits = {"arab": "٠١٢٣٤٥٦٧٨٩", "latn": "0123456789"}
    other: Literal["arab", "latn"] = "latn" if habit == "arab" else "arab"

    async def seen() -> set[str]:
        await region.says(layla, "/progress")
        return {name for name, these in digits.items() if set(these) & set(newest(layla))}

    assert await seen() == {habit}
    await region.says(layla, "/settings")
    settings = layla.last_message
    await region.presses(layla, f"do.digits.{other}")
    changed = layla.get(settings.message_id)
    assert changed is not None
    assert changed.edited
    assert any(label.startswith("✅ ") and set(digits[other]) & set(label) for label in labels_of(changed))
    assert await seen() == {other}
    await region.presses(layla, "do.digits.auto")
    assert await seen() == {habit}


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_digits_are_a_choice_only_where_arabic_is_read(region: Region, language: str) -> None:
    layla = await region.focal_point("LB", language)
    await region.says(layla, "/settings")
    assert not [data for data in data_of(layla.last_message) if data.startswith("do.digits.")]


@pytest.mark.parametrize(
    ("language", "on_24", "on_12"),
    [("en", "They come at 09:00", "They come at 9:00 a.m."), ("ar", "٠٩:٠٠", "٩:٠٠ ص")],
)
async def test_hours_are_on_twelve_for_who_chooses_it(
    region: Region, language: Language, on_24: str, on_12: str
) -> None:
    layla, other = await region.focal_point("LB", language), await region.focal_point("EG", language, "Rania")
    said = []

    async def seen(person: Person) -> str:
        await region.says(person, "/reminders")
        return newest(person).replace("\N{NO-BREAK SPACE}", " ")

    assert on_24 in await seen(layla)
    await region.says(layla, "/settings")
    settings = layla.last_message
    await region.presses(layla, "do.clock.12")
    changed = layla.get(settings.message_id)
    assert changed is not None
    (ticked,) = [label for label in labels_of(changed) if "✅" in label and ("30" in label or "٣٠" in label)]
    assert bare(ticked).endswith(("p.m.", "م"))
    said.append(await seen(layla))
    assert on_12 in said[0]
    assert on_24 not in said[0]
    assert on_24 in await seen(other), "it is one person's own choice"
    await region.says(layla, "/settings")
    await region.presses(layla, "do.clock.24")
    assert on_24 in await seen(layla)


async def test_french_readers_have_24_hours_and_no_other_choice(region: Region) -> None:
    layla = await region.focal_point("LB", "fr")
    await region.says(layla, "/settings")
    settings = layla.last_message
    assert all(data.startswith("do.language.") for data in data_of(settings))
    await region.forges(layla, settings.message_id, "do.clock.12")
    await region.says(layla, "/reminders")
    assert "9 h" in newest(layla).replace("\N{NO-BREAK SPACE}", " ")


async def guest(region: Region, role: Role, language: str) -> Person:
    country = "" if role == "secretariat" else "LB"
    return await region.comes_in(await region.invitation(role, country), language)


@pytest.mark.parametrize("role", ["focal_point", "contributor", "secretariat"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_menu_and_help_are_those_of_the_role(region: Region, role: Role, language: Language) -> None:
    person = await guest(region, role, language)
    menu = region.sandbox.profile.commands_for(person.user_id, language)
    assert menu == bot_commands(role, language)
    await region.says(person, "/help")
    colon = "\N{NO-BREAK SPACE}:" if language == "fr" else ":"
    for name, about in commands(role):
        assert f"/{name}{colon} {bare(voice(language).gettext(about))}" in newest(person)
    foreign = "status" if role != "secretariat" else "progress"
    assert f"/{foreign}" not in newest(person)
    assert foreign not in {command["command"] for command in menu}


@pytest.mark.parametrize("role", ["focal_point", "contributor", "secretariat"])
async def test_every_command_of_the_menu_is_answered(region: Region, role: Role) -> None:
    person = await guest(region, role, "en")
    for name, _ in commands(role):
        before = person.last_message.message_id
        await region.says(person, f"/{name}")
        assert person.last_message.message_id > before, name
        assert not newest(person).startswith("Rafiq does not know this command."), name
    assert person.messages[-1].from_bot


@pytest.mark.parametrize("role", ["focal_point", "contributor", "secretariat"])
async def test_the_menu_follows_the_language(region: Region, role: Role) -> None:
    person = await guest(region, role, "ar")
    for language in ("fr", "en", "ar"):
        await region.forges(person, first_card(person).message_id, f"do.language.{language}")
        menu = region.sandbox.profile.commands_for(person.user_id, language)
        assert menu == bot_commands(role, language)


async def test_the_bot_presents_itself_in_each_language(region: Region) -> None:
    profile = region.sandbox.profile
    last = bot_commands("", LANGUAGES[-1])
    await until(lambda: profile.commands("all_private_chats", LANGUAGES[-1]) == last)
    for language in LANGUAGES:
        assert profile.text("name", language) == bot_name(language)
        assert profile.text("description", language) == bot_description(language)
        assert profile.text("short_description", language) == bot_short_description(language)
        assert profile.commands_for(1, language) == bot_commands("", language)
    assert profile.text("name", "de") == bot_name("ar")
