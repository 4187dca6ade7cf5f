"""What countries share of their drafts with the secretariat: nothing, sections or the whole, until taken back."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import bindparam, delete, func, select, update

from workflows.people.access import may
from workflows.people.roles import Actor
from workflows.review.events import Review
from workflows.review.personal import careful
from workflows.store.drafts import Drafts
from workflows.store.pen import Pen
from workflows.store.tables import AUDIT
from workflows.store.tables_passage import SHARINGS
from workflows.store.values import Denied
from workflows.store.values_exchange import Reading

WHOLE = ""
"""The section that stands for the whole draft."""
_PASSAGES = "+"
"""Before a section: what seems personal in it is shared too, because the state said so (docs/decisions/0022)."""
_HERE = (SHARINGS.c.cycle_id == bindparam("cycle"), SHARINGS.c.country == bindparam("of_country"))
_SECTIONS = select(SHARINGS.c.section).where(*_HERE)
_ALL = select(SHARINGS.c.country, SHARINGS.c.section).where(SHARINGS.c.cycle_id == bindparam("cycle"))
_TAKE_BACK = delete(SHARINGS).where(*_HERE, SHARINGS.c.section == bindparam("of_section"))
_READ = (
    select(AUDIT.c.thing, func.max(AUDIT.c.at).label("at"))
    .where(
        AUDIT.c.act == "read_shared", AUDIT.c.country == bindparam("of_country"), AUDIT.c.outcome == "read"
    )
    .group_by(AUDIT.c.thing)
)


def reading_of(cycle_id: str, section: str) -> str:
    """What the audit calls a section of a shared draft."""
    return f"{cycle_id}/shared/{section}"


class Sharing:
    """What is shared now, and the way for the secretariat to read it."""

    def __init__(self, pen: Pen, drafts: Drafts) -> None:
        self._pen = pen
        self._drafts = drafts

    async def sections(self, cycle_id: str, country: str) -> frozenset[str]:
        """The sections that a country shares now; the empty one is the whole draft."""
        rows = await self._pen.rows(_SECTIONS, {"cycle": cycle_id, "of_country": country})
        return frozenset(row.section for row in rows if not row.section.startswith(_PASSAGES))

    async def of_cycle(self, cycle_id: str) -> dict[str, frozenset[str]]:
        """What every country that shares anything shares."""
        shared: dict[str, frozenset[str]] = {}
        for row in await self._pen.rows(_ALL, {"cycle": cycle_id}):
            if row.section.startswith(_PASSAGES):
                continue
            shared[row.country] = shared.get(row.country, frozenset()) | {row.section}
        return shared

    async def share(self, cycle_id: str, country: str, section: str, by: int, now: datetime) -> None:
        """Let the secretariat read a section from `now` (UTC) on; one that is shared stays as it is."""
        row = {"cycle_id": cycle_id, "country": country, "section": section, "author_id": by, "at": now}
        await self._pen.write(self._pen.insert(SHARINGS).on_conflict_do_nothing(), row)

    async def take_back(self, cycle_id: str, country: str, section: str) -> None:
        """Close a section to the secretariat at once, with what seems personal in it."""
        for each in (section, _PASSAGES + section):
            values = {"cycle": cycle_id, "of_country": country, "of_section": each}
            await self._pen.write(_TAKE_BACK, values)

    async def passages(self, cycle_id: str, country: str) -> frozenset[str]:
        """The sections in which what seems personal may be read too; the empty one is all of them."""
        rows = await self._pen.rows(_SECTIONS, {"cycle": cycle_id, "of_country": country})
        return frozenset(row.section[1:] for row in rows if row.section.startswith(_PASSAGES))

    async def show_passages(
        self, cycle_id: str, country: str, section: str, by: int, now: datetime, *, shown: bool
    ) -> None:
        """Let what seems personal in a section be read as it was typed, or leave it out of what is read."""
        if shown:
            await self.share(cycle_id, country, _PASSAGES + section, by, now)
        else:
            values = {"cycle": cycle_id, "of_country": country, "of_section": _PASSAGES + section}
            await self._pen.write(_TAKE_BACK, values)

    async def review(self, actor: Actor, country: str) -> Review | None:
        """What a country shares of its draft, with nothing of the rest; None where it shares nothing. Raises Denied.

        What seems personal is left out of it unless the state said otherwise of that section.
        """
        if not may(actor, "read_shared", country):
            self._pen.denials.append(
                {
                    "person_id": actor.person_id,
                    "act": "read_shared",
                    "country": country,
                    "thing": f"draft of {actor.cycle_id}",
                    "outcome": "denied",
                }
            )
            raise Denied("read_shared", country)
        sections = await self.sections(actor.cycle_id, country)
        if not sections:
            return None
        shared = restricted((await self._drafts.tally(actor, country)).review, sections)
        return _as_read(shared, await self.passages(actor.cycle_id, country))

    async def readings(self, cycle_id: str, country: str) -> list[Reading]:
        """When the secretariat last read each section that was ever shared, by the audit; what waits is not in it."""
        begin = reading_of(cycle_id, "")
        rows = await self._pen.rows(_READ, {"of_country": country})
        found = [row for row in rows if row.thing.startswith(begin)]
        return [Reading(row.thing.removeprefix(begin), row.at) for row in found]

    async def forget_author(self, person_id: int) -> None:
        """What is shared stays shared; who shared it is forgotten."""
        await self._pen.write(
            update(SHARINGS).where(SHARINGS.c.author_id == person_id).values(author_id=None)
        )


def _as_read(review: Review, passages: frozenset[str]) -> Review:
    """A shared review as the secretariat reads it: what seems personal only where the state said so."""
    if WHOLE in passages:
        return review
    section_of, cleaned = review.template.section_of, careful(review)
    answers = {
        prompt: answer if section_of[prompt].id in passages else cleaned.answers[prompt]
        for prompt, answer in review.answers.items()
    }
    adaptations = {
        question: each if section_of[question].id in passages else cleaned.adaptations[question]
        for question, each in review.adaptations.items()
    }
    return replace(review, answers=answers, adaptations=adaptations)


def restricted(review: Review, sections: frozenset[str]) -> Review:
    """A review with the answers and adaptations of these sections only; all of it where the whole is among them."""
    if WHOLE in sections:
        return review
    inside = {
        place for place, section in review.template.section_of.items() if section.id in sections
    }  # questions and prompts
    return replace(
        review,
        answers={prompt: answer for prompt, answer in review.answers.items() if prompt in inside},
        adaptations={at: adaptation for at, adaptation in review.adaptations.items() if at in inside},
        words={prompt: count for prompt, count in review.words.items() if prompt in inside},
        last_ids={prompt: last for prompt, last in review.last_ids.items() if prompt in inside},
    )
