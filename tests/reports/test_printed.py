"""A frozen review to be printed: whole, its hash on every page, nothing in it read as markup, as the stored pictures.

Stored anew after a look with python -m tests.reports.test_printed.
"""

import asyncio
import io
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from bot.render import Voice, render
from tests.render.samples_submission import mark
from tests.reports.drawn import DIGITS, FOLDER, SEEN, differing
from tests.reports.pdf_text import pages
from tests.reports.test_review_text import TOLD, lines, prose
from workflows.languages import LANGUAGES, Language
from workflows.notices.submission import EditionDocument
from workflows.reports.paper import clean
from workflows.reports.printed import LONGEST, Printed
from workflows.review.events import Adaptation, Review
from workflows.review.frozen_text import frozen

HASH = mark().content_hash
AT = datetime(2020, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)
LETTER = EditionDocument(mark=mark("submitted", version=1), content="", form="pdf")


def printed(review: Review, language: Language) -> bytes:
    """The file that a reader of the language gets."""
    notice = LETTER.model_copy(update={"content": frozen(review, "c", "t")})
    sent = render(notice, Voice.of(language, DIGITS[language], "JO"), review.template).document
    assert sent is not None
    assert sent.name == f"review-JO-12-{HASH[:12]}.pdf"
    return sent.content


def plain(words: str) -> str:
    """What is said, however the lines are broken."""
    return "".join(words.replace("\u200b", "").split())


def picture(language: Language, monkeypatch: pytest.MonkeyPatch | None = None) -> bytes:
    """The first page as it looks, drawn by the same program from the same values."""
    drawn: list[bytes] = []
    compile_ = typst.compile

    def as_picture(*values: object, **others: object) -> bytes:
        drawn.append(compile_(*values, **others, format="png", ppi=75))  # type: ignore[call-overload] # the same call
        return b""

    patch = monkeypatch or pytest.MonkeyPatch()
    with patch.context() as patched:
        patched.setattr(typst, "compile", as_picture)
        printed(TOLD, language)
    return drawn[0]


def stored(language: Language) -> Path:
    return FOLDER / f"printed-{language}.png"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_looks_as_the_stored_one(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    differ = differing(picture(language, monkeypatch), stored(language).read_bytes())
    assert differ < SEEN, "look at it; if it is right, store it: python -m tests.reports.test_printed"


def test_it_says_what_the_word_document_says_line_by_line() -> None:
    told = plain("".join(pages(printed(TOLD, "en"))).replace("•", ""))
    arabic = {line for line in lines(TOLD, "en") if any("\u0600" <= letter <= "\u06ff" for letter in line)}
    at = 0
    for line in lines(TOLD, "en"):
        if line not in arabic:
            found = told.find(plain(line), at)
            assert found >= 0, line
            at = found + len(plain(line))


def test_number_hash_and_page_stand_on_every_page() -> None:
    long = replace(TOLD, answers={**TOLD.answers, "1c.1": prose("A line of many words.\n" * 130)})
    told = pages(printed(long, "en"))
    assert len(told) >= 3
    for at, page in enumerate(told, 1):
        assert page.endswith(f"Frozen text 12 · {HASH[:12]}\nPage {at} of {len(told)}\nSHA-256: {HASH}\n")


def test_the_hash_can_be_copied_from_the_paper() -> None:
    """Nothing stands between its characters, not even what nobody sees."""
    given: list[str] = []

    def kept(*_: object, sys_inputs: dict[str, str], **__: object) -> bytes:
        given.append(sys_inputs["given"])
        return b""

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(typst, "compile", kept)
        printed(TOLD, "ar")
    paper = json.loads(given[0])
    small = next(piece["words"] for piece in paper["pieces"] if piece["kind"] == "small")
    assert HASH in small
    assert HASH in paper["fingerprint"]


def test_no_page_ends_with_what_leads_to_the_next_one() -> None:
    paper = Printed("en", "x", digits=str, page="{} / {}".format, at=AT)
    for filling in range(60):
        paper.heading("SECTION", 1)
        paper.words("COUNT", italic=True)
        for _ in range(2):
            paper.words("QUESTION", bold=True)
            paper.words("PROMPT", italic=True)
            paper.answer("ANSWER\n" * (1 + filling % 7))
    told = [page.split("\n") for page in pages(paper.as_bytes())]
    assert len(told) >= 10
    for page in told[:-1]:
        written = [line for line in page if line in ("SECTION", "COUNT", "QUESTION", "PROMPT", "ANSWER")]
        assert written[-1] == "ANSWER"


HOSTILE = (
    "#set page(width: 1pt) $x^2$ @ref *bold* _it_ `raw` \\ \\u{41} <label> \"q\" 'q' // no /* no */ = head - x",
    '#read("/etc/passwd") #image("x.png") #panic() ]} {[ #{ } ~ -- --- ... =+ / term: x',
    'sys.inputs.paper \\" } ], "pieces": [ { \\u0000',
    "NUL \x00 and \x07 and \u202eturned\u202c and \u2066held\u2069 and \ufeff mark",
    "w" * 900,
    "中文 😀 \U0001f468\u200d\U0001f469\u200d\U0001f467 \ue000 \ue001 ﷽ \u0301alone",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_state_wrote_is_words_and_nothing_else(words: str) -> None:
    review = replace(TOLD, answers={**TOLD.answers, "1c.1": prose(f"a {words} b")})
    others = replace(TOLD, adaptations={"1c": Adaptation(wording=words)})
    for each in (review, others):
        told = "".join(page.partition("Frozen text 12 · ")[0] for page in pages(printed(each, "en")))
        assert f"SHA-256: {HASH}" in told
        shown = clean(words)
        assert not shown.isascii() or plain(shown) in plain(told)


@settings(max_examples=40)
@given(words=st.text(st.characters(codec="utf-8"), max_size=200), language=st.sampled_from(LANGUAGES))
@example(words="\u2028\u2029\x85", language="ar")
def test_any_text_can_be_printed(words: str, language: Language) -> None:
    paper = Printed(language, words, digits=str, page="{} / {}".format, at=AT)
    paper.heading(words, 0)
    for put in (paper.words, paper.point, paper.answer, paper.detail, paper.small, paper.footer):
        put(words)
    assert pages(paper.as_bytes())


def test_a_word_that_is_wider_than_the_paper_is_broken() -> None:
    paper = Printed("en", "x", digits=str, page="{} / {}".format, at=AT)
    paper.answer("W" * 5 * LONGEST)
    (page,) = pages(paper.as_bytes())
    assert page.count("W" * LONGEST) == 5
    assert "W" * (LONGEST + 1) not in page


def test_one_text_gives_one_file() -> None:
    assert printed(TOLD, "ar") == printed(TOLD, "ar")
    assert printed(TOLD, "ar") != printed(TOLD, "fr")


async def test_the_loop_goes_on_while_it_is_printed() -> None:
    """The courier prints beside the loop: the program lets other threads run meanwhile."""
    long = replace(TOLD, answers={**TOLD.answers, "1c.1": prose("كلمات كثيرة في سطر واحد. " * 9000)})
    printed(TOLD, "ar")
    began, work = time.perf_counter(), asyncio.create_task(asyncio.to_thread(printed, long, "ar"))
    beats = 0
    while not work.done():
        await asyncio.sleep(0.005)
        beats += 1
    assert await work
    assert beats > (time.perf_counter() - began) / 0.1


if __name__ == "__main__":
    for each in LANGUAGES:
        few = Image.open(io.BytesIO(picture(each))).convert("RGB").quantize(16)
        few.save(stored(each), optimize=True)
