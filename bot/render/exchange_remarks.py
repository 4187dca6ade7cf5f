"""Remarks on answers: made by the secretariat, sent with a review's return, and settled by the state."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import exchange, exchange_decisions, keyboards
from bot.render.cutting import clipped_at_word
from bot.render.exchange_reading import return_key
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import (
    AnswerLine,
    AskExplanation,
    AskRemark,
    Awaited,
    RemarkCard,
    RemarkKept,
    RemarksAnswered,
    RemarksRegion,
    RemarksView,
)
from workflows.review.template import Template

_CHANGED: Final[Mapping[bool, str]] = {
    False: N_("⚠️ Your answer has changed since it was submitted."),
    True: N_("⚠️ Your answer has changed once more since you were asked. It was not replaced."),
}

# --- the secretariat makes a remark ---------------------------------------------------------------------


def ask_remark(notice: AskRemark, voice: Voice, template: Template) -> Message:
    """What to type, and what becomes of it."""
    if notice.kind == "comment":
        words = voice.gettext("Please type your comment on this answer in your next message.")
    else:
        words = voice.gettext(
            "Please type the wording that you propose in your next message. It becomes the country's answer only if "
            "the country accepts it."
        )
    text = [
        exchange.problem(notice.problem, voice),
        bold(exchange.prompt_line(notice.prompt, voice, template)),
        plain(words),
    ]
    return message(text, [(_answer_key(notice.edition, notice.prompt, voice),)])


def _answer_key(edition: int, prompt: str, voice: Voice) -> Any:
    back = keyboards.backward(voice, voice.gettext("Back to the answer"))
    return button(back, Did("review_answer", f"{edition}.{prompt}"))


def remark_kept(notice: RemarkKept, voice: Voice, template: Template) -> Message:
    """The remark as it is kept, and how it goes out."""
    text = [
        exchange.problem(notice.problem, voice),
        bold(voice.gettext("✅ Your remark is noted. The country has not received it yet.")),
        exchange.remark_lines(notice.remark, voice, template),
        plain(voice.gettext("The remarks go out together when you return the review.")),
        italic(voice.gettext("A message that you send now is added to this remark.")),
    ]
    remove = button(voice.gettext("🗑 Remove this remark"), Did("remark_drop", str(notice.remark.id)))
    rows = [
        (remove,),
        (_answer_key(notice.edition, notice.remark.prompt, voice),),
        (return_key(notice.edition, notice.kept, voice),),
        (exchange.review_key(voice, notice.country, fresh=True),),
    ]
    return message(text, rows)


# --- the state settles a remark ---------------------------------------------------------------------


def remark(notice: RemarkCard, voice: Voice, template: Template) -> Message:
    """A remark on an own answer, in full, with the keys to make something of it."""
    if notice.remark.kind == "comment":
        heading = voice.gettext("💬 The secretariat's comment on your answer")
    else:
        heading = voice.gettext("✍️ The secretariat proposes a wording for your answer")
    reply = [plain(voice.gettext("Your reason:")), quoted(clipped_at_word(notice.remark.reply, 1000))]
    text = [
        bold(heading),
        _answer(N_("As you submitted it:"), notice.answer, voice, template),
        _answer(N_("As it is now:"), notice.present, voice, template) if notice.present else NOTHING,
        lines([italic(_what(notice, voice)), quoted(_remark_text(notice))]),
        plain(voice.gettext(_CHANGED[notice.again])) if notice.changed else NOTHING,
        lines(reply) if notice.remark.reply.strip() else NOTHING,
        _standing(notice, voice),
    ]
    return message(text, list(_settling_rows(notice, voice)))


def _what(notice: RemarkCard, voice: Voice) -> Spoken:
    if notice.remark.kind == "comment":
        return voice.gettext("The comment:")
    return voice.gettext("The proposed wording:")


def _remark_text(notice: RemarkCard) -> str:
    """The whole of it while it waits; its beginning where the card is drawn anew after a press."""
    settled = notice.sure or notice.remark.became in ("accepted", "explained")
    return clipped_at_word(notice.remark.text, 600) if settled else notice.remark.text


def _answer(heading: str, line: AnswerLine, voice: Voice, template: Template) -> SafeHtml:
    """The answer that is meant; a long text by its beginning, since it is the state's own."""
    short = line.model_copy(update={"text": clipped_at_word(line.text, 600)})
    return lines([italic(voice.gettext(heading)), exchange.answer(short, voice, template)])


def _standing(notice: RemarkCard, voice: Voice) -> SafeHtml:
    if notice.sure:
        return bold(voice.gettext("Replace your present answer by the proposed wording?"))
    match notice.remark.became:
        case "accepted":
            return bold(
                voice.gettext("✅ The wording is your answer now. Your earlier text stays in its history.")
            )
        case "explained":
            return bold(voice.gettext("✅ Your reason is noted. Your answer stays as it is."))
        case "edited":
            return bold(voice.gettext("✅ You have changed the answer."))
        case "unchanged":
            return plain(voice.gettext("The answer was left as it was."))
    return NOTHING


def _settling_rows(notice: RemarkCard, voice: Voice) -> Iterator[Row]:
    number = str(notice.remark.id)
    if notice.can_settle and notice.sure:
        yield (
            button(
                voice.gettext("Yes, replace it"), Did("remark_accept", f"{number}.sure.{notice.official}")
            ),
        )
        yield (button(voice.gettext("No, keep my answer"), Did("remark_card", number)),)
        return
    if notice.can_settle and notice.remark.kind == "wording":
        yield (button(voice.gettext("✅ Accept the wording"), Did("remark_accept", number)),)
    if notice.can_settle:
        edit = button(voice.gettext("✏️ Edit the answer"), Did("remark_edit", number))
        explain = button(voice.gettext("💬 Explain"), Did("remark_explain", number))
        yield keyboards.across(voice, [edit, explain])
    yield (button(voice.gettext("All remarks"), Did("remarks")),)


