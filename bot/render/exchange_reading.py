"""A country's review as the secretariat reads it: the list, one country, a page of answers, one answer."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import exchange, keyboards
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.submission_words import document_row
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import ReadableLine, ReviewAnswer, ReviewHub, ReviewPage, ReviewsView
from workflows.review.template import Template

LISTED: Final = 80
"""So many countries have a key of their own."""
_STATES: Final[dict[str, str]] = {
    "submitted": N_("submitted, waits for your word"),
    "reopened": N_("reopened for the country"),
    "returned": N_("returned with remarks"),
    "accepted": N_("accepted by the secretariat"),
    "superseded": N_("superseded"),
}


def state_words(state: str, voice: Voice) -> Spoken:
    """Where a submitted text stands."""
    return voice.gettext(_STATES[state])


# --- the list ---------------------------------------------------------------------


def reviews(notice: ReviewsView, voice: Voice, _template: Template) -> Message:
    """The countries of whose reviews there is something to read, in the reader's alphabet."""
    found = sorted(notice.reviews, key=lambda line: voice.alphabetical(line.country))
    text = [
        bold(voice.gettext("Reviews that you can read")),
        lines(plain(_readable(line, voice)) for line in found),
    ]
    if not found:
        text.append(plain(voice.gettext("No country has submitted or shared anything yet.")))
    keys = [button(voice.country_name(line.country), Did("review", line.country)) for line in found[:LISTED]]
    rows = keyboards.in_columns(voice, keys) if found else [keyboards.region_row(voice)]
    if any(line.version for line in found):
        rows.append((button(voice.gettext("⬇ Side by side, as a table"), Did("reviews_table")),))
    return message(text, rows)


def _readable(line: ReadableLine, voice: Voice) -> str:
    parts: list[str] = [f"• {voice.country_name(line.country)}"]
    if line.version:
        parts += [voice.gettext("version {version}", version=line.version), state_words(line.state, voice)]
    if line.shares:
        parts.append(voice.gettext("shares its draft"))
    return voice.joined(parts)


# --- one country ---------------------------------------------------------------------


def hub(notice: ReviewHub, voice: Voice, template: Template) -> Message:
    """What can be read of a country, the remarks and consents so far, and what there is to decide."""
    text = [
        bold(voice.gettext("{country}: review", country=voice.country_name(notice.country))),
        *_submitted(notice, voice),
        plain(
            voice.gettext(
                "Shared draft: {sections}",
                sections=exchange.named_sections(notice.shared, voice, template),
            )
        )
        if notice.shared
        else NOTHING,
    ]
    if not notice.edition and not notice.shared:
        text.append(plain(voice.gettext("Nothing was submitted, and no draft is shared with you.")))
    rows = [*_section_rows(notice, voice, template), *_file_row(notice, voice), *_hub_rows(notice, voice)]
    return message(text, rows)


def _submitted(notice: ReviewHub, voice: Voice) -> Iterator[SafeHtml]:
    if not notice.edition:
        return
    version = voice.gettext("Version {version}", version=notice.version)
    state = state_words(notice.state, voice)
    yield plain(f"{version}{voice.between}{state}{voice.between}{voice.moment(notice.at)}")
    yield exchange.rounds(notice.rounds, voice)
    yield exchange.waiting(notice.kept, voice)
    yield plain(
        voice.gettext(
            "Answers with consent: to publish {publish}, to quote {quote}",
            publish=notice.publish,
            quote=notice.quote,
        )
    )


def _section_rows(notice: ReviewHub, voice: Voice, template: Template) -> Iterator[Row]:
    for section in notice.submitted:
        label = exchange.heading_of(section, voice, template)
        yield (button(f"📖 {label}", Did("read", f"{notice.country}.s.{section}.0")),)
    for section in notice.shared:
        label = voice.gettext("Draft: {section}", section=exchange.heading_of(section, voice, template))
        yield (button(f"📝 {label}", Did("read", f"{notice.country}.d.{section}.0")),)


def _file_row(notice: ReviewHub, voice: Voice) -> Iterator[Row]:
    if notice.shared:
        yield (
            button(voice.gettext("📄 The shared draft as a document"), Did("review_file", notice.country)),
        )


