"""A review that stays as it was submitted, and the way to have it opened again."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_
from bot.render.markup import NOTHING, bold, plain, quoted
from bot.render.messages import Button, Message, button, message
from bot.render.submission_words import document_keys, heading, look_key
from bot.render.voice import Spoken, Voice
from workflows.notices.submission import (
    EditionState,
    ReopenAsked,
    Reopened,
    ReopenReason,
    ReopenRefused,
    ReopenSent,
    ReopenSure,
    ReviewLocked,
)

_SUBMITTED: Final = N_("The review is submitted as version {version} ({date}) and stays as it is.")
_STANDS: Final[dict[EditionState, str]] = {
    "accepted": N_("The review was accepted as version {version} ({date}) and stays as it is."),
}
"""Since when a review stays as it is, by where it stands."""


def review_locked(notice: ReviewLocked, voice: Voice) -> Message:
    """That the review is submitted and stays as it is; what was typed is given back."""
    mark = notice.mark
    back = voice.gettext("Your text was not put into any answer. Here it is, so that it is not lost:")
    asked = voice.gettext("You have asked for it to be opened again; the secretariat has not answered yet.")
    how = voice.gettext("If something has to change, the secretariat can open it again at your request.")
    text = [
        bold(
            voice.gettext(
                _STANDS.get(mark.state, _SUBMITTED), version=mark.version, date=voice.day_of(mark.state_at)
            )
        ),
        plain(back) if notice.text else NOTHING,
        quoted(notice.text),
        plain(asked if notice.asked else how),
    ]
    ask = button(voice.gettext("Ask to open it again"), Did("ask_reopen", str(mark.id)))
    return message(text, [() if notice.asked else (ask,), document_keys(mark, voice)])


def reopen_reason(notice: ReopenReason, voice: Voice) -> Message:
    """What to type."""
    empty = voice.gettext("Your message had no words in it.")
    ask = voice.gettext(
        "Please type in your next message why the review should be opened again. The secretariat will read it."
    )
    text = [heading(notice.mark, voice), plain(empty) if notice.empty else NOTHING, plain(ask)]
    return message(text, [(look_key(voice),)])


def reopen_sure(notice: ReopenSure, voice: Voice) -> Message:
    """What was typed, and the question whether it goes to the secretariat."""
    ask = voice.gettext("Ask the secretariat with these words?")
    more = voice.gettext("Nobody has received them yet. If you write more, it is added.")
    mark = str(notice.mark.id)
    rows = [
        (button(voice.gettext("Yes, send it"), Did("ask_reopen", f"{mark}.yes")),),
        (button(voice.gettext("Write it anew"), Did("ask_reopen", mark)),),
        (look_key(voice),),
    ]
    return message([heading(notice.mark, voice), bold(ask), quoted(notice.reason), plain(more)], rows)


def reopen_asked(notice: ReopenAsked, voice: Voice) -> Message:
    """A state's request, and both answers."""
    mark = notice.mark
    asks = voice.gettext(
        "{country} asks for its review to be opened again.", country=voice.country_name(mark.country)
    )
    rows: list[tuple[Button, ...]] = [
        (button(voice.gettext("Open it again"), Did("reopen", str(mark.id))),),
        (button(voice.gettext("Leave it as it is"), Did("keep_closed", str(mark.id))),),
        document_keys(mark, voice),
    ]
    return message([bold(asks), heading(mark, voice), quoted(notice.reason)], rows)


def reopen_sent(notice: ReopenSent, voice: Voice) -> Message:
    """The request is on its way."""
    text = voice.gettext(
        "Your request is with the secretariat. You will hear from Rafiq as soon as it answers."
    )
    return message([heading(notice.mark, voice), quoted(notice.reason), plain(text)])


def reopened(notice: Reopened, voice: Voice) -> Message:
    """The draft can be changed again; the version stays."""
    mark = notice.mark
    country = voice.country_name(mark.country)
    text = [
        bold(voice.gettext("The review of {country} is open again.", country=country)),
        plain(
            voice.gettext(
                "Version {version} stays on record. What is submitted next becomes version {following}.",
                version=mark.version,
                following=mark.version + 1,
            )
        ),
        plain(_dropped(notice.dropped, voice)) if notice.dropped else NOTHING,
    ]
    ways = keyboards.across(voice, [keyboards.continue_key(voice), keyboards.sections_key(voice)])
    return message(text, [ways] if notice.role in ("focal_point", "contributor") else [])


def _dropped(count: int, voice: Voice) -> Spoken:
    """What became of remarks that were never sent."""
    return voice.ngettext(
        "{count} remark that had not been sent was dropped.",
        "{count} remarks that had not been sent were dropped.",
        count,
    )


def reopen_refused(notice: ReopenRefused, voice: Voice) -> Message:
    """The version stays as it is."""
    words = voice.gettext(
        "The secretariat leaves the review as it was submitted. It will gladly explain why if you ask."
    )
    told = voice.gettext("The review stays as it was submitted. The focal points have been told.")
    return message([heading(notice.mark, voice), plain(told if notice.role == "secretariat" else words)])


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    ReviewLocked: review_locked,
    ReopenReason: reopen_reason,
    ReopenSure: reopen_sure,
    ReopenAsked: reopen_asked,
    ReopenSent: reopen_sent,
    Reopened: reopened,
    ReopenRefused: reopen_refused,
}
"""What renders each of these notices."""
