"""Which answers seem to hold personal data, before they leave the state."""

from workflows.notices.exchange import Found
from workflows.review.events import Review
from workflows.review.personal import PERSONAL_KINDS, personal_in_answer


def found_in(review: Review, prompts: tuple[str, ...]) -> Found:
    """Which of these answers seem to hold personal data."""
    by_prompt = {
        prompt: kinds
        for prompt in prompts
        if prompt in review.answers and (kinds := personal_in_answer(review.answers[prompt]))
    }
    every = {kind for kinds in by_prompt.values() for kind in kinds}
    return Found(kinds=tuple(kind for kind in PERSONAL_KINDS if kind in every), prompts=tuple(by_prompt))
