"""The keys under the cards of the talk: the answers, the ways out, and pages where a list is long."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from bot.buttons import Did, Written
from bot.render.messages import Button, Row, button
from bot.render.voice import Spoken, Voice
from workflows.notices import Ask
from workflows.review.events import Act, Pressed, WentTo
from workflows.review.template import Option, Template

_Item = TypeVar("_Item")

PAGE = 24
"""How many choices or records one page holds: all 23 objectives in one view, far below Telegram's hundred buttons."""
FEW = 10
"""Up to so many choices stand one in a row; more stand in two columns."""
COLUMN = 44
"""The longest label in one of two columns; narrow screens cut it further by themselves."""


def across(voice: Voice, keys: Sequence[Button]) -> Row:
    """Keys side by side in reading order: Telegram draws rows from left to right in every language."""
    return tuple(reversed(keys)) if voice.right_to_left else tuple(keys)


def in_columns(voice: Voice, keys: Sequence[Button], columns: int = 2) -> list[Row]:
    """Keys in rows of so many columns, in reading order."""
    return [across(voice, keys[at : at + columns]) for at in range(0, len(keys), columns)]


def choices(voice: Voice, verb: str, labels: Mapping[str, str], chosen: str) -> Row:
    """A key for each of a few values, the present one marked."""
    keys = [
        button(f"✅ {label}" if value == chosen else label, Did(verb, value))
        for value, label in labels.items()
    ]
    return across(voice, keys)


def turning(voice: Voice, back: tuple[str, Written] | None, onward_to: tuple[str, Written] | None) -> Row:
    """The keys to what comes before and after, each by its label and what it says; either may be missing."""
    keys = [button(backward(voice, back[0]), back[1])] if back else []
    keys += [button(onward(voice, onward_to[0]), onward_to[1])] if onward_to else []
    return across(voice, keys)


def page_row(voice: Voice, page: int, last: int, to: Callable[[int], Written]) -> Row:
    """The keys to the pages before and after one, from 0 to `last`; `to` is what the key of a page says."""
    back = (voice.gettext("Previous page"), to(page - 1)) if page > 0 else None
    return turning(voice, back, (voice.gettext("Next page"), to(page + 1)) if page < last else None)


def press(turn: int, label: str, act: Act, arg: str = "") -> Button:
    """A key of the talk."""
    return button(label, Pressed(turn, act, arg))


def sections_key(voice: Voice) -> Button:
    """The way to the sections, which is never stale."""
    return button(voice.gettext("☰ Sections"), WentTo("hub"))


def assess_key(voice: Voice) -> Button:
    """The way to a country's self-assessment, which is never stale."""
    return button(voice.gettext("🧭 Self-assessment"), Did("assess"))


def continue_key(voice: Voice, prompt: str = "") -> Button:
    """The way to the next open prompt."""
    return button(
        onward(voice, voice.gettext("Continue")), WentTo(f"prompt:{prompt}" if prompt else "continue")
    )


def change_key(voice: Voice, prompt: str) -> Button:
    """The way back to a prompt, which is never stale."""
    return button(voice.gettext("✏️ Change"), WentTo(f"prompt:{prompt}"))


def region_row(voice: Voice) -> Row:
    """The secretariat's way on where there is nothing else to open."""
    return (button(voice.gettext("Where the region stands"), Did("status")),)


def secretariat_rows(voice: Voice) -> list[Row]:
    """The ways of the secretariat, which opens no question."""
    return [region_row(voice), (button(voice.gettext("Invite somebody"), Did("invite")),)]


def onward(voice: Voice, label: str) -> str:
    """A label with the arrow that points where reading goes."""
    return f"{label} {'◀' if voice.right_to_left else '▶'}"


def backward(voice: Voice, label: str) -> str:
    """A label with the arrow that points where reading came from."""
    return f"{'▶' if voice.right_to_left else '◀'} {label}"


# --- a card that asks ------------------------------------------------------------------------------------------------


def ask_rows(ask: Ask, voice: Voice, template: Template) -> list[Row]:
    """All keys of a card that asks; a card outside the turn keeps only ways that are never stale."""
    if not ask.turn:
        return [across(voice, [change_key(voice, ask.prompt), sections_key(voice)])]
    match ask.menu:
        case "other":
            return _other_menu(ask, voice, template)
        case "adapt":
            return _adapt_menu(ask, voice)
        case "clear":
            return _clear_menu(ask, voice)
        case "main":
            return _main_rows(ask, voice, template)


