"""The help desk for those who ask: what answers a question, and what became of a request."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped_at_word
from bot.render.glossary import key_of_glossary
from bot.render.headings import N_, capital
from bot.render.headings import listed as in_one_line
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Message, Row, button, message
from bot.render.support_words import (
    PAGE,
    excerpt,
    first_on,
    fits_rows,
    heading,
    kind_keys,
    kind_name,
    office_name,
    page_row,
    question,
    sources,
    spoken,
    together,
    told,
)
from bot.render.voice import Spoken, Voice
from workflows.notices.support import (
    AnswerFits,
    AskMore,
    AskSupport,
    ListedAnswer,
    ObjectiveTitle,
    OwnRequest,
    OwnRequests,
    ProcessAnswer,
    RequestAnswered,
    RequestClosed,
    RequestLine,
    RequestMoved,
    RequestSent,
    WhichKind,
    Wrong,
)
from workflows.reference import process
from workflows.review.events import WentTo
from workflows.review.template import Template

_WRONG: Final[Mapping[Wrong, str]] = {
    "empty": N_("There was no text in the message."),
    "courtesy": N_("🤝 Thank you for the kind words."),
    "long": N_("This is more than fits into one request. Please send it in fewer words."),
    "unclear": N_("That was not understood."),
}


def wrong(problem: Wrong, voice: Voice) -> SafeHtml:
    """Why a text was not taken."""
    return bold(voice.gettext(_WRONG[problem])) if problem else NOTHING


# --- asking ----------------------------------------------------------------------------------------------------------


def ask(notice: AskSupport, voice: Voice, template: Template | None) -> Message:
    """What to type, who reads it, and the kinds where none was picked."""
    about = question(voice, template, notice.prompt)
    text = [
        wrong(notice.problem, voice),
        bold(capital(about)) if about else NOTHING,
        bold(kind_name(voice, notice.kind)) if notice.kind else NOTHING,
        plain(voice.gettext("Please type your question or request in your next message.")),
        plain(
            voice.gettext(
                "It is first looked up in the concept notes. Nothing is sent to anybody before you say so, "
                "and no answer of your review goes along unless you attach it."
            )
            if not notice.kind
            else voice.gettext(
                "What the concept notes answer is shown at once. Anything else goes to the office that helps with it; "
                "that office and the secretariat read it. No answer of your review goes along unless you attach it."
            )
        ),
    ]
    text.append(together(voice, grouped=notice.grouped))
    rows: list[Row] = []
    if not notice.kind:
        text.append(plain(voice.gettext("Or choose first what it is about:")))
        rows += kind_keys(voice, "ask_kind", after=f".{notice.prompt}" if notice.prompt else "")
    if notice.own:
        rows.append(_own_key(voice))
    if not notice.kind and not notice.prompt:
        rows.append((key_of_glossary(voice),))
    return message(text, [*rows, *_back(notice.prompt, voice)])


def _own_key(voice: Voice) -> Row:
    return (button(voice.gettext("My requests"), Did("my_requests")),)


def _back(prompt: str, voice: Voice) -> list[Row]:
    if not prompt:
        return []
    return [
        (
            button(
                keyboards.backward(voice, voice.gettext("Back to the question")), WentTo(f"prompt:{prompt}")
            ),
        )
    ]


def known(notice: ProcessAnswer, voice: Voice, _template: Template | None) -> Message:
    """A curated answer with its source; whether it is enough is for the reader to say."""
    entry = process.entry(notice.entry)
    rows = fits_rows(notice.request, voice)
    if entry is None:  # it was taken out since
        return message([plain(voice.gettext("Nothing here answers this question."))], rows)
    for other in notice.others:
        near = process.entry(other)
        if near is not None:
            rows.insert(
                -1,
                (
                    button(
                        told(voice, near.title(voice.language)), Did("ask_entry", f"{notice.request}.{other}")
                    ),
                ),
            )
    if notice.term:
        about = button(voice.gettext("📖 What it means"), Did("ask_term", f"{notice.request}.{notice.term}"))
        rows.insert(0, (about,))
    if notice.dated:
        words = voice.gettext("This is what the calendar of the cycle says at this moment.")
        return message([excerpt(notice.question), bold(words)], rows)
    text = [
        excerpt(notice.question),
        bold(told(voice, entry.title(voice.language))),
        NOTHING if entry.stated else bold(voice.gettext("Not stated in the note.")),
        plain(told(voice, entry.answer.in_language(voice.language))),
        _whom(entry, voice),
        sources(voice, entry.source),
    ]
    return message(text, rows)


def _whom(entry: process.Entry, voice: Voice) -> SafeHtml:
    """Whom to ask what the notes do not say."""
    if entry.stated:
        return NOTHING
    office = office_name(voice, entry.office)
    return plain(
        voice.gettext("Whom to ask: {office}. “Ask a person” takes your question there.", office=office)
    )


def objective(notice: ObjectiveTitle, voice: Voice, _template: Template | None) -> Message:
    """The title of an objective."""
    name = voice.gettext("Objective {number}", number=notice.number)
    source = voice.gettext("Source: {places}", places="A/RES/73/195")
    text = [lines([bold(name), plain(voice.words(notice.title))]), italic(source)]
    own = button(voice.gettext("📝 What we wrote on it"), Did("tagged", str(notice.number)))
    return message(text, [(own,) if notice.own else (), *fits_rows(notice.request, voice)])


def listed(notice: ListedAnswer, voice: Voice, _template: Template | None) -> Message:
    """An entry of the list of answers that fits."""
    text = [
        excerpt(notice.question),
        bold(voice.gettext("From the list of questions and answers:")),
        excerpt(notice.asked, 1000),
        plain(voice.gettext("The answer:")),
        excerpt(notice.answer, 2000),
        italic(
            voice.gettext(
                "Source: an earlier request, answered by one of the offices and published by the secretariat."
            )
        ),
    ]
    return message(text, fits_rows(notice.request, voice))


def which(notice: WhichKind, voice: Voice, _template: Template | None) -> Message:
    """Nothing here answers it, or not enough: what is it about, so that a person can be asked."""
    if notice.known:
        top = bold(voice.gettext("What is your request about?"))
    else:
        top = lines(
            [
                bold(voice.gettext("Rafiq does not know the answer to this.")),
                plain(voice.gettext("It says only what stands in the concept notes. A person can be asked.")),
            ]
        )
    text = [
        top,
        excerpt(notice.question, 600),
        plain(
            voice.gettext(
                "Choose what it is about: your words then go to the office that helps with it; "
                "that office and the secretariat read them."
            )
        ),
        plain(voice.gettext("Nobody has received them yet. If you write more, it is added.")),
    ]
    text.append(together(voice, grouped=notice.grouped))
    keep = (button(voice.gettext("Do not send"), Did("ask_fits", str(notice.request))),)
    return message(text, [*kind_keys(voice, "ask_send", before=f"{notice.request}."), keep])


def fits(_notice: AnswerFits, voice: Voice, _template: Template | None) -> Message:
    """Nothing was sent."""
    words = voice.gettext(
        "Good. Nothing was sent to anybody. Another question: {command}", command=voice.command("ask")
    )
    return message([plain(words)])


# --- requests --------------------------------------------------------------------------------------------------------


def sent(notice: RequestSent, voice: Voice, template: Template | None) -> Message:
    """The receipt: where the request is and who reads it; the answer so far can be attached."""
    office = office_name(voice, notice.request.office)
    text = [
        bold(voice.gettext("Your request has been sent.")),
        heading(voice, template, notice.request),
        excerpt(notice.request.text, 600),
        plain(voice.gettext("It is with: {office}. The answer reaches you here.", office=office)),
        together(voice, grouped=notice.grouped),
    ]
    if notice.request.office != "secretariat":
        text.append(
            plain(
                voice.gettext(
                    "If there is none within two working days, it passes to the next office and you are told."
                )
            )
        )
    rows: list[Row] = []
    if notice.attached:
        text.append(bold(voice.gettext("Your answer to the question is attached, as it stands now.")))
        text.append(_readers(notice, voice))
    elif notice.attach:
        text.append(plain(voice.gettext("Your answer to the question has not been sent along.")))
        rows.append(
            (button(voice.gettext("📎 Attach this answer"), Did("ask_attach", str(notice.request.id))),)
        )
    more = button(voice.gettext("Add something"), Did("request_more", str(notice.request.id)))
    return message(text, [*rows, (more,), _own_key(voice), *_back(notice.request.prompt, voice)])


def _readers(notice: RequestSent, voice: Voice) -> SafeHtml:
    """Who reads an attached answer, now and where the request passes on."""
    now = dict.fromkeys((notice.request.office, "secretariat"))
    offices = in_one_line(voice, [office_name(voice, each) for each in now])
    said = [plain(voice.gettext("It is read by: {offices}.", offices=offices))]
    if notice.later:
        later = in_one_line(voice, [office_name(voice, each) for each in notice.later])
        passed = voice.gettext(
            "Any office that the request passes to reads it too; next in line: {offices}.", offices=later
        )
    else:
        passed = voice.gettext("Any office that the request is passed to reads it too.")
    return lines([*said, plain(passed)])


def own_requests(notice: OwnRequests, voice: Voice, template: Template | None) -> Message:
    """What one has asked, a key for each."""
    first = first_on(notice.page, len(notice.requests))
    shown = notice.requests[first : first + PAGE]
    text = [bold(voice.gettext("My requests"))]
    text += [lines([heading(voice, template, each), excerpt(each.text)]) for each in shown]
    if not shown:
        text.append(plain(voice.gettext("You have sent no request yet.")))
    keys = [(button(_label(each, voice), Did("my_request", str(each.id))),) for each in shown]
    pages = page_row(voice, "my_requests", notice.page, len(notice.requests))
    new = (button(voice.gettext("Ask something"), Did("ask")),)
    return message(text, [*keys, pages, new])


def _label(request: RequestLine, voice: Voice) -> Spoken:
    return voice.gettext("{number}. {name}", number=request.id, name=clipped_at_word(request.text, 40))


_NEWS: Final[Mapping[str, str]] = {
    "more": N_("Your words were added, and the office has been told."),
    "closed": N_("Your request is closed, and the office has been told."),
    "again": N_("Your request is open again, and the office has been told."),
}


def own_request(notice: OwnRequest, voice: Voice, template: Template | None) -> Message:
    """One request with all that was said."""
    news = bold(voice.gettext(_NEWS[notice.news])) if notice.news else NOTHING
    text = [
        news,
        heading(voice, template, notice.request),
        excerpt(notice.request.text, 1000),
        *spoken(voice, notice.words),
    ]
    return message(text, _request_rows(notice.request, voice))


def _request_rows(request: RequestLine, voice: Voice) -> list[Row]:
    more = button(voice.gettext("Add something"), Did("request_more", str(request.id)))
    if request.state == "closed":
        ends = button(voice.gettext("Open it again"), Did("request_again", str(request.id)))
    else:
        ends = button(voice.gettext("Close it"), Did("request_done", str(request.id)))
    return [keyboards.across(voice, [more, ends]), _own_key(voice)]


def more(notice: AskMore, voice: Voice, template: Template | None) -> Message:
    """What is typed next is added."""
    text = [
        wrong(notice.problem, voice),
        heading(voice, template, notice.request),
        plain(voice.gettext("Please type what you would like to add in your next message.")),
    ]
    back = button(voice.gettext("Do not add anything"), Did("my_request", str(notice.request.id)))
    return message(text, [(back,)])


def answered(notice: RequestAnswered, voice: Voice, template: Template | None) -> Message:
    """The answer, under the office's name."""
    office = capital(office_name(voice, notice.request.office))
    if notice.goes_on:
        top = voice.gettext("{office} goes on with its answer to your request.", office=office)
    else:
        top = voice.gettext("{office} has answered your request.", office=office)
    text = [
        bold(top),
        heading(voice, template, notice.request),
        NOTHING if notice.goes_on else excerpt(notice.request.text, 500),
        plain(voice.gettext("The answer goes on:") if notice.goes_on else voice.gettext("The answer:")),
        quoted(notice.answer),
    ]
    keys = keyboards.across(
        voice,
        [
            button(voice.gettext("Ask further"), Did("request_more", str(notice.request.id))),
            button(voice.gettext("Thank you, close it"), Did("request_done", str(notice.request.id))),
        ],
    )
    return message(text, [keys, *_back(notice.request.prompt, voice)])


