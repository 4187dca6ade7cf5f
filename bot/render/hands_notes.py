"""Notes on a question, and the log of consultations."""

from collections.abc import Callable
from typing import Any

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped
from bot.render.headings import question_number
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.hands import (
    AskNote,
    ConsultationAsk,
    ConsultationCard,
    ConsultationLine,
    ConsultationsView,
    LineOffered,
    NoteLine,
    NotesView,
)
from workflows.notices.saying import Saying
from workflows.review.events import WentTo
from workflows.review.template import Template

ON_A_PAGE = 8
"""How many consultations one page shows; the use case counts pages alike."""
SHOWN = 300
"""How much of a detail is shown in the list, in UTF-16 units."""
CATEGORIES = "stakeholder_categories"


def question_heading(question_id: str, voice: Voice, template: Template) -> SafeHtml:
    """A question by its number and words."""
    question = template.questions[question_id]
    words = voice.published(question.words(voice.language))
    return plain(clipped(f"{question_number(voice, template, question)}. {words}", SHOWN))


# --- notes -----------------------------------------------------------------------------------------------------------


def notes(notice: NotesView, voice: Voice, template: Template) -> Message:
    """The notes on a question; who reads them."""
    text = [
        question_heading(notice.question, voice, template),
        bold(voice.gettext("Notes on this question"))
        if notice.lines
        else plain(voice.gettext("No notes yet.")),
        *(_note(line, voice) for line in notice.lines),
        italic(
            voice.gettext(
                "Notes are read by your country's focal points and by colleagues who were asked for this question. "
                "They are never part of the review."
            )
        ),
    ]
    removing = [
        (button(voice.gettext("🗑 Remove note {number}", number=at), Did("note_remove", str(line.id))),)
        for at, line in enumerate(notice.lines, start=1)
        if line.own
    ]
    add = button(voice.gettext("📝 Add a note"), Did("note", notice.question))
    return message(text, [*removing[-30:], (add,), (_to_question(notice.question, voice),)])


def _note(line: NoteLine, voice: Voice) -> SafeHtml:
    who = line.by or voice.gettext("somebody who has left")
    head = voice.gettext("{name} · {date}", name=who, date=voice.moment(line.at))
    return lines([bold(head), quoted(line.text)])


def ask_note(notice: AskNote, voice: Voice, template: Template) -> Message:
    """What to type."""
    text = [
        question_heading(notice.question, voice, template),
        bold(voice.gettext("Type the note in one message.")),
        italic(voice.gettext("It is not put into the answer.")),
    ]
    return message(text, [(_to_question(notice.question, voice),)])


def _to_question(question: str, voice: Voice) -> Button:
    return button(
        keyboards.backward(voice, voice.gettext("Back to the question")), WentTo(f"question:{question}")
    )


# --- consultations ---------------------------------------------------------------------------------------------------


def consultations(notice: ConsultationsView, voice: Voice, template: Template) -> Message:
    """The log, the newest first."""
    first = notice.page * ON_A_PAGE
    here = notice.lines[first : first + ON_A_PAGE]
    text = [
        bold(voice.gettext("Consultations: {country}", country=voice.country_name(notice.country))),
        *(_entry(line, voice, template) for line in here),
        NOTHING if here else plain(voice.gettext("Nothing has been logged yet.")),
        italic(
            voice.gettext(
                "Log with whom you spoke, when and about what. "
                "From each entry a line for the review can be made, which you confirm."
            )
        ),
    ]
    keys = [
        (
            button(
                voice.gettext("{number}. {name}", number=first + at, name=line.with_whom),
                Did("consult", str(line.id)),
            ),
        )
        for at, line in enumerate(here, start=1)
    ]
    add = button(voice.gettext("➕ Log a consultation"), Did("consult_as"))
    return message(text, [*keys, _pages(notice, voice), (add,)])


