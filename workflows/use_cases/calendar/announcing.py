"""Telling everybody whom a change of the calendar concerns: each once, and as their own country has it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workflows.cycle import cards
from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.sessions.attending import meets_in_person
from workflows.cycle.steering import following, is_of_place, state_of, step_between
from workflows.immutable import Immutable
from workflows.notices.scheduling import CountryPeople, EventState, FollowLine, Moved, PeopleTold
from workflows.people.roles import Membership, Person
from workflows.store.values_calendar import Plan
from workflows.use_cases.cause import Errand
from workflows.use_cases.reminders.readers import place_in


class Alteration(Immutable):
    """A change of one event, with the calendar before and after; `country` is whose own date it is about."""

    milestone_id: str
    country: str
    before: Calendar
    after: Calendar

    @property
    def milestone(self) -> Milestone:
        """The event as it is after the change."""
        return self.after.by_id[self.milestone_id]

    @property
    def registered_only(self) -> bool:
        """Whether it is of use only to those who have registered: a link alone, or a place to which nobody comes."""
        if self.country or not self.milestone.registers:
            return False
        if (
            meets_in_person(self.milestone)
            and self.before.by_id[self.milestone_id].place != self.milestone.place
        ):
            return False
        return is_of_place(*self.states("")) and not self.follow("")

    def seen_by(self, place: Membership) -> str:
        """The country as whose reader somebody sees it: the secretariat sees a country's own date as that country."""
        return self.country if place.role == "secretariat" else place.country

    def states(self, country: str) -> tuple[EventState, EventState]:
        """What the event was and is for a country's readers."""
        return state_of(self.before.by_id[self.milestone_id], country), state_of(self.milestone, country)

    def follow(self, country: str) -> tuple[FollowLine, ...]:
        """The other dates that move along for a country's readers."""
        return tuple(following(self.before, self.after, self.milestone_id, country))

    def extended(self) -> bool:
        """Whether the country it is about has a date of its own now."""
        return self.country in self.milestone.extensions


