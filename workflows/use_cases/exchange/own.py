"""What a person's copy of their own data says of remarks: those they made, and what they said about others' remarks."""

from typing import Any

from workflows.store.transaction import Work


async def remarks_made(work: Work, person_id: int) -> list[dict[str, Any]]:
    """The remarks that a person of the secretariat made, with their words."""
    return [
        {
            "cycle": each.cycle_id,
            "country": each.country,
            "prompt": each.prompt,
            "kind": each.kind,
            "text": each.text,
            "state": each.state,
            "at": each.at.isoformat(),
        }
        for each in await work.remarks.by_author(person_id)
    ]


async def remarks_answered(work: Work, person_id: int) -> list[dict[str, Any]]:
    """What a person said of remarks on their country's answers, with the reasons they gave; not the remarks."""
    return [
        {
            "cycle": each.cycle_id,
            "country": each.country,
            "prompt": each.prompt,
            "outcome": each.state,
            "reason": each.reply,
            "at": each.settled_at.isoformat() if each.settled_at else None,
        }
        for each in await work.remarks.settled_by(person_id)
    ]
