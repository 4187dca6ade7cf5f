"""The minutes of a session in points: put down and arranged by the secretariat, read by the states, as a document."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_
from bot.render.markup import SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, Row, Unwritten, button, message
from bot.render.session_lines import (
    PAGE,
    board_key,
    excerpt,
    heading,
    last_page,
    on_page,
    page_keys,
    session_key,
)
from bot.render.voice import Spoken, Voice
from workflows.immutable import Immutable
from workflows.notices.points import AskPoint, PointKept, PointNote, PointsFile, WorkshopPoints
from workflows.notices.workshops import PointSort

if TYPE_CHECKING:
    from workflows.reports.outline import Part

_SORTS: Final[Mapping[PointSort, str]] = {
    "said": N_("Said"),
    "good_practice": N_("Good practice"),
    "tool": N_("Tool"),
}


def group_label(voice: Voice, group: int, names: Mapping[int, str]) -> Spoken:
    """What a point is about: the whole session, or a group by its number and the name that it was given."""
    if not group:
        return voice.gettext("Whole session")
    if names.get(group):
        return voice.gettext("Group {group}: {name}", group=group, name=voice.typed(names[group]))
    return voice.gettext("Group {group}", group=group)


def ask_point(notice: AskPoint, voice: Voice) -> Message:
    """What to type."""
    words = voice.gettext(
        "Please type the points in your next messages: every message is a point. "
        "If you edit a message, its point follows."
    )
    text = [heading(notice, voice), bold(group_label(voice, notice.group, notice.names)), plain(words)]
    return message(text, [_list_key(notice.session, voice)])


def point_kept(notice: PointKept, voice: Voice) -> Message:
    """The point as it is kept; every further message is a further point."""
    point = notice.point
    text = [
        bold(voice.gettext("The point is noted.")),
        plain(_marked(point, _about(point, notice.names, voice))),
        excerpt(point.text, 3000),
        italic(voice.gettext("Your next message is a further point of the same group or session.")),
    ]
    sorts = [
        button(
            ("✅ " if point.sort == sort else "") + voice.gettext(name), Did("point", f"{point.id}.{sort}")
        )
        for sort, name in _SORTS.items()
    ]
    delete = button(voice.gettext("🗑 Delete the point"), Did("point", f"{point.id}.remove"))
    return message(text, [keyboards.across(voice, sorts), (delete,), _list_key(notice.session, voice)])


def _list_key(session: str, voice: Voice) -> Row:
    return (button(voice.gettext("☰ All points"), Did("points", session)),)


def _about(point: PointNote, names: Mapping[int, str], voice: Voice) -> Spoken:
    return voice.joined([group_label(voice, point.group, names), voice.gettext(_SORTS[point.sort])])


def points(notice: WorkshopPoints, voice: Voice) -> Message:
    """The points, group by group; the secretariat adds, changes and releases them."""
    shown = on_page(notice.points, notice.page)
    first = min(notice.page, last_page(len(notice.points))) * PAGE + 1
    text = [heading(notice, voice), bold(voice.gettext("The minutes in points"))]
    text += [_point(at, point, notice, voice) for at, point in enumerate(shown, start=first)]
    if not shown:
        text.append(plain(voice.gettext("No point has been noted yet.")))
    pages = page_keys(voice, "points", notice.session, notice.page, last_page(len(notice.points)))
    rows: list[Row] = [*_desk_rows(notice, first, voice)] if notice.runs else []
    if shown:
        as_file = button(voice.gettext("⬇ Word document"), Did("points_file", notice.session))
        rows.append((as_file,))
    back = board_key if notice.runs else session_key
    return message(text, [*rows, pages, back(notice, voice, fresh=True)])


def _point(at: int, point: PointNote, notice: WorkshopPoints, voice: Voice) -> SafeHtml:
    about = _about(point, notice.names, voice)
    top = voice.gettext("{number}. {name}", number=at, name=about)
    return lines([plain(_marked(point, top) if notice.runs else top), excerpt(point.text, 500)])


def _marked(point: PointNote, words: Spoken) -> str:
    """A point that no state reads has a lock in front, for the secretariat."""
    return words if point.released else f"🔒 {words}"


def _desk_rows(notice: WorkshopPoints, first: int, voice: Voice) -> Iterator[Row]:
    shown = on_page(notice.points, notice.page)
    numbers = [
        button(f"✏️ {voice.number(at)}", Did("point", str(point.id)))
        for at, point in enumerate(shown, start=first)
    ]
    if numbers:
        yield keyboards.across(voice, numbers)
    add = [
        button(
            voice.gettext("Add: {name}", name=group_label(voice, group, notice.names)),
            Did("point_add", f"{notice.session}.{group}"),
        )
        for group in range(notice.groups + 1)
    ]
    yield from ((key,) for key in add)
    kept_back = sum(not point.released for point in notice.points)
    if kept_back:
        words = voice.gettext("📤 Let go with the material: {count}", count=kept_back)
        yield (button(words, Did("points_go", f"{notice.session}.on")),)
    if kept_back < len(notice.points):
        yield (button(voice.gettext("🔒 Keep all back"), Did("points_go", f"{notice.session}.off")),)


# --- as a document ---------------------------------------------------------------------------------------------------


def points_file(notice: PointsFile, voice: Voice) -> Message:
    """The document, with what it holds."""
    words = voice.gettext("The minutes in points, as of {date}", date=voice.moment(notice.at))
    name = f"minutes-{notice.session}-{notice.at[:10]}.docx"
    return message(
        [heading(notice, voice), plain(words)], document=Unwritten(name, PointsWriter(notice, voice))
    )


class PointsWriter(Immutable):
    """Writes the minutes when they are sent, in the reader's language; what was typed stays as it was typed."""

    notice: PointsFile
    voice: Voice

    def __call__(self) -> bytes:
        from workflows.reports import outline as paper  # noqa: PLC0415 - loaded when a document is wanted

        notice, voice = self.notice, self.voice
        title = voice.words(notice.title)
        dated = voice.gettext("The minutes in points, as of {date}", date=voice.moment(notice.at))
        return paper.as_docx(
            voice.language,
            title=title,
            facts=(dated,),
            parts=tuple(self._parts()),
            foot=dated,
            digits=voice.in_digits,
        )

    def _parts(self) -> "Iterator[Part]":
        from workflows.reports.outline import Part, Said  # noqa: PLC0415 - the same

        for group in sorted({point.group for point in self.notice.points}):
            said: list[Said] = []
            for sort, name in _SORTS.items():
                here = [each for each in self.notice.points if (each.group, each.sort) == (group, sort)]
                if here:
                    said.append(Said("point", self.voice.gettext(name)))
                    said += [Said("answer", point.text) for point in here]
            yield Part(group_label(self.voice, group, self.notice.names), tuple(said))


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    AskPoint: ask_point,
    PointKept: point_kept,
    WorkshopPoints: points,
    PointsFile: points_file,
}
"""What renders each of these notices."""
