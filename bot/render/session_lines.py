"""What the cards of a session share: its heading, the way back to it, pages, and what people typed."""

from collections.abc import Sequence
from typing import Final, TypeVar

from bot.buttons import Did
from bot.render import calendar, keyboards
from bot.render.cutting import clipped_at_word
from bot.render.headings import listed
from bot.render.markup import SafeHtml, bold, lines, quoted
from bot.render.messages import Row, button
from bot.render.voice import Spoken, Voice
from workflows.notices.workshop_desk import DelegationLine
from workflows.notices.workshops import SessionSaying

EXCERPT: Final = 300
"""How much of a typed text is shown in a list, in UTF-16 units."""
NAME: Final = 80
PAGE: Final = 5
"""How many questions, offers or steps stand on a page."""
_Item = TypeVar("_Item")


def heading(notice: SessionSaying, voice: Voice) -> SafeHtml:
    """The session by its title, with its date."""
    return lines([bold(voice.words(notice.title)), calendar.told(notice.when, notice.alternatives, voice)])


def session_key(notice: SessionSaying, voice: Voice, *, fresh: bool = False) -> Row:
    """The way back to the session's card, in the same message, or in a fresh one where this message is to stay."""
    back = keyboards.backward(voice, voice.gettext("Back to it"))
    return (button(back, Did("attend", notice.session if fresh else f"{notice.session}.card")),)


def on_page(items: Sequence[_Item], page: int) -> Sequence[_Item]:
    """The items of a page, or of the last one there is."""
    at = min(page, last_page(len(items))) * PAGE
    return items[at : at + PAGE]


def last_page(count: int) -> int:
    """The number of the last page, from 0."""
    return max(0, (count - 1) // PAGE)


def page_keys(voice: Voice, verb: str, session: str, page: int, last: int) -> Row:
    """The ways to the pages before and after."""
    return keyboards.page_row(voice, min(page, last), last, lambda at: Did(verb, f"{session}.{at}"))


def excerpt(typed: str, longest: int = EXCERPT) -> SafeHtml:
    """The beginning of what somebody typed, set apart."""
    return quoted(clipped_at_word(typed, longest))


def named(voice: Voice, typed: str) -> Spoken:
    """A name that somebody typed, inside a line."""
    return voice.typed(clipped_at_word(typed, NAME))


def board_key(notice: SessionSaying, voice: Voice, *, fresh: bool = False) -> Row:
    """The way back to the session's board, in the same message, or in a fresh one where this message is to stay."""
    back = keyboards.backward(voice, voice.gettext("Back to it"))
    return (button(back, Did("workshop", notice.session if fresh else f"{notice.session}.card")),)


def state_names(voice: Voice, countries: Sequence[str]) -> Spoken:
    """Several states in one line, in the order of the reader's alphabet."""
    return listed(voice, map(voice.country_name, sorted(countries, key=voice.alphabetical)))


def by_name(voice: Voice, delegations: Sequence[DelegationLine]) -> list[DelegationLine]:
    """Delegations in the order of the reader's alphabet."""
    return sorted(delegations, key=lambda line: voice.alphabetical(line.country))
