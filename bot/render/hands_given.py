"""An answer as lines of text, whatever its kind, to be shown beside another one or compared with it."""

from bot.render import keyboards
from bot.render.cards import chosen_labels
from bot.render.headings import N_, capital, question_number
from bot.render.hints import no_answer
from bot.render.markup import SafeHtml, plain
from bot.render.records import shown_value
from bot.render.voice import Spoken, Voice
from workflows.notices import Given
from workflows.review.template import RecordField, Template

_OPEN = N_("Open: there is no answer.")


def heading(prompt: str, voice: Voice, template: Template) -> SafeHtml:
    """The prompt that all this is about, by number and words."""
    number = question_number(voice, template, template.question_of[prompt])
    words = voice.published(template.prompts[prompt].words(voice.language))
    return plain(f"{number}. {words}")


def as_text(given: Given, prompt: str, voice: Voice, template: Template) -> str:
    """The answer in full: as it was typed, or in the words of what was chosen."""
    return "\n".join(entries(given, prompt, voice, template))


def entries(given: Given, prompt: str, voice: Voice, template: Template) -> list[str]:
    """The same in its parts: a paragraph, an entry of a list, or a row each."""
    if given.state == "open":
        return [voice.gettext(_OPEN)]
    if given.state != "answered":
        return [capital(no_answer(voice, given.state))]
    match template.type_of(prompt).kind:
        case "record" | "records":
            return [_entry(fields, prompt, voice, template) for fields in given.records]
        case "matrix":
            return _rows(given, prompt, voice, template)
        case "text":
            return [line for line in given.text.splitlines() if line.strip()]
        case _:
            labels = chosen_labels(voice, template, prompt, given.chosen)
            return [*labels, *filter(None, [given.other])]


def _entry(fields: dict[str, str], prompt: str, voice: Voice, template: Template) -> str:
    name, *details = template.fields_of(prompt)
    known = [
        _detail(field, fields[field.id], prompt, voice, template) for field in details if fields.get(field.id)
    ]
    return "\n".join([f"• {fields.get(name.id, '')}", *known])


def _detail(field: RecordField, value: str, prompt: str, voice: Voice, template: Template) -> str:
    shown = shown_value(value, prompt, field, voice, template)
    label = voice.words(field.label)
    return f"   {voice.gettext('{field}: {value}', field=label, value=Spoken(shown))}"


def _rows(given: Given, prompt: str, voice: Voice, template: Template) -> list[str]:
    scale = {option.value: voice.words(option.label) for option in template.scale_of(prompt)}
    return [
        voice.gettext("{field}: {value}", field=Spoken(keyboards.named(voice, row)), value=scale[cell])
        for row in template.options_of(prompt)
        if (cell := given.cells.get(row.value, "")) in scale
    ]
