"""How a message with a picture is sent: the text below it where it fits, else after it."""

from dataclasses import dataclass

from bot.buttons import Did
from bot.render import Message
from bot.render.markup import SafeHtml
from bot.render.messages import Photo, button
from bot.render.pieces import CAPTION, pieces_of
from workflows.reports.pictures import Picture

KEYS = ((button("Status", Did("status")),),)


@dataclass(frozen=True)
class Drawn:
    """A picture that is drawn already."""

    png: bytes = b"\x89PNG"

    def drawn(self) -> Picture:
        return Picture(self.png, ())


def sent(text: str, *more: str, edits: int | None = None) -> list[tuple[str, dict[str, object], object]]:
    message = Message(SafeHtml(text), KEYS, None, tuple(map(SafeHtml, more)), Photo("p.png", Drawn()))
    return [(piece.method, piece.params, piece.document) for piece in pieces_of(7, message, edits)]


def test_a_short_text_is_the_caption() -> None:
    ((method, params, upload),) = sent("<b>words</b>")
    assert method == "sendPhoto"
    assert (params["caption"], params["parse_mode"]) == ("<b>words</b>", "HTML")
    assert params["photo"] == "attach://document"
    assert upload == ("p.png", b"\x89PNG")
    assert "reply_markup" in params


def test_the_limit_counts_what_is_seen_in_utf_16_units() -> None:
    assert len(sent("<b>" + "a" * CAPTION + "</b>")) == 1
    assert len(sent("&lt;" * CAPTION)) == 1
    assert len(sent("a" * (CAPTION + 1))) == 2
    assert len(sent("😀" * (CAPTION // 2))) == 1
    assert len(sent("😀" * (CAPTION // 2 + 1))) == 2


def test_a_long_text_comes_after_the_picture_and_has_the_keys() -> None:
    pieces = sent("a" * 2000, "b")
    assert [method for method, _, _ in pieces] == ["sendPhoto", "sendMessage", "sendMessage"]
    assert "caption" not in pieces[0][1]
    assert ["reply_markup" in params for _, params, _ in pieces] == [False, False, True]


def test_a_picture_is_always_sent_anew() -> None:
    assert sent("words", edits=12)[0][0] == "sendPhoto"
