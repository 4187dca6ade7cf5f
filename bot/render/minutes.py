"""What is put down for a session, as those who attend it see it: questions, offers, next steps, the evaluation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards, times
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.session_lines import excerpt, heading, last_page, named, on_page, page_keys, session_key
from bot.render.voice import Voice
from workflows.notices.workshops import (
    HIGHEST,
    AskComment,
    AskSessionQuestion,
    CommentKept,
    Evaluation,
    Mark,
    OfferNote,
    OwnQuestions,
    QuestionAnswered,
    QuestionNote,
    SessionOffers,
    SessionQuestionKept,
    SessionSteps,
    StepAdded,
    StepNote,
)

# --- questions -------------------------------------------------------------------------------------------------------


def ask_session_question(notice: AskSessionQuestion, voice: Voice) -> Message:
    """What to type."""
    words = voice.gettext(
        "Please type your question in your next message. It is passed to the secretariat as you write it."
    )
    return message([heading(notice, voice), plain(words)], [session_key(notice, voice, fresh=True)])


def session_question_kept(notice: SessionQuestionKept, voice: Voice) -> Message:
    """The receipt, with the question as it was given."""
    text = [
        bold(voice.gettext("Your question is noted.")),
        excerpt(notice.text, 1000),
        plain(voice.gettext("The answer will reach you here.")),
    ]
    another = button(voice.gettext("Another question"), Did("ask_session", notice.session))
    return message(text, [(another,), session_key(notice, voice, fresh=True)])


_QUESTION_STATES: Final = {
    "open": N_("⏳ Passed on"),
    "parked": N_("🅿️ Noted, to be taken up later"),
    "answered": N_("✅ Answered"),
}


def question_lines(note: QuestionNote, voice: Voice, name: str = "") -> SafeHtml:
    """A question with its state and answer."""
    state = voice.gettext(_QUESTION_STATES.get(note.state, _QUESTION_STATES["open"]))
    answer = [plain(voice.gettext("The answer:")), excerpt(note.answer)] if note.answer else []
    return lines([plain(f"{name}{voice.between}{state}" if name else state), excerpt(note.text), *answer])


def own_questions(notice: OwnQuestions, voice: Voice) -> Message:
    """The country's questions, and what became of them."""
    text = [
        heading(notice, voice),
        bold(voice.gettext("The questions of your country")),
        *(question_lines(note, voice) for note in on_page(notice.questions, notice.page)),
    ]
    if not notice.questions:
        text.append(plain(voice.gettext("No question has been sent yet.")))
    last = last_page(len(notice.questions))
    pages = page_keys(voice, "questions", notice.session, notice.page, last)
    return message(text, [pages, session_key(notice, voice)])


def question_answered(notice: QuestionAnswered, voice: Voice) -> Message:
    """The answer, with the question it belongs to."""
    text = [
        bold(voice.gettext("Your question has been answered.")),
        excerpt(notice.text, 1000),
        plain(voice.gettext("The answer:")),
        excerpt(notice.answer, 2500),
    ]
    return message(text, [session_key(notice, voice, fresh=True)])


# --- offers and next steps -------------------------------------------------------------------------------------------


def offer_lines(note: OfferNote, voice: Voice) -> SafeHtml:
    """An offer by its organization."""
    return lines([bold(named(voice, note.organization)), excerpt(note.text)])


def session_offers(notice: SessionOffers, voice: Voice) -> Message:
    """What is offered, each to be taken up by one tap."""
    shown = on_page(notice.offers, notice.page)
    text = [heading(notice, voice), bold(voice.gettext("Offers of support"))]
    text += [_offer_for(notice.country, note, voice) for note in shown]
    if not shown:
        text.append(plain(voice.gettext("No offer has been noted yet.")))
    keys = [
        (
            button(
                voice.gettext("Take up: {name}", name=note.organization),
                Did("take_up", f"{note.id}.{notice.page}"),
            ),
        )
        for note in shown
        if notice.country not in note.taken_by
    ]
    pages = page_keys(voice, "offers", notice.session, notice.page, last_page(len(notice.offers)))
    return message(text, [*keys, pages, session_key(notice, voice)])


def _offer_for(country: str, note: OfferNote, voice: Voice) -> SafeHtml:
    taken = NOTHING
    if country in note.taken_by:
        taken = plain(
            voice.gettext("✅ Your country has taken it up. The secretariat will put you in touch.")
        )
    return lines([offer_lines(note, voice), taken])


