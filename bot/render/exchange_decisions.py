"""What the secretariat decides about a submitted review: the question before it, and the word to both sides."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import exchange
from bot.render.markup import SafeHtml, bold, lines, plain
from bot.render.messages import Message, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import DecisionAsk, ReviewDecided
from workflows.review.template import Template

_SHORT: Final = 80
"""How much of a question stands in a list."""


def decision_ask(notice: DecisionAsk, voice: Voice, template: Template) -> Message:
    """The question before what cannot be taken back."""
    not_now = button(voice.gettext("Not now"), Did("review", f"{notice.country}.card"))
    words: dict[str, str | int] = {"version": notice.version, "country": voice.country_name(notice.country)}
    number = str(notice.edition)
    if notice.newer:
        return _newer(notice, voice)
    match notice.decision:
        case "return":
            question = voice.gettext("Return version {version} of {country}?", **words)
            what = voice.ngettext(
                "{count} remark goes to the country. The draft opens again; the country decides about the remark.",
                "{count} remarks go to the country. The draft opens again; the country decides about each of them.",
                notice.kept,
            )
            go = button(voice.gettext("Yes, return it"), Did("review_return", f"{number}.sure"))
            read = button(voice.gettext("Read the remarks"), Did("remarks", notice.country))
            on = lines(_on(notice, voice, template))
            return message([bold(question), plain(what), on], [(go,), (read,), (not_now,)])
        case "accept":
            question = voice.gettext("Accept version {version} of {country}?", **words)
            what = _dropped(notice, voice)
            go = button(voice.gettext("Yes, accept it"), Did("review_accept", f"{number}.sure"))
        case "reopen":
            question = voice.gettext("Open version {version} of {country} again?", **words)
            what = voice.gettext(
                "The draft opens for the country without remarks; this version stays on record."
            )
            go = button(voice.gettext("Yes, open it"), Did("reopen", f"{number}.sure"))
    dropped = _dropped(notice, voice) if notice.decision == "reopen" else Spoken("")
    return message([bold(question), plain(what), plain(dropped)], [(go,), (not_now,)])


def _on(notice: DecisionAsk, voice: Voice, template: Template) -> Iterator[SafeHtml]:
    """How many remarks are on which questions, in the order of the document."""
    for prompt in template.prompts:
        if prompt in notice.on:
            words = exchange.prompt_line(prompt, voice, template, _SHORT)
            remarks = voice.ngettext("{count} remark", "{count} remarks", notice.on[prompt])
            yield plain(voice.gettext("{question} ({remarks})", question=words, remarks=remarks))


def _newer(notice: DecisionAsk, voice: Voice) -> Message:
    """That the country is about to submit anew, and what can be decided then."""
    words = voice.gettext(
        "{country} is preparing a newer text in the place of version {version}. As soon as it is submitted, you can "
        "decide about it.",
        country=voice.country_name(notice.country),
        version=notice.version,
    )
    return message([plain(words)], [(exchange.review_key(voice, notice.country, fresh=True),)])


def _dropped(notice: DecisionAsk, voice: Voice) -> Spoken:
    """What becomes of remarks that were never sent."""
    if not notice.kept:
        return Spoken("")
    return voice.ngettext(
        "{count} remark that was not sent will be dropped.",
        "{count} remarks that were not sent will be dropped.",
        notice.kept,
    )


def review_decided(notice: ReviewDecided, voice: Voice, _template: Template) -> Message:
    """The decision, to the state and to the secretariat."""
    if not notice.own:
        again = exchange.review_key(voice, notice.country, fresh=True)
        return message([plain(_decided(notice, voice))], [(again,)])
    if notice.decision == "accept":
        words = voice.gettext(
            "Your review, version {version}, has been accepted. Thank you.", version=notice.version
        )
        consent = button(voice.gettext("Consent to publish and to quote"), Did("consent"))
        return message([bold(words)], [(consent,)])
    text = [
        bold(voice.gettext("Your review, version {version}, has come back.", version=notice.version)),
        plain(
            voice.ngettext(
                "The secretariat has {count} remark on it. It follows below.",
                "The secretariat has {count} remarks on it. They follow below, one by one.",
                notice.remarks,
            )
        ),
        plain(
            voice.gettext(
                "Nothing in your text changes unless you press so. Your draft is open again; submit it when you are "
                "ready."
            )
        ),
    ]
    return message(text, [(button(voice.gettext("All remarks"), Did("remarks")),)])


def _decided(notice: ReviewDecided, voice: Voice) -> Spoken:
    country = voice.country_name(notice.country)
    if notice.decision == "accept":
        return voice.gettext(
            "{country}: version {version} has been accepted.", country=country, version=notice.version
        )
    return voice.ngettext(
        "{country}: version {version} has been returned with {count} remark.",
        "{country}: version {version} has been returned with {count} remarks.",
        notice.remarks,
        country=country,
        version=notice.version,
    )


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    DecisionAsk: decision_ask,
    ReviewDecided: review_decided,
}
"""What renders each of these notices."""
