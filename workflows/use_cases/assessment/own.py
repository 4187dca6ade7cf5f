"""What a person said in self-assessments, for the file with their own data."""

from datetime import datetime

from workflows.store.transaction import Work


async def assessed(work: Work, person_id: int) -> list[dict[str, object]]:
    """The marks and notes that are the person's, and of each principle nothing that a colleague said."""
    return [
        {
            "cycle": each.cycle_id,
            "country": each.country,
            "principle": each.principle,
            **({"mark": each.mark, "marked_at": _iso(each.marked_at)} if each.marked_by == person_id else {}),
            **({"note": each.note, "noted_at": _iso(each.noted_at)} if each.noted_by == person_id else {}),
        }
        for each in await work.assessments.by_person(person_id)
    ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
