"""Answers that do not go together: which of them stand, and which an answer has just made; nothing is changed by it."""

from collections.abc import Iterable

from msgspec.structs import replace

from workflows.notices import Notice
from workflows.notices.contradictions import ClaimLine, ContradictionAsk, ContradictionMark
from workflows.review.answers import Answer, Matrix, Selection, chosen
from workflows.review.events import NOWHERE, Adapted, Fact, Focus, Review, Say, Turn
from workflows.review.path import is_relevant
from workflows.review.reading import values
from workflows.review.template import Claim, Contradiction
from workflows.review.two_texts import present

EXCERPT = 200
"""How many characters of a text that contradicts another answer are shown to recognise it by."""


def standing(review: Review) -> tuple[Contradiction, ...]:
    """All contradictions of a review that is looked at before it goes on its way: what is open is empty now."""
    return tuple(each for each in review.template.contradictions if _stands(review, each, is_final=True))


def made(before: Review, after: Review, facts: Iterable[Fact]) -> tuple[Contradiction, ...]:
    """The contradictions that these facts have made.

    While the review is being written nothing is empty because it is open: it may be about to be answered. What a
    contributor writes is not weighed.
    """
    at = after.template.contradictions_at
    touched = [] if after.is_beside else [fact.prompt for fact in facts if not isinstance(fact, Adapted)]
    candidates = dict.fromkeys(each.id for prompt in touched for each in at.get(prompt, ()))
    if not candidates:
        return ()
    known = {each.id: each for each in after.template.contradictions}
    return tuple(
        known[name] for name in candidates if _stands(after, known[name]) and not _stands(before, known[name])
    )


def found(review: Review, contradiction: Contradiction, *, is_final: bool = True) -> bool:
    """Whether a contradiction stands in a review."""
    return _stands(review, contradiction, is_final=is_final)


def question(review: Review, contradiction: Contradiction) -> ContradictionAsk:
    """The contradiction as it is put to somebody who may read the draft."""
    return ContradictionAsk(
        id=contradiction.id, claims=tuple(_line(review, claim) for claim in contradiction.claims)
    )


def mark(contradiction: Contradiction) -> ContradictionMark:
    """The contradiction by its name and its prompts."""
    return ContradictionMark(id=contradiction.id, prompts=tuple(each.prompt for each in contradiction.claims))


def with_questions(turn: Turn, questions: Iterable[Notice]) -> Turn:
    """The turn that also puts these questions; the card that the next text answers stays last."""
    asked = tuple(Say(notice, focus=None) for notice in questions)
    if not asked:
        return turn
    places = [at for at, say in enumerate(turn.says) if say.focus not in (None, NOWHERE) and not say.redraw]
    at = places[-1] if places else len(turn.says)
    return replace(turn, says=(*turn.says[:at], *asked, *turn.says[at:]))


def _line(review: Review, claim: Claim) -> ClaimLine:
    return ClaimLine(
        prompt=claim.prompt,
        value=claim.value or "",
        holds=claim.holds or "",
        excerpt=present(review, Focus(claim.prompt))[:EXCERPT] if claim.holds == "filled" else "",
        asleep=not is_relevant(review, review.template.prompts[claim.prompt]),
    )


# --- whether it stands --------------------------------------------------------------------------------------


def _stands(review: Review, contradiction: Contradiction, *, is_final: bool = False) -> bool:
    return all(_holds(review, claim, is_final=is_final) for claim in contradiction.claims)


def _holds(review: Review, claim: Claim, *, is_final: bool) -> bool:
    """Whether a claim is made; what a state has left out claims nothing, what sleeps is still filled."""
    prompt = review.template.prompts.get(claim.prompt)
    if prompt is None:
        return False
    adaptation = review.adaptations.get(review.template.question_of[prompt.id].id)
    if adaptation is not None and adaptation.left_out:
        return False
    answer = review.answers.get(prompt.id)
    if claim.holds == "filled":
        return answer is not None and answer.value is not None
    if not is_relevant(review, prompt):
        return False
    match claim.holds:
        case "empty":
            return is_final if answer is None else answer.state == "not_applicable"
        case "all":
            return answer is not None and _everything(review, prompt.id, answer)
    return claim.value in chosen(review.answers, prompt.id)


def _everything(review: Review, prompt: str, answer: Answer) -> bool:
    match answer.value:
        case Selection(values=picked):
            return set(picked) == set(values(review.template, prompt))
        case Matrix(cells=cells):
            return set(cells) == {option.value for option in review.template.options_of(prompt)}
    return False
