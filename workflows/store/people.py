"""People and their places, and how somebody is forgotten."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row, Select, and_, bindparam, select, text, update

from workflows.people.roles import Clock, Digits, Membership, Person, Reach, Speech
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables import INVITATIONS, MEMBERSHIPS, OPEN, OUTBOX, PEOPLE
from workflows.store.values import Invitation

AT_ONCE = 5_000
"""How many people are asked for in one statement; the engines take some 32,000 values."""
NAMING = (
    "came_in", "replace_whom", "invitation_made", "reminder_log", "workshop_attendance", "workshop_support",
    "audit", "country", "desk_request", "group_request", "supporters",
    "two_texts", "colleague_wrote", "colleagues", "colleague", "beside_text", "copy_text", "taken_over", "text_used",
    "withdraw_ask", "withdrawn", "history", "version",
    "announce_progress", "people_desk", "country_team", "place_card", "lead_passed", "claim_card", "claim_settled",
    "told", "clearing", "handover", "notes", "files", "file_remove_ask", "taking_part_told",
    "assess_principle", "input_list", "input_read", "inputs_table",
)  # fmt: skip
"""Notices that tell one person the name of another."""
CARRYING = (
    "edition_document", "edition_news", "clear_done", "submit_look", "reopen_asked", "review_locked",
    "passage_awaited", "reopen_sure", "reopen_sent", "draft_file", "review_page", "review_answer",
    "remark_kept", "remark", "remarks", "review_decided", "ask_explanation", "consent_section",
    "two_texts", "colleague_wrote", "colleague", "beside_text", "copy_text", "history", "version", "notes",
    "consultations", "consultation", "line_offered", "files", "file_kept", "file_remove_ask", "file_sent",
    "earlier_answer", "earlier_document",
    "ask", "saved", "answered", "record", "field", "wording", "section", "handover",
    "desk_request", "desk_reply", "desk_list", "support_request", "support_answered", "support_own",
    "assess", "assess_principle", "assess_areas", "assess_outline",
    "tagged", "input_list", "input_read", "inputs_table",
)  # fmt: skip
"""Notices that carry what a state's people wrote: they go to nobody whose place has ended in the meantime."""
_PEOPLE = (
    select(
        PEOPLE,
        MEMBERSHIPS.c.id.label("place_id"),
        MEMBERSHIPS.c.cycle_id,
        MEMBERSHIPS.c.country,
        MEMBERSHIPS.c.role,
        MEMBERSHIPS.c.scope,
        MEMBERSHIPS.c.lead,
        MEMBERSHIPS.c.began_at,
    )
    .outerjoin(MEMBERSHIPS, and_(MEMBERSHIPS.c.person_id == PEOPLE.c.id, MEMBERSHIPS.c.ended_at.is_(None)))
    .order_by(PEOPLE.c.id, MEMBERSHIPS.c.id)
)
_BY_TELEGRAM = Prepared(_PEOPLE.where(PEOPLE.c.telegram_id.in_(bindparam("ids", expanding=True))))
_BY_ID = Prepared(_PEOPLE.where(PEOPLE.c.id.in_(bindparam("ids", expanding=True))))
_IN_CYCLE = select(MEMBERSHIPS.c.person_id).where(
    MEMBERSHIPS.c.ended_at.is_(None), MEMBERSHIPS.c.cycle_id == bindparam("cycle")
)
_OF_COUNTRY = _PEOPLE.where(
    PEOPLE.c.id.in_(_IN_CYCLE.where(MEMBERSHIPS.c.country == bindparam("of_country")))
)
_OF_CYCLE = _PEOPLE.where(PEOPLE.c.id.in_(_IN_CYCLE))
_SECRETARIAT = _PEOPLE.where(PEOPLE.c.id.in_(_IN_CYCLE.where(MEMBERSHIPS.c.role == "secretariat")))
_PLACE = select(MEMBERSHIPS).where(MEMBERSHIPS.c.id == bindparam("of"))
_PLACES = select(MEMBERSHIPS).where(MEMBERSHIPS.c.person_id == bindparam("of")).order_by(MEMBERSHIPS.c.id)
# Two numbers are locks of their own kind: none of them is a person's lane.
_HOLD = text("SELECT pg_advisory_xact_lock(hashtext(:cycle), hashtext(:of_country))")
_LEADS = _IN_CYCLE.where(MEMBERSHIPS.c.country == bindparam("of_country"), MEMBERSHIPS.c.lead)


def name_place(person_id: int) -> str:
    """Where a name is sealed."""
    return f"name/{person_id}"