@dataclass
class Announcement:
    """The letters about one alteration, worked out once for all readers who see the same."""

    errand: Errand
    alteration: Alteration
    _seen: dict[str, tuple[EventState, EventState, tuple[FollowLine, ...]]] = field(default_factory=dict)

    async def addressees(self, but: Iterable[int] = ()) -> list[tuple[Person, Membership]]:
        """Everybody who is to be told and can be reached; those named are told although they did not register.

        Who makes the change gets a receipt instead. A country that takes no part is told only of a date of its own,
        but those of its people who registered for an event hear what becomes of it.
        """
        cycle = self.errand.actor.cycle_id
        it = self.alteration.milestone_id
        scope = await self._registered(it) if self.alteration.registered_only else None
        declined = await self._declined()
        keeping = await self._registered(it, *self._moving_along()) if declined else set()
        told = []
        for person in await self.errand.work.people.in_cycle(cycle):
            place = place_in(person, cycle)
            if place is None or person.id == self.errand.person.id or not _is_reached(person):
                continue
            if place.country in declined and person.id not in keeping:
                continue
            is_meant = scope is None or person.id in scope
            if person.id in but or (is_meant and self._concerns(self.alteration.seen_by(place))):
                told.append((person, place))
        return told

    async def post(self, plan: Plan) -> tuple[PeopleTold, int]:
        """Post the letters about a plan that is written; returns who is told, and how many letters were withdrawn.

        Letters about an earlier change of the same event that have not gone out are withdrawn, and these begin where
        those did; where nothing is left to tell, nothing is told.
        """
        work, now = self.errand.work, self.errand.cause.now
        about = f"moved/{plan.cycle_id}/{self.alteration.milestone_id}/{self.alteration.country or 'all'}/"
        withdrawn = await work.outbox.withdraw(about, now)
        people = await self.addressees(but=withdrawn)
        preferences = await work.preferences.of([person.id for person, _ in people])
        told = []
        for person, place in people:
            last = withdrawn.get(person.id)
            letter = self._letter(plan, place, last if isinstance(last, Moved) else None)
            if letter is not None:
                told.append((person, place))
                letter = letter.model_copy(update={"hijri": preferences[person.id].hijri})
                key = f"{about}{plan.number}/{person.id}"
                work.outbox.post(
                    person, letter, key=key, now=now, cycle_id=plan.cycle_id, country=place.country, bulk=True
                )
        return counted(told), len(withdrawn)

    async def _registered(self, *sessions: str) -> set[int]:
        """Those who have said that they attend one of these."""
        cycle, of_session = self.errand.actor.cycle_id, self.errand.work.registrations.of_session
        rows = [row for session in sessions for row in await of_session(cycle, session)]
        return {row.person_id for row in rows if row.attendance != "away"}

    async def _declined(self) -> set[str]:
        """The countries that have said that they take no part, and whose own date this is not about."""
        answers = await self.errand.work.taking_part.of(self.errand.actor.cycle_id)
        saying_no = {country for country, said in answers.items() if said.answer == "no"}
        return saying_no - {self.alteration.country}

    def _moving_along(self) -> tuple[str, ...]:
        before = self.alteration.before.by_id
        return tuple(each.id for each in self.alteration.after.milestones if each != before.get(each.id))

    def _news(self, country: str) -> tuple[EventState, EventState, tuple[FollowLine, ...]]:
        if country not in self._seen:
            self._seen[country] = (*self.alteration.states(country), self.alteration.follow(country))
        return self._seen[country]

    def _concerns(self, country: str) -> bool:
        before, after, follow = self._news(country)
        return before != after or bool(follow)

    def _letter(self, plan: Plan, place: Membership, last: Moved | None) -> Moved | None:
        """What somebody is told; nothing where they know it all, as `last` never reached them."""
        alteration, serves = self.alteration, place.role == "secretariat"
        before, after, follow = self._news(alteration.seen_by(place))
        if last is not None:
            before, follow = last.before, tuple(_since(last.follow, follow))
        if before == after and not follow:
            return None
        it, of_country = alteration.milestone, alteration.country
        letter = Moved(
            milestone=it.id,
            title=it.title,
            step=step_between(before, after, country=of_country, extended=alteration.extended()),
            before=before,
            after=after,
            follow=follow,
            country=of_country,
            serves=serves,
            takes_part=place.role in ("focal_point", "contributor"),
            agenda=bool(it.agenda),
            registers=it.registers,
        )
        if serves and of_country:
            return letter
        changed = {it.id, *(line.id for line in follow)}
        wanted = [each for each in cards.in_files(alteration.after, place.country) if each.id in changed]
        if not wanted:
            return letter
        file = cards.calendar_file(
            alteration.after, wanted, place.country, cycle=plan.cycle_id, stamp=plan.at
        )
        return letter.model_copy(update={"file": file.model_copy(update={"event": it.id})})


def counted(people: Iterable[tuple[Person, Membership]]) -> PeopleTold:
    """How many people of each role and country these are."""
    places = [place for _, place in people]
    roles = Counter(place.role for place in places)
    countries = Counter(place.country for place in places if place.country)
    return PeopleTold(
        focal_points=roles["focal_point"],
        contributors=roles["contributor"],
        officers=roles["secretariat"],
        others=roles["clearer"] + roles["supporter"],
        countries=tuple(CountryPeople(country=code, people=countries[code]) for code in sorted(countries)),
    )


def _is_reached(person: Person) -> bool:
    return person.telegram_id is not None and person.reach == "open"


def _since(last: Iterable[FollowLine], now: Iterable[FollowLine]) -> Iterator[FollowLine]:
    """The dates that move along since an earlier letter, which never arrived."""
    known = {line.id: line for line in last}
    fresh = {line.id: line for line in now}
    for it in {**known, **fresh}:
        first, newest = known.get(it) or fresh[it], fresh.get(it) or known[it]
        if first.before != newest.after:
            yield newest.model_copy(update={"before": first.before})
