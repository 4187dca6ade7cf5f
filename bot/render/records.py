"""Lists from within: one entry with its details, one detail, and a question put in a state's own words."""

from bot.render import keyboards
from bot.render.cards import WORDING
from bot.render.cutting import clipped
from bot.render.headings import listed, question_number
from bot.render.hints import problem_text
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, paragraphs, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices import AskField, AskWording, LeftOut, RecordCard
from workflows.review.events import Act, Pressed, WentTo
from workflows.review.template import RecordField, Template

DETAIL = 1000
"""How much of a typed detail is shown on an entry's card, in UTF-16 units."""
SHORT_DETAIL = 80
"""A detail up to this length stands beside its label; a longer one is set apart."""


# --- one entry -------------------------------------------------------------------------------------------------------


def record(notice: RecordCard, voice: Voice, template: Template) -> Message:
    """One entry, detail by detail."""
    _, *details = template.fields_of(notice.prompt)
    text = [
        plain(problem_text(voice, notice.problem)) if notice.problem else NOTHING,
        _prompt_line(notice.prompt, voice, template),
        bold(_title(notice, voice, template)),
        lines(_detail(notice, field, voice, template) for field in details),
        *(plain(_caution(caution, voice, template, notice.prompt)) for caution in notice.cautions),
        _below(notice, voice),
    ]
    return message(text, _record_rows(notice, voice, template))


def _title(notice: RecordCard, voice: Voice, template: Template) -> Spoken:
    """The entry's name, after its number where there can be several."""
    name = clipped(notice.fields.get(template.fields_of(notice.prompt)[0].id, ""), DETAIL)
    if template.type_of(notice.prompt).kind == "record":
        return voice.typed(name)
    return voice.gettext("{number}. {name}", number=notice.number, name=name)


def _prompt_line(prompt: str, voice: Voice, template: Template) -> SafeHtml:
    number = question_number(voice, template, template.question_of[prompt])
    return plain(f"{number}. {voice.published(template.prompts[prompt].words(voice.language))}")


def _detail(notice: RecordCard, field: RecordField, voice: Voice, template: Template) -> SafeHtml:
    value = notice.fields.get(field.id, "")
    label = voice.words(field.label)
    if not value:
        return plain(voice.gettext("{field}: –", field=label))
    shown = shown_value(value, notice.prompt, field, voice, template)
    if isinstance(shown, Spoken):
        return plain(voice.gettext("{field}: {value}", field=label, value=shown))
    return lines([plain(voice.gettext("{field}:", field=label)), quoted(clipped(shown, DETAIL))])


def shown_value(value: str, prompt: str, field: RecordField, voice: Voice, template: Template) -> str:
    """A detail as it is shown: a date in words, choices by their labels, a long text as it was typed."""
    match field.type:
        case "date":
            return voice.date(value)
        case "choice" | "choices":
            chosen = value.split()
            options = template.field_options(prompt, field)
            return listed(
                voice, (keyboards.named(voice, option) for option in options if option.value in chosen)
            )
        case _:
            brief = len(value) <= SHORT_DETAIL and "\n" not in value
            return voice.typed(value) if brief else value


def _caution(caution: str, voice: Voice, template: Template, prompt: str) -> str:
    if caution == "early_date":
        earliest = next((check.value for check in template.prompts[prompt].checks), "")
        return voice.gettext(
            "ℹ️ The question is about the time since {date}; this date is earlier. It is kept as you gave it.",
            date=voice.date(earliest),
        )
    return voice.gettext(
        "ℹ️ The date is kept as you typed it. It can be sorted if it is written like 25/06/2019."
    )


def _below(notice: RecordCard, voice: Voice) -> SafeHtml:
    if notice.confirm_removal:
        return bold(voice.gettext("Remove this entry from the list?"))
    return italic(voice.gettext("Press a detail to give or change it. Every detail may stay empty."))


def _record_rows(notice: RecordCard, voice: Voice, template: Template) -> list[Row]:
    if not notice.turn:
        return [_never_stale(notice.prompt, voice)]
    this = str(notice.record)
    if notice.confirm_removal:
        remove = _press(notice, voice.gettext("Yes, remove"), "removed", this)
        keep = _press(notice, voice.gettext("No, keep"), "record", this)
        return [keyboards.across(voice, [remove, keep])]
    fields = template.fields_of(notice.prompt)
    keys = [
        _press(notice, f"✏️ {voice.words(field.label)}", "field", f"{this}:{field.id}") for field in fields
    ]
    back = _press(notice, keyboards.backward(voice, voice.gettext("Back to the list")), "list")
    remove = _press(notice, voice.gettext("🗑 Remove"), "remove", this)
    rows = keyboards.in_columns(voice, keys)
    if notice.number > 1:
        before = voice.gettext("🔗 Join to entry {number}", number=notice.number - 1)
        rows.append((_press(notice, before, "join", this),))
    return [*rows, keyboards.across(voice, [back, remove])]


