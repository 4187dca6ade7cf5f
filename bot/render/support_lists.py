"""What everybody of a cycle may read at the help desk: questions with their answers, and offers of support."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render.headings import listed
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.support import wrong
from bot.render.support_words import PAGE, excerpt, first_on, page_row
from bot.render.voice import Voice
from workflows.notices.support import (
    AnswerCard,
    AnswersView,
    AskListed,
    ListedPreview,
    OffersView,
    OfferTaken,
    SupportOffer,
)

# --- questions and answers -------------------------------------------------------------------------------------------


def answers(notice: AnswersView, voice: Voice) -> Message:
    """The questions of the list, a key for each."""
    first = first_on(notice.page, len(notice.entries))
    shown = notice.entries[first : first + PAGE]
    text: list[SafeHtml] = [bold(voice.gettext("Questions and answers"))]
    text += [excerpt(each.text, 300) for each in shown]
    if not shown and notice.query:
        text.append(plain(voice.gettext("Nothing in the list fits “{query}”.", query=notice.query)))
    elif not shown:
        text.append(
            plain(voice.gettext("The list is still empty. Answered requests are added by the secretariat."))
        )
    text.append(
        plain(voice.gettext("To search: {command} with a few words.", command=voice.command("answers")))
    )
    keys = [
        (button(voice.gettext("{number}. {name}", number=at, name=each.text), Did("answered", each.id)),)
        for at, each in enumerate(shown, first + 1)
    ]
    pages = page_row(voice, "answers", notice.page, len(notice.entries)) if not notice.query else ()
    return message(text, [*keys, pages])


def answer(notice: AnswerCard, voice: Voice) -> Message:
    """One question with its answer."""
    news = NOTHING
    if notice.news == "published":
        news = bold(
            voice.gettext(
                "Published: everybody in this cycle can read it under {command}.",
                command=voice.command("answers"),
            )
        )
    elif notice.news == "withdrawn":
        news = bold(voice.gettext("Withdrawn: nobody can read it any more."))
    text = [
        news,
        quoted(notice.question),
        plain(voice.gettext("The answer:")),
        quoted(notice.answer),
    ]
    rows: list[Row] = []
    if notice.may_withdraw:
        rows.append((button(voice.gettext("Withdraw it"), Did("answer_withdraw", str(notice.entry))),))
    return message(text, [*rows, (button(voice.gettext("All questions and answers"), Did("answers")),)])


def ask_listed(notice: AskListed, voice: Voice) -> Message:
    """What to type: the question, then the answer, as everybody is to read them."""
    text = [wrong(notice.problem, voice)]
    if notice.step == "question":
        text += [
            excerpt(notice.question, 800),
            excerpt(notice.answer, 800),
            bold(
                voice.gettext(
                    "Please type the question as everybody is to read it, without country or person."
                )
            ),
        ]
    else:
        text += [
            excerpt(notice.question, 800),
            bold(
                voice.gettext("Please type the answer as everybody is to read it, without country or person.")
            ),
        ]
    return message(text, [(_leave(notice.session, voice),)])


def preview(notice: ListedPreview, voice: Voice) -> Message:
    """The entry as it would be read; a word is typed to publish it."""
    named = NOTHING
    if notice.named:
        names = listed(voice, map(voice.typed, notice.named))
        named = bold(voice.gettext("⚠️ The text names: {names}. Please read it again.", names=names))
    word = voice.pgettext("typed to publish", "publish")
    text = [
        bold(voice.gettext("That was not the word, so nothing was published."))
        if notice.unclear
        else NOTHING,
        bold(voice.gettext("So it would be read by everybody in this cycle:")),
        quoted(notice.question),
        quoted(notice.answer),
        named,
        plain(voice.gettext("To publish it, type: {word}", word=word)),
    ]
    return message(text, [(_leave(notice.session, voice),)])


def _leave(session: str, voice: Voice) -> Button:
    """The way out, to where the question came from."""
    return button(voice.gettext("Do not publish"), Did("questions", session) if session else Did("requests"))


# --- offers ----------------------------------------------------------------------------------------------------------


def offers(notice: OffersView, voice: Voice) -> Message:
    """What is offered, each to be taken up by one press."""
    first = first_on(notice.page, len(notice.offers))
    shown = notice.offers[first : first + PAGE]
    text: list[SafeHtml] = [bold(voice.gettext("Offers of support"))]
    text += [_offer(each, voice) for each in shown]
    if not shown:
        text.append(plain(voice.gettext("No offer has been noted yet.")))
    keys = [
        (
            button(
                voice.gettext("Take up: {name}", name=each.organization),
                Did("offer_take", f"{each.id}.{notice.page}"),
            ),
        )
        for each in shown
        if not each.taken
    ]
    return message(text, [*keys, page_row(voice, "support_offers", notice.page, len(notice.offers))])


def _offer(offer: SupportOffer, voice: Voice) -> SafeHtml:
    taken = NOTHING
    if offer.taken:
        taken = plain(
            voice.gettext("✅ Your country has taken it up. The secretariat will put you in touch.")
        )
    made = italic(voice.words(offer.session))
    return lines([bold(voice.typed(offer.organization)), excerpt(offer.text, 300), made, taken])


def offer_taken(notice: OfferTaken, voice: Voice) -> Message:
    """To the secretariat: who takes up what."""
    country = voice.country_name(notice.country)
    text = [
        bold(voice.gettext("{country} takes up an offer of support.", country=country)),
        lines([plain(voice.typed(notice.organization)), excerpt(notice.text, 600)]),
    ]
    return message(text)


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    AnswersView: answers,
    AnswerCard: answer,
    AskListed: ask_listed,
    ListedPreview: preview,
    OffersView: offers,
    OfferTaken: offer_taken,
}
"""What renders each of these notices."""
