"""Written inputs as their writers see them: each step, and what became of what was sent."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped_at_word
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, lines, link, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.inputs import (
    CategoryLine,
    GivenConsent,
    InputAsk,
    InputHome,
    InputNews,
    InputSent,
    InputState,
    OwnInput,
    SentNews,
)
from workflows.people.inputs import SOFT_WORDS

SHOWN: Final = 1_500
"""So many characters of a text stand in a card that is redrawn; the whole is one press away."""
_CONSENTS: Final[Mapping[GivenConsent, str]] = {
    "named": N_("It may be published, with the name"),
    "unnamed": N_("It may be published, without the name"),
    "secretariat": N_("Only for the secretariat; nothing is published"),
}
_STATES: Final[Mapping[InputState, str]] = {
    "draft": N_("not sent yet"),
    "sent": N_("received"),
    "published": N_("published"),
    "withdrawn": N_("withdrawn"),
}
_UNSAVED: Final = N_(
    "⚠️ What you sent now was not kept: nothing was asked that it answers. Here is where you are."
)
_NEWS: Final[Mapping[InputNews, str]] = {
    "begun": N_("From here on each step is saved. You can stop at any time; {start} brings you back."),
    "saved": N_("✔ Saved."),
    "corrected": N_("✔ Corrected, as you edited it."),
    "unsaved": _UNSAVED,
    "not_own": N_(
        "⚠️ What was forwarded, or written in reply to an older message, is not taken for your words, and was not kept. "
        "If they are yours, please send them as a message of your own."
    ),
    "text_only": N_("⚠️ Only text is kept here, no file and no voice message."),
    "long": N_("⚠️ This is too long for a name, and was not kept."),
    "full": N_(
        "⚠️ This would be more than fits here, and was not kept; nothing was cut. A longer text belongs in a document "
        "that you send to the secretariat."
    ),
    "key": N_("⚠️ This is the name of a button, so it was not kept. Please press a button below."),
    "courtesy": N_("🤝 Thank you for the kind words."),
    "agree_anew": N_("The name has changed. Please say once more what may be published."),
    "anew": N_("What you send now takes the place of these words. Until then they stay."),
    "meanwhile": N_("This has changed since that message was shown. Please read it once more."),
}
_SENT_NEWS: Final[Mapping[SentNews, str]] = {
    "sent": N_("✔ Received, with thanks."),
    "consent": N_("✔ Noted. This holds from now on."),
    "published": N_("Your written input has been published."),
    "unpublished": N_("The secretariat has noted that your written input is not published any more."),
    "asked": N_("✔ The secretariat has been asked to have it taken down. You will hear here when it is."),
    "fixed": N_("This stays as it was sent. To change its words, withdraw it and write it anew."),
    "unsaved": N_("⚠️ This input was sent already; what you wrote now was not kept."),
}


def consent_name(consent: GivenConsent, voice: Voice) -> Spoken:
    """What may become public of an input."""
    return voice.gettext(_CONSENTS[consent])


def state_name(state: InputState, voice: Voice) -> Spoken:
    """What became of an input."""
    return voice.gettext(_STATES[state])


# --- writing ---------------------------------------------------------------------------------------------------------


def ask(notice: InputAsk, voice: Voice) -> Message:
    """One step, with what came of the one before; where the call has closed, that nothing can be sent any more."""
    news = notice.news
    said = plain(voice.gettext(_NEWS[news], start=voice.command("start"))) if news else NOTHING
    if not notice.open:
        shut = voice.gettext("The call for written inputs has closed, so this cannot be sent any more.")
        return message([said, bold(shut), quoted(_shown(notice.text))], [(_removal_key(notice.id, voice),)])
    asks, rows = _STEPS[notice.step](notice, voice)
    return message([said, *asks], rows)


def _ask_category(notice: InputAsk, voice: Voice) -> tuple[list[SafeHtml], list[Row]]:
    keys = [
        button(voice.words(each.name), _own(notice.id, f"category.{each.id}")) for each in notice.categories
    ]
    asks = [bold(voice.gettext("As whom do you write?"))]
    return asks, keyboards.in_columns(voice, keys)


def _ask_name(notice: InputAsk, voice: Voice) -> tuple[list[SafeHtml], list[Row]]:
    asks = [
        bold(voice.gettext("Who writes?")),
        plain(
            voice.gettext(
                "Please type the name of your organization as it should stand under the input. Whoever writes for "
                "themself types their own name."
            )
        ),
    ]
    return asks, [(button(voice.gettext("Without a name"), _own(notice.id, "no_name")),)]


def _ask_text(notice: InputAsk, voice: Voice) -> tuple[list[SafeHtml], list[Row]]:
    guide = voice.gettext(
        "About {count} words are plenty; that is a guide, and nothing is cut. It may come in several messages, and "
        "editing one of them corrects it.",
        count=SOFT_WORDS,
    )
    if not notice.text:
        return [bold(voice.gettext("Please type your written input")), plain(guide)], []
    kept = voice.gettext("Words so far: {count}", count=notice.words)
    onward = button(keyboards.onward(voice, voice.gettext("Next")), _own(notice.id, ""))
    if notice.news == "anew":
        return [quoted(_shown(notice.text)), plain(kept)], [(onward,)]
    asks = [
        quoted(_shown(notice.text)),
        plain(kept),
        plain(voice.gettext("Send more, edit a message, or go on.")),
    ]
    anew = button(voice.gettext("🔄 Write it anew"), _own(notice.id, "anew"))
    return asks, [keyboards.across(voice, [onward, anew])]


def _ask_consent(notice: InputAsk, voice: Voice) -> tuple[list[SafeHtml], list[Row]]:
    asks = [
        bold(voice.gettext("What may become public of it?")),
        plain(
            voice.gettext(
                "The officers of the secretariat read it in any case, with the name. You can change this until it is "
                "published."
            )
        ),
    ]
    return asks, [(button(consent_name(each, voice), _own(notice.id, each)),) for each in notice.consents]


def _check(notice: InputAsk, voice: Voice) -> tuple[list[SafeHtml], list[Row]]:
    asks = [
        bold(voice.gettext("Please read it once more")),
        _about(notice.category, notice.name or "", voice),
        quoted(notice.text),
        plain(consent_name(notice.consent, voice)) if notice.consent else NOTHING,
    ]
    sends = [(button(voice.gettext("📨 Send"), _own(notice.id, f"send.{notice.edition}")),)]
    if notice.personal:
        asks.append(
            lines(
                [
                    bold(voice.gettext("⚠️ This looks like somebody's personal data. Should it go along?")),
                    *(plain(f"• {voice.typed(each)}") for each in notice.personal[:5]),
                ]
            )
        )
        sends = [
            (
                button(
                    voice.gettext("📨 Send without these passages"),
                    _own(notice.id, f"careful.{notice.edition}"),
                ),
            ),
            (button(voice.gettext("📨 Send as it is"), _own(notice.id, f"send.{notice.edition}")),),
        ]
    changes = [
        button(voice.gettext("✏️ Text"), _own(notice.id, "text")),
        button(voice.gettext("✏️ Name"), _own(notice.id, "name")),
        button(voice.gettext("✏️ Category"), _own(notice.id, "category")),
        button(voice.gettext("✏️ Publication"), _own(notice.id, "consent")),
    ]
    rows: list[Row] = [*sends, *keyboards.in_columns(voice, changes), (_removal_key(notice.id, voice),)]
    return asks, rows


_STEPS: Final[Mapping[str, Callable[[InputAsk, Voice], tuple[list[SafeHtml], list[Row]]]]] = {
    "category": _ask_category,
    "name": _ask_name,
    "text": _ask_text,
    "consent": _ask_consent,
    "check": _check,
}


def _about(category: CategoryLine | None, name: str, voice: Voice) -> SafeHtml:
    """Who writes, as it was said."""
    return lines(
        [
            plain(voice.words(category.name)) if category else NOTHING,
            plain(voice.typed(name)) if name else plain(voice.gettext("Without a name")),
        ]
    )


def _removal_key(number: int, voice: Voice) -> Button:
    return button(voice.gettext("🗑 Remove this draft"), _own(number, "withdraw"))


def _own(number: int, act: str) -> Did:
    return Did("input", f"{number}.{act}" if act else str(number))


def _shown(text: str) -> str:
    return clipped_at_word(text, SHOWN) if text else ""


# --- what was sent ---------------------------------------------------------------------------------------------------


def sent(notice: InputSent, voice: Voice) -> Message:
    """One input after it was sent, with what can still be done."""
    if notice.state == "withdrawn":
        return message([plain(_gone(notice, voice))], [_more_row(voice)] if notice.more else [])
    if notice.news == "sure":
        return _sure(notice, voice)
    news = _SENT_NEWS.get(notice.news)
    text = [
        bold(voice.gettext(news)) if news else NOTHING,
        bold(_heading(notice, voice)),
        _about(notice.category, notice.name, voice),
        quoted(notice.text if notice.news == "whole" else _shown(notice.text)),
        plain(consent_name(notice.consent, voice)) if notice.consent else NOTHING,
        *_public(notice, voice),
    ]
    return message(text, _sent_rows(notice, voice))


def _gone(notice: InputSent, voice: Voice) -> Spoken:
    if not notice.sent_at:
        return voice.gettext("The draft has been removed; nobody has read it.")
    return voice.gettext(
        "Written input no. {number} is withdrawn, and its words are erased here. What an officer had read or taken "
        "along before cannot be called back by Rafiq; the secretariat has been told.",
        number=notice.id,
    )


def _sure(notice: InputSent, voice: Voice) -> Message:
    asks = (
        voice.gettext("Withdraw it? Its words are erased, and it will not be published.")
        if notice.sent_at
        else voice.gettext("Remove the draft? What you have typed is erased.")
    )
    yes = button(voice.gettext("Yes, erase"), _own(notice.id, "withdraw_yes"))
    no = button(voice.gettext("No, keep"), _own(notice.id, ""))
    return message([bold(asks)], [keyboards.across(voice, [yes, no])])


def _heading(notice: InputSent, voice: Voice) -> Spoken:
    return voice.gettext(
        "Written input no. {number}, received on {date}", number=notice.id, date=voice.day_of(notice.sent_at)
    )


def _public(notice: InputSent, voice: Voice) -> list[SafeHtml]:
    if notice.state != "published":
        return []
    said = plain(voice.gettext("Published on {date}:", date=voice.day_of(notice.published_at)))
    asked = voice.gettext("The secretariat has been asked to have it taken down.")
    return [
        lines([said, link(notice.address, notice.address)]),
        plain(asked) if notice.asked and notice.news != "asked" else NOTHING,
    ]


def _sent_rows(notice: InputSent, voice: Voice) -> list[Row]:
    if notice.news == "agree":
        consents: tuple[GivenConsent, ...] = ("named", "unnamed") if notice.name else ("unnamed",)
        rows: list[Row] = [
            (button(_chosen(each, notice, voice), _own(notice.id, f"agree_{each}")),)
            for each in (*consents, "secretariat")
        ]
        return [*rows, (button(keyboards.backward(voice, voice.gettext("Back")), _own(notice.id, "")),)]
    rows = []
    if notice.news != "whole" and _shown(notice.text) != notice.text:
        rows.append((button(voice.gettext("📄 Read the whole"), _own(notice.id, "whole")),))
    if notice.state == "sent":
        agree = button(voice.gettext("✏️ Publication"), _own(notice.id, "agree"))
        rows.append(
            keyboards.across(
                voice, [agree, button(voice.gettext("↩️ Withdraw it"), _own(notice.id, "withdraw"))]
            )
        )
    elif not notice.asked:
        rows.append((button(voice.gettext("Ask for it to be taken down"), _own(notice.id, "take_down")),))
    return [*rows, _more_row(voice)] if notice.more else rows


def _chosen(consent: GivenConsent, notice: InputSent, voice: Voice) -> str:
    name = consent_name(consent, voice)
    return f"✅ {name}" if consent == notice.consent else name


def _more_row(voice: Voice) -> Row:
    return (button(voice.gettext("➕ Write one more"), Did("input", "new")),)


def home(notice: InputHome, voice: Voice) -> Message:
    """All that somebody has written, newest last."""
    text = [
        plain(voice.gettext(_UNSAVED)) if notice.unsaved else NOTHING,
        bold(voice.gettext("Your written inputs")),
        *(
            lines([plain(_line(each, voice)), quoted(clipped_at_word(each.begins, 80))])
            for each in notice.inputs[-10:]
        ),
    ]
    keys = [
        (button(voice.gettext("Written input no. {number}", number=each.id), _own(each.id, "")),)
        for each in notice.inputs[-10:]
        if each.state != "withdrawn"
    ]
    return message(text, [*keys, *([_more_row(voice)] if notice.more else [])])


def _line(own: OwnInput, voice: Voice) -> Spoken:
    return voice.gettext(
        "No. {number}: {state}, {date}",
        number=own.id,
        state=state_name(own.state, voice),
        date=voice.day_of(own.at),
    )


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    InputAsk: ask,
    InputSent: sent,
    InputHome: home,
}
"""What renders these notices."""