def _pages(notice: ConsultationsView, voice: Voice) -> Row:
    last = max(0, (len(notice.lines) - 1) // ON_A_PAGE)
    return keyboards.page_row(voice, notice.page, last, lambda page: Did("consultations", str(page)))


def _entry(line: ConsultationLine, voice: Voice, template: Template) -> SafeHtml:
    day = voice.date(line.day) if line.day else voice.gettext("no date")
    head = voice.gettext(
        "{date} · {category}", date=day, category=category_name(line.category, voice, template)
    )
    return lines(
        [bold(head), plain(voice.typed(clipped(line.with_whom, SHOWN))), plain(_subject(line, voice))]
    )


def _subject(line: ConsultationLine, voice: Voice) -> str:
    return voice.typed(clipped(line.subject, SHOWN)) if line.subject else ""


def category_name(category: str, voice: Voice, template: Template) -> Spoken:
    """A category by its label."""
    options = template.option_sets.get(CATEGORIES, ())
    found = next((option for option in options if option.value == category), None)
    return voice.words(found.label) if found else voice.gettext("others")


def consultation(notice: ConsultationCard, voice: Voice, template: Template) -> Message:
    """One of them, and what can be done with it."""
    this = str(notice.line.id)
    if notice.confirm_removal:
        ask = bold(voice.gettext("Take this consultation out of the log?"))
        yes = button(voice.gettext("Yes, remove"), Did("consult", f"{this}:remove"))
        no = button(voice.gettext("No, keep"), Did("consult", this))
        return message([_entry(notice.line, voice, template), ask], [keyboards.across(voice, [yes, no])])
    offers = [
        (button(_offer(prompt, voice, template), Did("consult_line", f"{this}:{prompt}")),)
        for prompt in notice.fits
        if prompt in template.prompts
    ]
    day = button(voice.gettext("✏️ Date"), Did("consult", f"{this}:day"))
    subject = button(voice.gettext("✏️ Subject"), Did("consult", f"{this}:subject"))
    remove = button(voice.gettext("🗑 Remove"), Did("consult", f"{this}:ask"))
    back = button(voice.gettext("All consultations"), Did("consultations"))
    return message(
        [_entry(notice.line, voice, template)],
        [*offers, keyboards.across(voice, [day, subject]), keyboards.across(voice, [remove, back])],
    )


def _offer(prompt: str, voice: Voice, template: Template) -> Spoken:
    number = question_number(voice, template, template.question_of[prompt])
    return voice.gettext("As a line for {number}", number=number)


def consultation_ask(notice: ConsultationAsk, voice: Voice, template: Template) -> Message:
    """One step of logging."""
    match notice.step:
        case "category":
            keys = [
                button(voice.words(option.label), Did("consult_as", option.value))
                for option in template.option_sets.get(CATEGORIES, ())
            ]
            return message(
                [bold(voice.gettext("With whom? Press the kind first."))], keyboards.in_columns(voice, keys)
            )
        case "with_whom":
            kind = category_name(notice.category, voice, template)
            text = [bold(kind), plain(voice.gettext("Type the name of whom you consulted."))]
            return message(text)
        case "day":
            return _ask_day(notice, voice)
        case "subject":
            skip = button(voice.gettext("Without a subject"), Did("consult", str(notice.id)))
            return message([bold(voice.gettext("What was it about? Type it in one message."))], [(skip,)])


def _ask_day(notice: ConsultationAsk, voice: Voice) -> Message:
    problems = {
        "date_unclear": voice.gettext(
            "⚠️ “{given}” was not understood as a day.", given=clipped(notice.given, 60)
        ),
        "date_ambiguous": voice.gettext("⚠️ “{given}” can be two days.", given=clipped(notice.given, 60)),
    }
    text = [
        plain(problems[notice.problem]) if notice.problem else NOTHING,
        bold(
            voice.gettext(
                "When was it? Type the day, for example {date} or 12/5/2026.", date=voice.date("2026-05-12")
            )
        ),
    ]
    skip = button(voice.gettext("Without a date"), Did("consult", f"{notice.id}:subject"))
    return message(text, [(skip,)])


def line_offered(notice: LineOffered, voice: Voice, template: Template) -> Message:
    """How it would stand in the review; nothing is written before the press."""
    question = template.question_of[notice.prompt]
    number = question_number(voice, template, question)
    text = [
        question_heading(question.id, voice, template),
        bold(voice.gettext("This line would be added to your list:")),
        _entry(notice.line, voice, template),
        italic(voice.gettext("Nothing is written before you confirm.")),
    ]
    yes = button(
        voice.gettext("✔ Add it to {number}", number=number),
        Did("consult_line", f"{notice.id}:{notice.official}:{notice.prompt}"),
    )
    return message(text, [(yes,), (button(voice.gettext("No, not now"), Did("consult", str(notice.id))),)])


RENDERED_WITH_TEMPLATE: dict[type[Saying], Callable[[Any, Voice, Template], Message]] = {
    NotesView: notes,
    AskNote: ask_note,
    ConsultationsView: consultations,
    ConsultationAsk: consultation_ask,
    ConsultationCard: consultation,
    LineOffered: line_offered,
}
