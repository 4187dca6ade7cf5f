"""Coming in, being at the door, handing over, leaving."""

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped
from bot.render.headings import N_, capital, scope_name
from bot.render.markup import NOTHING, bold, italic, lines, plain
from bot.render.messages import Button, File, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices import (
    AccessEnded,
    ChooseLanguage,
    Door,
    DoorCode,
    EraseAsk,
    EraseCancelled,
    Erased,
    Handover,
    LanguageSet,
    Line,
    MyData,
    SomebodyCameIn,
    Welcome,
)
from workflows.review.events import WentTo
from workflows.review.template import Template

LANGUAGE_NAMES = {"ar": "العربية", "en": "English", "fr": "Français"}
"""The languages by their own names, the same for every reader."""

_CHOOSE = {"ar": "اختاروا اللغة", "en": "Choose the language", "fr": "Choisissez la langue"}

_ROLES = {
    "focal_point": N_("national focal point"),
    "contributor": N_("contributor"),
    "clearer": N_("clearing authority"),
    "supporter": N_("supporter"),
    "secretariat": N_("secretariat"),
}

_DOOR: dict[DoorCode, str] = {
    "not_invited": N_(
        "Rafiq accompanies those whom the secretariat has invited to the review. "
        "If you take part in it, please ask the secretariat for an invitation link."
    ),
    "used": N_("This invitation has already been used. Please ask the secretariat for a new link."),
    "expired": N_("This invitation has expired. Please ask the secretariat for a new link."),
    "unknown": N_(
        "This invitation was not recognised. Please open the link again just as it was sent to you."
    ),
    "own_place": N_("You are already in, in the same role. Nothing has changed."),
    "undecided": N_(
        "Your invitation has arrived. The secretariat is confirming who takes part as focal point, and you will hear "
        "here what was decided."
    ),
    "ended": N_(
        "Your place in the review has ended, and what you sent now was not kept. To take part again, please ask "
        "whoever invited you for a new link. What is kept about you stays open to you: {help}"
    ),
    "too_many_tries": N_("There were several attempts that did not succeed. Please try again in an hour."),
    "other_country": N_(
        "You already take part for another country. The secretariat will gladly help with a change of place."
    ),
}


def role_name(voice: Voice, role: str) -> Spoken:
    """A role as it is named within a sentence."""
    return voice.gettext(_ROLES[role])


def place_name(voice: Voice, role: str, country: str) -> Spoken:
    """A role with its country, as a heading."""
    name = capital(role_name(voice, role))
    if not country:
        return name
    return voice.gettext("{role} · {country}", role=name, country=voice.country_name(country))


def language_row(voice: Voice, current: str) -> Row:
    """A key for each language, the present one marked."""
    return keyboards.choices(voice, "language", LANGUAGE_NAMES, current)


# --- coming in -------------------------------------------------------------------------------------------------------


def welcome(notice: Welcome, voice: Voice, template: Template | None) -> Message:
    """Who is here and what for, what is promised, and the way to begin."""
    text = [
        bold(
            voice.gettext(
                "Welcome. Rafiq accompanies the national review of the Global Compact for Migration."
            )
        ),
        lines(
            [
                bold(place_name(voice, notice.role, notice.country)),
                plain(_asked_for(notice, voice, template)),
                italic(voice.words(template.heading)) if template else NOTHING,
            ]
        ),
        *(map(plain, _FOR.get(notice.role, _for_a_state)(voice))),
        plain(privacy_line(voice)),
    ]
    return message(text, [*_KEYS.get(notice.role, _state_keys)(voice), _privacy_key(voice)])


def _asked_for(notice: Welcome, voice: Voice, template: Template | None) -> Spoken:
    """What a contributor was asked for."""
    if notice.role != "contributor":
        return Spoken("")
    return voice.gettext("You are asked for: {scope}", scope=scope_name(voice, template, notice.scope))


def _for_a_state(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "It goes through the guiding template with you, question by question, here in the chat."
        ),
        voice.gettext(
            "The review is voluntary. Every question may stay open, and every answer can be changed. "
            "Each answer is saved as soon as it is given; nothing is submitted by itself."
        ),
        voice.gettext(
            "Stop whenever you like. {command} brings you back to where you were.",
            command=voice.command("continue"),
        ),
    ]


