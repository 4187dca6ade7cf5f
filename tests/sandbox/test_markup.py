"""Telegram's HTML becomes text with entities, or a refusal that names the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.acts import split
from bot.sandbox.markup import cut, detect, parse_html, to_html, trim, units
from bot.sandbox.refusals import RefusedError


def test_entities_count_in_utf_16_units() -> None:
    text, entities = parse_html("😀 <b>bold <i>both</i></b> &lt;x&gt; &amp;copy;")
    assert text == "😀 bold both <x> &copy;"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 9},
        {"type": "italic", "offset": 8, "length": 4},
    ]
    assert cut(text, 8, 4) == "both"


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<strong>x</strong>", {"type": "bold"}),
        ("<ins>x</ins>", {"type": "underline"}),
        ("<del>x</del>", {"type": "strikethrough"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<tg-spoiler>x</tg-spoiler>", {"type": "spoiler"}),
        (
            "<a href='https://t.me/x?a=1&amp;b=2'>x</a>",
            {"type": "text_link", "url": "https://t.me/x?a=1&b=2"},
        ),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ('<pre><code class="language-py">x</code></pre>', {"type": "pre", "language": "py"}),
        ('<tg-emoji emoji-id="5">x</tg-emoji>', {"type": "custom_emoji", "custom_emoji_id": "5"}),
        (
            '<tg-time unix="1700000000" format="wD">x</tg-time>',
            {"type": "date_time", "unix_time": 1700000000, "date_time_format": "wD"},
        ),
    ],
)
def test_every_tag_has_its_entity(source: str, entity: dict[str, object]) -> None:
    assert parse_html(source) == ("x", [{"offset": 0, "length": 1} | entity])


def test_a_link_without_an_address_points_to_its_words() -> None:
    text, entities = parse_html("See <a>https://x.org</a>")
    assert text == "See https://x.org"
    assert entities == [{"type": "text_link", "offset": 4, "length": 13, "url": "https://x.org"}]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("ي</b>", "Unexpected end tag at byte offset 2"),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("5 < 6", "Unclosed start tag at byte offset 2"),
        ("5 < 6 > 4", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-time unix="soon">x</tg-time>', "Invalid date-time specified"),
    ],
)
def test_bad_markup_is_refused(source: str, why: str) -> None:
    with pytest.raises(RefusedError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


def test_white_space_at_the_ends_goes_and_entities_follow() -> None:
    text, entities = trim(*parse_html(" \n<b> x </b> "))
    assert (text, entities) == ("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_commands_addresses_and_names_are_found() -> None:
    text = "😀 /start at https://example.org/a?b=1. Ask @rafiq_bot, not a/b or x@y"
    assert [(e["type"], cut(text, e["offset"], e["length"])) for e in detect(text)] == [
        ("bot_command", "/start"),
        ("url", "https://example.org/a?b=1"),
        ("mention", "@rafiq_bot"),
    ]


@given(st.text(alphabet=st.sampled_from("ab😀ي&<>\"' \n"), max_size=60))
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain, entities = parse_html(f"<b>{escaped}</b>")
    assert plain == text
    assert parse_html(to_html(plain, entities)) == (plain, entities)


@given(st.text(alphabet=st.sampled_from("a😀ي \n"), max_size=400), st.integers(min_value=2, max_value=50))
def test_a_split_text_keeps_every_letter_and_the_limit(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