def _main_rows(ask: Ask, voice: Voice, template: Template) -> list[Row]:
    kind = template.type_of(ask.prompt).kind
    if _is_closed(ask):
        entries = _record_rows(ask, voice)[:-1] if kind in ("record", "records") else []
        return [*entries, _colleagues(ask, voice), _earlier(ask, voice), _ways_out(ask, voice)]
    if ask.row:
        return _status_rows(ask, voice, template)
    match kind:
        case "yes_no":
            rows = [across(voice, [_option(ask, "yes", yes(voice)), _option(ask, "no", no(voice))])]
        case "choice":
            rows = _choice_rows(ask, voice, template)
        case "choices":
            rows = _tick_rows(ask, voice, template)
        case "matrix":
            rows = _matrix_rows(ask, voice, template)
        case "record" | "records":
            rows = _record_rows(ask, voice)
        case _:
            rows = _text_rows(ask, voice)
    return [
        *rows,
        _colleagues(ask, voice),
        _received(ask, voice),
        _earlier(ask, voice),
        _ways_out(ask, voice),
    ]


def _is_closed(ask: Ask) -> bool:
    """Whether the answer stays as it was submitted: it can be read and gone past, and no key offers to change it."""
    return ask.kept is not None and not ask.is_beside


def _colleagues(ask: Ask, voice: Voice) -> Row:
    if not ask.colleagues:
        return ()
    label = voice.ngettext("👥 {count} colleague's text", "👥 {count} colleagues' texts", ask.colleagues)
    return (button(label, Did("beside", ask.prompt)),)


def _earlier(ask: Ask, voice: Voice) -> Row:
    if not ask.earlier:
        return ()
    label = voice.gettext("📜 What was submitted in {year}", year=voice.year_of(ask.earlier))
    return (button(label, Did("earlier", ask.prompt)),)


def _received(ask: Ask, voice: Voice) -> Row:
    if not ask.received:
        return ()
    label = voice.ngettext(
        "🤝 Support received: {count} request", "🤝 Support received: {count} requests", ask.received
    )
    return (button(label, Did("received", ask.prompt)),)


def _ways_out(ask: Ask, voice: Voice) -> Row:
    back = press(ask.turn, backward(voice, voice.gettext("Back")), "back")
    skip = press(ask.turn, onward(voice, voice.gettext("Skip")), "skip")
    more = press(ask.turn, voice.gettext("⋯ More"), "menu", "other")
    return across(voice, [back, skip, more])


def yes(voice: Voice) -> Spoken:
    """The answer yes."""
    return voice.pgettext("answer", "Yes")


def no(voice: Voice) -> Spoken:
    """The answer no."""
    return voice.pgettext("answer", "No")


def _option(ask: Ask, value: str, label: str) -> Button:
    mark = "✅ " if value in ask.chosen else ""
    return press(ask.turn, mark + label, "option", value)


def _choice_rows(ask: Ask, voice: Voice, template: Template) -> list[Row]:
    options = template.options_of(ask.prompt)
    keys = [_option(ask, option.value, named(voice, option)) for option in _page(options, ask.page)]
    return [*((key,) for key in keys), _pages(ask, voice, len(options))]


def _tick_rows(ask: Ask, voice: Voice, template: Template) -> list[Row]:
    options = template.options_of(ask.prompt)
    width = COLUMN if len(options) > FEW else 0
    keys = [_tick(ask, voice, option, width) for option in _page(options, ask.page)]
    rows = in_columns(voice, keys) if width else [(key,) for key in keys]
    return [*rows, _pages(ask, voice, len(options)), _done(ask, voice)]


def _tick(ask: Ask, voice: Voice, option: Option, width: int) -> Button:
    ticked = option.value in ask.chosen
    label = f"{'✅' if ticked else '▫️'} {named(voice, option)}"
    act: Act = "untick" if ticked else "tick"
    meaning = Pressed(ask.turn, act, option.value)
    return button(label, meaning, longest=width) if width else button(label, meaning)


def _matrix_rows(ask: Ask, voice: Voice, template: Template) -> list[Row]:
    rows = template.options_of(ask.prompt)
    first = [row for row in rows if row.value in ask.rows_first]
    ordered = first + [row for row in rows if row not in first]
    keys = [
        button(
            f"{'✅' if row.value in ask.cells else '▫️'} {named(voice, row)}",
            Pressed(ask.turn, "row", row.value),
            longest=COLUMN,
        )
        for row in _page(ordered, ask.page)
    ]
    return [*in_columns(voice, keys), _pages(ask, voice, len(rows)), _done(ask, voice)]


