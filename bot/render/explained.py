"""Reasoned replies to what cannot be an answer here, and the short lines over the chat."""

from bot.buttons import Did
from bot.render import keyboards
from bot.render.commands import command_lines, commands, meant
from bot.render.cutting import clipped
from bot.render.headings import N_, question_number
from bot.render.markup import NOTHING, SafeHtml, bold, plain, quoted
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices import ExplainCode, Explained, Toast, ToastCode
from workflows.review.events import WentTo
from workflows.review.template import Template

TOAST = 200
"""Telegram's longest answer to a press, in UTF-16 units."""

_EXPLAINED: dict[ExplainCode, str] = {
    "photo": N_("A picture cannot be kept as an answer. Please type the words that matter from it."),
    "document": N_(
        "Files cannot be kept here. Please paste the text; a long text may be sent in several messages."
    ),
    "video": N_("A video cannot be kept as an answer. Please type what it says."),
    "voice": N_("Voice messages are not turned into text here. Please type what you want to say."),
    "sticker": N_("A sticker is not kept here. Please type what you want to say, or press a button."),
    "location": N_("A location cannot be kept as an answer. Please type the name of the place."),
    "contact": N_("Contacts are not kept here. A colleague comes in by an invitation link."),
    "poll": N_("A poll cannot be kept as an answer. Please type its result."),
    "album": N_(
        "Pictures and files cannot be kept as an answer. Please type the words that matter from them."
    ),
    "other_kind": N_("This kind of message is not kept here. Please type what you want to say."),
    "edit_unknown": N_("The message you edited is not part of an answer, so nothing has changed."),
    "edit_of_joined": N_(
        "The message you edited is one of several that make up one entry, so nothing has changed. Please press "
        "the entry, then the detail, and type it anew."
    ),
    "edit_not_text": N_("Only an edited text can change an answer. The answer has stayed as it was."),
    "edit_of_file": N_(
        "A file is not read again when its message is edited, and nothing has changed. If the file itself is another "
        "one now, please send it as a new message."
    ),
    "reason_edited": N_(
        "Your earlier words stand: an edited message does not change them. Until they are sent, “Write it anew” lets "
        "you replace them."
    ),
    "discarded": N_("The text was not put into any answer."),
    "no_question_open": N_(
        "No question was open for this text, so it was not put into an answer. "
        "Please open a question and send the text again."
    ),
    "no_answers_here": N_("Nothing was being asked, so this text was not kept. All commands: {help}"),
    "late": N_(
        "What this text was meant for is not open any more, so it was not kept. Here it is, so that it is not lost:"
    ),
    "returned_meanwhile": N_(
        "{country}: version {version} was returned meanwhile, so your text is not among the remarks. Here it is, so "
        "that it is not lost:"
    ),
    "decided_meanwhile": N_(
        "{country}: version {version} was decided on meanwhile and takes no remarks any more. Here is your text, so "
        "that it is not lost:"
    ),
    "accepted_meanwhile": N_(
        "The proposed wording was accepted meanwhile, so no reason is needed any more and none was noted. Here is "
        "your text, so that it is not lost:"
    ),
    "submitted_meanwhile": N_(
        "The review was submitted again meanwhile and stays as it is, so no reason was noted. Here is your text, so "
        "that it is not lost:"
    ),
    "sent_meanwhile": N_(
        "This message was sent meanwhile, without your text. Here it is, so that it is not lost:"
    ),
    "dropped_meanwhile": N_(
        "This draft was discarded meanwhile, with what it held. Here is your text, so that it is not lost:"
    ),
    "gone_out": N_("Your earlier words stand as they were taken: an edited message does not change them."),
    "called_off": N_("Very well: nothing was taken or sent, and what was asked here is left as it is."),
    "no_answer_word": N_(
        "No question was open here, and this word was not kept as an answer. The buttons below lead on."
    ),
    "courtesy": N_("🤝 Thank you for the kind words. Rafiq is at your service; the buttons below lead on."),
    "kept_edited": N_("The message that waits for its place has its new words."),
    "command_unknown": N_("Rafiq does not know this command. All commands: {help}"),
    "group": N_(
        "Rafiq speaks with each person in a private chat only, so that drafts stay with their country."
    ),
    "not_allowed": N_("This is not open to your role. The secretariat can help if it should be."),
    "secretariat_schedules": N_(
        "Dates, places and links are set by the secretariat, and everybody concerned hears of a change at once. "
        "All dates are in {calendar}. If one of them is difficult for your country, please let the secretariat know."
    ),
    "secretariat_runs": N_(
        "The secretariat keeps the list of a session, its groups and its presentations. "
        "How you attend is for you to choose: open the session in {calendar} and press “How I attend”."
    ),
    "characters_replaced": N_(
        "Some characters that cannot be kept were replaced. Please read the text once more."
    ),
    "away": N_(
        "Rafiq was away for a while and is back. What was confirmed as saved is safe. "
        "If a button pressed meanwhile had no effect, please press it again."
    ),
    "away_long": N_(
        "Rafiq was away for more than a day and is back. What was confirmed as saved is safe. "
        "Telegram keeps a message for a day only: if what you last wrote was not confirmed, please send it again."
    ),
    "asleep": N_("With your present answers this question does not apply. It returns if they change."),
    "wording_kept": N_("Your country's own wording is saved."),
    "only_decisions": N_(
        "Your text was not kept: what is asked of you here is a decision on the texts that your country sends you, "
        "by the keys under each of them. {start} shows what waits for you."
    ),
    "back": N_(
        "Welcome back. What Rafiq sent while it could not write to you has not reached you. The dates as they stand "
        "now: {calendar}"
    ),
    "back_to_texts": N_(
        "Welcome back. What Rafiq sent while it could not write to you has not reached you. What waits for you: {start}"
    ),
    "turn_failed": N_(
        "An error occurred on our side and this message was not recorded. Please send it again. "
        "What was confirmed as saved is safe."
    ),
}