def _for_the_secretariat(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "You see in counts where each country stands. What a country writes you read once it has shared or "
            "submitted it."
        ),
        voice.gettext(
            "{status} shows the region. {invite} makes an invitation link.",
            status=voice.command("status"),
            invite=voice.command("invite"),
        ),
    ]


def _for_a_clearer(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "The focal points of your country send you the text of the review before it is submitted. "
            "It arrives here as a document; you clear it, or say what should be changed."
        ),
        voice.gettext("A text that is sent to you stays as it is while you read it."),
    ]


def _for_a_supporter(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "Those who prepare a review ask for help here. Requests for your office arrive as messages; "
            "what you answer reaches who asked, under the name of your office."
        ),
        voice.gettext("You see the requests only, and no review."),
    ]


def privacy_line(voice: Voice) -> Spoken:
    """The notice of first contact: this is no place for classified text."""
    return voice.gettext(
        "This is a Telegram cloud chat and not end-to-end encrypted. Please send no classified text. "
        "What is kept, and for how long: {command}",
        command=voice.command("privacy"),
    )


def _state_keys(voice: Voice) -> list[Row]:
    begin = button(keyboards.onward(voice, voice.gettext("Begin")), WentTo("continue"))
    return [(begin,), (keyboards.sections_key(voice),)]


def _clearer_keys(voice: Voice) -> list[Row]:
    return [(button(voice.gettext("Frozen texts"), Did("editions")),)]


def _supporter_keys(voice: Voice) -> list[Row]:
    return [(button(voice.gettext("Requests"), Did("requests")),)]


_FOR = {
    "secretariat": _for_the_secretariat,
    "clearer": _for_a_clearer,
    "supporter": _for_a_supporter,
}
_KEYS = {
    "secretariat": keyboards.secretariat_rows,
    "clearer": _clearer_keys,
    "supporter": _supporter_keys,
}
"""What is said to a role that does not write answers, and its ways to begin."""


def _privacy_key(voice: Voice) -> Row:
    return (button(voice.gettext("Privacy"), Did("privacy")),)


def door(notice: Door, voice: Voice) -> Message:
    """Why somebody does not come in; there are no keys, for nothing here is open to a stranger."""
    told = voice.gettext(_DOOR[notice.code], help=voice.command("help"))
    return message([plain(told)])


def came_in(notice: SomebodyCameIn, voice: Voice) -> Message:
    """Who has come in, and in what role."""
    text = voice.gettext("{name} has come in.", name=notice.name)
    return message([lines([bold(text), plain(place_name(voice, notice.role, notice.country))])])


# --- handing over ----------------------------------------------------------------------------------------------------


def handover(notice: Handover, voice: Voice) -> Message:
    """What a successor finds."""
    found = [
        voice.gettext("Points settled: {settled} of {total}", settled=notice.settled, total=notice.total),
        voice.gettext("Words written: {count}", count=notice.words),
    ]
    if notice.last_activity:
        found.append(voice.gettext("Last change: {date}", date=voice.day_of(notice.last_activity)))
    if notice.requests:
        found.append(voice.gettext("Open requests: {count}", count=notice.requests))
    if notice.remarks:
        found.append(voice.gettext("Open remarks: {count}", count=notice.remarks))
    waiting = voice.ngettext(
        "⚠️ One message of who was here before you is in no answer: it was not said which question it belongs to. "
        "Only who wrote it has its words.",
        "⚠️ {count} messages of who was here before you are in no answer: it was not said which questions they belong "
        "to. Only who wrote them has their words.",
        notice.waiting,
    )
    text = [
        bold(voice.gettext("What has been answered is here, and nothing is asked twice.")),
        lines([bold(voice.country_name(notice.country)), *map(plain, found)]),
        lines(plain(_writer(line, voice)) for line in notice.writers),
        plain(waiting) if notice.waiting else NOTHING,
        plain(voice.gettext("You can read, complete and change every answer.")),
    ]
    return message(text, [(keyboards.continue_key(voice),), (keyboards.sections_key(voice),)])


