"""The self-assessment: the guiding principles with their marks, one of them, and areas needing further development."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped
from bot.render.headings import N_, section_heading, section_label
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.assessment import (
    MARKS,
    AssessAreas,
    AssessView,
    GivenMark,
    PrincipleCard,
    PrincipleLine,
)
from workflows.notices.saying import SectionLine
from workflows.review.alignment import principles
from workflows.review.template import Template

NOTE: Final = 600
"""How much of a note is shown in a list, in UTF-16 units; its own card shows all of it."""
SIGNS: Final[Mapping[GivenMark, str]] = {"reflected": "✅", "partly": "🔸", "to_develop": "✏️", "": "▫️"}
_MARKS: Final[Mapping[GivenMark, str]] = {
    "reflected": N_("reflected in our review"),
    "partly": N_("partly reflected"),
    "to_develop": N_("to be developed"),
    "": N_("not assessed yet"),
}
_KEYS: Final[Mapping[GivenMark, str]] = {
    "reflected": N_("Reflected in our review"),
    "partly": N_("Partly"),
    "to_develop": N_("To be developed"),
}
_ASKS: Final[Mapping[str, str]] = {
    "people_centred": N_(
        "Are people at its centre: the well-being of migrants, and of communities of origin, transit and destination?"
    ),
    "international_cooperation": N_(
        "Does it show how the State works with others, as no State can address migration alone?"
    ),
    "national_sovereignty": N_(
        "Does it show how the State governs migration within its jurisdiction, in conformity with international law?"
    ),
    "rule_of_law": N_(
        "Does it show the rule of law, due process and access to justice in all that concerns migration?"
    ),
    "sustainable_development": N_(
        "Does it link migration to sustainable development and to the 2030 Agenda?"
    ),
    "human_rights": N_(
        "Does it show how the human rights of all migrants are respected, protected and fulfilled, "
        "whatever their migration status?"
    ),
    "gender_responsive": N_(
        "Does it take account of the needs and rights of women, men, girls and boys, and of gender equality?"
    ),
    "child_sensitive": N_(
        "Are the best interests of the child a primary consideration in all that concerns children, "
        "also those who are unaccompanied or separated?"
    ),
    "whole_of_government": N_(
        "Have all sectors and levels of government that are concerned taken part, with policies that fit together?"
    ),
    "whole_of_society": N_(
        "Have migrants, diasporas, civil society, academia, the private sector, trade unions, parliaments and other "
        "stakeholders taken part?"
    ),
}
"""What each principle asks of a review, in a sentence of ours (A/RES/73/195, para. 15 (a)-(j))."""


def principle_name(principle: str, voice: Voice, template: Template) -> Spoken:
    """A guiding principle by its name."""
    found = next((each for each in principles(template) if each.value == principle), None)
    return voice.words(found.text) if found else voice.typed(principle)


def mark_name(mark: GivenMark, voice: Voice) -> Spoken:
    """A mark as it is named within a line; no mark is «not assessed yet»."""
    return voice.gettext(_MARKS[mark])


# --- all principles --------------------------------------------------------------------------------------------------


def view(notice: AssessView, voice: Voice, template: Template) -> Message:
    """The ten principles, each with its mark; who sees them."""
    heading = voice.gettext("Self-assessment: {country}", country=voice.country_name(notice.country))
    text = [
        bold(heading),
        plain(
            voice.gettext(
                "What does your review, as it is now, reflect of the guiding principles of the Global Compact? "
                "Press a principle to mark it."
            )
        ),
        lines(
            plain(_marked(at, line, voice, template)) for at, line in enumerate(notice.principles, start=1)
        ),
        _who_sees(voice),
    ]
    keys: list[Row] = [
        (_principle_key(at, line, voice, template),) for at, line in enumerate(notice.principles, start=1)
    ]
    return message(text, [*keys, (areas_key(voice),), (_outline_key(voice),)])


def _marked(at: int, line: PrincipleLine, voice: Voice, template: Template) -> Spoken:
    words = voice.gettext(
        "{number}. {name}: {mark}",
        number=at,
        name=principle_name(line.id, voice, template),
        mark=mark_name(line.mark, voice),
    )
    return Spoken(f"{SIGNS[line.mark]} {words}{' 📝' if line.note else ''}")


def _principle_key(at: int, line: PrincipleLine, voice: Voice, template: Template) -> Button:
    name = voice.gettext("{number}. {name}", number=at, name=principle_name(line.id, voice, template))
    return button(f"{SIGNS[line.mark]} {name}", Did("assess", line.id))


def _who_sees(voice: Voice) -> SafeHtml:
    return italic(
        voice.gettext(
            "Only your country's focal points see this, and nobody is compared. A principle without a mark is "
            "not assessed yet, and nothing else is read into that."
        )
    )


def areas_key(voice: Voice) -> Button:
    """The way to what needs further development."""
    return button(voice.gettext("🔎 Areas needing further development"), Did("assess_areas"))


def _outline_key(voice: Voice) -> Button:
    return button(voice.gettext("📄 Outline for the presentation"), Did("assess_outline"))


def _all_key(voice: Voice) -> Button:
    return button(keyboards.backward(voice, voice.gettext("All principles")), Did("assess"))


# --- one principle ---------------------------------------------------------------------------------------------------


def card(notice: PrincipleCard, voice: Voice, template: Template) -> Message:
    """One principle: what it asks, its mark, its note, and what may be typed."""
    line = notice.principle
    name = principle_name(line.id, voice, template)
    text = [
        _news(notice, voice),
        bold(voice.gettext("{number}. {name}", number=notice.number, name=name)),
        plain(voice.gettext(_ASKS[line.id])) if line.id in _ASKS else NOTHING,
        _mark_line(notice, voice),
        _note_lines(notice, voice),
        italic(_what_to_type(notice, voice)),
    ]
    return message(text, _card_rows(notice, voice))


def _news(notice: PrincipleCard, voice: Voice) -> SafeHtml:
    match notice.problem:
        case "long":
            return bold(
                voice.gettext(
                    "⚠️ This is too long for a short note, and was not kept. Please send a shorter one."
                )
            )
        case "changed":
            return bold(
                voice.gettext(
                    "⚠️ A colleague has written a note here in the meantime: it stands below, and yours was not kept. "
                    "Please send it again if it should take its place."
                )
            )
        case "meanwhile":
            return bold(
                voice.gettext(
                    "⚠️ This has changed since that message was shown. It was left as it is, and stands below."
                )
            )
        case "edited":
            return bold(
                voice.gettext(
                    "⚠️ The note stays as it was: an edited message does not change it. To replace it, send it again "
                    "as a whole."
                )
            )
        case "key":
            return bold(
                voice.gettext(
                    "⚠️ This is the name of a button, so it was not kept as a note. Please press a button below."
                )
            )
    if notice.replaced:
        took = voice.gettext("✔ Your note is kept. It took the place of a colleague's:")
        return lines([plain(took), quoted(notice.replaced)])
    return plain(voice.gettext("✔ Your note is kept.")) if notice.noted else NOTHING


def _mark_line(notice: PrincipleCard, voice: Voice) -> SafeHtml:
    mark = notice.principle.mark
    said = bold(voice.gettext("{sign} Mark: {mark}", sign=Spoken(SIGNS[mark]), mark=mark_name(mark, voice)))
    return lines([said, italic(_whose(notice.by, notice.at, voice))])


def _note_lines(notice: PrincipleCard, voice: Voice) -> SafeHtml:
    if not notice.principle.note:
        return NOTHING
    head = bold(voice.gettext("📝 What needs further development:"))
    whose = italic(_whose(notice.noted_by, notice.noted_at, voice))
    return lines([head, quoted(notice.principle.note), whose])


def _whose(name: str, at: str, voice: Voice) -> str:
    if not at:
        return ""
    who = name or voice.gettext("somebody who has left")
    return voice.gettext("{name} · {date}", name=who, date=voice.moment(at))


def _what_to_type(notice: PrincipleCard, voice: Voice) -> Spoken:
    if notice.principle.note:
        return voice.gettext("A text that you send now takes the place of this note.")
    return voice.gettext(
        "A text that you send now is kept as a short note: what needs further development. "
        "It is not part of the review."
    )


def _card_rows(notice: PrincipleCard, voice: Voice) -> list[Row]:
    line = notice.principle
    rows: list[Row] = []
    for mark in MARKS:
        sign = "✔" if mark == line.mark else SIGNS[mark]
        rows.append(
            (
                button(
                    f"{sign} {voice.gettext(_KEYS[mark])}", Did("assess", f"{line.id}.{mark}.{notice.seen}")
                ),
            )
        )
    if line.mark:
        rows.append(
            (button(voice.gettext("▫️ Take the mark away"), Did("assess", f"{line.id}.none.{notice.seen}")),)
        )
    if line.note:
        rows.append(
            (button(voice.gettext("🗑 Remove the note"), Did("assess", f"{line.id}.no_note.{notice.seen}")),)
        )
    ways = [_all_key(voice)]
    if notice.next:
        ways.append(
            button(keyboards.onward(voice, voice.gettext("Next principle")), Did("assess", notice.next))
        )
    return [*rows, keyboards.across(voice, ways)]


# --- what needs further development ----------------------------------------------------------------------------------


def areas(notice: AssessAreas, voice: Voice, template: Template) -> Message:
    """Principles and sections in which work is left, each with a way to ask for support."""
    country = voice.country_name(notice.country)
    text = [bold(voice.gettext("Areas needing further development: {country}", country=country))]
    if notice.principles:
        text.append(bold(voice.gettext("Guiding principles")))
        text += [_in_need(line, voice, template) for line in notice.principles]
    if notice.sections:
        text.append(bold(voice.gettext("Sections with open points")))
        text.append(lines(plain(f"• {open_points(line, voice, template)}") for line in notice.sections))
    if not notice.principles and not notice.sections:
        text.append(plain(nothing_named(voice)))
    else:
        text.append(
            italic(
                voice.gettext(
                    "Support can be asked for each of them. A request takes the name along and nothing else: "
                    "no mark and no note."
                )
            )
        )
    return message(text, _area_rows(notice, voice, template))


def _in_need(line: PrincipleLine, voice: Voice, template: Template) -> SafeHtml:
    return lines([plain(in_need(line, voice, template)), quoted(clipped(line.note, NOTE))])


def in_need(line: PrincipleLine, voice: Voice, template: Template, *, signs: bool = True) -> Spoken:
    """A principle with its mark, without its note; `signs`: with the mark's sign before it."""
    words = voice.gettext(
        "{field}: {value}",
        field=principle_name(line.id, voice, template),
        value=mark_name(line.mark, voice),
    )
    return Spoken(f"{SIGNS[line.mark]} {words}") if signs else words


def open_points(line: SectionLine, voice: Voice, template: Template) -> Spoken:
    """A section with how many of its points are open."""
    return voice.gettext(
        "{section} — open points: {open} of {total}",
        section=section_heading(voice, template, template.section(line.id)),
        open=line.total - line.settled,
        total=line.total,
    )


def nothing_named(voice: Voice) -> Spoken:
    """What stands where no area was named and no point is open."""
    return voice.gettext("No area has been named so far, and every section is settled.")


def _area_rows(notice: AssessAreas, voice: Voice, template: Template) -> list[Row]:
    rows: list[Row] = []
    for line in notice.principles:
        name = principle_name(line.id, voice, template)
        rows.append((_support_key(name, f"principle.{line.id}", voice),))
    for section in notice.sections:
        name = section_label(voice, template, section.id)
        rows.append((_support_key(name, f"section.{section.id}", voice),))
    return [*rows, (_outline_key(voice),), (_all_key(voice),)]


def _support_key(name: Spoken, about: str, voice: Voice) -> Button:
    return button(voice.gettext("🤝 Ask for support: {name}", name=name), Did("assess_support", about))


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    AssessView: view,
    PrincipleCard: card,
    AssessAreas: areas,
}
"""What renders these notices."""