_WITHOUT_KEYS: frozenset[ExplainCode] = frozenset(
    {
        "group",
        "not_allowed",
        "characters_replaced",
        "reason_edited",
        "secretariat_schedules",
        "secretariat_runs",
    }
)

_TOASTS: dict[ToastCode, str] = {
    "stale": N_("This button belongs to an earlier message. Please use the newest one."),
    "already": N_("Already recorded."),
    "noted": N_("Noted."),
    "unreadable": N_("This button could not be read. Please use the newest message."),
    "locked": N_("The review is submitted and stays as it is. It can be opened again at your request."),
}


def explained(notice: Explained, voice: Voice, template: Template | None) -> Message:
    """Why it cannot be an answer, what to do instead, and the way on."""
    heading = NOTHING
    if template and notice.prompt:
        heading = bold(question_number(voice, template, template.question_of[notice.prompt]))
    given = {name: voice.command(name) for name in ("help", "calendar", "start")}
    country = voice.country_name(notice.country) if notice.country else Spoken("")
    words = voice.gettext(_EXPLAINED[notice.code], country=country, version=notice.version, **given)
    back = quoted(notice.text) if notice.text else NOTHING
    return message([heading, plain(words), *_meant(notice, voice), back], _ways_on(notice, voice))


def _meant(notice: Explained, voice: Voice) -> list[SafeHtml]:
    """The commands that a mistyped one looks like, in its place or in words of the reader's language."""
    typed = notice.given.strip().casefold()
    is_one = notice.code == "no_answer_word" and typed in dict(commands(notice.role))
    found = (typed,) if is_one else meant(notice.given, notice.role) if notice.given else ()
    return [plain(voice.gettext("Perhaps you mean:")), command_lines(found, voice)] if found else []


def _ways_on(notice: Explained, voice: Voice) -> list[Row]:
    if notice.code in _WITHOUT_KEYS or notice.role == "outside":
        return []
    if notice.role == "secretariat":
        return keyboards.secretariat_rows(voice)
    if notice.role == "supporter":
        return [(button(voice.gettext("Requests"), Did("requests")),)]
    if notice.role == "clearer":
        return [(button(voice.gettext("Frozen texts"), Did("editions")),)]
    if notice.role == "stakeholder":
        return [(button(voice.gettext("Your written inputs"), Did("input")),)]
    sections = keyboards.sections_key(voice)
    if notice.code == "kept_edited":
        return [(button(voice.gettext("Where does it belong?"), WentTo("held")),), (sections,)]
    if notice.prompt and notice.code != "asleep":
        back = keyboards.backward(voice, voice.gettext("Back to the question"))
        return [keyboards.across(voice, [button(back, WentTo(f"prompt:{notice.prompt}")), sections])]
    return [keyboards.across(voice, [keyboards.continue_key(voice), sections])]


def toast(notice: Toast, voice: Voice) -> str:
    """The short answer to a press."""
    return clipped(voice.gettext(_TOASTS[notice.code]), TOAST)
