"""The session that somebody wants to do something about: found in the calendar, and whether they may."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeAlias, TypeVar

from msgspec.structs import replace

from workflows.cycle.calendar import Milestone, is_over
from workflows.immutable import Immutable
from workflows.notices import Notice
from workflows.notices.workshops import SessionSaying
from workflows.people.access import Act, may
from workflows.people.roles import Person
from workflows.review.events import Say
from workflows.store.values_calendar import Minute, MinuteKind, Registration
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.when import Window

Came = Literal["done", "already", "stale", "denied"]
"""What came of a verb: done, done before, asked of something that is not there any more, or not allowed."""
S = TypeVar("S", bound=SessionSaying)
P = ParamSpec("P")
Verb: TypeAlias = Callable[P, Awaitable[Came | None]]
Asked: TypeAlias = Callable[P, Awaitable[Came]]


class Session(Immutable):
    """One session for which people register, with the errand that is about it."""

    errand: Errand
    milestone: Milestone

    @property
    def id(self) -> str:
        return self.milestone.id

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return is_over(self.milestone.when, self.errand.cause.now)

    @property
    def runs(self) -> bool:
        """Whether it is looked at by the secretariat, which runs it."""
        return self.errand.actor.role == "secretariat"

    def about(self, kind: type[S], **values: Any) -> S:
        """A notice about the session."""
        it = self.milestone
        others = it.alternatives if isinstance(it.when, Window) else ()
        about = {"session": self.id, "title": it.title, "when": it.when, "alternatives": others}
        return kind.model_validate({**about, **values})

    def say(self, what: Notice | Say, card: int | None = None) -> None:
        """Say something to the person, or draw it in the place of the card that was pressed."""
        topic = what.notice.topic if isinstance(what, Say) else what.topic
        self.errand.say(what, f"session/{topic}", edits=card or None)

    async def say_settled(self, notice: Notice) -> None:
        """Say something new after which a text answers no question of ours that may be open in the chat."""
        newest = await self.errand.work.outbox.newest_card(self.errand.person.id)
        self.say(closing(notice) if newest is not None and newest.focus.asked else notice)

    async def tell(self, people: Iterable[Person], notice: Notice, *, bulk: bool = False) -> None:
        """Say something to others, once for this update; to nobody whose place has ended in the meantime."""
        for person in {each.id: each for each in people if each.id != self.errand.person.id}.values():
            place = next((p for p in person.memberships if p.cycle_id == self.errand.actor.cycle_id), None)
            if place is None:
                continue
            self.errand.work.outbox.post(
                person,
                notice,
                key=self.errand.cause.key(f"session/{notice.topic}/{person.id}"),
                now=self.errand.cause.now,
                cycle_id=self.errand.actor.cycle_id,
                country=place.country,
                bulk=bulk,
            )

    async def tell_registered(
        self, rows: Iterable[Registration], notice: Notice, *, bulk: bool = False
    ) -> None:
        """Say something to those of these registrations."""
        people = [await self.errand.work.people.by_id(row.person_id) for row in rows]
        await self.tell(filter(None, people), notice, bulk=bulk)

    async def tell_secretariat(self, notice: Notice) -> None:
        """Say something to everybody in the secretariat."""
        await self.tell(await self.errand.work.people.secretariat(self.errand.actor.cycle_id), notice)

    # --- registrations -------------------------------------------------------------------------------------------

    async def rows(self) -> list[Registration]:
        """Everybody's registrations."""
        return await self.errand.work.registrations.of_session(self.errand.actor.cycle_id, self.id)

    async def held(self) -> list[Registration]:
        """The same for a verb that changes one: nobody else does, or what they said in between would be undone."""
        return await self.errand.work.registrations.held(self.errand.actor.cycle_id, self.id)

    async def change(self, row: Registration, **values: Any) -> Registration:
        """Keep a registration with other values; nothing is written where they are the same."""
        changed = replace(row, **values)
        if changed != row:
            await self.errand.work.registrations.save(changed)
        return changed

    # --- minutes -------------------------------------------------------------------------------------------------

    async def minutes(self, kind: MinuteKind | None = None) -> list[Minute]:
        """What was put down, of one kind where it is named."""
        put_down = await self.errand.work.minutes.of_session(self.errand.actor.cycle_id, self.id)
        return [minute for minute in put_down if kind in (None, minute.kind)]

    async def held_minutes(self, kind: MinuteKind) -> list[Minute]:
        """Those of a kind for a verb that changes one: nobody else does before it is done."""
        put_down = await self.errand.work.minutes.held(self.errand.actor.cycle_id, self.id)
        return [minute for minute in put_down if minute.kind == kind]

    async def put_down(self, kind: MinuteKind, text: str, **values: Any) -> Minute:
        """Put something down in the person's name."""
        actor, now = self.errand.actor, self.errand.cause.now
        given: dict[str, Any] = {"country": actor.country, "author_id": self.errand.person.id, **values}
        minute = Minute(id=0, cycle_id=actor.cycle_id, session=self.id, kind=kind, text=text, at=now, **given)
        return replace(minute, id=await self.errand.work.minutes.add(minute, now))


