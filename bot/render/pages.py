"""The standing pages: help, privacy, settings."""

from datetime import time
from typing import Final

from msgspec.structs import replace

from bot.buttons import Did
from bot.render import keyboards
from bot.render.commands import command_lines, commands
from bot.render.markup import bold, plain
from bot.render.messages import Message, Row, button, message
from bot.render.people import LANGUAGE_NAMES, language_row, privacy_line
from bot.render.voice import Clock, Spoken, Voice
from workflows.notices import Help, Privacy, Settings

_SAMPLE: Final = time(14, 30)
"""An hour that looks different on each clock."""
_CLOCKS: Final[tuple[Clock, ...]] = ("24", "12")
SENT_HOURS, FAILED_HOURS, ROW_DAYS, REMINDER_MONTHS, DRAFT_DAYS = 24, 48, 90, 24, 60
"""What the store does, as it is told to people; a test compares both."""

# --- help ------------------------------------------------------------------------------------------------------------


def help_page(notice: Help, voice: Voice) -> Message:
    """What can be done here, by role."""
    text = [
        bold(voice.gettext("How Rafiq works")),
        *map(plain, _advice(notice.role, voice)),
        command_lines((name for name, _ in commands(notice.role)), voice),
    ]
    return message(text, _help_keys(notice.role, voice))


def _advice(role: str, voice: Voice) -> list[Spoken]:
    match role:
        case "secretariat":
            return _advice_to_the_secretariat(voice)
        case "clearer":
            return _advice_to_a_clearer(voice)
        case "supporter":
            return _advice_to_a_supporter(voice)
        case "stakeholder":
            return _advice_to_a_stakeholder(voice)
        case "former":
            return [
                voice.gettext("Your place in the review has ended. What is kept about you stays open to you.")
            ]
        case "":
            return [
                voice.gettext("Rafiq accompanies those whom the secretariat has invited to the review."),
                privacy_line(voice),
            ]
        case _:
            return [*_advice_to_a_state(voice), _of_documents(role, voice)]


def _of_documents(role: str, voice: Voice) -> Spoken:
    """That the review can be written in a file, too: the draft is for focal points, the template for all who write."""
    if role == "focal_point":
        return voice.gettext(
            "You can also write outside this chat: fill in your draft ({export}) or the guiding template "
            "({documents}) and send the file here. Rafiq shows what is in it, and nothing is taken in before you "
            "press a button.",
            export=voice.command("export"),
            documents=voice.command("documents"),
        )
    return voice.gettext(
        "You can also write outside this chat: fill in the guiding template ({documents}) and send the file here. "
        "Rafiq shows what is in it, and nothing is taken in before you press a button.",
        documents=voice.command("documents"),
    )


def _advice_to_a_state(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "Rafiq asks one question at a time. Press a button or type; every answer is saved at once."
        ),
        voice.gettext(
            "A long answer may be sent in several messages. To correct it, edit the message you sent."
        ),
        voice.gettext(
            "“Skip” leaves a question open. “More” holds the other answers: not applicable, not yet known, and so on."
        ),
        voice.gettext("Word limits are a guide. Nothing is cut and nothing is refused."),
    ]


def _advice_to_the_secretariat(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "You see counts for each country. You read the answers once the country has shared or submitted them."
        ),
        voice.gettext("An invitation link lets one person in, once, for one country and one role."),
    ]


def _advice_to_a_clearer(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "Texts arrive here by themselves. {start} shows the one that waits.", start=voice.command("start")
        ),
        voice.gettext(
            "Nobody changes a text that was sent to you; a changed one comes with a number of its own."
        ),
    ]


def _advice_to_a_supporter(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "Requests for your office arrive here by themselves. “Take it” tells your colleagues that you are at it; "
            "“Answer” lets you type the answer; “Pass it on” gives it to another office."
        ),
        voice.gettext(
            "A request that is not answered within two working days of who asked passes to the next office, "
            "in the end to the secretariat."
        ),
    ]


def _advice_to_a_stakeholder(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "You write to the secretariat of the review here, one step at a time; each is saved, and nothing is sent "
            "before you press “Send”. {start} shows where you are, and what became of what you sent.",
            start=voice.command("start"),
        ),
    ]


def _help_keys(role: str, voice: Voice) -> list[Row]:
    match role:
        case "secretariat":
            keys = [button(voice.gettext("Where the region stands"), Did("status"))]
        case "clearer":
            keys = [button(voice.gettext("Frozen texts"), Did("editions"))]
        case "supporter":
            keys = [button(voice.gettext("Requests"), Did("requests"))]
        case "stakeholder":
            keys = [button(voice.gettext("Your written inputs"), Did("input"))]
        case "" | "former":
            keys = [button(voice.gettext("Privacy"), Did("privacy"))]
        case _:
            keys = [keyboards.continue_key(voice), keyboards.sections_key(voice)]
    own: list[Row] = [(keyboards.assess_key(voice),)] if role == "focal_point" else []
    return [keyboards.across(voice, keys), *own]


# --- privacy ---------------------------------------------------------------------------------------------------------


