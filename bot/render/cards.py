"""The cards of the talk: a prompt that asks, the receipt of a text, the closing form of an answer."""

from bot.render import keyboards
from bot.render.cutting import clipped, clipped_at_word
from bot.render.headings import (
    capital,
    listed,
    question_number,
    section_heading,
    section_name,
    word_count,
    words_left,
)
from bot.render.hints import how_to_answer, menu_text, no_answer, problem_text
from bot.render.kept import on_a_question
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, paragraphs, plain, quoted
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices import Answered, Ask, Saved
from workflows.review.cards import EXCERPT
from workflows.review.events import WentTo
from workflows.review.path import guidance_of
from workflows.review.template import Option, Template

ABOVE = 200
"""How much is shown of the prompt that a prompt follows upon, in UTF-16 units."""
WORDING = 1500
"""How much of a state's own wording is shown on a card, in UTF-16 units."""


# --- asking ----------------------------------------------------------------------------------------------------------


def ask(notice: Ask, voice: Voice, template: Template) -> Message:
    """A prompt put to the person, with what is there and how to answer."""
    text = [
        plain(problem_text(voice, notice.problem)) if notice.problem else NOTHING,
        _place(notice, voice, template),
        _above(notice, voice, template),
        _question(notice, voice, template),
        _guidance(notice, voice, template),
        _present(notice, voice, template),
        _below(notice, voice, template),
    ]
    return message(text, keyboards.ask_rows(notice, voice, template))


