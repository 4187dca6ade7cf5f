"""Who is waiting at a card hears once that the bot was away, and nobody hears it for nothing."""

from datetime import timedelta

import pytest

from bot.commands.preparing import SHIPPED
from bot.ingress.absence import DEAF_SECONDS, Absence
from bot.ingress.watch import look
from bot.render import Voice, render
from bot.sandbox import Person
from tests.transport.conftest import Place
from tests.transport.parrot import until
from workflows.notices import Explained
from workflows.review.judge import load_template
from workflows.store.transaction import Work
from workflows.store.values import Invitation
from workflows.use_cases.opening import open_cycle

AWAY = render(Explained(code="away"), Voice.of("en", "auto", "LB"), None).text
AWAY_LONG = render(Explained(code="away_long"), Voice.of("en", "auto", "LB"), None).text


class Watch:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Ears:
    """Whether updates arrive, as the test says."""

    def __init__(self) -> None:
        self.open = True

    def __call__(self) -> bool:
        return self.open


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def ears() -> Ears:
    return Ears()


def absence(place: Place, watch: Watch, ears: Ears) -> Absence:
    """As a process that starts now has it."""
    return Absence(place.house.clerk, place.house.clock.now, ears, watch)


def passes(place: Place, seconds: float) -> None:
    """Move the bot's own clock on."""
    place.house.clock._offset += timedelta(seconds=seconds)


async def at_a_card(place: Place) -> Person:
    """Somebody of the review who was given a card just now."""
    person = place.sandbox.person()
    person.starts()
    now = place.house.clock.now()
    invitation = Invitation(1, "2026", "focal_point", "LB", "", None, now, now)

    async def come_in(work: Work) -> None:
        await open_cycle(work, "2026", load_template(SHIPPED), now)
        await work.people.join(await work.people.come_in(person.user_id, "Layla", "en", now), invitation, now)

    await place.house.clerk.run_errand(come_in)
    person.says("hello")
    place.polls()
    await person.sees(lambda message: message.from_bot)
    await until(lambda: not place.house.courier.in_hand and not place.house.clerk._settlements)
    return person


async def queued(place: Place) -> int | None:
    """How many letters wait for the sender; None where there is no such letter."""
    async with place.house.store.reading() as work:
        return (await work.outbox.backlog()).counts.get("queued")


def told(person: Person) -> int:
    return sum(message.from_bot and message.text == AWAY for message in person.messages)


async def test_fault_27_after_a_long_absence_who_waits_hears_it_once(
    place: Place, watch: Watch, ears: Ears
) -> None:
    place.writes()
    layla = await at_a_card(place)
    await absence(place, watch, ears).beat()
    passes(place, DEAF_SECONDS + 1)
    await place.beats()
    again = absence(place, watch, ears)
    for _ in range(3):
        await again.beat()
    await until(lambda: told(layla) == 1)
    await absence(place, watch, ears).beat()
    assert told(layla) == 1


async def test_a_short_absence_needs_no_word(place: Place, watch: Watch, ears: Ears) -> None:
    place.writes()
    await at_a_card(place)
    await absence(place, watch, ears).beat()
    passes(place, DEAF_SECONDS - 10)
    await absence(place, watch, ears).beat()
    assert await queued(place) is None


async def test_the_first_start_is_no_return(place: Place, watch: Watch, ears: Ears) -> None:
    place.writes()
    await at_a_card(place)
    await absence(place, watch, ears).beat()
    assert await queued(place) is None


async def test_who_was_not_there_for_a_day_is_left_in_peace(place: Place, watch: Watch, ears: Ears) -> None:
    place.writes()
    await at_a_card(place)
    await absence(place, watch, ears).beat()
    passes(place, 86_400 + 10)
    await absence(place, watch, ears).beat()  # they were told, and did nothing for a day
    passes(place, 86_400)
    async with place.house.store.reading() as work:
        told_before = (await work.outbox.backlog()).counts
    await absence(place, watch, ears).beat()
    async with place.house.store.reading() as work:
        assert (await work.outbox.backlog()).counts == told_before


async def test_fault_29_after_more_than_a_day_people_are_asked_to_look_at_what_they_last_wrote(
    place: Place, watch: Watch, ears: Ears
) -> None:
    place.writes()
    layla = await at_a_card(place)
    await absence(place, watch, ears).beat()
    passes(place, 25 * 3600)
    await place.beats()
    for _ in range(2):
        await absence(place, watch, ears).beat()
    await until(lambda: any(message.text == AWAY_LONG for message in layla.messages))
    assert told(layla) == 0
    assert sum(message.text == AWAY_LONG for message in layla.messages) == 1


async def test_a_deaf_while_in_a_living_process_counts_and_a_moved_clock_does_not(
    place: Place, watch: Watch, ears: Ears
) -> None:
    place.writes()
    await at_a_card(place)
    here = absence(place, watch, ears)
    await here.beat()
    passes(place, 3600)
    watch.seconds += 15
    await here.beat()
    assert await queued(place) is None
    ears.open = False
    passes(place, DEAF_SECONDS + 1)
    watch.seconds += DEAF_SECONDS + 1
    await here.beat()
    ears.open = True
    await here.beat()
    assert await queued(place) == 1


async def test_who_was_deaf_while_the_clock_was_set_back_says_so_too(
    place: Place, watch: Watch, ears: Ears
) -> None:
    place.writes()
    await at_a_card(place)
    here = absence(place, watch, ears)
    await here.beat()
    passes(place, -3600)
    watch.seconds += DEAF_SECONDS + 1
    await here.beat()
    assert await queued(place) == 1


async def test_who_takes_over_from_another_that_received_was_not_away(
    place: Place, watch: Watch, ears: Ears
) -> None:
    place.writes()
    await at_a_card(place)
    stand_by = absence(place, watch, Ears())
    for _ in range(20):  # the other one receives all the while
        passes(place, 15)
        watch.seconds += 15
        await absence(place, watch, ears).beat()
    await stand_by.beat()
    assert await queued(place) is None


async def test_fault_27_of_several_that_were_deaf_together_one_says_so(
    place: Place, watch: Watch, ears: Ears
) -> None:
    place.writes()
    await at_a_card(place)
    replicas = [absence(place, watch, ears) for _ in range(3)]
    for replica in replicas:
        await replica.beat()
    passes(place, DEAF_SECONDS + 30)
    watch.seconds += DEAF_SECONDS + 30
    for replica in replicas:
        await replica.beat()
    assert await queued(place) == 1


async def test_fault_46_a_webhook_that_somebody_set_is_told_of(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot import logs  # noqa: PLC0415 - standard error is the test's own from here on

    logs.configure("INFO", terminal=False)
    await look(place.house.wire, "", place.house.clerk.figures)
    assert '"error"' not in capsys.readouterr().err
    await place.house.wire.call("setWebhook", url="http://127.0.0.1:9/secret-path")
    await look(place.house.wire, "", place.house.clerk.figures)
    line = capsys.readouterr().err
    assert "webhook_set_by_somebody" in line
    assert "--take-over" in line
    assert "secret-path" not in line
    await look(place.house.wire, "http://127.0.0.1:9/secret-path", place.house.clerk.figures)
    assert '"level":"error"' not in capsys.readouterr().err
    await place.house.wire.call("deleteWebhook")
    await look(place.house.wire, "http://127.0.0.1:9/secret-path", place.house.clerk.figures)
    assert "webhook_removed_by_somebody" in capsys.readouterr().err
