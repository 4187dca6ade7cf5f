"""Texts cut to Telegram's measure lose nothing, keep their tags and never break what is read as one character."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.cutting import TEXT_LIMIT, clipped, parts_of
from bot.render.markup import SafeHtml, bold, italic, lines, paragraphs, plain, quoted
from workflows.review.parts import units

FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
FLAG = "\U0001f1ef\U0001f1f4"
WAVING = "\N{WAVING HAND SIGN}\U0001f3fd"
SHADDA = "م\u0651\u064e"


class Reader(HTMLParser):
    """Reads HTML as strictly as Telegram: every tag closed in order; collects the visible text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"a", "b", "i", "s", "u", "code", "blockquote"}, tag
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        assert all((address or "").startswith("https://") for _, address in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.seen += data


def visible(html: str) -> str:
    return Reader(html).seen


def without_blanks(text: str) -> str:
    return re.sub(r"\s+", "", text)


PIECES = [*"ab <&>.؟\n،كلمة", "é", FAMILY, FLAG, WAVING, SHADDA, "\n\n", "نص ", "\u202e"]
WORDS = st.lists(st.sampled_from(PIECES), max_size=300).map("".join)
MAKERS: list[Callable[[str], SafeHtml]] = [plain, bold, italic, quoted]
BLOCKS = st.lists(st.tuples(st.sampled_from(MAKERS), WORDS), max_size=8)


@given(BLOCKS, st.integers(20, 120))
def test_fault_47_parts_lose_nothing_and_fit(
    blocks: list[tuple[Callable[[str], SafeHtml], str]], limit: int
) -> None:
    html = paragraphs([make(words) for make, words in blocks])
    parts = parts_of(html, limit)
    assert all(units(visible(part)) <= limit for part in parts)
    assert without_blanks("".join(map(visible, parts))) == without_blanks(visible(html))


def test_a_short_text_is_left_as_it_is() -> None:
    html = paragraphs([bold("كلمة & <كلمة>"), plain("نص")])
    assert parts_of(html) == [html]


def test_a_long_text_is_cut_between_paragraphs() -> None:
    html = paragraphs(plain(f"{at} " + "كلمة " * 100) for at in range(20))
    parts = parts_of(html)
    assert len(parts) > 1
    assert all(re.match(r"\d+ كلمة", part) for part in parts)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    parts = parts_of(plain("هذه جملة قصيرة. وهل هذه جملة أخرى؟ " * 400))
    assert len(parts) > 1
    assert all(part.endswith((".", "؟")) for part in parts)


def test_a_tag_is_closed_and_opened_again_at_a_cut() -> None:
    html = lines([bold("عنوان"), quoted("كلمة " * 2000)])
    parts = parts_of(html)
    assert len(parts) == 3
    assert all("<blockquote>" in part and part.endswith("</blockquote>") for part in parts)


def test_inner_tags_are_closed_before_outer_ones() -> None:
    html = SafeHtml("<blockquote><b>" + "كلمة " * 2000 + "</b></blockquote>")
    for part in parts_of(html):
        assert part.startswith("<blockquote><b>")
        assert part.endswith("</b></blockquote>")


@pytest.mark.parametrize("one", [FAMILY, FLAG, WAVING, SHADDA, "\N{GRINNING FACE}"])
@pytest.mark.parametrize("before", range(6))
def test_fault_47_what_is_read_as_one_character_stays_whole_at_the_cut(one: str, before: int) -> None:
    html = plain("a" * before + one * 3000)
    parts = parts_of(html)
    assert len(parts) > 1
    assert "".join(parts) == html
    assert all(
        part.removeprefix("a" * before) == one * (len(part.removeprefix("a" * before)) // len(one))
        for part in parts
    )


@given(st.text(max_size=200), st.integers(2, 50))
def test_a_clipped_text_fits_and_begins_the_same(text: str, longest: int) -> None:
    short = clipped(text, longest)
    assert units(short) <= longest
    assert short == text or (short.endswith("…") and text.startswith(short.removesuffix("…")))


def test_an_emoji_at_the_end_of_a_label_is_kept_or_left_out() -> None:
    assert clipped("كلمات " + FLAG * 3, 14) == "كلمات " + FLAG + "…"


def test_the_limit_is_counted_in_utf16_units() -> None:
    assert units("a\N{GRINNING FACE}") == 3
    parts = parts_of(plain("\N{GRINNING FACE}" * 2049))
    assert [units(part) for part in parts] == [TEXT_LIMIT, 2]
