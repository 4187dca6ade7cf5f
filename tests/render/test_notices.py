"""Every notice is said in every language and digits, whatever people typed, within Telegram's limits."""

import re
from functools import cache
from itertools import product
from typing import get_args

import pytest

from bot.buttons import LIMIT, Forged, read
from bot.render import Message, Voice, render, toast
from bot.render.cutting import TEXT_LIMIT
from bot.render.people import LANGUAGE_NAMES
from bot.render.voice import Digits
from tests.render.samples import TEMPLATE, all_notices
from tests.render.test_cutting import FAMILY, FLAG, visible
from workflows import notices
from workflows.languages import LANGUAGES, Language
from workflows.notices import NOTICE, Ask, Hub, Notice, Toast, ToastCode
from workflows.review.parts import units

CAPTION_LIMIT, BUTTONS_LIMIT = 1024, 100
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
LINK = re.compile(r"https://\S+")

HOSTILE = {
    "a tag": "<b>bold</b> <script>alert(1)</script>",
    "an open tag": "<b><i><a href='x'>",
    "an entity": "&lt;b&gt; & &amp; &nbsp;",
    "a turned line": "\u202eevil\u202c \u2067x \u2066y",
    "9,000 letters": "كلمة " * 1800,
    "9,000 letters without a blank": "ك" * 9000,
    "emoji at the cut": FAMILY * 1200 + FLAG * 500,
    "braces": "{name} {0} {} %s {count!r}",
    "blank": " \n\u00a0\t ",
    "lines": "a\nb\n\nc\r\nd",
    "one mark": "\u0651",
}

DIGITS: tuple[Digits, ...] = get_args(Digits)
VOICES = {
    (language, digits, country): Voice.of(language, digits, country)
    for language, digits, country in product(LANGUAGES, DIGITS, ("JO", "MA", ""))
}


@cache
def said(voice: Voice, typed: str = "وزارة الداخلية") -> tuple[tuple[Notice, Message], ...]:
    return tuple((notice, render(notice, voice, TEMPLATE)) for notice in all_notices(typed))


def that_hold(typed: str) -> list[Notice]:
    """The notices in which something typed stands; all others are said in every voice by the test before."""
    pairs = zip(all_notices(typed), all_notices(), strict=True)
    return [notice for notice, plain in pairs if notice != plain]


def parts(message: Message) -> tuple[str, ...]:
    return (message.text, *message.more)


def assert_fits(message: Message) -> None:
    for part in parts(message):
        words = visible(part)
        assert words.strip(), "Telegram refuses an empty message"
        assert units(words) <= (CAPTION_LIMIT if message.document else TEXT_LIMIT)
    buttons = [button for row in message.keyboard for button in row]
    assert len(buttons) <= BUTTONS_LIMIT
    assert all(1 <= len(row) <= 8 for row in message.keyboard)
    for button in buttons:
        assert button.label.strip()
        assert units(button.label) <= 64
        assert "\n" not in button.label
        assert len(button.data.encode()) <= LIMIT
        assert not isinstance(read(button.data), Forged)
    assert len({button.data for button in buttons}) == len(buttons)


def assert_straight(message: Message, *, whole: bool) -> None:
    """Nothing typed turns a line, and what stands whole is closed again."""
    words = "".join(map(visible, parts(message))) + "".join(b.label for row in message.keyboard for b in row)
    assert not re.search("[\u202a-\u202e\u2066\u2067]", words), "nothing typed turns a line"
    if whole and units(words) < TEXT_LIMIT:
        assert all(visible(part).count("\u2068") == visible(part).count("\u2069") for part in parts(message))


def test_the_samples_hold_every_notice() -> None:
    union = get_args(get_args(notices.Notice)[0])
    assert {type(notice) for notice in all_notices()} == set(union)


@pytest.mark.parametrize("voice", VOICES.values(), ids=map("-".join, VOICES))
def test_every_notice_is_said_in_every_voice(voice: Voice) -> None:
    for notice, message in said(voice):
        assert_fits(message)
        assert_straight(message, whole=True)
        assert not re.search(r"\{\w*\}", visible(message.text)), notice


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_fault_68_whatever_people_typed_does_no_harm(language: Language, typed: str) -> None:
    for notice in that_hold(typed):
        message = render(notice, Voice.of(language, "auto", "JO"), TEMPLATE)
        assert_fits(message)
        assert_straight(message, whole=len(typed) < 100)


def test_what_was_typed_is_shown_as_it_was_typed() -> None:
    typed = HOSTILE["a tag"]
    for notice in (Ask(turn=1, prompt="1f.2", position=1, total=3, state="answered", excerpt=typed),):
        assert typed in visible(render(notice, Voice.of("en"), TEMPLATE).text)


