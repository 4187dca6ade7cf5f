"""Writing to many: for whom, the text as every reader will see it, when it goes out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.announcement_draft import draft, how_many
from bot.render.audiences import described
from bot.render.cutting import clipped
from bot.render.headings import N_, listed
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Voice
from workflows.notices.steering import (
    AnnounceCorrect,
    AnnounceDoubt,
    AnnounceDraft,
    AnnounceGone,
    AnnounceHome,
    AnnounceWhen,
)
from workflows.review.template import Template

GIVEN: Final = 200
_COMMON: Final[Mapping[str, str]] = {
    "focal_points": N_("All focal points"),
    "states": N_("Everybody of the states"),
    "everybody": N_("Everybody"),
    "secretariat": N_("The secretariat"),
    "nothing_begun": N_("Focal points: nothing begun"),
    "begun_first": N_("Focal points: section I begun, section II not"),
    "not_submitted": N_("Focal points: not submitted"),
}
_OF_SESSIONS: Final[Mapping[str, str]] = {
    "registered": N_("Registered for the next event"),
    "not_registered": N_("Focal points: not registered for it"),
    "missed": N_("Registered for the last event and absent"),
}
# --- for whom --------------------------------------------------------------------------------------------------------


def home(notice: AnnounceHome, voice: Voice) -> Message:
    """For whom: keys for what is common, a sentence for the rest."""
    text = [
        _not_read(notice.given, notice.unknown, notice.suggestions, voice) if notice.problem else NOTHING,
        bold(voice.gettext("For whom is the message?")),
        plain(voice.gettext("Press one of these, or write it in a sentence. For example:")),
        lines(
            italic(voice.gettext(example))
            for example in (
                N_("who has begun section I and not section II"),
                N_("focal points of Jordan and Lebanon who are not registered for session 2"),
            )
        ),
        plain(voice.gettext("Nothing goes out before you have seen it as its readers will.")),
    ]
    return message(text, [*_common_keys(notice, voice), *_recent_keys(notice, voice)])


def _common_keys(notice: AnnounceHome, voice: Voice) -> Iterator[Row]:
    named = dict(_COMMON)
    if notice.next_session is not None:
        named |= {key: _OF_SESSIONS[key] for key in ("registered", "not_registered")}
    if notice.last_session is not None:
        named["missed"] = _OF_SESSIONS["missed"]
    for key, words in named.items():
        yield (button(voice.gettext(words), Did("announce_to", f"{notice.number}.{key}")),)


def _recent_keys(notice: AnnounceHome, voice: Voice) -> Iterator[Row]:
    for line in notice.recent:
        text = clipped(line.text, GIVEN) or voice.gettext("a ready word")
        label = voice.gettext("🕘 {date}: {text}", date=voice.day_of(line.detail), text=text)
        yield (button(label, Did("announcement", line.id)),)
    if notice.number:
        yield (button(voice.gettext("Back to the draft"), Did("announce_draft", str(notice.number))),)


def _not_read(given: str, unknown: tuple[str, ...], suggestions: tuple[str, ...], voice: Voice) -> SafeHtml:
    """What was typed, the words that were not understood, and countries with such a name."""
    words = listed(voice, (voice.typed(clipped(word, GIVEN)) for word in unknown))
    names = listed(voice, (voice.country_name(code) for code in suggestions))
    parts = [
        plain(voice.gettext("⚠️ This was not understood as people or countries:")),
        quoted(clipped(given, GIVEN)),
    ]
    if unknown:
        parts.append(plain(voice.gettext("Not understood: {words}", words=words)))
    if suggestions:
        parts.append(plain(voice.gettext("Similar names: {countries}", countries=names)))
    return lines(parts)


def doubt(notice: AnnounceDoubt, voice: Voice, template: Template | None) -> Message:
    """What a sentence was read as, with a key to take it so."""
    words = listed(voice, (voice.typed(clipped(word, GIVEN)) for word in notice.unknown))
    names = listed(voice, (voice.country_name(code) for code in notice.suggestions))
    text = [
        quoted(clipped(notice.given, GIVEN)),
        plain(voice.gettext("Not understood: {words}", words=words)) if notice.unknown else NOTHING,
        plain(voice.gettext("Similar names: {countries}", countries=names))
        if notice.suggestions
        else NOTHING,
        bold(voice.gettext("It was read as follows. Is this meant?")),
        lines(plain(f"• {line}") for line in described(notice.audience, voice, template)),
        plain(how_many(notice.people, voice)),
        plain(voice.gettext("You can also write the sentence again.")),
    ]
    keys = [
        button(voice.gettext("Yes, these people"), Did("announce_meant", str(notice.number))),
        button(voice.gettext("Choose otherwise"), Did("announce_whom", str(notice.draft))),
    ]
    return message(text, [keyboards.across(voice, keys)])


# --- when ------------------------------------------------------------------------------------------------------------


def when(notice: AnnounceWhen, voice: Voice) -> Message:
    """When it is to go out: asked, or what was typed to be confirmed."""
    problems = {
        "no_time": N_("⚠️ No day could be read in this:"),
        "past": N_("⚠️ This lies in the past:"),
    }
    text = []
    if notice.problem:
        text.append(
            lines([plain(voice.gettext(problems[notice.problem])), quoted(clipped(notice.given, GIVEN))])
        )
    if notice.options:
        text.append(bold(voice.gettext("When shall it go out?")))
    else:
        text.append(
            bold(voice.gettext("Please type the day, with or without an hour, in your next message."))
        )
        text.append(plain(voice.gettext("For example: tomorrow 10:00; next Sunday; 25 June 2020.")))
    text.append(
        plain(voice.gettext("Hours typed are those of Cairo. Where it is night or a day off then, it waits."))
    )
    keys = [
        (button(voice.moment(at), Did("announce_at", f"{notice.number}.{_minute(at)}")),)
        for at in notice.options
    ]
    return message(
        text,
        [*keys, (button(voice.gettext("Back to the draft"), Did("announce_draft", str(notice.number))),)],
    )


def _minute(iso: str) -> int:
    """A moment as a button carries it: whole minutes since 1970."""
    return int(datetime.fromisoformat(iso).timestamp() // 60)


def correct(notice: AnnounceCorrect, voice: Voice) -> Message:
    """Whether a correction is to be written."""
    people = voice.ngettext(
        "{count} person has received the message. It cannot be taken back from them.",
        "{count} people have received the message. It cannot be taken back from them.",
        notice.people,
    )
    ask = voice.gettext("A correction goes to them, and to nobody else. You see it before it goes out.")
    keys = [
        button(voice.gettext("Write a correction"), Did("announce_correct", str(notice.number))),
        button(voice.gettext("Not now"), Did("announcement", str(notice.number))),
    ]
    return message([plain(people), plain(ask)], [keyboards.across(voice, keys)])


def gone(_notice: AnnounceGone, voice: Voice) -> Message:
    """A draft is laid aside."""
    key = button(voice.gettext("A new message"), Did("announce"))
    return message([plain(voice.gettext("The draft is discarded. Nothing has gone out."))], [(key,)])


RENDERED: Final[Mapping[type, Callable[[Any, Voice], Message]]] = {
    AnnounceHome: home,
    AnnounceWhen: when,
    AnnounceCorrect: correct,
    AnnounceGone: gone,
}
WITH_TEMPLATE: Final[Mapping[type, Callable[[Any, Voice, Template | None], Message]]] = {
    AnnounceDoubt: doubt,
    AnnounceDraft: draft,
}
