"""A name that no country of the region has: said so in every room alike, with those that it resembles."""

from typing import Final

from workflows.notices import CountryPick
from workflows.notices.standing import CountryRoom
from workflows.reference.nearest import nearest_countries
from workflows.use_cases.cause import Errand

_SHOWN: Final = 100


def ask_which(errand: Errand, room: CountryRoom, given: str) -> None:
    """Name back what was typed for a country in a room, and offer its nearest names; who asks may see that room."""
    typed = given.strip()
    pick = CountryPick(room=room, given=typed[:_SHOWN], nearest=nearest_countries(typed) if typed else ())
    errand.say(pick, "country_pick")