def _hub_rows(notice: ReviewHub, voice: Voice) -> Iterator[Row]:
    if notice.edition:
        remarks = button(voice.gettext("Remarks"), Did("remarks", notice.country))
        consents = button(voice.gettext("Consent"), Did("consent", str(notice.edition)))
        yield keyboards.across(voice, [remarks, consents])
        label = voice.gettext("📄 As a document · {format}", format=voice.typed("Word"))
        yield document_row(label, notice.edition, voice)
    if notice.state == "submitted" and notice.kept:
        yield (return_key(notice.edition, notice.kept, voice),)
    if notice.state in ("submitted", "returned"):
        yield (button(voice.gettext("✅ Accept the review"), Did("review_accept", str(notice.edition))),)
    if notice.state in ("submitted", "accepted"):
        yield (button(voice.gettext("🔓 Open it again"), Did("review_reopen", str(notice.edition))),)


def return_key(edition: int, kept: int, voice: Voice) -> Any:
    """The key that returns a review with what waits to be sent."""
    words = voice.ngettext("↩️ Return with {count} remark", "↩️ Return with {count} remarks", kept)
    return button(words, Did("review_return", str(edition)))


# --- a page of answers ---------------------------------------------------------------------


def page(notice: ReviewPage, voice: Voice, template: Template) -> Message:
    """The answers of a page in full, each with a key to it where remarks can be made."""
    place = [voice.country_name(notice.country), exchange.heading_of(notice.section, voice, template)]
    if notice.pages > 1:
        place.append(voice.gettext("page {page} of {pages}", page=notice.page + 1, pages=notice.pages))
    text = [bold(voice.joined(place))]
    if notice.source == "d":
        words = voice.gettext(
            "A draft that the country shares with you. It is not submitted, may change, and can be taken back."
        )
        text.append(italic(words))
    text += [exchange.answer(line, voice, template) for line in notice.answers]
    if not notice.answers:
        text.append(plain(voice.gettext("Nothing applies in this section.")))
    here = f"{notice.country}.{notice.source}.{notice.section}."
    return message(
        text,
        [
            *_answer_keys(notice, voice, template),
            exchange.page_keys(voice, "read", here, notice.page, notice.pages - 1),
            (exchange.review_key(voice, notice.country, fresh=True),),
        ],
    )


def _answer_keys(notice: ReviewPage, voice: Voice, template: Template) -> Iterator[Row]:
    for line in notice.answers if notice.edition else ():
        count = notice.remarked.get(line.prompt, 0)
        mark = f"💬 {voice.number(count)}{voice.between}" if count else "💬 "
        label = mark + exchange.prompt_key_words(line.prompt, voice, template)
        yield (button(label, Did("review_answer", f"{notice.edition}.{line.prompt}")),)


# --- one answer ---------------------------------------------------------------------


def review_answer(notice: ReviewAnswer, voice: Voice, template: Template) -> Message:
    """One submitted answer with its consent and remarks."""
    text = [
        bold(voice.country_name(notice.country)),
        exchange.answer(notice.answer, voice, template),
        plain(_consent(notice, voice)),
        *(exchange.remark_lines(line, voice) for line in notice.remarks),
    ]
    return message(
        text, [*_remark_keys(notice, voice), (exchange.review_key(voice, notice.country, fresh=True),)]
    )


def _consent(notice: ReviewAnswer, voice: Voice) -> str:
    publish = (
        voice.gettext("✅ may be published") if notice.publish else voice.gettext("🚫 not to be published")
    )
    quote = voice.gettext("✅ may be quoted") if notice.quote else voice.gettext("🚫 not to be quoted")
    return f"{publish}{voice.between}{quote}"


def _remark_keys(notice: ReviewAnswer, voice: Voice) -> Iterator[Row]:
    here = f"{notice.edition}.{notice.answer.prompt}"
    if notice.can_remark:
        yield (button(voice.gettext("💬 Comment"), Did("remark", f"comment.{here}")),)
    if notice.can_propose:
        yield (button(voice.gettext("✍️ Propose a wording"), Did("remark", f"wording.{here}")),)
    for line in notice.remarks:
        if line.became == "kept" and notice.can_remark:
            words = voice.gettext("🗑 Remove: {text}", text=line.text)
            yield (button(words, Did("remark_drop", str(line.id))),)


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    ReviewsView: reviews,
    ReviewHub: hub,
    ReviewPage: page,
    ReviewAnswer: review_answer,
}
"""What renders each of these notices."""
