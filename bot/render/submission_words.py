"""What the cards of a review on its way share: what a frozen text is known by, lists of questions, states."""

from collections.abc import Sequence

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_, listed, question_number
from bot.render.markup import NOTHING, SafeHtml, bold, lines, plain
from bot.render.messages import Button, Row, button
from bot.render.voice import Spoken, Voice
from workflows.notices.submission import EditionMark, EditionState, Form
from workflows.review.frozen_text import SHORT
from workflows.review.template import Template

_STATES: dict[EditionState, str] = {
    "in_clearance": N_("waits to be cleared"),
    "changes_asked": N_("changes were asked for"),
    "cleared": N_("ready to be submitted"),
    "withdrawn": N_("taken back"),
    "submitted": N_("submitted to the secretariat"),
    "reopened": N_("on record; the review was opened again"),
    "returned": N_("on record; returned with remarks"),
    "accepted": N_("accepted by the secretariat"),
    "superseded": N_("on record; a later version followed"),
}
_STEPS = {1: N_("first clearance"), 2: N_("second clearance")}


def state_of(mark: EditionMark, voice: Voice) -> Spoken:
    """Where a frozen text stands, within a line."""
    return voice.gettext(_STATES[mark.state])


def step_name(step: int, voice: Voice) -> Spoken:
    """A clearance by its place, within a line."""
    return voice.gettext(_STEPS.get(step, _STEPS[1]))


def nobody_clears(without: Sequence[int], invited: Sequence[int], voice: Voice) -> SafeHtml:
    """Which clearances nobody could give, and for which of them somebody is on the way."""
    nobody = [step_name(step, voice) for step in without if step not in invited]
    coming = [step_name(step, voice) for step in without if step in invited]
    to_invite = voice.gettext("Nobody is invited yet for: {steps}", steps=listed(voice, nobody))
    to_come = voice.gettext(
        "The invitation is made, and nobody has come in by it yet: {steps}", steps=listed(voice, coming)
    )
    return lines([plain(to_invite) if nobody else NOTHING, plain(to_come) if coming else NOTHING])


def short_hash(mark: EditionMark, voice: Voice) -> Spoken:
    """The beginning of the hash, which is enough to tell two texts apart."""
    return voice.typed(mark.content_hash[:SHORT])


def name_of(mark: EditionMark, voice: Voice) -> Spoken:
    """A text by its version where it has one, else by its number."""
    if mark.version:
        return voice.gettext("Version {version}", version=mark.version)
    return voice.gettext("Frozen text {number}", number=mark.number)


def heading(mark: EditionMark, voice: Voice) -> SafeHtml:
    """The country and the text, with its hash and the moment it was frozen."""
    country = voice.country_name(mark.country)
    name = voice.gettext("{country}: {name}", country=country, name=name_of(mark, voice))
    return lines([bold(name), plain(fingerprint(mark, voice))])


def fingerprint(mark: EditionMark, voice: Voice) -> Spoken:
    """The moment and the hash of a text, on one line."""
    return voice.gettext(
        "frozen {moment} · hash {hash}", moment=voice.moment(mark.at), hash=short_hash(mark, voice)
    )


def numbers(questions: Sequence[str], voice: Voice, template: Template) -> Spoken:
    """Questions by their numbers, in one line."""
    known = template.questions
    return listed(
        voice, [question_number(voice, template, known[each]) for each in questions if each in known]
    )


def document_keys(mark: EditionMark, voice: Voice, words: Spoken | None = None) -> Row:
    """The ways to the text as a document, for Word or to be printed; `words` name it where its name is not enough."""
    name = words or name_of(mark, voice)
    label = voice.gettext("📄 {name} · {format}", name=name, format=voice.typed("Word"))
    return document_row(label, mark.id, voice)


def document_row(label: Spoken, edition: int, voice: Voice) -> Row:
    """The key of the Word document under its label, and the one of what is to be printed."""
    printed = voice.gettext("🖨 {format}", format=voice.typed("PDF"))
    word = button(label, Did("editions", str(edition)))
    return keyboards.across(voice, [word, button(printed, Did("editions", f"{edition}.pdf"))])


def other_form_key(mark: EditionMark, form: Form, voice: Voice) -> Button:
    """The way from a document to the same text in the other form."""
    if form == "pdf":
        label = voice.gettext("📝 The same for {format}", format=voice.typed("Word"))
        return button(label, Did("editions", str(mark.id)))
    label = voice.gettext("🖨 The same as {format}", format=voice.typed("PDF"))
    return button(label, Did("editions", f"{mark.id}.pdf"))


def look_key(voice: Voice) -> Button:
    """The way to where the review stands."""
    return button(keyboards.backward(voice, voice.gettext("Where the review stands")), Did("submit"))