def _place(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    heading = section_heading(voice, template, template.section_of[notice.prompt])
    at = voice.gettext("Question {position} of {total}", position=notice.position, total=notice.total)
    return SafeHtml(f"{bold(heading)}{voice.between}{plain(at)}")


def _above(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    """What a prompt such as "If so, how?" follows upon, so that it can be read days later."""
    condition = template.prompts[notice.prompt].when
    if condition is None:
        return NOTHING
    question = template.question_of[notice.prompt]
    here = template.question_of[condition.prompt] == question
    prompt = template.prompts[condition.prompt] if here else question.prompts[0]
    return italic(clipped_at_word(voice.published(prompt.words(voice.language)), ABOVE))


def _question(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    """The prompt's words after the question's number; the whole question once, at its first prompt."""
    question = template.question_of[notice.prompt]
    words = voice.published(template.prompts[notice.prompt].words(voice.language))
    number = question_number(voice, template, question)
    if notice.wording:
        own = lines(
            [italic(voice.gettext("In your country's own words:")), quoted(clipped(notice.wording, WORDING))]
        )
        return paragraphs([bold(f"{number}. {words}"), own])
    whole = _rest_of_question(notice, voice, template)
    return paragraphs([plain(f"{number}. {whole}"), bold(words)]) if whole else bold(f"{number}. {words}")


def _rest_of_question(notice: Ask, voice: Voice, template: Template) -> Spoken:
    """The whole question at its first prompt, unless the prompt and its guidance say all of it."""
    question = template.question_of[notice.prompt]
    whole = question.words(voice.language)
    if question.prompts[0].id != notice.prompt:
        return Spoken("")
    rest = whole
    for shown in (template.prompts[notice.prompt], *guidance_of(template, notice.prompt)):
        rest = rest.replace(shown.words(voice.language), "")
    said = not any(letter.isalpha() for letter in rest)
    return Spoken("") if said else voice.published(whole)


def _guidance(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    remarks = guidance_of(template, notice.prompt)
    return lines(italic(voice.published(remark.words(voice.language))) for remark in remarks)


def _below(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    """What to do now; a menu says what it is for instead."""
    if notice.menu != "main":
        return plain(menu_text(voice, notice.menu))
    if notice.kept is not None:
        question = template.question_of[notice.prompt].id
        return on_a_question(notice.kept, voice, question, is_beside=notice.is_beside)
    budget = notice.budget
    left = words_left(voice, budget, voice.gettext("this section")) if budget else Spoken("")
    beside = (
        voice.gettext("Your answer stands under your own name beside the official one.")
        if notice.is_beside
        else ""
    )
    return lines([italic(how_to_answer(notice, voice, template)), italic(left), italic(beside)])


# --- what is already there -------------------------------------------------------------------------------------------


def _present(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    if notice.state not in ("open", "answered"):
        return plain(voice.gettext("✔ Recorded: {answer}", answer=no_answer(voice, notice.state)))
    match template.type_of(notice.prompt).kind:
        case "yes_no" | "choice":
            return _chosen_one(notice, voice, template)
        case "choices":
            return _chosen_many(notice, voice, template)
        case "matrix":
            return _cells(notice, voice, template)
        case "record" | "records":
            return _records(notice, voice)
        case _:
            return _text_so_far(notice, voice)


def _chosen_one(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    if not notice.chosen:
        return NOTHING
    answer = listed(voice, chosen_labels(voice, template, notice.prompt, notice.chosen))
    return plain(voice.gettext("✔ Recorded: {answer}", answer=answer))


def _chosen_many(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    total = len(template.options_of(notice.prompt))
    count = voice.gettext("Chosen so far: {count} of {total}.", count=len(notice.chosen), total=total)
    return lines([plain(count) if notice.chosen else NOTHING, other_words(voice, notice.other)])


def other_words(voice: Voice, other: str) -> SafeHtml:
    """What was typed beside the options."""
    return plain(voice.gettext("Other: {words}", words=clipped(other, EXCERPT))) if other else NOTHING


def _cells(notice: Ask, voice: Voice, template: Template) -> SafeHtml:
    """The open row in full; else the rows by status, each status on one line."""
    rows = template.options_of(notice.prompt)
    if notice.row:
        return lines(bold(_full(voice, row)) for row in rows if row.value == notice.row)
    return lines(
        plain(voice.gettext("{field}: {value}", field=voice.words(status.label), value=listed(voice, here)))
        for status in template.scale_of(notice.prompt)
        if (here := [_short(voice, row) for row in rows if notice.cells.get(row.value) == status.value])
    )


def _full(voice: Voice, option: Option) -> str:
    number = f"{voice.number(int(option.value))}. " if option.value.isdecimal() else ""
    return number + voice.words(option.text)


def _short(voice: Voice, option: Option) -> Spoken:
    return voice.number(int(option.value)) if option.value.isdecimal() else voice.words(option.label)


def _records(notice: Ask, voice: Voice) -> SafeHtml:
    count = len(notice.records)
    if not count:
        return NOTHING
    return plain(
        voice.ngettext(
            "{count} entry so far. Press it to complete or correct it.",
            "{count} entries so far. Press one to complete or correct it.",
            count,
        )
    )


def _text_so_far(notice: Ask, voice: Voice) -> SafeHtml:
    if not notice.excerpt:
        return NOTHING
    cut = "…" if len(notice.excerpt) >= EXCERPT else ""
    count = notice.budget.here if notice.budget else 0
    so_far = voice.ngettext("Written so far ({count} word):", "Written so far ({count} words):", count)
    return lines([plain(so_far), quoted(notice.excerpt[:EXCERPT] + cut)])


def chosen_labels(voice: Voice, template: Template, prompt: str, values: tuple[str, ...]) -> list[str]:
    """The labels of chosen values, in the order of the template."""
    if template.type_of(prompt).kind == "yes_no":
        return [keyboards.yes(voice) if value == "yes" else keyboards.no(voice) for value in values]
    return [
        keyboards.named(voice, option) for option in template.options_of(prompt) if option.value in values
    ]


# --- receipts --------------------------------------------------------------------------------------------------------


def saved(notice: Saved, voice: Voice, template: Template) -> Message:
    """A text is on disk: under which number, its count and what is left, kindly where it is over, and the way on."""
    section = section_name(voice, template, notice.budget.section)
    number = question_number(voice, template, template.question_of[notice.prompt])
    count = voice.ngettext(
        "{count} word in answer {number}.",
        "{count} words in answer {number}.",
        notice.budget.here,
        number=number,
    )
    first = voice.gettext("✅ Your correction is saved.") if notice.edited else voice.gettext("✅ Saved.")
    text = [
        SafeHtml(f"{bold(first)} {plain(count)} {plain(words_left(voice, notice.budget, section))}"),
        plain(_limit_remark(notice, voice, section)),
        italic(voice.gettext("You can send more, or edit the message you sent.")),
    ]
    return message(text, [*_heaviest(notice, voice, template), *_saved_keys(notice, voice)])


def _limit_remark(notice: Saved, voice: Voice, section: Spoken) -> str:
    budget = notice.budget
    if budget.left < 0:
        words = voice.gettext(
            "The limit is a guide: nothing is cut and nothing is refused. You may shorten whenever it suits you."
        )
        weigh = voice.gettext("The longest answers in {section} are below.", section=section)
        return f"{words} {weigh}" if notice.heaviest else words
    if notice.warned:
        return voice.gettext(
            "You are close to the limit of {section}. You can go on; nothing is cut.", section=section
        )
    return ""


def _heaviest(notice: Saved, voice: Voice, template: Template) -> list[Row]:
    keys = []
    for prompt, count in notice.heaviest:
        number = question_number(voice, template, template.question_of[prompt])
        keys.append(button(f"{number}{voice.between}{word_count(voice, count)}", WentTo(f"prompt:{prompt}")))
    return [(key,) for key in keys]


def _saved_keys(notice: Saved, voice: Voice) -> list[Row]:
    sections = keyboards.sections_key(voice)
    if not notice.turn:
        return [keyboards.across(voice, [keyboards.change_key(voice, notice.prompt), sections])]
    following = keyboards.onward(voice, voice.gettext("Next"))
    return [
        (keyboards.press(notice.turn, following, "next"),),
        keyboards.across(voice, [keyboards.replace_key(voice, notice.turn), sections]),
    ]


# --- closing ---------------------------------------------------------------------------------------------------------


def answered(notice: Answered, voice: Voice, template: Template) -> Message:
    """The prompt with the answer as recorded, and the way back to it."""
    question = template.question_of[notice.prompt]
    words = voice.published(template.prompts[notice.prompt].words(voice.language))
    heading = plain(f"{question_number(voice, template, question)}. {words}")
    answer = [bold(_recorded(notice, voice, template)), other_words(voice, notice.other)]
    keys: list[Row] = [] if notice.superseded else [(keyboards.change_key(voice, notice.prompt),)]
    return message([lines([heading, *answer])], keys)


def _recorded(notice: Answered, voice: Voice, template: Template) -> str:
    if notice.state == "open":
        return voice.gettext("Left open. You can come back to it at any time.")
    if notice.state != "answered":
        return f"✔ {capital(no_answer(voice, notice.state))}"
    return f"✔ {_amount(notice, voice, template)}"


def _amount(notice: Answered, voice: Voice, template: Template) -> str:
    """What was chosen, or how much was given."""
    if notice.chosen:
        return listed(voice, chosen_labels(voice, template, notice.prompt, notice.chosen))
    if notice.records:
        return voice.ngettext("{count} entry", "{count} entries", notice.records)
    if notice.rows:
        total = len(template.options_of(notice.prompt))
        return voice.gettext("Status given: {count} of {total}", count=notice.rows, total=total)
    return word_count(voice, notice.words) if notice.words else Spoken("")
