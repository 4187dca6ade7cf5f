"""A document that was filled in outside the chat: what it holds, one passage of it, and what became of it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped
from bot.render.hands_given import as_text, heading
from bot.render.hands_versions import compared
from bot.render.headings import N_, question_number
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.filled import (
    FilledAstray,
    FilledEnded,
    FilledLine,
    FilledNone,
    FilledStanding,
    FilledTaken,
    FilledText,
    FilledView,
)
from workflows.notices.saying import Saying
from workflows.review.events import WentTo
from workflows.review.template import Template

_BEGINNING: Final = 70
"""How much of a passage is told where all are listed, in UTF-16 units."""
_LABEL: Final = 60
"""How much of a prompt's words stands on a key, in UTF-16 units."""
_LOCKED: Final = N_("The review is submitted, so nothing can be taken into it now.")
_GROUPS: Final[dict[FilledStanding, str]] = {
    "open": N_("Open in your draft:"),
    "differs": N_("Another answer in your draft:"),
    "unread": N_("To be placed by you:"),
    "asleep": N_("The question does not apply with the answers given:"),
    "beyond": N_("Not asked of you:"),
}
_HOW: Final[dict[FilledStanding, str]] = {
    "differs": N_("Underlined: only in the document. Struck out: only in your draft."),
    "unread": N_(
        "Here the question is answered otherwise, so the text cannot be taken in as it stands. You can open the "
        "question and answer it, or try another part of it."
    ),
    "asleep": N_("The question does not apply with the answers given, so the text cannot be taken in now."),
    "beyond": N_("You were not asked for this question, so the text cannot be taken in."),
    "same": N_("This is in your draft already."),
}


# --- the whole -------------------------------------------------------------------------------------------------------


def view(notice: FilledView, voice: Voice, template: Template) -> Message:
    """What the document holds, by what can be done with it; nothing has happened yet."""
    groups = list(filter(None, (_group(notice, standing, voice, template) for standing in _GROUPS)))
    counts = [plain(f"• {each}") for each in _counts(notice, voice) if each]
    text = [
        bold(voice.gettext("📥 {name} was read.", name=notice.name)),
        plain(voice.gettext("Reading it changed nothing in your draft. In the document there are answers:"))
        if groups or notice.same
        else plain(voice.gettext("The questions of the review are in it, and no answers under them.")),
        *groups,
        lines(counts),
        plain(voice.gettext(_LOCKED)) if notice.locked else NOTHING,
    ]
    return message(text, [*_ways(notice, voice), *_ends(notice, voice, template)])


def _kind(line: FilledLine) -> FilledStanding:
    """The group of a passage: what is not sure is placed by a person, whatever else it is."""
    return "unread" if line.standing in ("open", "differs", "same") and not line.is_sure else line.standing


def _group(notice: FilledView, standing: FilledStanding, voice: Voice, template: Template) -> SafeHtml:
    """The passages that stand alike, each by its question and its first words."""
    here = [line for line in notice.lines if _kind(line) == standing]
    if not here:
        return NOTHING
    told = [
        plain(
            voice.gettext(
                "• {number}: {words}",
                number=question_number(voice, template, template.question_of[line.prompt]),
                words=clipped(line.begins, _BEGINNING),
            )
        )
        for line in here
    ]
    return lines([bold(voice.gettext(_GROUPS[standing])), *told])


def _counts(notice: FilledView, voice: Voice) -> Sequence[Spoken | None]:
    return (
        voice.ngettext("{count} answer as in your draft", "{count} answers as in your draft", notice.same)
        if notice.same
        else None,
        voice.ngettext(
            "{count} paragraph under no question", "{count} paragraphs under no question", notice.astray
        )
        if notice.astray
        else None,
        voice.ngettext(
            "{count} picture, footnote, comment or inserted file, which is not read",
            "{count} pictures, footnotes, comments or inserted files, which are not read",
            notice.beside,
        )
        if notice.beside
        else None,
    )


def _ways(notice: FilledView, voice: Voice) -> list[Row]:
    fresh = sum(_kind(line) == "open" for line in notice.lines)
    rows: list[Row] = []
    if fresh and not notice.locked:
        take = voice.ngettext("✔ Take in what is open ({count})", "✔ Take in what is open ({count})", fresh)
        rows.append((button(take, Did("filled", f"{notice.file}:open")),))
    if notice.lines:
        first = Did("filled_text", f"{notice.file}:{notice.lines[0].number}")
        rows.append((button(voice.gettext("🔍 Look through it one by one"), first),))
    if notice.astray:
        astray = Did("filled", f"{notice.file}:astray")
        rows.append((button(voice.gettext("📄 What stands under no question"), astray),))
    return rows