def moved(notice: RequestMoved, voice: Voice, template: Template | None) -> Message:
    """Who has the request now, and why."""
    values = {
        "former": office_name(voice, notice.former),
        "office": office_name(voice, notice.request.office),
    }
    if notice.silent:
        words = voice.gettext(
            "There was no answer within two working days from: {former}. Now told: {office}.", **values
        )
    else:
        words = voice.gettext("Your request was passed on by: {former}. Now with: {office}.", **values)
    text = [
        bold(words),
        heading(voice, template, notice.request),
        excerpt(notice.request.text, 500),
        together(voice, grouped=notice.grouped),
    ]
    return message(text, [_own_key(voice)])


def closed(notice: RequestClosed, voice: Voice, template: Template | None) -> Message:
    """The office regards the request as settled."""
    text = [
        bold(voice.gettext("Your request was closed by the office. You can open it again at any time.")),
        heading(voice, template, notice.request),
        excerpt(notice.request.text, 500),
    ]
    return message(text, _request_rows(notice.request, voice))


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice, Template | None], Message]]] = {
    AskSupport: ask,
    ProcessAnswer: known,
    ObjectiveTitle: objective,
    ListedAnswer: listed,
    WhichKind: which,
    AnswerFits: fits,
    RequestSent: sent,
    OwnRequests: own_requests,
    OwnRequest: own_request,
    AskMore: more,
    RequestAnswered: answered,
    RequestMoved: moved,
    RequestClosed: closed,
}
"""What renders each of these notices; the template gives a question its number."""