def _status_rows(ask: Ask, voice: Voice, template: Template) -> list[Row]:
    """The statuses of one row, and the way back to all rows."""
    keys = [
        press(
            ask.turn,
            f"{'✅ ' if ask.cells.get(ask.row) == status.value else ''}{voice.words(status.label)}",
            "status",
            f"{ask.row}:{status.value}",
        )
        for status in template.scale_of(ask.prompt)
    ]
    back = press(ask.turn, backward(voice, voice.gettext("Back to the list")), "menu", "main")
    return [*((key,) for key in keys), (back,)]


def _record_rows(ask: Ask, voice: Voice) -> list[Row]:
    numbered = list(enumerate(ask.records, start=1))
    keys = [
        press(
            ask.turn, voice.gettext("{number}. {name}", number=number, name=record.text), "record", record.id
        )
        for number, record in _page(numbered, ask.page)
    ]
    done = _done(ask, voice) if ask.records else ()
    return [*((key,) for key in keys), _pages(ask, voice, len(ask.records)), done]


def _text_rows(ask: Ask, voice: Voice) -> list[Row]:
    if not ask.excerpt or ask.replacing:
        return []
    following = press(ask.turn, onward(voice, voice.gettext("Next")), "next")
    return [across(voice, [following, replace_key(voice, ask.turn)])]


def replace_key(voice: Voice, turn: int) -> Button:
    """The key that lets the next message take the place of a text."""
    return press(turn, voice.gettext("🔄 Replace the text"), "replace")


def _done(ask: Ask, voice: Voice) -> Row:
    return (press(ask.turn, voice.gettext("✔ Done"), "done"),)


def named(voice: Voice, option: Option) -> str:
    """An option by its short label, with its number where its value is one."""
    label = voice.words(option.label)
    return f"{voice.number(int(option.value))}. {label}" if option.value.isdecimal() else label


# --- pages -----------------------------------------------------------------------------------------------------------


def page_of(page: int, size: int) -> int:
    """The page that exists nearest to the one asked for, from 0."""
    return max(0, min(page, (size - 1) // PAGE))


def _page(items: Sequence[_Item], page: int) -> Sequence[_Item]:
    at = page_of(page, len(items)) * PAGE
    return items[at : at + PAGE]


def _pages(ask: Ask, voice: Voice, size: int) -> Row:
    last = max(0, (size - 1) // PAGE)
    return page_row(voice, page_of(ask.page, size), last, lambda page: Pressed(ask.turn, "page", str(page)))


# --- menus -----------------------------------------------------------------------------------------------------------


def _other_menu(ask: Ask, voice: Voice, template: Template) -> list[Row]:
    rows: list[Row] = [(button(voice.gettext("🙋 Ask for help with this question"), Did("ask", ask.prompt)),)]
    if not _is_closed(ask):
        rows += _other_answers(ask, voice)
    question = template.question_of[ask.prompt].id
    rows.append((button(voice.gettext("🕘 Earlier versions"), Did("history", ask.prompt)),))
    notes = button(voice.gettext("📝 Notes"), Did("notes", question))
    rows.append(across(voice, [notes, button(voice.gettext("📎 Files"), Did("files", question))]))
    return [*rows, across(voice, [_to_question(ask, voice), sections_key(voice)])]


def _other_answers(ask: Ask, voice: Voice) -> list[Row]:
    turn = ask.turn
    rows: list[Row] = [
        (press(turn, voice.gettext("Not applicable to us"), "state", "not_applicable"),),
        (press(turn, voice.gettext("Not yet known"), "state", "not_known"),),
        (press(turn, voice.gettext("We prefer not to answer"), "state", "declined"),),
    ]
    if not ask.is_beside:
        rows.append((press(turn, voice.gettext("Adapt the question to our context"), "menu", "adapt"),))
    if ask.state != "open":
        rows.append((press(turn, voice.gettext("🗑 Clear the answer"), "menu", "clear"),))
    return rows


def _adapt_menu(ask: Ask, voice: Voice) -> list[Row]:
    rows: list[Row] = [
        (press(ask.turn, voice.gettext("Put the question in our own words"), "reword"),),
        (press(ask.turn, voice.gettext("Leave the question out of our review"), "leave_out"),),
    ]
    if ask.wording:
        rows.append((press(ask.turn, voice.gettext("Return to the wording of the template"), "restore"),))
    return [*rows, (_to_question(ask, voice),)]


def _clear_menu(ask: Ask, voice: Voice) -> list[Row]:
    clear = press(ask.turn, voice.gettext("Yes, clear the answer"), "clear")
    return [(clear,), (_to_question(ask, voice),)]


def _to_question(ask: Ask, voice: Voice) -> Button:
    return press(ask.turn, backward(voice, voice.gettext("Back to the question")), "menu", "main")