def _ends(notice: FilledView, voice: Voice, template: Template) -> list[Row]:
    rows: list[Row] = []
    if notice.question in template.questions:
        number = question_number(voice, template, template.questions[notice.question])
        keep = voice.gettext("📎 Only keep it as evidence of question {number}", number=number)
        rows.append((button(keep, Did("filled_evidence", f"{notice.file}:{notice.question}")),))
    return [*rows, (_end(notice.file, voice),)]


def _end(file: int, voice: Voice) -> Button:
    return button(voice.gettext("🗑 Remove the document"), Did("filled", f"{file}:end"))


def _of_question(question: str, voice: Voice) -> Button:
    return button(voice.gettext("📎 All files of this question"), Did("files", question))


def _whole(file: int, voice: Voice) -> Button:
    return button(voice.gettext("📥 The whole document"), Did("filled", str(file)))


# --- one passage -----------------------------------------------------------------------------------------------------


def passage(notice: FilledText, voice: Voice, template: Template) -> Message:
    """What the document says at a prompt beside what the draft says, and the ways to take it in."""
    changed = voice.gettext("⚠️ The answer has changed meanwhile. Here is how both stand now.")
    unsure = voice.gettext(
        "The document has this under the question and does not say which part of it is answered."
    )
    text = [
        plain(changed) if notice.changed else NOTHING,
        heading(notice.prompt, voice, template),
        bold(
            voice.gettext(
                "📥 {name} ({position} of {total})",
                name=notice.name,
                position=notice.position,
                total=notice.total,
            )
        ),
        *_said(notice, voice, template),
        plain(unsure) if not notice.is_sure else NOTHING,
        plain(voice.gettext(_LOCKED)) if notice.locked else NOTHING,
    ]
    return message(text, _rows(notice, voice, template))


def _said(notice: FilledText, voice: Voice, template: Template) -> list[SafeHtml]:
    how = italic(voice.gettext(_HOW[notice.standing])) if notice.standing in _HOW else NOTHING
    if notice.standing == "differs":
        return [
            how,
            compared(notice.present, notice.given, notice.prompt, voice, template),
            *_left(notice, voice),
        ]
    words = notice.text or as_text(notice.given, notice.prompt, voice, template)
    return [quoted(words), *_left(notice, voice), how]


def _left(notice: FilledText, voice: Voice) -> list[SafeHtml]:
    if not notice.left:
        return []
    return [
        plain(voice.gettext("An answer to this question has no place for these lines:")),
        quoted("\n".join(notice.left)),
    ]


def _rows(notice: FilledText, voice: Voice, template: Template) -> list[Row]:
    rows: list[Row] = []
    if not notice.locked and notice.standing == "open":
        rows.append((_take(notice, voice.gettext("✔ Take in"), "instead"),))
    if not notice.locked and notice.standing == "differs":
        if notice.room_below:
            rows.append((_take(notice, voice.gettext("➕ Add to the answer in the draft"), "below"),))
        instead = voice.gettext("✔ Put in place of the answer in the draft")
        rows.append((_take(notice, instead, "instead"),))
    rows += [(_other(notice, prompt, voice, template),) for prompt in notice.others]
    change = button(voice.gettext("✏️ To the question"), WentTo(f"prompt:{notice.prompt}"))
    last = [change] if notice.standing != "beyond" else []
    whole = _of_question(notice.evidence_of, voice) if notice.evidence_of else _whole(notice.file, voice)
    return [*rows, _turning(notice, voice), keyboards.across(voice, [*last, whole])]


def _take(notice: FilledText, label: str, way: str) -> Button:
    arg = f"{notice.file}:{notice.number}:{notice.version}:{way}:{notice.prompt}"
    return button(label, Did("filled_take", arg))


def _other(notice: FilledText, prompt: str, voice: Voice, template: Template) -> Button:
    words = clipped(voice.published(template.prompts[prompt].words(voice.language)), _LABEL)
    label = voice.gettext("⇄ It answers: {words}", words=Spoken(words))
    return button(label, Did("filled_text", f"{notice.file}:{notice.number}:{prompt}"))