def act_of(errand: Errand) -> Act:
    """What somebody does who looks at a list that both sides have: the secretariat runs, the others attend."""
    return "run_session" if errand.actor.role == "secretariat" else "attend_session"


async def enter(errand: Errand, act: Act, session_id: str) -> Session | Came:
    """The session, or why there is none; a denial and an unknown id leave a line in the audit."""
    country, thing = errand.actor.country, f"session/{session_id}"
    if not may(errand.actor, act, country):
        errand.note(act, country, thing, "denied")
        return "denied"
    plan = await errand.work.calendars.current(errand.actor.cycle_id)
    milestone = plan.calendar.by_id.get(session_id) if plan else None
    if milestone is None or not milestone.registers:
        errand.note(act, country, thing, "unknown")
        return "stale"
    return Session(errand, milestone)


def entered(
    act: Act | None = None, fits: Callable[[Milestone], bool] = lambda _: True
) -> Callable[[Verb[Concatenate[Session, P]]], Asked[Concatenate[Errand, str, P]]]:
    """Give a verb the session that is named by its id; where there is none to enter, the verb says why instead.

    Without an act it is a look at a list that both sides have. A session that does not fit is stale. A verb that says
    nothing else has done it.
    """

    def of(verb: Verb[Concatenate[Session, P]]) -> Asked[Concatenate[Errand, str, P]]:
        @wraps(verb)
        async def known(errand: Errand, session_id: str, /, *args: P.args, **kwargs: P.kwargs) -> Came:
            session = await enter(errand, act or act_of(errand), session_id)
            if isinstance(session, str):
                return session
            return (await verb(session, *args, **kwargs) or "done") if fits(session.milestone) else "stale"

        return known

    return of


def entered_by_minute(
    act: Act | None, kind: MinuteKind
) -> Callable[[Verb[Concatenate[Session, Minute, P]]], Asked[Concatenate[Errand, int, P]]]:
    """The same for a verb about something of a kind that was put down for a session, and is named by its number."""

    def of(
        verb: Verb[Concatenate[Session, Minute, P]],
    ) -> Asked[Concatenate[Errand, int, P]]:
        @wraps(verb)
        async def known(errand: Errand, minute_id: int, /, *args: P.args, **kwargs: P.kwargs) -> Came:
            minute = await errand.work.minutes.get(minute_id)
            if minute is not None and (minute.cycle_id, minute.kind) != (errand.actor.cycle_id, kind):
                minute = None
            session = await enter(errand, act or act_of(errand), minute.session if minute else "")
            if isinstance(session, str):
                return session
            return (await verb(session, minute, *args, **kwargs) or "done") if minute else "stale"

        return known

    return of


# --- what registrations say together -----------------------------------------------------------------------------


def attending(rows: Sequence[Registration]) -> list[Registration]:
    """Those who come, from wherever."""
    return [row for row in rows if row.attendance != "away"]


def sizes(rows: Sequence[Registration]) -> Counter[str]:
    """How many people come by country."""
    return Counter(row.country for row in attending(rows))


def groups(rows: Sequence[Registration]) -> dict[str, int]:
    """The discussion group of each country that comes and has one."""
    return {row.country: row.group for row in attending(rows) if row.group}


def order(rows: Sequence[Registration]) -> list[str]:
    """The countries that present, in their order."""
    places = {row.country: row.place or len(rows) + 1 for row in attending(rows) if row.presents}
    return sorted(places, key=lambda country: (places[country], country))


def waiting(minutes: Iterable[Minute]) -> list[Minute]:
    """The places on the list of speakers that wait for the floor, in their order."""
    here = [minute for minute in minutes if minute.kind == "floor" and minute.state == "open"]
    return sorted(here, key=lambda minute: (minute.place, minute.id))


def speaking(minutes: Iterable[Minute]) -> Minute | None:
    """The place of the delegation that has the floor."""
    return next((each for each in minutes if each.kind == "floor" and each.state == "speaking"), None)


def groups_of(milestone: Milestone) -> int:
    """How many discussion groups there are; 0 where there are not several."""
    return milestone.groups if milestone.groups > 1 else 0


def group_names(minutes: Iterable[Minute]) -> dict[int, str]:
    """The names that discussion groups were given, by their number; the latest of each."""
    return {each.group: each.text for each in minutes if each.kind == "group_name" and each.text}


def stance(rows: Sequence[Registration], country: str) -> Registration | None:
    """The registration that says how a country stands: its group, whether it presents, its place."""
    of_country = [row for row in attending(rows) if row.country == country]
    return max(of_country, key=lambda row: (row.presents is not None, row.group), default=None)
