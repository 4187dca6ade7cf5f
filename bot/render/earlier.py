"""What the country submitted in an earlier cycle: at a question, on the page of all sections, and as a document."""

from collections.abc import Callable
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.hands_given import as_text
from bot.render.hands_given import heading as question
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, Unwritten, button, message
from bot.render.submission_texts import EditionWriter
from bot.render.submission_words import fingerprint
from bot.render.voice import Spoken, Voice
from workflows.notices.earlier import EarlierAnswer, EarlierDocument, EarlierTaken, Obstacle
from workflows.notices.saying import Saying
from workflows.review.events import WentTo
from workflows.review.template import Template

_HOW: Final[dict[Obstacle, str]] = {
    "": N_(
        "It is shown as it was submitted. If your new answer begins with it, you can change everything in it "
        "afterwards."
    ),
    "answered": N_(
        "There is an answer to this question already, and nothing takes its place. If you wish to begin with the "
        "earlier one, please clear the answer first."
    ),
    "locked": N_("The review is submitted and stays as it is, so nothing can be taken over now."),
    "asleep": N_("The question does not apply at present, so nothing can be taken over."),
    "other_kind": N_(
        "The question takes another kind of answer now. The earlier one can be read here, and not be taken over."
    ),
    "other_options": N_(
        "Some of what was chosen then is not offered any more. The earlier answer can be read here, and not be "
        "taken over."
    ),
    "other_details": N_(
        "Some details of the entries are asked otherwise now. The earlier answer can be read here, and not be "
        "taken over."
    ),
}


def remark(at: str, voice: Voice) -> SafeHtml:
    """For the page of all sections: that earlier answers can be read, submitted at `at` (UTC, ISO 8601)."""
    return italic(
        voice.gettext(
            "Where your country submitted an answer in {year}, you can read it at its question and begin the new one "
            "with it.",
            year=voice.year_of(at),
        )
    )


def review_keys(at: str, voice: Voice) -> Row:
    """The whole earlier review, for Word or to be printed; `at` is when it was submitted (UTC, ISO 8601)."""
    word = voice.gettext("📄 {name} · {format}", name=_whole(at, voice), format=voice.typed("Word"))
    printed = voice.gettext("🖨 {format}", format=voice.typed("PDF"))
    keys = [button(word, Did("earlier_review")), button(printed, Did("earlier_review", "pdf"))]
    return keyboards.across(voice, keys)


def _whole(at: str, voice: Voice) -> Spoken:
    return voice.gettext("The review submitted in {year}", year=voice.year_of(at))


# --- one answer ------------------------------------------------------------------------------------------------------


def answer(notice: EarlierAnswer, voice: Voice, template: Template) -> Message:
    """The question and the answer of that time, both whole, and the way to begin with it or what is in the way."""
    mark = notice.mark
    which = voice.gettext(
        "submitted {date} · version {version} · frozen text {number}",
        date=voice.day_of(notice.at),
        version=mark.version,
        number=mark.number,
    )
    title = bold(voice.gettext("What was submitted in {year}", year=voice.year_of(notice.at)))
    own = [italic(voice.gettext("In your country's own words:")), quoted(notice.wording)]
    said = notice.given.text or as_text(notice.given, notice.prompt, voice, template)
    text = [
        lines([title, plain(voice.words(template.heading)), italic(which)]),
        question(notice.prompt, voice, template),
        lines(own) if notice.wording else NOTHING,
        quoted(said),
        plain(voice.gettext(_HOW[notice.obstacle])),
    ]
    start = button(
        voice.gettext("✍️ Start from this answer"), Did("take_earlier", f"{mark.id}:{notice.prompt}")
    )
    return message(text, [() if notice.obstacle else (start,), (_back(notice.prompt, voice),)])


def _back(prompt: str, voice: Voice) -> Button:
    label = keyboards.backward(voice, voice.gettext("Back to the question"))
    return button(label, WentTo(f"prompt:{prompt}"))


def taken(notice: EarlierTaken, voice: Voice, template: Template) -> Message:
    """It is done, and what it is from now on."""
    done = voice.gettext(
        "✅ Your answer begins with what was submitted in {year}. It is an answer like any other: you can change it, "
        "add to it or clear it.",
        year=voice.year_of(notice.at),
    )
    versions = button(voice.gettext("🕘 Earlier versions"), Did("history", notice.prompt))
    return message([plain(done), question(notice.prompt, voice, template)], [(versions,)])


# --- the whole review ------------------------------------------------------------------------------------------------


def document(notice: EarlierDocument, voice: Voice, template: Template) -> Message:
    """The review as it was submitted, as a document; the other form is a key away."""
    mark = notice.mark
    submitted = voice.gettext("Submitted: {date}", date=voice.day_of(notice.at))
    text = [
        lines([bold(_whole(notice.at, voice)), plain(voice.words(template.heading))]),
        lines([plain(submitted), plain(fingerprint(mark, voice))]),
    ]
    name = f"review-{mark.country}-{notice.cycle}-{mark.number}-{mark.content_hash[:12]}.{notice.form}"
    writer = EditionWriter(mark, notice.content, notice.form, voice, template)
    return message(text, [review_keys(notice.at, voice)], Unwritten(name, writer))


RENDERED_WITH_TEMPLATE: Final[dict[type[Saying], Callable[[Any, Voice, Template], Message]]] = {
    EarlierAnswer: answer,
    EarlierTaken: taken,
    EarlierDocument: document,
}
"""What renders each of these notices."""
