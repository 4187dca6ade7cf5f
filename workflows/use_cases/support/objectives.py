"""Questions that name an objective of the Global Compact by its number: its title, or the own entries that carry it."""

import re
from typing import Final

from workflows.immutable import Immutable
from workflows.languages import Text
from workflows.reference.glossary import meanings
from workflows.review.tags import objectives_of
from workflows.spelling import western_digits
from workflows.use_cases.cause import Errand

_NUMBER: Final = re.compile(r"[1-9][0-9]?")
_OBJECTIVE: Final = frozenset(("=objective", "=aim"))
_OWN: Final = frozenset(
    meanings(
        "كتبنا كتبناه بند بنود بنودنا سجلنا يحمل تحمل ترتبط مرتبطة "
        "entry entries carry carries tagged wrote written write have "
        "écrit écrite écrits écrivons saisie saisies portent porte"
    )
)
"""Words by which the own entries are asked for: «ما كتبناه عن الهدف ٧», "which of our entries carry objective 7"."""


class Asked(Immutable):
    """An objective by its number and title; `own` says that the own country's entries are asked for."""

    number: int
    title: Text
    own: bool


async def asked(errand: Errand, text: str) -> Asked | None:
    """The objective that a question is about, by its number and nothing else, or by the own entries that carry it."""
    words = [word for word in meanings(western_digits(text)) if word != "=compact"]
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    named, own = _OBJECTIVE & set(words), _OWN & set(words)
    if len(numbers) != 1 or len(named) != 1 or len(words) != 2 + len(own):
        return None
    cycle = await errand.work.cycles.get(errand.actor.cycle_id)
    options = objectives_of(cycle.template) if cycle else ()
    return next(
        (Asked(int(each.value), each.text, bool(own)) for each in options if each.value == numbers[0]), None
    )
