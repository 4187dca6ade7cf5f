"""What the cards between a state and the secretariat share: answers in full, remarks, personal data, keys."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cards import chosen_labels, other_words
from bot.render.cutting import clipped_at_word
from bot.render.headings import N_, joined, listed, question_number, section_heading, section_name
from bot.render.hints import no_answer
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Row, button
from bot.render.records import SHORT_DETAIL, shown_value
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import AnswerLine, Became, Found, PersonalKind, RemarkLine, RoundLine
from workflows.review.events import WentTo
from workflows.review.template import Option, RecordField, Template

QUESTION: Final = 160
"""How much of a question stands above its answer, in UTF-16 units."""
REMARK: Final = 300
"""How much of a remark or a reason stands in a list."""
PAGE: Final = 6
"""How many remarks or answers stand on a page of a list."""
_Item = TypeVar("_Item")

_BECAME: Final[dict[Became, str]] = {
    "kept": N_("📝 not sent yet"),
    "open": N_("⏳ open"),
    "editing": N_("✏️ being edited"),
    "accepted": N_("✅ wording accepted"),
    "explained": N_("💬 explained"),
    "edited": N_("✅ answer changed"),
    "unchanged": N_("▫️ answer left as it was"),
}
_KINDS: Final[dict[str, str]] = {"comment": N_("Comment"), "wording": N_("Proposed wording")}
_PERSONAL: Final[dict[PersonalKind, str]] = {
    "phone": N_("telephone numbers"),
    "email": N_("e-mail addresses"),
    "papers": N_("numbers of passports or identity papers"),
}
_PROBLEMS: Final[dict[str, str]] = {
    "empty": N_("⚠️ No words were found in the message. Please type it once more."),
    "long": N_("⚠️ The text is too long to be kept as a remark. Please shorten it."),
}


# --- answers ---------------------------------------------------------------------


def prompt_line(prompt: str, voice: Voice, template: Template, longest: int = QUESTION) -> Spoken:
    """A prompt with its question's number."""
    number = question_number(voice, template, template.question_of[prompt])
    words = clipped_at_word(voice.published(template.prompts[prompt].words(voice.language)), longest)
    return Spoken(f"{number}. {words}")


def prompt_key_words(prompt: str, voice: Voice, template: Template) -> str:
    """A prompt as it stands on a key; the key cuts it."""
    number = question_number(voice, template, template.question_of[prompt])
    return f"{number}{voice.between}{voice.published(template.prompts[prompt].words(voice.language))}"


def answer(line: AnswerLine, voice: Voice, template: Template) -> SafeHtml:
    """A prompt with what the country says at it, in full."""
    heading = bold(prompt_line(line.prompt, voice, template))
    if line.left_out:
        return lines(
            [heading, italic(voice.gettext("Left out: the question does not fit the country's context."))]
        )
    own = [italic(voice.gettext("Asked in the country's own words:")), quoted(line.wording)]
    return lines([heading, *(own if line.wording.strip() else []), *_said(line, voice, template)])


def _said(line: AnswerLine, voice: Voice, template: Template) -> Iterable[SafeHtml]:
    if line.state == "open":
        return [italic(voice.gettext("No answer."))]
    if line.state != "answered":
        return [italic(voice.gettext("No answer: {reason}.", reason=no_answer(voice, line.state)))]
    said = [
        plain(listed(voice, chosen_labels(voice, template, line.prompt, line.chosen)))
        if line.chosen
        else NOTHING,
        other_words(voice, line.other) if line.other.strip() else NOTHING,
        quoted(line.text),
        *_records(line, voice, template),
        *_cells(line, voice, template),
    ]
    return said if any(said) else [italic(voice.gettext("No answer."))]


def _records(line: AnswerLine, voice: Voice, template: Template) -> Iterable[SafeHtml]:
    first, *details = template.fields_of(line.prompt) if line.records else [None]
    for number, record in enumerate(line.records, start=1):
        name = record.get(first.id, "") if first else ""
        yield bold(voice.gettext("{number}. {name}", number=number, name=name))
        yield from (
            _detail(record[field.id], line.prompt, field, voice, template)
            for field in details
            if field and record.get(field.id, "").strip()
        )


def _detail(value: str, prompt: str, field: RecordField, voice: Voice, template: Template) -> SafeHtml:
    label = voice.words(field.label)
    shown = shown_value(value, prompt, field, voice, template)
    if isinstance(shown, Spoken) and len(shown) <= 2 * SHORT_DETAIL:
        return plain(voice.gettext("{field}: {value}", field=label, value=shown))
    return lines([plain(voice.gettext("{field}:", field=label)), quoted(shown)])


def _cells(line: AnswerLine, voice: Voice, template: Template) -> Iterable[SafeHtml]:
    rows = template.options_of(line.prompt) if line.cells else ()
    for status in template.scale_of(line.prompt) if line.cells else ():
        here = [_short(voice, row) for row in rows if line.cells.get(row.value) == status.value]
        if here:
            label = voice.words(status.label)
            yield plain(voice.gettext("{field}: {value}", field=label, value=listed(voice, here)))


def _short(voice: Voice, option: Option) -> Spoken:
    return voice.number(int(option.value)) if option.value.isdecimal() else voice.words(option.label)


