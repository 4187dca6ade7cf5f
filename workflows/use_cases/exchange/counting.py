"""Remarks and consents in numbers, and what became of a remark: pure."""

from collections.abc import Iterable

from workflows.notices.exchange import Became, RemarkLine, RoundLine
from workflows.review.answers import Answer, Answers
from workflows.review.events import Review
from workflows.review.frozen_text import frozen, thawed
from workflows.store.values_exchange import Consent, Remark, RemarkCount


def settled_form(review: Review) -> Answers:
    """The answers of a draft as they would be frozen now: they compare with those of a submitted text."""
    return thawed(frozen(review, "", ""), review.template).answers


def became(remark: Remark, before: Answer | None, now: Answer | None, *, resubmitted: bool = False) -> Became:
    """What became of a remark on an answer that was `before` and is `now`, to who can see both."""
    if remark.state in ("open", "editing"):
        if before != now:
            return "edited"
        return "unchanged" if resubmitted else remark.state
    return "kept" if remark.state == "withdrawn" else remark.state


def remark_line(remark: Remark, what: Became | None = None, number: int = 0) -> RemarkLine:
    """A remark as it is shown; in a list with its `number`."""
    said = what or became(remark, None, None)
    return RemarkLine(
        id=remark.id,
        prompt=remark.prompt,
        kind=remark.kind,
        text=remark.text,
        round=remark.round,
        became=said,
        reply=remark.reply,
        number=number,
    )


def is_open(line: RemarkLine) -> bool:
    """Whether the state has still to say something about it."""
    return line.became in ("open", "editing")


def rounds_of(lines: Iterable[RemarkLine]) -> tuple[RoundLine, ...]:
    """The remarks by rounds, the first one first."""
    counts: dict[int, tuple[int, int]] = {}
    for line in lines:
        total, still = counts.get(line.round, (0, 0))
        counts[line.round] = (total + 1, still + is_open(line))
    return tuple(
        RoundLine(round=at, total=total, open=still) for at, (total, still) in sorted(counts.items())
    )


def round_lines(counts: Iterable[RemarkCount], last: int) -> tuple[RoundLine, ...]:
    """The same from counts alone, without a look at the answers.

    Open are those on the text submitted last (`last`): with a newer version the state has given its word on the others.
    """
    return tuple(
        RoundLine(
            round=each.round,
            total=each.total,
            open=each.open + each.editing if each.edition == last else 0,
        )
        for each in counts
    )


def consented(consents: Iterable[Consent]) -> tuple[frozenset[str], frozenset[str]]:
    """The answers that may be published, and those that may be quoted."""
    holding = [each for each in consents if each.revoked_at is None]
    publish = frozenset(each.prompt for each in holding if each.use == "publish")
    return publish, frozenset(each.prompt for each in holding if each.use == "quote")
