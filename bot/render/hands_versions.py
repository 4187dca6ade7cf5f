"""The versions of an answer: the list, and one of them with what it changed."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.buttons import Did
from bot.render import keyboards
from bot.render.direction import without_turns
from bot.render.hands_given import as_text, heading
from bot.render.headings import word_count
from bot.render.hints import no_answer
from bot.render.markup import SafeHtml, bold, italic, lines, plain, struck_out, underlined
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.hands import Given, HistoryView, VersionLine, VersionView
from workflows.notices.saying import Saying
from workflows.review.differences import Difference, differences, shortened
from workflows.review.template import Template

ON_A_PAGE = 10
"""How many versions one page names; the use case counts pages alike."""


def history(notice: HistoryView, voice: Voice, template: Template) -> Message:
    """The versions on one page, each with a key of its own."""
    first = notice.page * ON_A_PAGE
    here = notice.lines[first : first + ON_A_PAGE]
    text = [
        heading(notice.prompt, voice, template),
        bold(voice.gettext("Versions of this answer, the newest first:")),
        lines(plain(_line(line, voice)) for line in here),
    ]
    keys = [
        button(voice.number(line.number), Did("version", f"{notice.prompt}:{line.number}")) for line in here
    ]
    back = keyboards.change_key(voice, notice.prompt)
    return message(text, [*keyboards.in_columns(voice, keys, 5), _pages(notice, voice), (back,)])


def _pages(notice: HistoryView, voice: Voice) -> Row:
    last = max(0, (len(notice.lines) - 1) // ON_A_PAGE)
    return keyboards.page_row(
        voice, notice.page, last, lambda page: Did("history", f"{notice.prompt}:{page}")
    )


def _line(line: VersionLine, voice: Voice) -> Spoken:
    return voice.gettext(
        "{number}. {date} · {name} · {what}",
        number=line.number,
        date=voice.moment(line.at),
        name=line.by or voice.gettext("somebody who has left"),
        what=_what(line, voice),
    )


def _what(line: VersionLine, voice: Voice) -> Spoken:
    told = [_amount(line, voice)]
    if line.colleague:
        told.append(voice.gettext("with the text of {name}", name=line.colleague))
    if line.earlier:
        told.append(
            voice.gettext("begun with what was submitted in {year}", year=voice.year_of(line.earlier))
        )
    if line.is_of_a_file:
        told.append(voice.gettext("from a document"))
    if line.restored:
        told.append(voice.gettext("version {number} brought back", number=line.restored))
    return voice.joined(told)


def _amount(line: VersionLine, voice: Voice) -> Spoken:
    if line.state == "open":
        return voice.gettext("answer cleared")
    if line.state != "answered":
        return no_answer(voice, line.state)
    return word_count(voice, line.words)


# --- one version -----------------------------------------------------------------------------------------------------


def version(notice: VersionView, voice: Voice, template: Template) -> Message:
    """A version with its author, and what it changed in the one before it."""
    text = [
        heading(notice.prompt, voice, template),
        bold(_line(notice.line, voice)),
        italic(voice.gettext("Underlined: new in this version. Struck out: no longer there.")),
        compared(notice.before, notice.after, notice.prompt, voice, template),
    ]
    return message(text, _rows(notice, voice))


def compared(before: Given, after: Given, prompt: str, voice: Voice, template: Template) -> SafeHtml:
    """An answer with what is new in it underlined, and what is no longer there struck out."""
    old, new = (without_turns(as_text(each, prompt, voice, template)) for each in (before, after))
    return SafeHtml("".join(_marked(shortened(differences(old, new)))))


def _marked(found: Iterable[Difference]) -> Iterable[SafeHtml]:
    for each in found:
        if each.kind == "same":
            yield plain(each.text)
            continue
        mark = underlined if each.kind == "added" else struck_out
        inner = each.text.strip()
        lead = each.text[: len(each.text) - len(each.text.lstrip())]
        yield SafeHtml(f"{plain(lead)}{mark(inner)}{plain(each.text[len(lead) + len(inner) :])}")


def _rows(notice: VersionView, voice: Voice) -> list[Row]:
    number, prompt = notice.line.number, notice.prompt
    older = (voice.gettext("Older"), Did("version", f"{prompt}:{number - 1}")) if number > 1 else None
    newer = (voice.gettext("Newer"), Did("version", f"{prompt}:{number + 1}"))
    turning = keyboards.turning(voice, older, newer if number < notice.newest else None)
    restore = button(
        voice.gettext("↩️ Bring this version back"), Did("bring_back", f"{prompt}:{number}:{notice.newest}")
    )
    all_of_them = button(voice.gettext("🕘 All versions"), Did("history", prompt))
    return [turning, (restore,) if number < notice.newest else (), (all_of_them,)]


RENDERED_WITH_TEMPLATE: dict[type[Saying], Callable[[Any, Voice, Template], Message]] = {
    HistoryView: history,
    VersionView: version,
}
