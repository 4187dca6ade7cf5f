"""The outline for a country's presentation as a Word document: what is known, and what is still open, nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from bot.render import calendar
from bot.render.assessment import areas_key, in_need, nothing_named, open_points
from bot.render.headings import question_number, section_heading
from bot.render.hints import no_answer
from bot.render.markup import SafeHtml, bold, italic, plain
from bot.render.messages import Message, Unwritten, message
from bot.render.support_words import kind_name, number, office_name
from bot.render.voice import Spoken, Voice
from workflows.immutable import Immutable
from workflows.notices.assessment import AssessOutline, EntitiesNamed
from workflows.notices.support import RequestLine
from workflows.review.alignment import to_develop, with_open_points
from workflows.review.template import Template

if TYPE_CHECKING:
    from workflows.reports.outline import Said, Sort


def outline(notice: AssessOutline, voice: Voice, template: Template) -> Message:
    """The document, with what it is good for and who reads it."""
    text = [
        bold(voice.gettext("Outline for the presentation: {country}", country=_country(notice, voice))),
        italic(voice.gettext("Drawn up on {date}.", date=voice.day_of(notice.at))),
        *_about(voice),
    ]
    document = Unwritten(
        f"outline-{notice.country}-{notice.at[:10]}.docx", OutlineWriter(notice, voice, template)
    )
    return message(text, [(areas_key(voice),)], document)


def _about(voice: Voice) -> Iterable[SafeHtml]:
    yield plain(
        voice.gettext(
            "It holds what you and your colleagues have answered and noted, to be shortened and completed by you. "
            "What is still open is said to be open."
        )
    )
    yield italic(voice.gettext("It was sent to nobody but you."))


def _country(notice: AssessOutline, voice: Voice) -> Spoken:
    return voice.country_name(notice.country)


class OutlineWriter(Immutable):
    """Writes an outline when it is sent, in the reader's language."""

    notice: AssessOutline
    voice: Voice
    template: Template

    def __call__(self) -> bytes:
        from workflows.reports import outline as paper  # noqa: PLC0415 - loaded when a document is wanted

        notice, voice = self.notice, self.voice
        title = voice.gettext("Progress in preparing the voluntary review")
        facts = (
            _country(notice, voice),
            voice.words(self.template.heading),
            voice.gettext("Outline for the presentation, drawn up on {date}", date=voice.day_of(notice.at)),
        )
        parts = [
            paper.Part(voice.gettext("{number}. {name}", number=at, name=name), tuple(said))
            for at, (name, said) in enumerate(self._parts(), start=1)
        ]
        foot = voice.gettext("{name} · {date}", name=_country(notice, voice), date=voice.day_of(notice.at))
        return paper.as_docx(
            voice.language, title=title, facts=facts, parts=parts, foot=foot, digits=voice.in_digits
        )

    def _parts(self) -> Iterator[tuple[Spoken, Iterable["Said"]]]:
        gettext = self.voice.gettext
        yield gettext("Where the preparation stands"), self._standing()
        yield gettext("Coordination so far"), self._coordination()
        yield gettext("Alignment with the guiding principles"), self._alignment()
        yield gettext("Areas needing further development"), self._areas()
        yield gettext("Support wanted"), self._support()
        yield gettext("Next steps"), self._next_steps()

    # --- the parts ---------------------------------------------------------------------------------------------------

    def _standing(self) -> Iterator["Said"]:
        for line in self.notice.sections:
            heading = section_heading(self.voice, self.template, self.template.section(line.id))
            settled = self.voice.gettext(
                "Points settled: {settled} of {total}", settled=line.settled, total=line.total
            )
            yield _point(heading)
            yield _detail(settled)

    def _coordination(self) -> Iterator["Said"]:
        if not self.notice.entities:
            yield self._remark(self.voice.gettext("Still open: it has not been answered yet who takes part."))
        for asked in self.notice.entities:
            question = self.template.question_of[asked.prompt]
            label = question_number(self.voice, self.template, question)
            words = self.voice.published(self.template.prompts[asked.prompt].words(self.voice.language))
            yield _point(self.voice.gettext("{number}. {name}", number=label, name=words))
            yield from self._named(asked)

    def _named(self, asked: EntitiesNamed) -> Iterator["Said"]:
        for name in asked.names:
            yield _detail(" ".join(name.split()))
        if not asked.names:
            open_ = asked.state in ("open", "answered")
            yield _detail(self.voice.gettext("still open") if open_ else no_answer(self.voice, asked.state))

    def _alignment(self) -> Iterator["Said"]:
        for line in self.notice.principles:
            yield _point(in_need(line, self.voice, self.template, signs=False))
            if line.note:
                yield _said("answer", line.note)

    def _areas(self) -> Iterator["Said"]:
        named = to_develop(self.notice.principles)
        sections = with_open_points(self.notice.sections)
        for line in named:
            yield _point(in_need(line, self.voice, self.template, signs=False))
        for section in sections:
            yield _point(open_points(section, self.voice, self.template))
        if not named and not sections:
            yield self._remark(nothing_named(self.voice))
        elif not named:
            yield self._remark(
                self.voice.gettext("Still open: no principle has been named for further work.")
            )

    def _support(self) -> Iterator["Said"]:
        if not self.notice.requests:
            yield self._remark(self.voice.gettext("Still open: no request for support is waiting."))
        for request in self.notice.requests:
            yield _point(self._request(request))
            yield _said("answer", request.text)

    def _request(self, request: RequestLine) -> str:
        about = [kind_name(self.voice, request.kind)] if request.kind else []
        office = [office_name(self.voice, request.office)] if request.office else []
        return self.voice.joined([number(self.voice, request), *about, *office])

    def _next_steps(self) -> Iterator["Said"]:
        if not self.notice.events:
            words = (
                self.voice.gettext("Nothing more has been announced.")
                if self.notice.dated
                else self.voice.gettext("No dates have been announced yet.")
            )
            yield self._remark(words)
        for event in self.notice.events:
            yield _point(
                self.voice.gettext(
                    "{field}: {value}",
                    field=self.voice.of_calendar(event.title),
                    value=calendar.in_words(event, self.voice),
                )
            )

    def _remark(self, words: str) -> "Said":
        return _said("remark", words)


def _point(words: str) -> "Said":
    return _said("point", words)


def _detail(words: str) -> "Said":
    return _said("detail", words)


def _said(sort: "Sort", words: str) -> "Said":
    from workflows.reports.outline import Said  # noqa: PLC0415 - the same

    return Said(sort, words)


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {AssessOutline: outline}
"""What renders this notice."""