def ask_explanation(notice: AskExplanation, voice: Voice, template: Template) -> Message:
    """What to type, and who reads it."""
    text = [
        exchange.problem(notice.problem, voice),
        bold(exchange.prompt_line(notice.prompt, voice, template)),
        quoted(clipped_at_word(notice.text, exchange.REMARK)),
        plain(
            voice.gettext(
                "Please type in your next message why the answer stays as it is. The secretariat reads it."
            )
        ),
    ]
    back = keyboards.backward(voice, voice.gettext("Back to the remark"))
    return message(text, [(button(back, Did("remark_card", str(notice.remark))),)])


# --- lists ---------------------------------------------------------------------


def remarks(notice: RemarksView, voice: Voice, template: Template) -> Message:
    """The remarks of a country by rounds."""
    if notice.own:
        heading = voice.gettext("Remarks on your review")
    else:
        heading = voice.gettext("{country}: remarks", country=voice.country_name(notice.country))
    shown = exchange.on_page(notice.remarks, notice.page)
    text = [bold(heading), exchange.rounds(notice.rounds, voice)]
    text += [exchange.remark_lines(line, voice, template, line.number) for line in shown]
    if not shown:
        text.append(plain(voice.gettext("There are no remarks.")))
    keys: list[Row] = []
    for line in shown if notice.own else ():
        label = f"{voice.number(line.number)}. {exchange.prompt_key_words(line.prompt, voice, template)}"
        keys.append((button(label, Did("remark_card", str(line.id))),))
    for line in () if notice.own else shown:
        if line.became == "kept":
            words = Spoken(exchange.prompt_key_words(line.prompt, voice, template))
            label = voice.gettext("🗑 Remove {number} · {question}", number=line.number, question=words)
            keys.append((button(label, Did("remark_drop", str(line.id))),))
    before = "." if notice.own else f"{notice.country}."
    pages = exchange.page_keys(voice, "remarks", before, notice.page, exchange.last_page(len(notice.remarks)))
    back: list[Row] = [] if notice.own else [(exchange.review_key(voice, notice.country, fresh=True),)]
    return message(text, [*keys, pages, *back])


def remarks_region(notice: RemarksRegion, voice: Voice, _template: Template) -> Message:
    """The counts of every country, in the reader's alphabet."""
    found = sorted(notice.countries, key=voice.alphabetical)
    text = [
        bold(voice.gettext("Remarks on submitted reviews")),
        *(
            lines(
                [
                    bold(voice.country_name(code)),
                    exchange.waiting(notice.waiting.get(code, 0), voice),
                    exchange.rounds(notice.countries[code], voice),
                ]
            )
            for code in found
        ),
    ]
    if not found:
        text.append(plain(voice.gettext("There are no remarks.")))
    keys = [button(voice.country_name(code), Did("remarks", code)) for code in found]
    return message(text, keyboards.in_columns(voice, keys) if found else [keyboards.region_row(voice)])


def remarks_answered(notice: RemarksAnswered, voice: Voice, _template: Template) -> Message:
    """Nothing of a round is open any more."""
    text = [
        bold(
            voice.gettext(
                "{country} has taken up every remark of round {round}.",
                country=voice.country_name(notice.country),
                round=notice.round,
            )
        ),
        plain(
            voice.gettext(
                "Wordings accepted: {accepted} · explained: {explained} · being edited: {editing}",
                accepted=notice.accepted,
                explained=notice.explained,
                editing=notice.editing,
            )
        ),
        plain(voice.gettext("The review has not been submitted anew yet.")),
    ]
    return message(text, [(button(voice.gettext("Remarks"), Did("remarks", notice.country)),)])


# --- what waits ---------------------------------------------------------------------


def awaited(notice: Awaited, voice: Voice, _template: Template) -> Message:
    """What waits for the reader."""
    if notice.country:
        words = voice.ngettext(
            "{count} remark of the secretariat on your review is open. You may accept, edit or explain whenever it "
            "suits you.",
            "{count} remarks of the secretariat on your review are open. You may accept, edit or explain whenever it "
            "suits you.",
            notice.open,
        )
        return message([plain(words)], [(button(voice.gettext("All remarks"), Did("remarks")),)])
    found = sorted(notice.reviews, key=lambda line: voice.alphabetical(line.country))
    text = [
        bold(voice.gettext("Reviews that wait for the secretariat's word")),
        lines(
            plain(
                voice.ngettext(
                    "{country}, version {version}: {count} working day",
                    "{country}, version {version}: {count} working days",
                    line.days,
                    country=voice.country_name(line.country),
                    version=line.version,
                )
            )
            for line in found
        ),
    ]
    keys = [button(voice.country_name(line.country), Did("review", line.country)) for line in found]
    return message(text, keyboards.in_columns(voice, keys))


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    **exchange_decisions.WITH_TEMPLATE,
    AskRemark: ask_remark,
    RemarkKept: remark_kept,
    RemarkCard: remark,
    AskExplanation: ask_explanation,
    RemarksView: remarks,
    RemarksRegion: remarks_region,
    RemarksAnswered: remarks_answered,
    Awaited: awaited,
}
"""What renders each of these notices."""
