"""Frozen texts as they are listed and sent, and what those who clear them see and say."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from bot.buttons import Did
from bot.render.clearances import decision_rows
from bot.render.headings import N_, capital
from bot.render.markup import NOTHING, SafeHtml, bold, lines, plain, quoted
from bot.render.messages import Button, Message, Row, Unwritten, button, message
from bot.render.own_draft import draft_keys
from bot.render.review_labels import review_labels
from bot.render.submission_words import (
    document_keys,
    fingerprint,
    heading,
    look_key,
    name_of,
    numbers,
    other_form_key,
    state_of,
)
from bot.render.voice import Spoken, Voice
from workflows.immutable import Immutable
from workflows.notices.clearing import (
    ClearAsk,
    ClearDone,
    ClearGone,
    ClearLater,
    ClearReason,
    ClearSure,
    NothingToClear,
)
from workflows.notices.submission import (
    EditionDocument,
    EditionMark,
    EditionNews,
    EditionSent,
    EditionsView,
    Form,
    NewsCode,
)
from workflows.review.events import Review
from workflows.review.frozen_text import thawed
from workflows.review.template import Template

if TYPE_CHECKING:
    from workflows.reports.review_text import Labels

_SHOWN: Final = 12
_SENT = N_("The text was sent to be cleared.")
_NEWS: dict[NewsCode, str] = {
    "sent": _SENT,
    "cleared_first": N_("The first clearance is given; the text is with the second clearer now."),
    "second_missing": N_(
        "The first clearance is given. Nobody is invited yet for the second one: please invite somebody."
    ),
    "cleared": N_("The text is cleared. The lead focal point can submit it."),
    "changes_asked": N_("Changes are asked for before the text is cleared:"),
    "withdrawn": N_("The focal points have taken the text back."),
    "replaced": N_(
        "This text takes the place of the one you had. It comes to you as soon as the first clearance is given."
    ),
    "clearer_left": N_(
        "The place of somebody who was to clear the text has ended. The others who were invited can still clear it."
    ),
    "clearer_missing": N_(
        "The place of whoever was to clear the text has ended, and nobody else is invited for that clearance: please "
        "invite somebody."
    ),
}

# --- sent, cleared, taken back ---------------------------------------------------------------------------------------


def edition_sent(notice: EditionSent, voice: Voice, template: Template) -> Message:
    """What was frozen and where it is now; what differs from the text before it."""
    changed = NOTHING
    if notice.followed:
        differs = numbers(notice.changed, voice, template) or voice.pgettext("questions", "nothing")
        changed = plain(_follows(notice.followed, differs, voice))
    later = voice.gettext("Later changes of the answers do not touch it: they make a new frozen text.")
    text = [
        heading(notice.mark, voice),
        bold(voice.gettext(_SENT)),
        changed,
        plain(later),
    ]
    back = button(voice.gettext("↩ Take it back"), Did("recall", str(notice.mark.id)))
    return message(text, [document_keys(notice.mark, voice), (back,), (look_key(voice),)])


def edition_news(notice: EditionNews, voice: Voice) -> Message:
    """What became of a frozen text."""
    text = [
        heading(notice.mark, voice),
        bold(voice.gettext(_NEWS[notice.code])),
        quoted(notice.reason),
    ]
    if notice.role == "clearer":
        return message(text)
    rows: list[Row] = [document_keys(notice.mark, voice)]
    if notice.code != "withdrawn":
        rows.append((look_key(voice),))
    if notice.code in ("second_missing", "clearer_missing"):
        rows.insert(0, (button(voice.gettext("Clearances"), Did("clearing")),))
    return message(text, rows)


# --- the texts -------------------------------------------------------------------------------------------------------


def editions(notice: EditionsView, voice: Voice) -> Message:
    """The frozen texts with their state, each to be had as a document."""
    title = bold(voice.gettext("Frozen texts: {country}", country=voice.country_name(notice.country)))
    draft = [draft_keys(voice)] if notice.writes else []
    if not notice.marks:
        return message([title, plain(voice.gettext("There is none yet."))], draft)
    shown = notice.marks[:_SHOWN]
    told = [lines([bold(_line(mark, voice)), plain(fingerprint(mark, voice))]) for mark in shown]
    keys = [document_keys(mark, voice, _line(mark, voice, short=True)) for mark in shown]
    return message([title, *told], [*keys, *draft])


def _line(mark: EditionMark, voice: Voice, *, short: bool = False) -> Spoken:
    name = voice.gettext("Frozen text {number}", number=mark.number)
    if mark.version:
        version = name_of(mark, voice)
        name = voice.gettext("{version} (frozen text {number})", version=version, number=mark.number)
    return name if short else voice.gettext("{name}: {state}", name=name, state=state_of(mark, voice))


def edition_document(notice: EditionDocument, voice: Voice, template: Template) -> Message:
    """The text as a document; to whoever is to clear it, with both answers. The other form is a key away."""
    mark = notice.mark
    ask = voice.gettext("Please read it. It stays as it is, whatever is changed in the answers meanwhile.")
    text = [
        heading(mark, voice),
        plain(capital(state_of(mark, voice))),
        _since(notice, voice, template),
        plain(ask) if notice.asks else NOTHING,
    ]
    rows: list[Row] = []
    if notice.asks:
        rows = decision_rows(mark.id, voice)
    name = f"review-{mark.country}-{mark.number}-{mark.content_hash[:12]}.{notice.form}"
    document = Unwritten(name, EditionWriter(mark, notice.content, notice.form, voice, template))
    return message(text, [*rows, (other_form_key(mark, notice.form, voice),)], document)


def _since(notice: EditionDocument, voice: Voice, template: Template) -> SafeHtml:
    """What the text says otherwise than the one before it: whoever read that need not read the whole again."""
    if notice.before is None:
        return NOTHING
    differs = numbers(notice.changed, voice, template) or voice.pgettext("questions", "nothing")
    if not notice.before.version:
        return plain(_follows(notice.before.number, differs, voice))
    return plain(
        voice.gettext(
            "Changed since version {version}: {questions}", version=notice.before.version, questions=differs
        )
    )


def _follows(number: int, differs: Spoken, voice: Voice) -> Spoken:
    return voice.gettext(
        "It takes the place of frozen text {number}. Changed since then: {questions}",
        number=number,
        questions=differs,
    )


class EditionWriter(Immutable):
    """Writes a frozen text when it is sent; `template` is the one it was frozen from."""

    mark: EditionMark
    content: str
    form: Form
    voice: Voice
    template: Template

    def __call__(self) -> bytes:
        from workflows.reports import review_text  # noqa: PLC0415 - loaded when a document is wanted

        mark, language = self.mark, self.voice.language
        review = thawed(self.content, self.template)
        labels = _labels(mark, review, self.voice)
        if self.form == "pdf":
            return review_text.as_pdf(review, language, labels, datetime.fromisoformat(mark.at))
        return review_text.as_docx(review, language, labels)


def _labels(mark: EditionMark, review: Review, voice: Voice) -> "Labels":
    number = voice.gettext("Frozen text {number}", number=mark.number)
    version = voice.gettext("Version {version}", version=mark.version) if mark.version else ""
    frozen = voice.gettext("Frozen: {moment}", moment=voice.moment(mark.at))
    state = voice.gettext(
        "{state}: {moment}", state=capital(state_of(mark, voice)), moment=voice.moment(mark.state_at)
    )
    return review_labels(
        review,
        voice,
        review.template,
        title=voice.gettext("The national review: {country}", country=voice.country_name(mark.country)),
        facts=tuple(filter(None, (number, version, frozen, state))),
        fingerprint=f"SHA-256: {mark.content_hash}",
        foot=f"{number}{voice.between}{mark.content_hash[:12]}",
    )


# --- those who clear -------------------------------------------------------------------------------------------------


def clear_ask(notice: ClearAsk, voice: Voice) -> Message:
    """The decision, asked once more."""
    mark = notice.mark
    yes = button(voice.gettext("Yes, it is cleared"), Did("clear", f"{mark.id}.yes"))
    changes = button(voice.gettext("✏️ Changes are needed"), Did("ask_changes", str(mark.id)))
    ask = voice.gettext("Is this text cleared?")
    return message([heading(mark, voice), bold(ask)], [(yes,), (changes,), _not_now(mark, voice)])


def _not_now(mark: EditionMark, voice: Voice) -> Row:
    return (button(voice.gettext("Not now"), Did("ask_changes", f"{mark.id}.not")),)


def clear_later(notice: ClearLater, voice: Voice) -> Message:
    """Nothing was decided; both answers are there for whenever it suits."""
    mark = notice.mark
    told = voice.gettext("Nothing was decided or sent. The text waits for you as it is.")
    return message(
        [heading(mark, voice), plain(told)], [*decision_rows(mark.id, voice), document_keys(mark, voice)]
    )


def clear_reason(notice: ClearReason, voice: Voice) -> Message:
    """What to type."""
    ask = voice.gettext(
        "Please type in your next message what should be changed. The focal points will read it."
    )
    empty = voice.gettext("Your message had no words in it.")
    text = [heading(notice.mark, voice), plain(empty) if notice.empty else NOTHING, plain(ask)]
    return message(text, [document_keys(notice.mark, voice), _not_now(notice.mark, voice)])


def clear_sure(notice: ClearSure, voice: Voice) -> Message:
    """What was typed, and the question whether it goes to the focal points."""
    ask = voice.gettext("Ask for changes with these words?")
    more = voice.gettext("Nobody has received them yet. If you write more, it is added.")
    rows: list[Row] = [
        (button(voice.gettext("Yes, ask for changes"), Did("ask_changes", f"{notice.mark.id}.yes")),),
        (button(voice.gettext("Write it anew"), Did("ask_changes", str(notice.mark.id))),),
        _not_now(notice.mark, voice),
    ]
    return message([heading(notice.mark, voice), bold(ask), quoted(notice.reason), plain(more)], rows)


def clear_done(notice: ClearDone, voice: Voice) -> Message:
    """What was decided, and what follows."""
    if notice.mark.state == "changes_asked":
        done = voice.gettext("Noted: changes are needed. The focal points have your words.")
    elif notice.mark.state == "cleared":
        done = voice.gettext("✅ Cleared. The focal points have been told; the lead focal point submits.")
    else:
        done = voice.gettext("✅ Cleared. The text goes on to the second clearance.")
    text = [heading(notice.mark, voice), bold(done), quoted(notice.reason)]
    return message(text, [document_keys(notice.mark, voice)])


def clear_gone(notice: ClearGone, voice: Voice, template: Template) -> Message:
    """That nothing came of it, and the text that waits now with what changed in it."""
    gone = voice.gettext("This text was taken back, so nothing was decided about it or sent.")
    text = [heading(notice.mark, voice), bold(gone), quoted(notice.text)]
    if notice.present is None:
        waits = voice.gettext("No text waits for you now. As soon as one does, Rafiq brings it to you here.")
        return message([*text, plain(waits)], [(editions_key(voice),)])
    differs = numbers(notice.changed, voice, template) or voice.pgettext("questions", "nothing")
    waits = voice.gettext(
        "Frozen text {number} waits for you in its place. Changed in it: {questions}",
        number=notice.present.number,
        questions=differs,
    )
    rows = [document_keys(notice.present, voice), *decision_rows(notice.present.id, voice)]
    return message([*text, plain(waits)], rows)


def nothing_to_clear(_notice: NothingToClear, voice: Voice) -> Message:
    """No text waits for this clearer."""
    text = [
        bold(voice.gettext("No text waits for you.")),
        plain(voice.gettext("As soon as one does, Rafiq brings it to you here.")),
    ]
    return message(text, [(editions_key(voice),)])


def editions_key(voice: Voice) -> Button:
    """The way to all frozen texts."""
    return button(voice.gettext("Frozen texts"), Did("editions"))


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    EditionSent: edition_sent,
    EditionDocument: edition_document,
    ClearGone: clear_gone,
}
RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    EditionNews: edition_news,
    EditionsView: editions,
    ClearAsk: clear_ask,
    ClearReason: clear_reason,
    ClearSure: clear_sure,
    ClearDone: clear_done,
    ClearLater: clear_later,
    NothingToClear: nothing_to_clear,
}
"""What renders each of these notices."""
