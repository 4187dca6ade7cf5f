"""What is put down for a session, as the secretariat keeps it: questions to answer, offers, next steps, evaluations."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards, times
from bot.render.markup import SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.minutes import MARK_NAMES, offer_lines, question_lines, step_keys, step_lines
from bot.render.session_lines import (
    EXCERPT,
    board_key,
    excerpt,
    heading,
    last_page,
    named,
    on_page,
    page_keys,
    state_names,
)
from bot.render.voice import Spoken, Voice
from workflows.notices.workshop_desk import (
    AskAnswer,
    AskOffer,
    AskStep,
    WhichDue,
    WorkshopEvaluation,
    WorkshopOffers,
    WorkshopQuestions,
    WorkshopSteps,
)
from workflows.notices.workshops import HIGHEST, OfferNote, QuestionNote

# --- questions -------------------------------------------------------------------------------------------------------


def questions(notice: WorkshopQuestions, voice: Voice) -> Message:
    """The questions with the country that asked, each to be answered or parked."""
    shown = on_page(notice.questions, notice.page)
    text = [heading(notice, voice), bold(voice.gettext("Questions of the countries"))]
    text += [question_lines(note, voice, voice.country_name(note.country)) for note in shown]
    if not shown:
        text.append(plain(voice.gettext("No question has been sent yet.")))
    rows = [_question_keys(note, notice.page, voice) for note in shown]
    pages = page_keys(voice, "questions", notice.session, notice.page, last_page(len(notice.questions)))
    return message(text, [*rows, pages, board_key(notice, voice)])


def _question_keys(note: QuestionNote, page: int, voice: Voice) -> Row:
    country = voice.country_name(note.country)
    if note.state == "answered":
        into = voice.gettext("Into the list of answers: {country}", country=country)
        return (button(into, Did("question_list", str(note.id))),)
    keys = [button(voice.gettext("Answer: {country}", country=country), Did("reply", str(note.id)))]
    if note.state == "open":
        keys.append(
            button(voice.gettext("Park: {country}", country=country), Did("park", f"{note.id}.{page}"))
        )
    return keyboards.across(voice, keys)


def ask_answer(notice: AskAnswer, voice: Voice) -> Message:
    """The question in full, and what to type."""
    text = [
        heading(notice, voice),
        bold(voice.country_name(notice.question.country)),
        excerpt(notice.question.text, 3000),
        plain(voice.gettext("Please type the answer in your next message. It goes to whoever asked.")),
    ]
    return message(text, [board_key(notice, voice, fresh=True)])


# --- offers ----------------------------------------------------------------------------------------------------------


def offers(notice: WorkshopOffers, voice: Voice) -> Message:
    """The offers and who has taken them up."""
    shown = on_page(notice.offers, notice.page)
    text = [heading(notice, voice), bold(voice.gettext("Offers of support"))]
    text += [_offer(note, voice) for note in shown]
    if not shown:
        text.append(plain(voice.gettext("No offer has been noted yet.")))
    add = button(voice.gettext("Note an offer"), Did("offer", notice.session))
    pages = page_keys(voice, "offers", notice.session, notice.page, last_page(len(notice.offers)))
    return message(text, [(add,), pages, board_key(notice, voice)])


def _offer(note: OfferNote, voice: Voice) -> SafeHtml:
    if not note.taken_by:
        return offer_lines(note, voice)
    taken = voice.gettext("Taken up by: {countries}", countries=state_names(voice, note.taken_by))
    return lines([offer_lines(note, voice), plain(taken)])


def ask_offer(notice: AskOffer, voice: Voice) -> Message:
    """How an offer is typed."""
    how = voice.gettext(
        "Please type the offer in your next message: the organization, a colon, what it offers."
    )
    problem = voice.gettext("⚠️ The text has no organization and offer with a colon between them.")
    text = [plain(problem if notice.problem else ""), heading(notice, voice), plain(how)]
    return message(text, [board_key(notice, voice, fresh=True)])


# --- next steps ------------------------------------------------------------------------------------------------------


def steps(notice: WorkshopSteps, voice: Voice) -> Message:
    """The next steps with their owners and dates."""
    shown = on_page(notice.steps, notice.page)
    text = [heading(notice, voice), bold(voice.gettext("Next steps"))]
    text += [step_lines(note, voice) for note in shown]
    if not shown:
        text.append(plain(voice.gettext("No next step has been noted yet.")))
    add = button(voice.gettext("Note a next step"), Did("step", notice.session))
    pages = page_keys(voice, "steps", notice.session, notice.page, last_page(len(notice.steps)))
    return message(text, [*step_keys(shown, voice, notice.page), (add,), pages, board_key(notice, voice)])


def ask_step(notice: AskStep, voice: Voice) -> Message:
    """How a next step is typed."""
    how = voice.gettext(
        "Please type the next step in your next message: the task; who does it; by when. "
        "A country as the one who does it will see the step among its own."
    )
    problem = voice.gettext("⚠️ No task was recognised in this text.")
    text = [plain(problem if notice.problem else ""), heading(notice, voice), plain(how)]
    return message(text, [board_key(notice, voice, fresh=True)])


def which_due(notice: WhichDue, voice: Voice) -> Message:
    """The step is noted; its date is asked again, as keys where it has two readings."""
    given = named(voice, notice.given)
    match notice.problem:
        case "two":
            ask = voice.gettext("“{given}” can be read in two ways. Which day is meant?", given=given)
        case "past":
            ask = voice.gettext("“{given}” lies in the past. Please type the date again.", given=given)
        case _:
            ask = voice.gettext(
                "“{given}” was not recognised as a date. Please type the date again.", given=given
            )
    text = [
        bold(voice.gettext("The next step is noted, without a date so far.")),
        step_lines(notice.step, voice),
    ]
    keys = [_due_key(notice, iso, voice) for iso in notice.readings]
    none = button(voice.gettext("Without a date"), Did("due", f"{notice.step.id}.none"))
    return message([*text, plain(ask)], [*keys, (none,), board_key(notice, voice, fresh=True)])


def _due_key(notice: WhichDue, iso: str, voice: Voice) -> Row:
    day = date.fromisoformat(iso)
    return (button(times.weekdays(voice, day, day), Did("due", f"{notice.step.id}.{iso}")),)


# --- evaluation ------------------------------------------------------------------------------------------------------


def evaluation(notice: WorkshopEvaluation, voice: Voice) -> Message:
    """The means and the comments; nothing says who gave which."""
    text = [
        heading(notice, voice),
        bold(voice.gettext("Evaluations: {count}", count=notice.count)),
        lines(map(plain, _means(notice, voice))),
        *(excerpt(comment, 2 * EXCERPT) for comment in on_page(notice.comments, notice.page)),
        italic(voice.gettext("Names and countries are not shown.")),
    ]
    pages = page_keys(voice, "evaluation", notice.session, notice.page, last_page(len(notice.comments)))
    return message(text, [pages, board_key(notice, voice)])


def _means(notice: WorkshopEvaluation, voice: Voice) -> Iterator[Spoken]:
    for mark, words in MARK_NAMES.items():
        if mark in notice.means:
            whole, tenths = divmod(notice.means[mark], 10)
            mean = voice.in_digits(f"{whole}{_point(voice)}{tenths}")
            yield voice.gettext(
                "{name}: {mark} of {highest}", name=voice.gettext(words), mark=mean, highest=HIGHEST
            )


def _point(voice: Voice) -> str:
    """The decimal sign of the language and digits."""
    if voice.digits == "arab":
        return "\N{ARABIC DECIMAL SEPARATOR}"
    return "," if voice.language == "fr" else "."


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    WorkshopQuestions: questions,
    AskAnswer: ask_answer,
    WorkshopOffers: offers,
    AskOffer: ask_offer,
    WorkshopSteps: steps,
    AskStep: ask_step,
    WhichDue: which_due,
    WorkshopEvaluation: evaluation,
}
"""What renders each of these notices."""