def privacy(notice: Privacy, voice: Voice) -> Message:
    """What is kept, where, for how long, and who reads it."""
    kept = _kept_of_inputs(voice) if notice.role == "stakeholder" else _kept(voice)
    text = [bold(voice.gettext("What is kept, and who reads it")), *(plain(line) for line in kept)]
    if notice.role == "stakeholder":
        return message([*text, plain(_rights_of_a_writer(voice))])
    if notice.role:
        text.append(plain(_rights(voice)))
    return message(text)


def _kept(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "What: your name, your Telegram number, your role, your language and settings, your country's answers "
            "with the author and time of each, and a record of acts, such as invitations, without any text."
        ),
        voice.gettext(
            "Calendar and sessions: how you wish to be reminded, your reminders for {months} months, how you attend "
            "sessions, and the questions and evaluations you send to them. The secretariat reads the questions with "
            "your country's name and the evaluations without names, and sees who attends and who was reminded of what.",
            months=REMINDER_MONTHS,
        ),
        voice.gettext(
            "Help desk: your requests and what is said about them. The office that a request is with and the "
            "secretariat read them with your name; your answers go along only where you attach one. Entries of the "
            "list of answers are written anew, without country or person."
        ),
        voice.gettext(
            "Work on the review: what colleagues write beside the answers, notes, consultations and files, the "
            "self-assessment, frozen texts with the decisions on them, remarks and consents. They stay within your "
            "country until it shares or submits; notes, consultations, files and the self-assessment are never part "
            "of the review."
        ),
        _where(voice),
        voice.gettext(
            "How long: the answers as long as the database of the review is kept. The content of what Rafiq sent "
            "you goes about {sent} hours after sending, that of a message which could not be handled after about "
            "{received} hours; a line without content stays for up to {days} days, your newest cards longer.",
            sent=SENT_HOURS,
            received=FAILED_HOURS,
            days=ROW_DAYS,
        ),
        voice.gettext(
            "Who reads: the focal points of your own country; colleagues what they were asked for, clearing "
            "authorities the frozen texts. The secretariat sees counts and the names of those who come in; "
            "it reads answers only once your country submits or shares them."
        ),
        _of_telegram(voice),
    ]


def _kept_of_inputs(voice: Voice) -> list[Spoken]:
    return [
        voice.gettext(
            "What: your Telegram number, your language, and of each written input its category, the name that you "
            "typed, its words and your consent, with their times; a record of acts without any text. Your name at "
            "Telegram is not kept."
        ),
        _where(voice),
        voice.gettext(
            "Who reads: the officers of the secretariat, once you have sent it. No State reads it here. What you "
            "agreed to have published may be read by everybody."
        ),
        voice.gettext(
            "How long: a draft about {days} days after its last change; what you sent as long as the database of the "
            "review is kept, or until you withdraw it. The content of what Rafiq sent you goes about {sent} hours "
            "after sending.",
            days=DRAFT_DAYS,
            sent=SENT_HOURS,
        ),
        _of_telegram(voice),
    ]


def _where(voice: Voice) -> Spoken:
    return voice.gettext(
        "Where: on the secretariat's server. Names and texts are encrypted; whoever runs the server holds the key."
    )


def _of_telegram(voice: Voice) -> Spoken:
    return voice.gettext(
        "Telegram: this is a cloud chat, encrypted on the way and not end-to-end. "
        "Telegram can technically read it. Please send no classified text."
    )


def _rights_of_a_writer(voice: Voice) -> Spoken:
    return voice.gettext(
        "{mydata} gives you a file with your details and what you wrote. {erase} erases them at once; of what is "
        "published only its address stays here.",
        mydata=voice.command("mydata"),
        erase=voice.command("erase"),
    )


def _rights(voice: Voice) -> Spoken:
    return voice.gettext(
        "{mydata} gives you a file with your details and the answers you wrote. {erase} erases your personal data "
        "at once; the answers stay with your country, without your name.",
        mydata=voice.command("mydata"),
        erase=voice.command("erase"),
    )


# --- settings --------------------------------------------------------------------------------------------------------


def settings(notice: Settings, voice: Voice) -> Message:
    """Language, digits and hours with their choices: digits where Arabic is read, hours everywhere but in French."""
    language = voice.gettext("Language: {language}", language=Spoken(LANGUAGE_NAMES[notice.language]))
    text = [bold(voice.gettext("Settings")), plain(language)]
    rows = [language_row(voice, notice.language)]
    if voice.right_to_left:
        text.append(plain(voice.gettext("Digits: {sample}", sample=voice.in_digits("123"))))
        rows.append(_digit_row(notice, voice))
    if voice.language != "fr":
        text.append(plain(voice.gettext("Hours: {sample}", sample=voice.hour(_SAMPLE))))
        rows.append(_clock_row(notice, voice))
    return message(text, rows)


def _clock_row(notice: Settings, voice: Voice) -> Row:
    labels: dict[str, str] = {clock: replace(voice, clock=clock).hour(_SAMPLE) for clock in _CLOCKS}
    return keyboards.choices(voice, "clock", labels, notice.clock)


def _digit_row(notice: Settings, voice: Voice) -> Row:
    labels = {"latn": "123", "arab": "١٢٣", "auto": voice.gettext("As in my country")}
    return keyboards.choices(voice, "digits", labels, notice.digits)
