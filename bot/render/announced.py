"""What many are told: the secretariat's own text, and a courteous word about what could be done next."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.direction import without_turns
from bot.render.headings import N_, capital, section_name
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, paragraphs, plain
from bot.render.messages import Button, Message, button, message
from bot.render.voice import Spoken, Voice
from workflows.languages import Language
from workflows.notices import SectionLine
from workflows.notices.steering import Announced, Nudged
from workflows.review.events import WentTo
from workflows.review.template import Template

_GIVEN_IN: Final[Mapping[Language, str]] = {
    "ar": N_("The secretariat has given this text in Arabic."),
    "en": N_("The secretariat has given this text in English."),
    "fr": N_("The secretariat has given this text in French."),
}


def announced(notice: Announced, voice: Voice) -> Message:
    """The text as it was typed, line for line, under who says it."""
    heading = (
        voice.gettext("📣 The secretariat corrects an earlier message:")
        if notice.corrects
        else voice.gettext("📣 From the secretariat:")
    )
    given = NOTHING
    if notice.language != voice.language:
        given = italic(voice.gettext(_GIVEN_IN[notice.language]))
    words = without_turns(notice.text).strip() or "…"
    return message([bold(heading), plain(words), given])


def nudged(notice: Nudged, voice: Voice, template: Template | None) -> Message:
    """What could be done next, with the country's own numbers and the way there."""
    return message(
        [nudged_text(notice, voice, template)], [keyboards.across(voice, list(_keys(notice, voice)))]
    )


def nudged_text(notice: Nudged, voice: Voice, template: Template | None) -> SafeHtml:
    """The words of a nudge."""
    country = voice.country_name(notice.country)
    return paragraphs(
        [
            lines(
                [
                    bold(voice.gettext("🌿 A word from the secretariat")),
                    plain(voice.gettext("National review: {country}", country=country)),
                ]
            ),
            lines(map(plain, _words(notice, voice, template))),
            italic(voice.gettext("If this has been settled meanwhile, there is nothing to do.")),
        ]
    )


def _words(notice: Nudged, voice: Voice, template: Template | None) -> Iterator[Spoken]:
    match notice.about:
        case "begin":
            yield voice.gettext(
                "The questions are ready for you. The first one takes a minute; you can stop whenever you like, and "
                "every answer can be changed."
            )
        case "go_on":
            if notice.done is not None and notice.done.settled:
                yield _line(
                    N_("{section} is begun: {settled} of {total} settled. Thank you."),
                    notice.done,
                    voice,
                    template,
                )
            if notice.following is not None:
                yield _line(
                    N_("{section} is open: {settled} of {total} settled."), notice.following, voice, template
                )
        case "finish":
            yield voice.ngettext(
                "{count} question of your review is still open.",
                "{count} questions of your review are still open.",
                notice.open,
            )
            yield voice.gettext("A question may also be marked as not applicable or not yet known.")
        case "register" | "missed":
            yield from _of_a_session(notice, voice)


def _of_a_session(notice: Nudged, voice: Voice) -> Iterator[Spoken]:
    session = voice.words(notice.title) if notice.title else Spoken("")
    if notice.about == "register":
        yield voice.gettext("You have not yet said how you will attend: {session}", session=session)
        yield voice.gettext("From an office, remotely, or not this time: one press is enough.")
        return
    yield voice.gettext("You had registered and could not be there: {session}", session=session)
    yield voice.gettext(
        "The agenda and the documents are here for you. The secretariat gladly answers questions."
    )


def _line(words: str, line: SectionLine, voice: Voice, template: Template | None) -> Spoken:
    known = template is not None and line.id in {each.id for each in template.sections}
    name = capital(section_name(voice, template, line.id)) if template and known else voice.typed(line.id)
    return voice.gettext(words, section=name, settled=line.settled, total=line.total)


def _keys(notice: Nudged, voice: Voice) -> Iterator[Button]:
    match notice.about:
        case "begin":
            yield button(keyboards.onward(voice, voice.gettext("Begin")), WentTo("continue"))
        case "go_on" if notice.following is not None:
            go_on = keyboards.onward(voice, voice.gettext("Continue"))
            yield button(go_on, WentTo(f"section:{notice.following.id}"))
        case "register":
            yield button(voice.gettext("Say how you attend"), Did("attend", notice.session))
        case "missed":
            yield button(voice.gettext("Agenda"), Did("agenda", notice.session))
            yield button(voice.gettext("Documents"), Did("documents"))
        case _:
            yield keyboards.continue_key(voice)


RENDERED: Final[Mapping[type, Callable[[Any, Voice], Message]]] = {Announced: announced}
WITH_TEMPLATE: Final[Mapping[type, Callable[[Any, Voice, Template | None], Message]]] = {Nudged: nudged}
