"""Bulk keeps its pace, talk is slowed only where Telegram says so."""

from datetime import UTC, datetime, timedelta

from bot.limits import GROUP_PACE, GROUP_SECONDS, Pace

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Watch:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_bulk_goes_at_its_rate_over_all_chats() -> None:
    watch = Watch()
    pace = Pace(25, 1, watch)
    sent = 0
    for _ in range(1000):
        while pace.bulk_wait(sent) == 0:
            pace.spend(sent)
            sent += 1
        watch.seconds += 0.01
    assert 240 <= sent <= 252


def test_bulk_goes_once_a_second_to_one_chat() -> None:
    watch = Watch()
    pace = Pace(25, 1, watch)
    pace.spend(7)
    assert 0.9 < pace.bulk_wait(7) <= 1
    assert pace.bulk_wait(8) < 0.1
    watch.seconds += 1.01
    assert pace.bulk_wait(7) == 0


def test_a_chat_told_to_slow_down_is_left_alone_and_no_other() -> None:
    pace = Pace(25, 1, Watch())
    until = pace.slow_down(7, NOW, 40)
    assert until == NOW + timedelta(seconds=40)
    assert pace.parked_until(7, NOW + timedelta(seconds=39)) == until
    assert pace.parked_until(8, NOW) is None
    assert pace.parked_until(7, NOW + timedelta(seconds=40)) is None


def test_parking_never_shortens() -> None:
    pace = Pace(25, 1, Watch())
    pace.park(7, NOW + timedelta(seconds=40))
    pace.park(7, NOW + timedelta(seconds=2))
    assert pace.parked_until(7, NOW) == NOW + timedelta(seconds=40)


def test_a_storm_stops_bulk_only() -> None:
    watch = Watch()
    pace = Pace(25, 1, watch)
    for chat in (1, 2, 3):
        pace.slow_down(chat, NOW, 30)
    assert pace.bulk_wait(99) > 29
    assert pace.parked_until(99, NOW) is None


def test_a_group_takes_so_many_messages_in_any_minute() -> None:
    watch = Watch()
    pace, sent = Pace(25, 1, watch), []
    for _ in range(3000):
        watch.seconds += 0.1
        moment = NOW + timedelta(seconds=watch.seconds)
        until = pace.parked_until(-7, moment)
        if until is None:
            pace.note_sent(-7)
            pace.note_sent(7)
            sent.append(watch.seconds)
        else:
            assert until >= moment
    assert pace.parked_until(7, NOW) is None, "people have no such minute"
    assert len(sent) == 5 * GROUP_PACE
    assert all(
        later - earlier >= GROUP_SECONDS for earlier, later in zip(sent, sent[GROUP_PACE:], strict=False)
    )
    pace.park(-7, moment + timedelta(hours=1))
    assert pace.parked_until(-7, moment) == moment + timedelta(hours=1)
