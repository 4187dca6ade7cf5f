"""Answers that do not go together, in the forms that look different."""

from workflows.notices import ContradictionAsk, Notice
from workflows.notices.contradictions import ClaimLine, ContradictionMark
from workflows.notices.exchange import Found
from workflows.notices.submission import FreezeDoubt, SubmitLook
from workflows.notices.ways import WayShown
from workflows.reference.ways import ways

PLACES = ("", "question:2c", "section:means")


def of_contradictions(typed: str) -> list[Notice]:
    yes = ClaimLine(prompt="1a.1", value="yes")
    pairs = [
        (yes, ClaimLine(prompt="1b.1", holds="filled", excerpt=typed[:200], asleep=True)),
        (yes, ClaimLine(prompt="1c.1", holds="filled", excerpt=typed[:200])),
        (ClaimLine(prompt="1g.1", value="all"), ClaimLine(prompt="3a.3", holds="empty")),
        (ClaimLine(prompt="1g.1", value="selected"), ClaimLine(prompt="1g.2", holds="all")),
        tuple(ClaimLine(prompt=f"2f.{at}", value="no") for at in range(1, 5)),
    ]
    marks = (
        ContradictionMark(id="mechanism", prompts=("1a.1", "1b.1")),
        ContradictionMark(id="reforms", prompts=("2f.1", "2f.2", "2f.3", "2f.4")),
    )
    return [
        *(
            WayShown(way=each.id, place=place, request=at, others=not at)
            for at, place in enumerate(PLACES)
            for each in ways()
        ),
        *(
            ContradictionAsk(id="mechanism", claims=claims, settled=settled)
            for claims in pairs
            for settled in (False, True)
        ),
        FreezeDoubt(found=Found(kinds=("phone",), prompts=("1f.2",))),
        FreezeDoubt(
            found=Found(
                kinds=("phone", "email", "papers"),
                prompts=("1a.2", "1b.1", "1f.1", "1f.2", "2b.2", "2c.1", "2c.4"),
                questions=("1f", "2a"),
                sight="0123abcd",
            )
        ),
        SubmitLook(country="JO", version=1, steps=0, lead=True, settled=62, total=62, contradictions=marks),
    ]