@pytest.mark.parametrize("country", ["JO", "MA", ""])
def test_digits_are_of_one_kind_in_arabic(country: str) -> None:
    for notice, message in said(Voice.of("ar", "arab", country)):
        if notice.topic == "settings":
            continue  # it offers both kinds
        for words in (*map(visible, parts(message)), *(b.label for row in message.keyboard for b in row)):
            assert not re.search("[0-9]", LINK.sub("", ISOLATED.sub("", words))), words
    for notice, message in said(Voice.of("ar", "latn", country)):
        if notice.topic != "settings":
            assert not re.search("[٠-٩]", visible(message.text)), message.text


def test_no_middle_dot_stands_beside_arabic_digits_where_it_would_look_like_a_zero() -> None:
    voice = Voice.of("ar", "arab", "JO")
    marks = "[\u2066-\u2069\u200e\u200f]"
    shown = [
        re.sub(marks, "", text)
        for _, message in said(voice)
        for text in (*parts(message), *(each.label for row in message.keyboard for each in row))
    ]
    beside = re.compile("[٠-٩](?:</?[a-z]+>)?\\s*·|·\\s*(?:</?[a-z]+>)?[٠-٩]")
    assert [text for text in shown if beside.search(text)] == []


def test_arabic_is_said_in_arabic() -> None:
    for notice, message in said(Voice.of("ar", "auto", "JO")):
        if notice.topic in ("choose_language", "announce_draft"):
            continue  # they speak all three
        labels = [b.label for row in message.keyboard for b in row]
        for words in (*map(visible, parts(message)), *labels):
            bare = LINK.sub("", ISOLATED.sub("", words))
            assert not re.search("[A-Za-z]", re.sub("|".join((*LANGUAGE_NAMES.values(), "CSV")), "", bare)), (
                words
            )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_english_and_french_need_no_arabic(language: Language) -> None:
    for notice, message in said(Voice.of(language, "auto", "JO"), "Interior"):
        if notice.topic in ("choose_language", "settings", "announce_draft", "support_term", "glossary"):
            continue  # they name the languages in their own scripts, or terms in all languages
        words = "".join(map(visible, parts(message))) + "".join(
            b.label for row in message.keyboard for b in row
        )
        if notice.topic in ("documents", "document", "input_door"):
            words = words.replace(LANGUAGE_NAMES["ar"], "")  # a language is named in its own script
        assert not re.search("[\u0600-\u06ff]", words), words


def test_the_ways_back_and_on_are_where_the_reader_expects_them() -> None:
    notice = Ask(turn=17, prompt="1f.2", position=1, total=18)
    english = render(notice, Voice.of("en"), TEMPLATE).keyboard[-1]
    arabic = render(notice, Voice.of("ar"), TEMPLATE).keyboard[-1]
    assert [button.data for button in english] == ["17.back", "17.skip", "17.menu.other"]
    assert [button.data for button in arabic] == ["17.menu.other", "17.skip", "17.back"]
    assert english[0].label.startswith("◀")
    assert arabic[-1].label.startswith("▶")


def test_a_notice_of_the_talk_needs_its_template() -> None:
    with pytest.raises(ValueError, match="needs the template"):
        render(Hub(country="JO", sections=()), Voice.of("ar"), None)


@pytest.mark.parametrize("topic", ["welcome", "explained", "status", "privacy", "door", "settings"])
def test_people_without_a_cycle_are_spoken_to_as_well(topic: str) -> None:
    for notice in all_notices():
        if notice.topic == topic:
            assert_fits(render(notice, Voice.of("ar"), None))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", get_args(ToastCode))
def test_a_toast_is_short(code: ToastCode, language: Language) -> None:
    words = toast(Toast(code=code), Voice.of(language))
    assert 0 < units(words) <= 200


def test_a_notice_survives_its_storage() -> None:
    for notice in all_notices():
        assert NOTICE.validate_json(NOTICE.dump_json(notice)) == notice


def test_what_brings_a_file_along_is_on_24_hours_for_everybody() -> None:
    twelve, usual = Voice.of("en", "auto", "JO", "12"), Voice.of("en", "auto", "JO")
    pairs = [(one, other) for (_, one), (_, other) in zip(said(twelve), said(usual), strict=True)]
    assert any(one.text != other.text for one, other in pairs), "hours of messages differ"
    files = [(one, other) for one, other in pairs if other.document is not None]
    assert files
    assert all(one.text == other.text for one, other in files)
