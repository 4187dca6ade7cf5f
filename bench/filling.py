"""A house that is full: thousands of people with their answers and letters, written past the verbs to be quick."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from bench.reminding import CYCLE, bring_in
from workflows.review.answers import ANSWER, Answer, Part, Prose
from workflows.store.answer_rows import answer_place
from workflows.store.engine import BEGIN
from workflows.store.tables import ANSWERS, OUTBOX, SUBMISSIONS
from workflows.store.transaction import Store

AT: Final = datetime(2026, 1, 2, 9, tzinfo=UTC)
CYCLES: Final = 46
"""So many of each state's drafts share the answers, as many rounds of a review would."""
_WORDS: Final = " ".join(["كلمة"] * 40)


async def fill(store: Store, people: int, answers: int) -> None:
    """Bring so many people in, and write so many answers, with the two letters that each of them took."""
    known = await bring_in(store, people)
    engine = store._engine.execution_options(**{BEGIN: "IMMEDIATE"})  # noqa: SLF001 - by the verbs it would take minutes
    async with engine.begin() as connection:
        drafts = [{"cycle_id": CYCLE, "country": f"{n:04}", "version": 1} for n in range(CYCLES)]
        await connection.execute(SUBMISSIONS.insert(), drafts)
        if answers:
            await connection.execute(ANSWERS.insert(), list(_answers(store, answers)))
            await connection.execute(OUTBOX.insert(), list(_letters(known, 2 * answers)))


def _answers(store: Store, number: int) -> Iterator[dict[str, Any]]:
    text = ANSWER.dump_json(Answer(state="answered", value=Prose(parts=(Part(text=_WORDS, source="1:1"),))))
    seal = store._cipher.seal  # noqa: SLF001 - the same reason
    for each in range(number):
        of, version = each % CYCLES + 1, each // CYCLES // 24 + 1
        prompt = f"q{each // CYCLES % 24}"
        yield {
            "submission_id": of,
            "prompt": prompt,
            "number": version,
            "newest": each + CYCLES * 24 >= number,
            "value": seal(text, answer_place(of, prompt, version)),
            "words": 40,
            "at": AT,
            "source": "1:1",
        }


def _letters(people: list[int], number: int) -> Iterator[dict[str, Any]]:
    for each in range(number):
        person = people[each % len(people)]
        yield {
            "key": f"before/{each}",
            "person_id": person,
            "chat_id": person,
            "topic": "ask",
            "language": "ar",
            "cycle_id": CYCLE,
            "country": "LB",
            "turn": each,
            "focus": "1a",
            "bulk": False,
            "state": "sent",
            "attempts": 1,
            "parts_sent": 0,
            "doubtful": False,
            "begun_again": False,
            "message_id": each + 1,
            "reason": "",
            "posted_at": AT,
            "due_at": AT,
            "claim_owner": "",
            "settled_at": AT,
        }
