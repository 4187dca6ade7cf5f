"""A reason that somebody types for a step on a text's way: kept until it is confirmed, nobody else reads it before."""

from typing import Literal

from workflows.store.values_clearance import Edition, EditionAct
from workflows.use_cases.cause import Errand

For = Literal["begin_reason", "begin_reopen"]
"""What a reason is for: changes that are asked for, or a review that is to be opened again."""


async def begun(errand: Errand, edition: Edition, what: For) -> EditionAct | None:
    """The reason that this person has typed and not confirmed yet."""
    acts = await errand.work.clearance.acts(edition.id)
    return next((act for act in acts if act.act == what and act.by == errand.person.id), None)


async def let_go(errand: Errand, edition: Edition, what: For) -> None:
    """Take away what was typed and not confirmed."""
    line = await begun(errand, edition, what)
    if line is not None:
        await errand.work.clearance.strike(line.id)


async def keep(errand: Errand, edition: Edition, what: For, text: str) -> str:
    """Keep a text as the reason, or add it to what was typed before; the whole, empty where the text has no words."""
    if not any(letter.isalpha() for letter in text):
        return ""
    line = await begun(errand, edition, what)
    if line is None:
        await errand.work.clearance.put_down(edition, what, errand.person.id, errand.cause.now, text)
        return text
    whole = f"{line.reason}\n{text}"
    await errand.work.clearance.rewrite(line.id, whole)
    return whole
