"""The closed list of what is counted: each figure of the rooms with the metric, the label and the words it goes by."""

from typing import Final

from bot.outcomes import Verdict
from workflows.immutable import Immutable


class Counted(Immutable):
    """A counter: `counts` names, for each value of its one label, what the rooms count under; "" is no label."""

    name: str
    words: str
    label: str
    counts: dict[str, str]


class Measured(Immutable):
    """A gauge that the figures hold by the name `figure`."""

    name: str
    words: str
    figure: str


def _same(prefix: str, *values: str) -> dict[str, str]:
    return {value: f"{prefix}{value}" for value in values}


COUNTERS: Final = (
    Counted(
        "rafiq_updates_received",
        "Updates taken in hand, by what the person did.",
        "kind",
        {
            "text": "Typed",
            "press": "Tapped",
            "command": "Commanded",
            "attachment": "Attached",
            "blocked": "Blocked",
            "unblocked": "Unblocked",
            "elsewhere": "Elsewhere",
            "service": "Serviced",
            "unknown": "Unknown",
        },
    ),
    Counted("rafiq_updates_handled", "Updates that are on disk and acknowledged.", "", {"": "updates"}),
    Counted("rafiq_updates_duplicate", "Updates that came once more.", "", {"": "duplicates"}),
    Counted(
        "rafiq_updates_dead",
        "Updates that were put aside: they failed too often, or could not be read.",
        "reason",
        {"failed": "parked", "unreadable": "unreadable"},
    ),
    Counted(
        "rafiq_send_results",
        "Answers of Telegram to what the courier sent, by what they mean for the letter.",
        "result",
        {"sent": "sent"} | {verdict.value: f"answer {verdict.value}" for verdict in Verdict},
    ),
    Counted(
        "rafiq_letters",
        "What became of letters that this process had in hand, or could not read when they were due.",
        "outcome",
        {
            "delivered": "Delivered",
            "later": "RetryLater",
            "unreachable": "Unreachable",
            "rejected": "Rejected",
            "unreadable": "letters unreadable",
        },
    ),
    Counted(
        "rafiq_letters_uncertain",
        "Letters that may have arrived: Telegram gave no certain word.",
        "",
        {"": "uncertain"},
    ),
    Counted(
        "rafiq_duplicates_possible",
        "Letters of which a second copy may come: uncertain ones, and those an earlier run had in hand when it died.",
        "cause",
        {"uncertain": "uncertain", "inherited": "inherited"},
    ),
    Counted(
        "rafiq_reminders_sent", "People for whom a letter of reminders was posted.", "", {"": "reminded"}
    ),
    Counted(
        "rafiq_lease_changes",
        "How often this process won or lost a lease.",
        "lease",
        _same("lease ", "poller", "sender", "reminders", "announcements"),
    ),
    Counted(
        "rafiq_database_away",
        "Transactions that were not begun or not taken: the database was busy or away, or has a key that is not here.",
        "cause",
        {"busy": "database busy", "other": "database away", "key": "key missing"},
    ),
)

GAUGES: Final = (
    Measured(
        "rafiq_updates_oldest_new_seconds", "Age of the oldest update in hand that is not on disk.", "oldest"
    ),
    Measured("rafiq_updates_in_hand", "Updates in hand that are not on disk.", "in hand"),
    Measured("rafiq_lane_backlog", "Updates that wait in the longest lane.", "longest lane"),
    Measured("rafiq_lanes_waiting", "Lanes in which an update waits.", "lanes"),
    Measured("rafiq_letters_in_hand", "Letters that the courier has in hand.", "letters in hand"),
    Measured("rafiq_webhook_pending_updates", "Updates that wait at Telegram, as last heard.", "pending"),
    Measured(
        "rafiq_webhook_foreign", "1 while somebody else receives our updates, as last heard.", "foreign"
    ),
    Measured("rafiq_paused", "1 while letters to many are held back.", "paused"),
    Measured("rafiq_receiving", "1 while updates can arrive here, as far as it is known.", "receiving"),
)

SPREADS: Final = (
    ("rafiq_commit_seconds", "Time that a transaction of updates took.", "writing"),
    ("rafiq_acknowledge_seconds", "Time from an update's coming to its being on disk.", "acknowledge"),
    ("rafiq_reply_seconds", "Time from a reply's being on disk to Telegram's having taken it.", "reply"),
    ("rafiq_retry_after_seconds", "Rests that Telegram asked for.", "asked_to_rest"),
)
