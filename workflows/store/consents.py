"""Consents of countries to the use of single answers: given per version, revoked, and never removed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from workflows.store.pen import Pen
from workflows.store.tables_passage import CONSENTS
from workflows.store.values_exchange import Consent, ConsentUse

_OF_EDITION = select(CONSENTS).where(CONSENTS.c.edition_id == bindparam("of")).order_by(CONSENTS.c.id)
_OF_COUNTRY = (
    select(CONSENTS)
    .where(CONSENTS.c.cycle_id == bindparam("cycle"), CONSENTS.c.country == bindparam("of_country"))
    .order_by(CONSENTS.c.id)
)


class Consents:
    """Who consented to what when; a consent belongs to the version it was given for."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def of_edition(self, edition_id: int) -> list[Consent]:
        """Every consent to uses of a version, revoked ones too, the first one first."""
        return [_consent(row) for row in await self._pen.rows(_OF_EDITION, {"of": edition_id})]

    async def of_country(self, cycle_id: str, country: str) -> list[Consent]:
        """Every consent of a country in all versions, revoked ones too, the first one first."""
        rows = await self._pen.rows(_OF_COUNTRY, {"cycle": cycle_id, "of_country": country})
        return [_consent(row) for row in rows]

    async def grant(
        self,
        place: tuple[str, str, int],
        prompts: Collection[str],
        use: ConsentUse,
        by: int,
        now: datetime,
    ) -> list[str]:
        """Consent to a use of these answers of (cycle, country, edition id) at `now` (UTC).

        Returns:
            The prompts to which there was no such consent before.
        """
        cycle_id, country, edition_id = place
        given = _holding(await self.of_edition(edition_id), use)
        fresh = [prompt for prompt in dict.fromkeys(prompts) if prompt not in given]
        rows = [
            {
                "cycle_id": cycle_id,
                "country": country,
                "edition_id": edition_id,
                "prompt": prompt,
                "use": use,
                "author_id": by,
                "at": now,
            }
            for prompt in fresh
        ]
        if rows:
            await self._pen.write(CONSENTS.insert(), rows)
        return fresh

    async def revoke(
        self, edition_id: int, prompts: Collection[str], use: ConsentUse, by: int, now: datetime
    ) -> list[str]:
        """Take the consent to a use of these answers back at `now` (UTC); returns those to which there was one."""
        given = _holding(await self.of_edition(edition_id), use)
        ended = [prompt for prompt in dict.fromkeys(prompts) if prompt in given]
        held = update(CONSENTS).where(
            CONSENTS.c.edition_id == edition_id,
            CONSENTS.c.use == use,
            CONSENTS.c.prompt.in_(ended),
            CONSENTS.c.revoked_at.is_(None),
        )
        if ended:
            await self._pen.write(held.values(revoked_by=by, revoked_at=now))
        return ended

    async def forget_author(self, person_id: int) -> None:
        """Consents stay with the state; who gave or revoked them is forgotten."""
        for column in (CONSENTS.c.author_id, CONSENTS.c.revoked_by):
            await self._pen.write(update(CONSENTS).where(column == person_id).values({column.name: None}))


def _holding(consents: Collection[Consent], use: ConsentUse) -> frozenset[str]:
    return frozenset(each.prompt for each in consents if each.use == use and each.revoked_at is None)


def _consent(row: Row[Any]) -> Consent:
    return Consent(**row._asdict())
