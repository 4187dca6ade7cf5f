"""Which prompts apply now, in order, and what comes before and after one; computing changes nothing."""

from itertools import takewhile

from workflows.review.answers import chosen
from workflows.review.events import Review
from workflows.review.template import Condition, Prompt, Template


def is_relevant(review: Review, prompt: Prompt) -> bool:
    """Whether a prompt applies now: its question is not left out, and the conditions of both hold."""
    question = review.template.question_of[prompt.id]
    adaptation = review.adaptations.get(question.id)
    if adaptation is not None and adaptation.left_out:
        return False
    return all(
        holds(review, condition) for condition in (question.when, prompt.when) if condition is not None
    )


def holds(review: Review, condition: Condition) -> bool:
    """Whether the named prompt has the value and applies itself: what is no longer asked decides nothing."""
    if condition.value not in chosen(review.answers, condition.prompt):
        return False
    return is_relevant(review, review.template.prompts[condition.prompt])


def is_on_path(review: Review, prompt_id: str) -> bool:
    """Whether a prompt is asked at present."""
    return any(prompt.id == prompt_id for prompt in review.path)


def section_path(review: Review, section_id: str) -> tuple[Prompt, ...]:
    """The path within one section."""
    return review.way.by_section.get(section_id, ())


def guidance_of(template: Template, prompt_id: str) -> tuple[Prompt, ...]:
    """The guidance that follows a prompt directly, within its question."""
    prompts = template.question_of[prompt_id].prompts
    at = next(place for place, prompt in enumerate(prompts) if prompt.id == prompt_id)
    return tuple(takewhile(lambda prompt: template.type_of(prompt.id).kind == "guidance", prompts[at + 1 :]))


def next_open(review: Review, after: str | None) -> str | None:
    """The first prompt without an answer after a prompt, wrapping round to the start; None when none is open.

    `after` itself comes last. It need not be on the path: its place in the document counts.
    """
    still_open = (prompt.id for prompt in review.path if prompt.id not in review.answers)
    first = next(still_open, None)
    if after is None or first is None:
        return first
    place_of = review.template.place_of
    here = place_of[after]
    if place_of[first] > here:
        return first
    return next((prompt_id for prompt_id in still_open if place_of[prompt_id] > here), first)


def following(review: Review, prompt_id: str) -> str | None:
    """The next prompt on the path, None after the last."""
    place_of = review.template.place_of
    here = place_of[prompt_id]
    return next((prompt.id for prompt in review.path if place_of[prompt.id] > here), None)


def preceding(review: Review, prompt_id: str) -> str | None:
    """The previous prompt on the path, None before the first."""
    place_of = review.template.place_of
    here = place_of[prompt_id]
    earlier = [prompt.id for prompt in review.path if place_of[prompt.id] < here]
    return earlier[-1] if earlier else None