def step_lines(note: StepNote, voice: Voice) -> SafeHtml:
    """A next step with its owner and date."""
    about = []
    if note.owner:
        owner = voice.country_name(note.country) if note.country else named(voice, note.owner)
        about.append(voice.gettext("Who: {name}", name=owner))
    if note.due:
        about.append(
            voice.gettext("By {date}", date=times.weekdays(voice, *[date.fromisoformat(note.due)] * 2))
        )
    if note.done:
        about.append(voice.gettext("✅ Done"))
    return lines([excerpt(note.task), plain(voice.joined(about))])


def session_steps(notice: SessionSteps, voice: Voice) -> Message:
    """The country's own next steps, each to be ticked off."""
    shown = on_page(notice.steps, notice.page)
    text = [heading(notice, voice), bold(voice.gettext("The next steps of your country"))]
    text += [step_lines(note, voice) for note in shown]
    if not shown:
        text.append(plain(voice.gettext("No next step has been noted for your country.")))
    pages = page_keys(voice, "steps", notice.session, notice.page, last_page(len(notice.steps)))
    return message(text, [*step_keys(shown, voice, notice.page), pages, session_key(notice, voice)])


def step_keys(shown: Sequence[StepNote], voice: Voice, page: int = 0) -> Iterator[Row]:
    """A key for each step that is not done."""
    for note in shown:
        if not note.done:
            yield (
                button(voice.gettext("Done: {task}", task=note.task), Did("step_done", f"{note.id}.{page}")),
            )


def step_added(notice: StepAdded, voice: Voice) -> Message:
    """What was noted for the reader's country."""
    top = bold(voice.gettext("A next step has been noted for your country."))
    text = [top, step_lines(notice.step, voice), heading(notice, voice)]
    return message(text, [*step_keys([notice.step], voice), session_key(notice, voice, fresh=True)])


# --- evaluation ------------------------------------------------------------------------------------------------------

MARK_NAMES: Final[Mapping[Mark, str]] = {
    "usefulness": N_("Usefulness"),
    "pace": N_("Pace"),
    "clarity": N_("Clarity"),
}
_MARK_QUESTIONS: Final[Mapping[Mark, str]] = {
    "usefulness": N_("How useful was it for your review? 1 is least, 5 is most."),
    "pace": N_("How well did the pace suit you? 1 is least, 5 is most."),
    "clarity": N_("How clear was it? 1 is least, 5 is most."),
}


def evaluation(notice: Evaluation, voice: Voice) -> Message:
    """Three marks, one after the other."""
    given = [
        voice.gettext(
            "{name}: {mark} of {highest}", name=voice.gettext(MARK_NAMES[mark]), mark=value, highest=HIGHEST
        )
        for mark, value in notice.marks.items()
    ]
    if notice.next is None:
        thanks = voice.gettext("Thank you, your evaluation is noted.")
        return message([heading(notice, voice), lines(map(plain, given)), bold(thanks)])
    question = voice.gettext(_MARK_QUESTIONS[notice.next])
    text = [heading(notice, voice), lines(map(plain, given)), plain(question)]
    keys = [
        button(voice.number(value), Did("evaluate", f"{notice.session}.{notice.next}.{value}"))
        for value in range(1, HIGHEST + 1)
    ]
    return message(text, [keyboards.across(voice, keys), session_key(notice, voice, fresh=True)])


def ask_comment(notice: AskComment, voice: Voice) -> Message:
    """What may be typed, and who reads it."""
    words = voice.gettext(
        "If you like, type a comment in your next message. The secretariat reads it without your name."
    )
    without = button(voice.gettext("Without a comment"), Did("attend", notice.session))
    return message([plain(words)], [(without,)])


def comment_kept(notice: CommentKept, voice: Voice) -> Message:
    """Thanks."""
    words = voice.gettext("Thank you. Your comment is noted, without your name.")
    return message([plain(words)], [session_key(notice, voice, fresh=True)])


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    AskSessionQuestion: ask_session_question,
    SessionQuestionKept: session_question_kept,
    OwnQuestions: own_questions,
    QuestionAnswered: question_answered,
    SessionOffers: session_offers,
    SessionSteps: session_steps,
    StepAdded: step_added,
    Evaluation: evaluation,
    AskComment: ask_comment,
    CommentKept: comment_kept,
}
"""What renders each of these notices."""