# --- sections ---------------------------------------------------------------------


def heading_of(section: str, voice: Voice, template: Template) -> Spoken:
    """A section by number and title."""
    return section_heading(voice, template, template.section(section))


def named_sections(sections: Sequence[str], voice: Voice, template: Template) -> Spoken:
    """Several sections in one line."""
    return listed(voice, (section_name(voice, template, section) for section in sections))


def numbers(prompts: Iterable[str], voice: Voice, template: Template) -> Spoken:
    """The questions of these prompts by their numbers, each once."""
    found = (question_number(voice, template, template.question_of[prompt]) for prompt in prompts)
    return listed(voice, dict.fromkeys(found))


# --- remarks ---------------------------------------------------------------------


def became(line: RemarkLine, voice: Voice) -> Spoken:
    """What became of a remark."""
    return voice.gettext(_BECAME[line.became])


def remark_lines(
    line: RemarkLine, voice: Voice, template: Template | None = None, number: int = 0
) -> SafeHtml:
    """A remark in a list: its question, its kind, what became of it, its beginning, and the state's reason."""
    counted = f"{voice.number(number)}. " if number else ""
    parts = [question_number(voice, template, template.question_of[line.prompt])] if template else []
    parts += [voice.gettext(_KINDS[line.kind]), became(line, voice)]
    reply = [plain(voice.gettext("The country's reason:")), quoted(clipped_at_word(line.reply, REMARK))]
    return lines(
        [
            bold(counted + voice.joined(parts)),
            quoted(clipped_at_word(line.text, REMARK)),
            *(reply if line.reply.strip() else []),
        ]
    )


def waiting(count: int, voice: Voice) -> SafeHtml:
    """How many remarks were not sent yet, where there are any."""
    if not count:
        return NOTHING
    return plain(
        voice.ngettext("{count} remark waits to be sent.", "{count} remarks wait to be sent.", count)
    )


def rounds(counted: Sequence[RoundLine], voice: Voice) -> SafeHtml:
    """The rounds of remarks with what is open of each."""
    return lines(
        plain(
            voice.gettext(
                "Round {round}: remarks {total}, open {open}",
                round=each.round,
                total=each.total,
                open=each.open,
            )
        )
        for each in counted
    )


def problem(code: str, voice: Voice) -> SafeHtml:
    """Why what was typed was not kept."""
    return plain(voice.gettext(_PROBLEMS[code])) if code else NOTHING


# --- personal data ---------------------------------------------------------------------


def doubt(found: Found, voice: Voice, template: Template) -> SafeHtml:
    """What seems to be personal, and where."""
    look = voice.gettext("Please look whether a person could be recognised by them. The decision is yours.")
    return lines(plain(each) for each in (*_doubtful(found, voice, template), look))


def _doubtful(found: Found, voice: Voice, template: Template) -> Iterator[Spoken]:
    kinds = joined(voice, (voice.gettext(_PERSONAL[kind]) for kind in found.kinds))
    asked = (template.questions[each] for each in found.questions)
    questions = listed(voice, (question_number(voice, template, each) for each in asked))
    if found.prompts:
        yield voice.ngettext(
            "This answer seems to contain {kinds}:",
            "These answers seem to contain {kinds}:",
            len(found.prompts),
            kinds=kinds,
        )
        yield numbers(found.prompts, voice, template)
        if questions:
            yield voice.gettext("So does the question in your own words: {questions}", questions=questions)
    elif questions:
        yield voice.gettext("The question in your own words seems to contain {kinds}:", kinds=kinds)
        yield questions


def what_stays(voice: Voice) -> Spoken:
    """What leaving such passages out means."""
    return voice.gettext(
        "Where you leave these passages out, others read […] in their place; your own text stays as it is."
    )


def doubtful_keys(found: Found, voice: Voice, template: Template) -> list[Row]:
    """The ways to the answers that are in doubt, and to the questions in the state's own words."""
    ways = {f"prompt:{prompt}": prompt_key_words(prompt, voice, template) for prompt in found.prompts}
    for each in found.questions:
        first = template.questions[each].prompts[0].id
        ways[f"question:{each}"] = prompt_key_words(first, voice, template)
    return [(button(f"✏️ {words}", WentTo(place)),) for place, words in list(ways.items())[:PAGE]]


# --- pages and keys ---------------------------------------------------------------------


def on_page(items: Sequence[_Item], page: int) -> Sequence[_Item]:
    """The items of a page, or of the last one there is."""
    at = min(page, last_page(len(items))) * PAGE
    return items[at : at + PAGE]


def last_page(count: int) -> int:
    """The number of the last page, from 0."""
    return max(0, (count - 1) // PAGE)


def page_keys(voice: Voice, verb: str, before: str, page: int, last: int) -> Row:
    """The ways to the pages before and after; `before` stands before the page in what a key says."""
    return keyboards.page_row(voice, min(page, last), last, lambda at: Did(verb, f"{before}{at}"))


def review_key(voice: Voice, country: str, *, fresh: bool = False) -> Button:
    """The way back to a country's review, in the same message, or in a fresh one where this message is to stay."""
    back = keyboards.backward(voice, voice.gettext("Back to the review"))
    return button(back, Did("review", country if fresh else f"{country}.card"))
