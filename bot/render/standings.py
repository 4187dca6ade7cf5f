"""Where things stand, readable on a phone: short lines for each section or country instead of wide tables."""

from collections.abc import Iterable

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, button, message
from bot.render.places import section_lines
from bot.render.voice import Spoken, Voice
from workflows.notices import CountryLine, ProgressView, StatusView
from workflows.review.template import Template

_STANDINGS: dict[str, str] = {
    "begun": N_("Answers begun: {count}"),
    "none_open": N_("No question open: {count}"),
    "joined": N_("Come in, no answer yet: {count}"),
    "invited": N_("Invited, not yet come in: {count}"),
    "not_invited": N_("Not yet invited: {count}"),
}

# --- one country -----------------------------------------------------------------------------------------------------


def progress(notice: ProgressView, voice: Voice, template: Template) -> Message:
    """A country's own progress, section by section."""
    text = [
        bold(voice.gettext("Progress: {country}", country=voice.country_name(notice.country))),
        *(section_lines(line, voice, template) for line in notice.sections),
        lines(map(plain, _without_answer(notice, voice))),
        plain(voice.gettext("Last change: {date}", date=voice.moment(notice.last_activity)))
        if notice.last_activity
        else NOTHING,
    ]
    onward = [(keyboards.continue_key(voice),)] if notice.next else []
    return message(text, [*onward, (keyboards.sections_key(voice),)])


def _without_answer(notice: ProgressView, voice: Voice) -> Iterable[Spoken]:
    """The settled questions that have no answer, by the reason given; what is nought is left out."""
    if notice.not_applicable:
        yield voice.gettext("Not applicable: {count}", count=notice.not_applicable)
    if notice.not_known:
        yield voice.gettext("Not yet known: {count}", count=notice.not_known)
    if notice.declined:
        yield voice.gettext("Prefer not to answer: {count}", count=notice.declined)


# --- the region ------------------------------------------------------------------------------------------------------


def status(notice: StatusView, voice: Voice, template: Template | None) -> Message:
    """The region by what each country has reached, in alphabetical order: nothing ranks states."""
    text = [
        lines(
            [
                bold(voice.gettext("Where the region stands")),
                italic(voice.words(template.heading)) if template else NOTHING,
                plain(voice.moment(notice.at)),
            ]
        ),
        *(_group(kind, notice, voice) for kind in _STANDINGS),
        italic(_limits(notice, voice)),
    ]
    again = button(voice.gettext("🔄 Refresh"), Did("status"))
    invite = button(voice.gettext("Invite somebody"), Did("invite"))
    return message(text, [keyboards.across(voice, [again, invite])])


def _group(kind: str, notice: StatusView, voice: Voice) -> SafeHtml:
    here = [line for line in notice.countries if line.state == kind]
    if not here:
        return NOTHING
    here.sort(key=lambda line: voice.alphabetical(line.country))
    heading = bold(voice.gettext(_STANDINGS[kind], count=len(here)))
    if kind in ("invited", "not_invited"):
        return lines([heading, *(plain(_named(line, voice)) for line in here)])
    return lines([heading, *(plain(said) for line in here for said in _country(line, voice))])


def _named(line: CountryLine, voice: Voice) -> str:
    return f"• {voice.country_name(line.country)}"


def _country(line: CountryLine, voice: Voice) -> Iterable[Spoken]:
    """A country in two lines: how far it is, and its words section by section."""
    parts = [_named(line, voice)]
    if line.focal_points != 1:
        parts.append(voice.gettext("focal points: {count}", count=line.focal_points))
    if line.state != "joined":
        parts.append(voice.gettext("settled: {settled} of {total}", settled=line.settled, total=line.total))
    if line.last_activity:
        parts.append(voice.day_of(line.last_activity))
    yield Spoken(" · ".join(parts))
    if line.state != "joined":
        yield voice.gettext("words by section: {words}", words=_by_section(line.words, voice))


def _limits(notice: StatusView, voice: Voice) -> Spoken:
    return voice.gettext("Limits by section, in words: {limits}", limits=_by_section(notice.limits, voice))


def _by_section(numbers: Iterable[int], voice: Voice) -> Spoken:
    return Spoken(" · ".join(voice.number(number) for number in numbers))
