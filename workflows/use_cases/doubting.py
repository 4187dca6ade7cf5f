"""What in a review seems to be personal data, before it leaves the state, and what tells it from other passages."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from workflows.notices.exchange import Found
from workflows.review.events import Review
from workflows.review.personal import (
    PERSONAL_KINDS,
    passages_in,
    passages_in_answer,
    personal_in,
    personal_in_answer,
)

SIGHT: Final = 8
"""How many characters of a hash a button carries."""
Passages = Literal["ask", "shown", "left_out"]
"""Whether what seems personal goes along with what leaves the state."""


def found_in(review: Review, prompts: Iterable[str], questions: Iterable[str] = ()) -> Found:
    """Which of these answers, and of these questions in the state's own words, seem to hold personal data."""
    own = {at: review.answers[at] for at in prompts if at in review.answers}
    answers = {at: kinds for at, answer in own.items() if (kinds := personal_in_answer(answer))}
    words = {at: review.adaptations[at].wording for at in questions if at in review.adaptations}
    wordings = {at: kinds for at, text in words.items() if (kinds := personal_in(text))}
    every = {kind for kinds in (*answers.values(), *wordings.values()) for kind in kinds}
    passages = {
        **{at: passages_in_answer(own[at]) for at in answers},
        **{f"{at}:wording": passages_in(words[at]) for at in wordings},
    }
    return Found(
        kinds=tuple(kind for kind in PERSONAL_KINDS if kind in every),
        prompts=tuple(answers),
        questions=tuple(wordings),
        sight=_sight(passages),
    )


def _sight(passages: Mapping[str, tuple[str, ...]]) -> str:
    if not passages:
        return ""
    text = json.dumps(passages, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:SIGHT]
