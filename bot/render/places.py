"""The places one can go: the sections, the questions of a section, and where a text belongs."""

from typing import Literal

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped, clipped_at_word
from bot.render.earlier import remark, review_keys
from bot.render.headings import N_, question_number, section_heading
from bot.render.kept import on_the_whole
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices import Hub, NothingOpen, QuestionLine, SectionLine, SectionView, WhichQuestion
from workflows.review.events import Pressed, WentTo
from workflows.review.template import Template

QUESTION = 160
"""How much of a question stands in a section's list, in UTF-16 units."""

_MARKS = {"open": "▫️", "begun": "✏️", "done": "✅", "left_out": "➖", "asleep": "💤"}
_STATES: dict[Literal["left_out", "asleep"], str] = {
    "left_out": N_("left out"),
    "asleep": N_("does not apply at present"),
}


# --- the sections ----------------------------------------------------------------------------------------------------


def hub(notice: Hub, voice: Voice, template: Template) -> Message:
    """All sections with what is done and the words left in each."""
    text = [
        bold(voice.gettext("The national review: {country}", country=voice.country_name(notice.country))),
        *(section_lines(line, voice, template) for line in notice.sections),
        on_the_whole(notice.kept, voice, template, is_beside=notice.is_beside) if notice.kept else NOTHING,
        NOTHING
        if notice.kept
        else italic(voice.gettext("Every question may stay open, and you may begin anywhere.")),
        remark(notice.earlier, voice) if notice.earlier else NOTHING,
    ]
    rows: list[Row] = [(_section_key(line, voice, template),) for line in notice.sections]
    onward: list[Row] = [(keyboards.continue_key(voice),)] if notice.next else []
    former: list[Row] = [review_keys(notice.earlier, voice)] if notice.earlier else []
    own: list[Row] = [(keyboards.assess_key(voice),)] if notice.assesses else []
    return message(text, [*onward, *rows, *own, *former])


def section_lines(line: SectionLine, voice: Voice, template: Template) -> SafeHtml:
    """A section's heading and, below it, its counts."""
    heading = section_heading(voice, template, template.section(line.id))
    return lines([bold(f"{_mark(line)} {heading}"), plain(counts(line, voice))])


def counts(line: SectionLine, voice: Voice) -> Spoken:
    """A section's questions that are settled and its words, on one line."""
    settled = voice.gettext("Points settled: {settled} of {total}", settled=line.settled, total=line.total)
    words = voice.gettext("words: {words} of {limit}", words=line.words, limit=line.limit)
    adapted = [voice.gettext("adapted: {count}", count=line.adapted)] if line.adapted else []
    return voice.joined([settled, words, *adapted])


def _mark(line: SectionLine) -> str:
    if line.settled >= line.total:
        return _MARKS["done"]
    return _MARKS["begun" if line.settled or line.words else "open"]


def _section_key(line: SectionLine, voice: Voice, template: Template) -> Button:
    heading = section_heading(voice, template, template.section(line.id))
    return button(f"{_mark(line)} {heading}", WentTo(f"section:{line.id}"))


# --- one section -----------------------------------------------------------------------------------------------------


def section(notice: SectionView, voice: Voice, template: Template) -> Message:
    """The questions of a section; their numbers are the keys."""
    here = template.section(notice.section)
    text = [
        lines([bold(section_heading(voice, template, here)), plain(counts(notice.line, voice))]),
        italic(voice.words(here.lead_in)) if here.lead_in else NOTHING,
        *(_question_line(line, voice, template) for line in notice.questions),
        plain(_opened_by(notice.typed, voice)) if notice.typed else NOTHING,
    ]
    keys = [_question_key(line, voice, template) for line in notice.questions]
    last = keyboards.across(voice, [keyboards.continue_key(voice), keyboards.sections_key(voice)])
    own: list[Row] = []
    if notice.typed:
        own.append((button(voice.gettext("📝 It is an answer"), Did("is_answer", str(notice.update))),))
    return message(text, [*keyboards.in_columns(voice, keys, columns=4), *own, last])


def _opened_by(typed: str, voice: Voice) -> Spoken:
    return voice.gettext(
        "Your message “{text}” was read as the name of this section, and is in no answer.",
        text=voice.typed(typed),
    )


def _question_line(line: QuestionLine, voice: Voice, template: Template) -> SafeHtml:
    question = template.questions[line.id]
    number = question_number(voice, template, question)
    words = clipped_at_word(voice.published(question.words(voice.language)), QUESTION)
    remarks = []
    if line.state in ("left_out", "asleep"):
        remarks.append(voice.gettext(_STATES[line.state]))
    if line.adapted and line.state != "left_out":
        remarks.append(voice.gettext("in your own words"))
    if line.words:
        remarks.append(voice.ngettext("{count} word", "{count} words", line.words))
    first = plain(f"{_MARKS[line.state]} {number}. {words}")
    return lines([first, italic(voice.joined(remarks))])


def _question_key(line: QuestionLine, voice: Voice, template: Template) -> Button:
    number = question_number(voice, template, template.questions[line.id])
    return button(f"{_MARKS[line.state]} {number}", WentTo(f"question:{line.id}"))


# --- where a text belongs --------------------------------------------------------------------------------------------


def which_question(notice: WhichQuestion, voice: Voice, template: Template) -> Message:
    """A kept text, and the places where it could go."""
    kept = voice.ngettext(
        "Your message is kept. Which question does it belong to?",
        "Your {count} messages are kept. Which question do they belong to?",
        notice.kept,
    )
    rows: list[Row] = []
    for prompt in notice.prompts:
        number = question_number(voice, template, template.question_of[prompt])
        words = voice.published(template.prompts[prompt].words(voice.language))
        rows.append((button(f"{number}. {words}", Pressed(notice.turn, "place", prompt)),))
    discard = button(voice.gettext("🗑 Do not keep"), Pressed(notice.turn, "discard"))
    last = keyboards.across(voice, [keyboards.sections_key(voice), discard])
    excerpt = quoted(clipped(notice.excerpt, QUESTION * 4))
    return message([bold(kept), excerpt, plain(asked_later(notice.later, voice))], [*rows, last])


def asked_later(count: int, voice: Voice) -> Spoken:
    """How many kept messages are asked about after the one in hand; nothing where there is none."""
    if not count:
        return Spoken("")
    return voice.ngettext(
        "One more message of yours is kept, and is asked about after this.",
        "{count} more messages of yours are kept, and are asked about after this.",
        count,
    )


def nothing_open(_notice: NothingOpen, voice: Voice) -> Message:
    """Every prompt that applies is settled; nothing happens by itself."""
    text = [
        bold(voice.gettext("Every question that applies has been settled. Thank you.")),
        plain(voice.gettext("Nothing is submitted by itself. You can still change every answer.")),
    ]
    progress = button(voice.gettext("Progress"), Did("progress"))
    return message(text, [keyboards.across(voice, [keyboards.sections_key(voice), progress])])
