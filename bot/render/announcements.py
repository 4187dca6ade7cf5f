"""Writing to many: for whom, the text as every reader will see it, when it goes out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.announced import announced, nudged_text
from bot.render.audiences import ROLES, described
from bot.render.cutting import clipped
from bot.render.headings import N_, capital, listed
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.people import LANGUAGE_NAMES
from bot.render.voice import Spoken, Voice
from workflows.languages import LANGUAGES, Language
from workflows.notices.steering import (
    AnnounceCorrect,
    Announced,
    AnnounceDoubt,
    AnnounceDraft,
    AnnounceGone,
    AnnounceHome,
    AnnounceWhen,
    Headcount,
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
    "registered": N_("Registered for the next session"),
    "not_registered": N_("Focal points: not registered for it"),
    "missed": N_("Registered for the last session and absent"),
}
_PROBLEMS: Final[Mapping[str, str]] = {
    "too_long": N_(
        "⚠️ One text has {length} characters; {limit} fit into one message. It is kept here as it is, but cannot go "
        "out. To write it anew, press its language below."
    ),
    "empty": N_("⚠️ There is no text yet."),
}
_WRITE_IN: Final[Mapping[Language, str]] = {
    "ar": N_("Please type the Arabic text in your next message."),
    "en": N_("Please type the English text in your next message."),
    "fr": N_("Please type the French text in your next message."),
}
_READERS: Final[Mapping[Language, str]] = {
    "ar": N_("Readers of Arabic: {count}"),
    "en": N_("Readers of English: {count}"),
    "fr": N_("Readers of French: {count}"),
}
_INSTEAD: Final[Mapping[Language, str]] = {
    "ar": N_("They get the Arabic text, which was given first."),
    "en": N_("They get the English text, which was given first."),
    "fr": N_("They get the French text, which was given first."),
}
LONGEST: Final = 3_900
"""What the verbs take; a test compares both."""

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
        plain(_people(notice.people, voice)),
        plain(voice.gettext("You can also write the sentence again.")),
    ]
    keys = [
        button(voice.gettext("Yes, these people"), Did("announce_meant", str(notice.number))),
        button(voice.gettext("Choose otherwise"), Did("announce_whom", str(notice.draft))),
    ]
    return message(text, [keyboards.across(voice, keys)])


def _people(count: int, voice: Voice) -> Spoken:
    return voice.ngettext("{count} person gets it.", "{count} people get it.", count)


# --- the words -------------------------------------------------------------------------------------------------------


def draft(notice: AnnounceDraft, voice: Voice, template: Template | None) -> Message:
    """A draft: for whom, how each reader sees it, and what can be done."""
    headings = {
        "announcement": N_("A message to:"),
        "correction": N_("A correction to those who received the message to:"),
        "nudge": N_("A ready word to:"),
    }
    text = [
        italic(voice.gettext("This is a draft. Nothing has gone out.")),
        lines(
            [
                bold(voice.gettext(headings[notice.kind])),
                *(plain(f"• {line}") for line in described(notice.audience, voice, template)),
            ]
        ),
        lines(_headcount(notice.headcount, voice)),
        *_previews(notice, voice, template),
        _problem(notice, voice),
        plain(voice.gettext(_WRITE_IN[notice.asks])) if notice.kind != "nudge" else NOTHING,
    ]
    return message(text, list(_draft_rows(notice, voice)))


def _headcount(count: Headcount, voice: Voice) -> Iterator[SafeHtml]:
    yield plain(_people(count.people, voice))
    if count.roles:
        roles = [
            voice.gettext("{name}: {number}", name=capital(voice.gettext(ROLES[role])), number=number)
            for role, number in sorted(count.roles.items(), key=lambda each: list(ROLES).index(each[0]))
        ]
        yield plain(Spoken(" · ".join(roles)))
    if count.countries:
        names = sorted(count.countries, key=voice.alphabetical)
        yield plain(
            listed(
                voice,
                (
                    Spoken(f"{voice.country_name(code)} {voice.number(count.countries[code])}")
                    for code in names
                ),
            )
        )
    if count.unreachable:
        yield plain(voice.gettext("Cannot be reached now: {count}", count=count.unreachable))
    if count.nobody:
        names = sorted(count.nobody, key=voice.alphabetical)
        countries = listed(voice, (voice.country_name(code) for code in names))
        yield plain(voice.gettext("Nobody there gets it: {countries}", countries=countries))
    if count.spared:
        words = N_(
            "Left in peace: {count}. They have had such a word today or enough of them this week, or asked for a pause."
        )
        yield plain(voice.gettext(words, count=count.spared))
    if count.people:
        yield plain(_hours(count, voice))


def _hours(count: Headcount, voice: Voice) -> Spoken:
    if not count.last_at:
        return voice.gettext("It is a decent hour everywhere: it goes out at once.")
    return voice.gettext(
        "At a decent hour of each country: {count} at once, the last on {moment}.",
        count=count.at_once,
        moment=voice.moment(count.last_at),
    )


def _previews(notice: AnnounceDraft, voice: Voice, template: Template | None) -> Iterator[SafeHtml]:
    """For each language how its readers see it; which of them get another one's text."""
    if notice.kind != "nudge" and not notice.texts:
        return
    for language in LANGUAGES:
        readers = notice.headcount.languages.get(language, 0)
        if not readers and language not in notice.texts:
            continue
        heading = bold(voice.gettext(_READERS[language], count=readers))
        own = Voice.of(language)
        if notice.kind == "nudge":
            shown = nudged_text(notice.sample, own, template) if notice.sample else NOTHING
            yield lines([heading, shown])
        elif language in notice.texts:
            letter = Announced(
                text=notice.texts[language], language=language, corrects=notice.kind == "correction"
            )
            yield lines([heading, announced(letter, own).text])
        else:
            yield lines([heading, plain(voice.gettext(_INSTEAD[notice.first]))])
    if notice.kind == "nudge":
        yield italic(
            voice.gettext("Each country reads its own numbers. Nobody gets more than one such word a day.")
        )


