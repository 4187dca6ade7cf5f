"""The draft of an announcement: for whom, how each reader will see it, and what can be done with it."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.announced import announced, nudged_text
from bot.render.audiences import ROLES, described
from bot.render.headings import N_, capital, listed
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.people import LANGUAGE_NAMES
from bot.render.voice import Spoken, Voice
from workflows.languages import LANGUAGES, Language
from workflows.notices.steering import Announced, AnnounceDraft, Headcount
from workflows.review.template import Template

_PROBLEMS: Final[Mapping[str, str]] = {
    "too_long": N_(
        "⚠️ One text has {length} characters; {limit} fit into one message. It is kept here as it is, but cannot go "
        "out. To write it anew, press its language below, then “Write it anew”."
    ),
    "empty": N_("⚠️ There is no text yet."),
}
_WRITE_IN: Final[Mapping[Language, str]] = {
    "ar": N_("Please type the Arabic text in your next message."),
    "en": N_("Please type the English text in your next message."),
    "fr": N_("Please type the French text in your next message."),
}
_GOES_ON: Final[Mapping[Language, str]] = {
    "ar": N_("What you write now is added to the Arabic text. For another language, press its key."),
    "en": N_("What you write now is added to the English text. For another language, press its key."),
    "fr": N_("What you write now is added to the French text. For another language, press its key."),
}
_ANEW: Final[Mapping[Language, str]] = {
    "ar": N_("Your next message takes the place of the whole Arabic text. Until then it stays as it is."),
    "en": N_("Your next message takes the place of the whole English text. Until then it stays as it is."),
    "fr": N_("Your next message takes the place of the whole French text. Until then it stays as it is."),
}
_BY_LETTERS: Final[Mapping[Language, str]] = {
    "ar": N_(
        "⚠️ What you wrote last came in other letters; it now stands in the Arabic text. If it "
        "belongs to another language, press that one beside ↪️."
    ),
    "en": N_(
        "⚠️ What you wrote last came in other letters; it now stands in the English text. If it "
        "belongs to another language, press that one beside ↪️."
    ),
    "fr": N_(
        "⚠️ What you wrote last came in other letters; it now stands in the French text. If it "
        "belongs to another language, press that one beside ↪️."
    ),
}
_ALIKE: Final[Mapping[Language, Language]] = {"en": "fr", "fr": "en"}
"""Languages that are written in the same letters, between which nothing is guessed."""
_MOVE_TO: Final[Mapping[Language, str]] = {
    "en": N_("If what you wrote last is in English, press ↪️."),
    "fr": N_("If what you wrote last is in French, press ↪️."),
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
_WITH_TEMPLATE: Final = N_(
    "📎 The guiding template goes along, as a {format} document, to everybody in their own language."
)
LONGEST: Final = 3_900
"""What the verbs take; a test compares both."""


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
        plain(voice.gettext(_WITH_TEMPLATE, format=voice.typed("Word"))) if notice.with_template else NOTHING,
        _problem(notice, voice),
        plain(voice.gettext(_BY_LETTERS[notice.asks])) if _is_by_letters(notice) else NOTHING,
        plain(voice.gettext(_MOVE_TO[_ALIKE[notice.asks]])) if _could_be_alike(notice) else NOTHING,
        plain(voice.gettext(_asked(notice))) if notice.kind != "nudge" else NOTHING,
    ]
    return message(text, list(_draft_rows(notice, voice)))


def _headcount(count: Headcount, voice: Voice) -> Iterator[SafeHtml]:
    yield plain(how_many(count.people, voice))
    if count.roles:
        roles = [
            voice.gettext("{name}: {number}", name=capital(voice.gettext(ROLES[role])), number=number)
            for role, number in sorted(count.roles.items(), key=lambda each: list(ROLES).index(each[0]))
        ]
        yield plain(voice.joined(roles))
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


def _asked(notice: AnnounceDraft) -> str:
    """What becomes of the words that are typed next."""
    if notice.asks not in notice.texts:
        return _WRITE_IN[notice.asks]
    return (_ANEW if notice.anew else _GOES_ON)[notice.asks]


def _is_by_letters(notice: AnnounceDraft) -> bool:
    return notice.kind != "nudge" and bool(notice.since) and notice.asks in notice.texts


def _could_be_alike(notice: AnnounceDraft) -> bool:
    """Whether what was typed last could as well be in the other language of its letters."""
    is_new = notice.kind != "nudge" and bool(notice.typed) and notice.asks in notice.texts
    return is_new and notice.asks in _ALIKE and not notice.since


def _moves(notice: AnnounceDraft) -> list[Button]:
    """Keys to the languages in which what was typed last may be, from the message on with which it began."""
    asks, since = notice.asks, notice.since or notice.typed
    if _is_by_letters(notice):
        targets = [each for each in LANGUAGES if each != asks]
    else:
        targets = [_ALIKE[asks]] if _could_be_alike(notice) else []
    return [
        _of_language("↪️", each, Did("announce_move", f"{notice.number}.{asks}.{each}.{since}"))
        for each in targets
    ]


def _text_rows(notice: AnnounceDraft, voice: Voice) -> Iterator[Row]:
    """The keys of the texts: to write on, to write anew, to move what came in other letters, to leave out."""
    if notice.kind == "nudge":
        return
    it, asks = notice.number, notice.asks
    written = [each for each in LANGUAGES if each in notice.texts]
    yield keyboards.across(
        voice,
        [
            _of_language("✅" if each in written else "✏️", each, Did("announce_in", f"{it}.{each}"))
            for each in LANGUAGES
        ],
    )
    moves = _moves(notice)
    if moves:
        yield keyboards.across(voice, moves)
    if asks in notice.texts and not notice.anew:
        label = voice.gettext("🔁 Write it anew: {language}", language=LANGUAGE_NAMES[asks])
        yield (button(label, Did("announce_anew", f"{it}.{asks}")),)
    if len(written) > 1:
        keys = [_of_language("🗑", each, Did("announce_without", f"{it}.{each}")) for each in written]
        yield keyboards.across(voice, keys)


def _of_language(mark: str, language: Language, did: Did) -> Button:
    return button(f"{mark} {LANGUAGE_NAMES[language]}", did)


def _draft_rows(notice: AnnounceDraft, voice: Voice) -> Iterator[Row]:
    it = str(notice.number)
    ready = notice.kind == "nudge" or (bool(notice.texts) and notice.problem != "too_long")
    yield from _text_rows(notice, voice)
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
    if notice.kind == "announcement":
        yield (_template_key(notice, voice),)
    yield keyboards.across(voice, list(_leaving(notice, voice)))


def _template_key(notice: AnnounceDraft, voice: Voice) -> Button:
    if notice.with_template:
        return button(
            voice.gettext("📎 Without the guiding template"), Did("announce_template", f"{notice.number}.off")
        )
    return button(
        voice.gettext("📎 With the guiding template"), Did("announce_template", f"{notice.number}.on")
    )


def _leaving(notice: AnnounceDraft, voice: Voice) -> Iterator[Button]:
    if notice.kind != "correction":
        yield button(voice.gettext("For others"), Did("announce_whom", str(notice.number)))
    yield button(voice.gettext("Discard"), Did("announce_drop", str(notice.number)))


def how_many(count: int, voice: Voice) -> Spoken:
    """How many people get it."""
    return voice.ngettext("{count} person gets it.", "{count} people get it.", count)