def _writer(line: Line, voice: Voice) -> Spoken:
    name = voice.typed(clipped(line.text, 60))
    return voice.gettext("• {name} wrote answers: {count}", name=name, count=int(line.detail))


def access_ended(notice: AccessEnded, voice: Voice) -> Message:
    """The place is now a successor's; thanks, and what remains."""
    country = voice.country_name(notice.country)
    waiting = voice.ngettext(
        "⚠️ One message of yours is in no answer, as it was not said which question it belongs to. Its words are in "
        "the file of {mydata}, should your successor need them.",
        "⚠️ {count} messages of yours are in no answer, as it was not said which questions they belong to. Their words "
        "are in the file of {mydata}, should your successor need them.",
        notice.waiting,
        mydata=voice.command("mydata"),
    )
    text = [
        bold(
            voice.gettext("Your place in the review has passed to a successor: {country}.", country=country)
        ),
        plain(voice.gettext("Thank you for your work. The answers stay with your country.")),
        plain(waiting) if notice.waiting else NOTHING,
        plain(
            voice.gettext(
                "Your details and the answers you wrote: {mydata}. To have your personal data erased: {erase}.",
                mydata=voice.command("mydata"),
                erase=voice.command("erase"),
            )
        ),
    ]
    return message(text)


# --- one's own data --------------------------------------------------------------------------------------------------


def my_data(notice: MyData, voice: Voice) -> Message:
    """The file with one's own data."""
    text = plain(voice.gettext("This file holds your details and the answers you wrote."))
    return message([text], document=File(notice.name, notice.content.encode()))


def erase_ask(notice: EraseAsk, voice: Voice) -> Message:
    """What goes and what stays, before it is done."""
    stays = voice.ngettext(
        "{count} answer that you gave for your country stays with it, without your name.",
        "{count} answers that you gave for your country stay with it, without your name.",
        notice.answers,
    )
    text = [
        bold(voice.gettext("Erase what is kept about you?")),
        plain(
            voice.gettext(
                "Your name, your Telegram number, your settings and your place in the talk are erased at once."
            )
        ),
        plain(stays) if notice.answers else NOTHING,
        plain(
            voice.gettext(
                "Your written inputs that are not published go with it: {count}", count=notice.inputs
            )
        )
        if notice.inputs
        else NOTHING,
        plain(
            voice.gettext(
                "What is published stays where it is: ask for it to be taken down before you erase your data. "
                "Afterwards only its address is kept here."
            )
        )
        if notice.published
        else NOTHING,
        plain(voice.gettext("You can then come in only by a new invitation. This cannot be undone.")),
    ]
    return message(
        text,
        [
            _erase_key(notice, voice.gettext("Yes, erase"), "yes"),
            _erase_key(notice, voice.gettext("No, keep"), "no"),
        ],
    )


def _erase_key(notice: EraseAsk, label: str, answer: str) -> tuple[Button]:
    return (button(label, Did("erase", f"{notice.turn}.{answer}")),)


def erased(_notice: Erased, voice: Voice) -> Message:
    """The last words."""
    return message(
        [
            bold(
                voice.gettext("Your personal data have been erased. Thank you for your part in the review.")
            ),
            plain(
                voice.gettext(
                    "The messages in this chat are in your Telegram; you can delete the chat there."
                )
            ),
        ]
    )


def erase_cancelled(_notice: EraseCancelled, voice: Voice) -> Message:
    """Nothing was erased."""
    return message([plain(voice.gettext("Nothing was erased."))])


# --- language --------------------------------------------------------------------------------------------------------


def choose_language(notice: ChooseLanguage, voice: Voice) -> Message:
    """The question in all three languages, so that nobody is locked out by a wrong one."""
    return message([lines(map(bold, _CHOOSE.values()))], [language_row(voice, notice.current)])


def language_set(_notice: LanguageSet, voice: Voice) -> Message:
    """The language has been changed."""
    return message([plain(voice.gettext("Rafiq now writes to you in English."))])
