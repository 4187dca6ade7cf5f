"""The way of an announcement: how many have it, who is not reached, and who was told what."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.audiences import described
from bot.render.cutting import clipped
from bot.render.headings import N_, listed
from bot.render.markup import NOTHING, SafeHtml, bold, lines, plain
from bot.render.messages import Message, Photo, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.steering import AnnouncePicture, AnnounceProgress, CountryDelivery, ToldLine, ToldView
from workflows.reports.pictures import MOST_ROWS, Cell
from workflows.reports.told_table import ToldRow, ToldTable
from workflows.review.template import Template

NAME: Final = 60
EXCERPT: Final = 60
_BAR: Final = 10
_COUNTS: Final[Mapping[str, str]] = {
    "sent": N_("delivered: {count}"),
    "waiting": N_("waiting: {count}"),
    "unreachable": N_("not reached: {count}"),
    "withdrawn": N_("withdrawn: {count}"),
    "spared": N_("left in peace: {count}"),
}


def progress(notice: AnnounceProgress, voice: Voice, template: Template | None) -> Message:
    """How far it is: a bar, counts, and where asked for the countries and the names of who is not reached."""
    text = [
        bold(_state(notice, voice)),
        lines(plain(f"• {line}") for line in described(notice.audience, voice, template)),
        lines(_totals(notice, voice)),
        lines(plain(_country(line, voice)) for line in _by_name(notice, voice)),
        lines(_names(notice, voice)),
    ]
    return message(text, list(_rows(notice, voice)))


def _state(notice: AnnounceProgress, voice: Voice) -> Spoken:
    if notice.state == "scheduled":
        return voice.gettext("🕘 It goes out from {moment} on.", moment=voice.moment(notice.due_at))
    if notice.state == "withdrawn":
        return voice.gettext("↩️ Withdrawn. What had not gone out stays here.")
    if notice.total.waiting:
        return voice.gettext("📣 It is on its way.")
    return voice.gettext("✅ It has gone out.")


def _totals(notice: AnnounceProgress, voice: Voice) -> Iterator[SafeHtml]:
    if notice.state == "scheduled":
        return
    whole = max(notice.recipients, 1)
    through = notice.recipients - notice.total.waiting
    full = min(_BAR, _BAR * through // whole)
    yield plain(f"{'▓' * full}{'░' * (_BAR - full)}")
    yield plain(voice.gettext("Delivered: {sent} of {all}", sent=notice.total.sent, all=notice.recipients))
    for name, words in {
        "waiting": N_("Waiting: {count}"),
        "unreachable": N_("Not reached: {count}"),
        "withdrawn": N_("Withdrawn: {count}"),
        "spared": N_("Left in peace, for they had been written to: {count}"),
    }.items():
        if count := getattr(notice.total, name):
            yield plain(voice.gettext(words, count=count))
    if notice.next_at and notice.state != "withdrawn":
        yield plain(
            voice.gettext(
                "For those whose hour is to come: the next on {next}, the last on {last}",
                next=voice.moment(notice.next_at),
                last=voice.moment(notice.last_at),
            )
        )


def _by_name(notice: AnnounceProgress | AnnouncePicture, voice: Voice) -> list[CountryDelivery]:
    return sorted(notice.countries, key=lambda line: voice.alphabetical(line.country) if line.country else "")


def _country(line: CountryDelivery, voice: Voice) -> Spoken:
    name = _place(line, voice)
    counts = [
        voice.gettext(words, count=count) for key, words in _COUNTS.items() if (count := getattr(line, key))
    ]
    return voice.joined([f"• {name}", *counts])


def _names(notice: AnnounceProgress, voice: Voice) -> Iterator[SafeHtml]:
    if notice.names:
        yield bold(voice.gettext("Not reached:"))
    for line in notice.names:
        name = voice.typed(clipped(line.text, NAME))
        country = voice.country_name(line.id) if line.id else voice.gettext("Without a country")
        yield plain(voice.gettext("• {name} · {country}", name=name, country=country))


def _rows(notice: AnnounceProgress, voice: Voice) -> Iterator[Row]:
    it = str(notice.number)
    if notice.state == "scheduled":
        yield (button(voice.gettext("Take it back"), Did("announce_back", it)),)
        return
    refresh = button(voice.gettext("🔄 Refresh"), Did("announcement", f"{it}.card"))
    detail = button(voice.gettext("By country"), Did("announcement", f"{it}.details"))
    yield keyboards.across(voice, [refresh, detail])
    yield (button(voice.gettext("🖼 As a picture"), Did("announcement", f"{it}.picture")),)
    if notice.total.waiting and notice.state != "withdrawn":
        yield (button(voice.gettext("Take back what has not gone out"), Did("announce_back", it)),)
    if notice.total.sent:
        yield (button(voice.gettext("Send a correction"), Did("announce_wrong", it)),)


def picture(notice: AnnouncePicture, voice: Voice) -> Message:
    """Countries by what became of the message, drawn; the sums stand below."""
    shown = [line for line in _by_name(notice, voice) if _meant(line)][:MOST_ROWS]
    columns = {
        "sent": N_("Delivered"),
        "waiting": N_("Waiting"),
        "unreachable": N_("Not reached"),
        "withdrawn": N_("Withdrawn"),
        "spared": N_("Left in peace"),
    }
    kept = [
        name for name in columns if name in ("sent", "waiting", "unreachable") or getattr(notice.total, name)
    ]
    table = ToldTable(
        title=voice.gettext("Who was told"),
        under=(
            voice.moment(notice.at),
            *((clipped(notice.excerpt, EXCERPT),) if notice.excerpt.strip() else ()),
        ),
        country=voice.gettext("Country"),
        columns=tuple(voice.gettext(columns[name]) for name in kept),
        rows=tuple(
            ToldRow(_place(line, voice), tuple(_drawn(line, name, voice) for name in kept)) for line in shown
        ),
        right_to_left=voice.right_to_left,
    )
    sums = voice.gettext("Delivered: {sent} of {all}", sent=notice.total.sent, all=notice.recipients)
    back = button(voice.gettext("By country"), Did("announcement", str(notice.number)))
    return message([plain(sums)], [(back,)], photo=Photo("told.png", table) if shown else None)


def _meant(line: CountryDelivery) -> int:
    return line.sent + line.waiting + line.unreachable + line.withdrawn + line.spared


def _place(line: CountryDelivery, voice: Voice) -> Spoken:
    return voice.country_name(line.country) if line.country else voice.gettext("Without a country")


def _drawn(line: CountryDelivery, name: str, voice: Voice) -> Cell:
    """A count with its share of those who were meant."""
    count = getattr(line, name)
    return Cell(voice.number(count), 100 * count // _meant(line)) if count else Cell("–")


# --- who was told what -----------------------------------------------------------------------------------------------


def told(notice: ToldView, voice: Voice) -> Message:
    """What a country's people, or one of them, were told, the newest first."""
    if notice.given:
        return _unknown(notice, voice)
    about = [voice.country_name(notice.country)] if notice.country else []
    if notice.name:
        about.insert(0, voice.typed(clipped(notice.name, NAME)))
    heading = bold(voice.gettext("Messages sent by the secretariat"))
    text = [
        lines([heading, plain(voice.joined(about))]) if about else heading,
        lines(plain(_told(line, voice)) for line in notice.lines)
        or plain(voice.gettext("Nothing has been sent yet.")),
    ]
    keys = [
        (
            button(
                voice.gettext("{number}. {thing}", number=at, thing=_name(line, voice)),
                Did("announcement", str(line.number)),
            ),
        )
        for at, line in enumerate(notice.lines, 1)
    ]
    return message(text, keys or [keyboards.region_row(voice)])