def _turning(notice: FilledText, voice: Voice) -> Row:
    before = voice.gettext("Previous one"), Did("filled_text", f"{notice.file}:{notice.before}")
    after = voice.gettext("Next one"), Did("filled_text", f"{notice.file}:{notice.after}")
    return keyboards.turning(voice, before if notice.before else None, after if notice.after else None)


# --- what became of it -----------------------------------------------------------------------------------------------


def taken(notice: FilledTaken, voice: Voice, template: Template) -> Message:
    """It is done, where, and whether anything is left."""
    done = voice.ngettext(
        "✅ {count} answer was taken in from {name}. What was there before stays in its earlier versions.",
        "✅ {count} answers were taken in from {name}. What was there before stays in their earlier versions.",
        len(notice.prompts),
        name=notice.name,
    )
    headings = [heading(prompt, voice, template) for prompt in notice.prompts]
    left, rows = _what_is_left(notice, voice)
    if len(notice.prompts) == 1:
        rows.insert(0, (button(voice.gettext("🕘 Earlier versions"), Did("history", notice.prompts[0])),))
    return message([plain(done), lines(headings), left], [*rows, (keyboards.sections_key(voice),)])


def _what_is_left(notice: FilledTaken, voice: Voice) -> tuple[SafeHtml, list[Row]]:
    if notice.evidence_of:
        return NOTHING, [(_of_question(notice.evidence_of, voice),)]
    left = (
        voice.ngettext(
            "{count} passage of the document is left.",
            "{count} passages of the document are left.",
            notice.left,
        )
        if notice.left
        else voice.gettext("That was all. If you do not need the document here any more, you can remove it.")
    )
    return plain(left), [(_whole(notice.file, voice) if notice.left else _end(notice.file, voice),)]


def astray(notice: FilledAstray, voice: Voice) -> Message:
    """What has no place, whole, and how to use it."""
    how = voice.gettext("To use one of these paragraphs, copy it and send it while its question is open.")
    title = bold(voice.gettext("📥 {name}: under no question", name=notice.name))
    more = voice.ngettext(
        "{count} paragraph more of the document is not shown here.",
        "{count} paragraphs more of the document are not shown here.",
        notice.more,
    )
    last = [plain(more), plain(how)] if notice.more else [plain(how)]
    return message([title, *map(quoted, notice.texts), *last], [(_whole(notice.file, voice),)])


def none(notice: FilledNone, voice: Voice) -> Message:
    """It is not kept, and the two ways that there are."""
    text = [
        bold(voice.gettext("⚠️ {name} was not kept.", name=notice.name)),
        plain(voice.gettext("None of the review's questions was found in it.")),
        plain(
            voice.gettext(
                "To have answers read, write them under the questions in your draft ({export}) and send that file. To "
                "keep a file as evidence, open the question that it belongs to and send it then.",
                export=voice.command("export"),
            )
        ),
    ]
    return message(text)


def ended(notice: FilledEnded, voice: Voice, template: Template) -> Message:
    """It is gone, or stands behind a question."""
    if notice.question in template.questions:
        number = question_number(voice, template, template.questions[notice.question])
        if notice.is_full:
            full = voice.gettext(
                "{name} was not put with the evidence of question {number}, which has as many files as can be kept. "
                "One of them can be removed first. The document is still here to be read.",
                name=notice.name,
                number=number,
            )
            return message([plain(full)], [(_of_question(notice.question, voice),)])
        kept = voice.gettext(
            "📎 {name} is kept as evidence of question {number}.", name=notice.name, number=number
        )
        return message([plain(kept)], [(_of_question(notice.question, voice),)])
    gone = voice.gettext(
        "{name} was removed. What was taken in from it stays in your draft.", name=notice.name
    )
    return message([plain(gone)], [(keyboards.sections_key(voice),)])


WITH_TEMPLATE: Final[dict[type[Saying], Callable[[Any, Voice, Template], Message]]] = {
    FilledView: view,
    FilledText: passage,
    FilledTaken: taken,
    FilledEnded: ended,
}
RENDERED: Final[dict[type[Saying], Callable[[Any, Voice], Message]]] = {
    FilledAstray: astray,
    FilledNone: none,
}
"""What renders each of these notices."""