def _problem(notice: AnnounceDraft, voice: Voice) -> SafeHtml:
    if not notice.problem:
        return NOTHING
    words = _PROBLEMS[notice.problem]
    if notice.problem == "too_long":
        return plain(voice.gettext(words, length=notice.length, limit=LONGEST))
    return plain(voice.gettext(words))


def _draft_rows(notice: AnnounceDraft, voice: Voice) -> Iterator[Row]:
    it = str(notice.number)
    ready = notice.kind == "nudge" or (bool(notice.texts) and notice.problem != "too_long")
    if notice.kind != "nudge":
        yield keyboards.across(
            voice,
            [
                button(
                    f"{'✅' if each in notice.texts else '✏️'} {LANGUAGE_NAMES[each]}",
                    Did("announce_in", f"{it}.{each}"),
                )
                for each in LANGUAGES
            ],
        )
    if len(notice.texts) > 1:
        yield keyboards.across(
            voice,
            [
                button(f"🗑 {LANGUAGE_NAMES[each]}", Did("announce_without", f"{it}.{each}"))
                for each in LANGUAGES
                if each in notice.texts
            ],
        )
    if ready and notice.headcount.people:
        yield (button(voice.gettext("✅ Send at decent hours"), Did("announce_send", f"{it}.now")),)
        at_once = button(voice.gettext("At once, whatever the hour"), Did("announce_send", f"{it}.once"))
        yield keyboards.across(
            voice, [button(voice.gettext("At a later time"), Did("announce_when", it)), at_once]
        )
    if notice.kind == "nudge":
        yield (button(voice.gettext("Write a text of your own"), Did("announce_ready", f"{it}.off")),)
    elif notice.nudge:
        yield (button(voice.gettext("Use the ready word for them"), Did("announce_ready", f"{it}.on")),)
    yield keyboards.across(voice, list(_leaving(notice, voice)))


def _leaving(notice: AnnounceDraft, voice: Voice) -> Iterator[Button]:
    if notice.kind != "correction":
        yield button(voice.gettext("For others"), Did("announce_whom", str(notice.number)))
    yield button(voice.gettext("Discard"), Did("announce_drop", str(notice.number)))


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