def _unknown(notice: ToldView, voice: Voice) -> Message:
    given = voice.gettext(
        "⚠️ “{given}” was not recognised as a country of the region.", given=clipped(notice.given, NAME)
    )
    names = listed(voice, (voice.country_name(code) for code in notice.suggestions))
    near = (
        plain(voice.gettext("Similar names: {countries}", countries=names)) if notice.suggestions else NOTHING
    )
    keys = [button(voice.country_name(code), Did("told", code)) for code in notice.suggestions]
    return message([plain(given), near], keyboards.in_columns(voice, keys))


def _told(line: ToldLine, voice: Voice) -> Spoken:
    date, text = voice.day_of(line.at), _name(line, voice)
    if not line.spared:
        words = N_("• {date}: {text} ({sent} of {all} delivered)")
        return voice.gettext(words, date=date, text=text, sent=line.sent, all=line.meant)
    words = N_("• {date}: {text} ({sent} of {all} delivered, {spared} left in peace)")
    return voice.gettext(words, date=date, text=text, sent=line.sent, all=line.meant, spared=line.spared)


def _name(line: ToldLine, voice: Voice) -> Spoken:
    if line.kind == "nudge" or not line.excerpt.strip():
        return voice.gettext("a ready word")
    return voice.typed(clipped(line.excerpt, EXCERPT))


RENDERED: Final[Mapping[type, Callable[[Any, Voice], Message]]] = {ToldView: told, AnnouncePicture: picture}
WITH_TEMPLATE: Final[Mapping[type, Callable[[Any, Voice, Template | None], Message]]] = {
    AnnounceProgress: progress
}
