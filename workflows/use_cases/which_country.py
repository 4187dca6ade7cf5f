"""Which country is meant, where a room is opened for one: asked in every room alike, and heard where it is typed.

A name that no country of the region has is said so, with those that it resembles.
"""

from typing import Final, Literal

from workflows.notices import CountryPick, Notice
from workflows.notices.standing import CountryRoom
from workflows.reference import find_country
from workflows.reference.nearest import nearest_countries
from workflows.review.events import Say
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing

INVITE_WHERE: Final = "invite_where"
REPLACE_WHERE: Final = "replace_where"
"""What the cards ask that wait for the country of an invitation, and of a place that passes on."""
_ROOM: Final = "which_country."
"""What a card asks that waits for the country of a room begins so; the room follows."""
_COMMANDS: Final[dict[str, str]] = {
    INVITE_WHERE: "invite",
    REPLACE_WHERE: "replace",
    f"{_ROOM}reminder_log": "reminders",
}
"""The commands that answer, where they are not called like the room."""
_SHOWN: Final = 100


def ask_which(
    errand: Errand, room: CountryRoom, given: str = "", page: int = 0, card: int | None = None
) -> None:
    """Ask for the country of a room, which who asks may see; it may be typed.

    What was `given` and is none is named back with the names that it resembles.
    """
    typed = given.strip()
    near = nearest_countries(typed) if typed else ()
    pick = CountryPick(room=room, page=page, given=typed[:_SHOWN], nearest=near)
    errand.say(asking_for(pick, room), "country_pick", edits=card)


def asking_for(notice: Notice, room: CountryRoom | Literal["people"]) -> Say:
    """A card that waits for the country of a room."""
    return asking(notice, f"{_ROOM}{room}")


def command_for(asked: str) -> str:
    """The command that a country typed after such a card is brought to; empty where a card asked for no country."""
    return _COMMANDS.get(asked) or (asked.removeprefix(_ROOM) if asked.startswith(_ROOM) else "")


def is_like_none(text: str) -> bool:
    """Whether what was typed neither is a country of the region nor resembles one."""
    return find_country(text) is None and not nearest_countries(text)


async def settled(errand: Errand, notice: Notice, card: int | None = None) -> Notice | Say:
    """What is said of a country; where one was asked for last, nothing that is typed is one any more.

    In the place of another card (`card`) it settles nothing: what was asked for last was asked by a newer one.
    """
    if card:
        return notice
    newest = await errand.work.outbox.newest_card(errand.person.id)
    return closing(notice) if newest and command_for(newest.focus.asked) else notice