class People:
    """All people by their ids. What was loaded once in a transaction is not asked for again."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._by_telegram: dict[int, Person | None] = {}

    # --- finding ------------------------------------------------------------------------------------------------

    async def by_telegram(self, telegram_id: int) -> Person | None:
        """The person with this Telegram id."""
        if telegram_id not in self._by_telegram:
            await self.prefetch([telegram_id])
        return self._by_telegram[telegram_id]

    async def by_id(self, person_id: int) -> Person | None:
        """The person of that number, forgotten ones too."""
        return next(iter(await self._people(_BY_ID, {"ids": [person_id]})), None)

    async def by_ids(self, person_ids: Collection[int]) -> dict[int, Person]:
        """The people of these numbers by them, forgotten ones too."""
        wanted = sorted(set(person_ids))
        slices = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
        found = [person for some in slices for person in await self._people(_BY_ID, {"ids": some})]
        return {person.id: person for person in found}

    async def in_cycle(self, cycle_id: str) -> list[Person]:
        """Everybody who holds a place in a cycle, in the order they came in."""
        return await self._people(_OF_CYCLE, {"cycle": cycle_id})

    async def of_country(self, cycle_id: str, country: str) -> list[Person]:
        """Those who hold a place of a country in a cycle, in the order they came in."""
        return await self._people(_OF_COUNTRY, {"cycle": cycle_id, "of_country": country})

    async def secretariat(self, cycle_id: str) -> list[Person]:
        """The secretariat's people in a cycle, in the order they came in."""
        return await self._people(_SECRETARIAT, {"cycle": cycle_id})

    async def membership(self, membership_id: int) -> Membership | None:
        """The place of that number, ended ones too."""
        row = await self._pen.row(_PLACE, {"of": membership_id})
        return _membership(row) if row is not None else None

    async def places(self, person_id: int) -> list[Membership]:
        """Every place that a person has held, whether or not it has ended, the newest last."""
        return [_membership(row) for row in await self._pen.rows(_PLACES, {"of": person_id})]

    async def prefetch(self, telegram_ids: Collection[int]) -> list[Person]:
        """Load these people and their places in one statement."""
        wanted = [each for each in telegram_ids if each not in self._by_telegram]
        found = await self._people(_BY_TELEGRAM, {"ids": wanted}) if wanted else []
        self._by_telegram.update(dict.fromkeys(wanted))
        self._by_telegram.update({person.telegram_id: person for person in found if person.telegram_id})
        return found

    # --- coming in and going --------------------------------------------------------------------------------------

    async def come_in(self, telegram_id: int, name: str, language: Speech, now: datetime) -> Person:
        """The person with this Telegram id: a new one, or the known one under their present name.

        Somebody known keeps the language that they chose.
        """
        known = await self.by_telegram(telegram_id)
        if known is None:
            row = {"telegram_id": telegram_id, "language": language, "created_at": now}
            new = PEOPLE.insert().returning(PEOPLE.c.id)
            (written,) = await self._pen.written(new, row | {"digits": "auto", "reach": "open"})
            known = Person(written.id, telegram_id, "", language)
        if known.name != name:
            await self._set(known.id, name=self._pen.seal(name, name_place(known.id)))
        return self._keep(replace(known, name=name))

    async def hold_focal_points(self, cycle_id: str, country: str) -> None:
        """Let whoever else is about to become a country's focal point wait until this transaction ends.

        What is asked of them after that is as the one before has left it. SQLite has one writer, who holds everything.
        """
        if self._pen.kind == "postgresql":
            await self._pen.rows(_HOLD, {"cycle": cycle_id, "of_country": country})

    async def join(self, person: Person, invitation: Invitation, now: datetime) -> Membership:
        """Give a person the place of an invitation; a country's first focal point leads."""
        if invitation.role == "focal_point":
            await self.hold_focal_points(invitation.cycle_id, invitation.country)
        values = {"cycle": invitation.cycle_id, "of_country": invitation.country}
        leads = invitation.role == "focal_point" and await self._pen.row(_LEADS, values) is None
        row = {
            "person_id": person.id,
            "cycle_id": invitation.cycle_id,
            "country": invitation.country,
            "role": invitation.role,
            "scope": invitation.scope,
            "lead": leads,
            "began_at": now,
            "ended_at": None,
            "end_reason": "",
        }
        (written,) = await self._pen.written(MEMBERSHIPS.insert().returning(MEMBERSHIPS), row)
        self._by_telegram.clear()
        return _membership(written)

    async def end(self, membership_id: int, why: str, now: datetime) -> None:
        """End a place at once; one that has ended stays as it is.

        What waits to be sent to its holder of the state's words is not sent any more.
        """
        held = update(MEMBERSHIPS).where(MEMBERSHIPS.c.id == membership_id, MEMBERSHIPS.c.ended_at.is_(None))
        ended = held.values(ended_at=now, end_reason=why).returning(MEMBERSHIPS)
        for place in await self._pen.written(ended):
            unsent = update(OUTBOX).where(
                text(OPEN),
                OUTBOX.c.person_id == place.person_id,
                OUTBOX.c.cycle_id == place.cycle_id,
                OUTBOX.c.country == place.country,
                OUTBOX.c.topic.in_(CARRYING),
            )
            gone = {"state": "cancelled", "reason": "place ended", "settled_at": now, "claim_owner": ""}
            await self._pen.write(unsent.values(**gone, payload=None, claim_until=None))
        self._by_telegram.clear()

    async def make_lead(self, membership_id: int) -> Membership:
        """Let a place lead its country; raises LookupError when there is none of that number."""
        changed = update(MEMBERSHIPS).where(MEMBERSHIPS.c.id == membership_id).values(lead=True)
        rows = await self._pen.written(changed.returning(MEMBERSHIPS))
        if not rows:
            raise LookupError(f"no membership {membership_id}")
        self._by_telegram.clear()
        return _membership(rows[0])

    async def pass_lead(self, membership_id: int) -> Membership:
        """Let a focal point's place lead its country, and no other; raises LookupError when there is none of it."""
        place = await self.membership(membership_id)
        if place is None:
            raise LookupError(f"no membership {membership_id}")
        others = update(MEMBERSHIPS).where(
            MEMBERSHIPS.c.cycle_id == place.cycle_id,
            MEMBERSHIPS.c.country == place.country,
            MEMBERSHIPS.c.ended_at.is_(None),
        )
        await self._pen.write(others.values(lead=False))
        return await self.make_lead(membership_id)

    async def set_language(self, person_id: int, language: Speech) -> Person:
        """Speak to a person in this language from now on."""
        return await self._set(person_id, language=language)

    async def set_digits(self, person_id: int, digits: Digits) -> Person:
        """Write numbers to a person with these digits; "auto" is their country's habit."""
        return await self._set(person_id, digits=digits)

    async def set_clock(self, person_id: int, clock: Clock) -> Person:
        """Tell a person hours on 24 hours or on 12 from now on."""
        return await self._set(person_id, clock=clock)

    async def set_reach(self, person_id: int, reach: Reach) -> Person:
        """Note whether messages arrive at a person."""
        return await self._set(person_id, reach=reach)

    async def erase(self, person_id: int, now: datetime) -> None:
        """Forget a person: name, Telegram id, talk, letters and dead letters go; places end; answers lose their author.

        So do minutes and plans; preferences, registrations and reminders go. What lay in the file is overwritten when
        the transaction has ended.
        """
        person = await self.by_id(person_id)
        if person is None or person.telegram_id is None:
            return
        await self._pen.forget(person_id, person.telegram_id)
        taken = update(INVITATIONS).where(INVITATIONS.c.used_by == person.telegram_id)
        await self._pen.write(taken.values(used_by=None))
        held = update(MEMBERSHIPS).where(
            MEMBERSHIPS.c.person_id == person_id, MEMBERSHIPS.c.ended_at.is_(None)
        )
        await self._pen.write(held.values(ended_at=now, end_reason="erased"))
        # What others were told of who came in holds names; it was said, and need not be kept.
        told = update(OUTBOX).where(OUTBOX.c.topic.in_(NAMING), OUTBOX.c.settled_at.is_not(None))
        await self._pen.write(told.values(payload=None))
        gone = update(PEOPLE).where(PEOPLE.c.id == person_id)
        await self._pen.write(gone.values(name=None, telegram_id=None, reach="gone", erased_at=now))
        self._by_telegram.pop(person.telegram_id, None)
        self._pen.forgets = True

    # --- rows into people -----------------------------------------------------------------------------------------

    async def _set(self, person_id: int, **columns: object) -> Person:
        await self._pen.write(update(PEOPLE).where(PEOPLE.c.id == person_id).values(**columns))
        self._by_telegram.clear()
        person = await self.by_id(person_id)
        if person is None:
            raise LookupError(f"no person {person_id}")
        return self._keep(person)

    def _keep(self, person: Person) -> Person:
        if person.telegram_id is not None:
            self._by_telegram[person.telegram_id] = person
        return person

    async def _people(self, query: Select[Any] | Prepared, values: dict[str, Any]) -> list[Person]:
        people: dict[int, list[Row[Any]]] = {}
        for row in await self._pen.rows(query, values):
            people.setdefault(row.id, []).append(row)
        return [self._person(rows) for rows in people.values()]

    def _person(self, rows: Sequence[Row[Any]]) -> Person:
        """One person, from a row for each place they hold; from one row where they hold none."""
        row = rows[0]
        name = self._pen.unseal(row.name, name_place(row.id)).decode()
        places = tuple([_held(each) for each in rows if each.place_id is not None])
        return Person(
            row.id, row.telegram_id, name, row.language, row.digits, row.reach, places, row.clock or "24"
        )


def _held(row: Row[Any]) -> Membership:
    return Membership(
        row.place_id,
        row.id,
        row.cycle_id,
        row.country,
        row.role,
        row.lead,
        row.began_at,
        scope=row.scope,
    )


def _membership(row: Row[Any]) -> Membership:
    return Membership(
        row.id,
        row.person_id,
        row.cycle_id,
        row.country,
        row.role,
        row.lead,
        row.began_at,
        row.ended_at,
        row.scope,
    )