def _press(notice: RecordCard | AskField, label: str, act: Act, arg: str = "") -> Button:
    return button(label, Pressed(notice.turn, act, arg))


def _never_stale(prompt: str, voice: Voice) -> Row:
    return keyboards.across(voice, [keyboards.change_key(voice, prompt), keyboards.sections_key(voice)])


# --- one detail ------------------------------------------------------------------------------------------------------


def field(notice: AskField, voice: Voice, template: Template) -> Message:
    """One detail of an entry, typed or chosen, with what is there."""
    asked = next(field for field in template.fields_of(notice.prompt) if field.id == notice.field)
    text = [
        plain(problem_text(voice, notice.problem)) if notice.problem else NOTHING,
        _prompt_line(notice.prompt, voice, template),
        bold(voice.words(asked.label)),
        quoted(clipped(shown_value(notice.value, notice.prompt, asked, voice, template), DETAIL)),
        italic(_how_to_give(asked, voice)),
    ]
    return message(text, _field_rows(notice, asked, voice, template))


def _how_to_give(asked: RecordField, voice: Voice) -> Spoken:
    match asked.type:
        case "date":
            return voice.gettext(
                "Type the date: a year, a month or a day. Examples: 2019, 06/2019, 25/06/2019."
            )
        case "choice":
            return voice.gettext("Press one.")
        case "choices":
            return voice.gettext("Press all that apply.")
        case _:
            return voice.gettext("Type this detail in one message.")


def _field_rows(notice: AskField, asked: RecordField, voice: Voice, template: Template) -> list[Row]:
    if not notice.turn:
        return [_never_stale(notice.prompt, voice)]
    here = f"{notice.record}:{notice.field}"
    back = _press(
        notice,
        keyboards.backward(voice, voice.gettext("Back to the entry")),
        "record",
        str(notice.record),
    )
    first = template.fields_of(notice.prompt)[0]
    can_empty = bool(notice.value) and asked.id != first.id
    blank = [_press(notice, voice.gettext("Empty this detail"), "blank", here)] if can_empty else []
    return [*_value_rows(notice, asked, voice, template), keyboards.across(voice, [back, *blank])]


def _value_rows(notice: AskField, asked: RecordField, voice: Voice, template: Template) -> list[Row]:
    options = template.field_options(notice.prompt, asked)
    chosen = notice.value.split()
    many = len(options) > keyboards.FEW
    keys = []
    for option in options:
        here = option.value in chosen
        sign = ("-" if here else "+") if asked.type == "choices" else ""
        label = f"{'✅' if here else '▫️'} {keyboards.named(voice, option)}"
        meaning = Pressed(notice.turn, "value", f"{notice.record}:{asked.id}:{sign}{option.value}")
        keys.append(button(label, meaning, longest=keyboards.COLUMN) if many else button(label, meaning))
    return keyboards.in_columns(voice, keys) if many else [(key,) for key in keys]


# --- a question in own words -----------------------------------------------------------------------------------------


def wording(notice: AskWording, voice: Voice, template: Template) -> Message:
    """The template's question, and how to put it in the state's own words."""
    question = template.questions[notice.question]
    number = question_number(voice, template, question)
    own = lines(
        [italic(voice.gettext("In your country's own words:")), quoted(clipped(notice.wording, WORDING))]
    )
    text = [
        plain(f"{number}. {voice.published(question.words(voice.language))}"),
        own if notice.wording else NOTHING,
        italic(
            voice.gettext(
                "Type the question in your country's own words. The wording of the template stays beside it."
            )
        ),
    ]
    restore = Pressed(notice.turn, "restore", notice.question)
    rows: list[Row] = [(button(voice.gettext("Return to the wording of the template"), restore),)]
    back = keyboards.backward(voice, voice.gettext("Back to the question"))
    leave = (button(back, WentTo(f"question:{notice.question}")), keyboards.sections_key(voice))
    return message(text, [*(rows if notice.wording else []), keyboards.across(voice, leave)])


def left_out(notice: LeftOut, voice: Voice, template: Template) -> Message:
    """A question that the state has left out, and the way to take it in again."""
    question = template.questions[notice.question]
    number = question_number(voice, template, question)
    text = paragraphs(
        [
            plain(f"{number}. {voice.published(question.words(voice.language))}"),
            bold(voice.gettext("Your country has left this question out of its review.")),
            plain(voice.gettext("What was answered before is kept and comes back with the question.")),
        ]
    )
    restore = button(
        voice.gettext("Take the question in again"), Pressed(notice.turn, "restore", notice.question)
    )
    return message([text], [(restore,), (keyboards.sections_key(voice),)])
