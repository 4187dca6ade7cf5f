"""What a person has put beside the answers, for the file with their own data."""

from workflows.store.transaction import Work


async def notes_written(work: Work, person_id: int) -> list[dict[str, object]]:
    """The person's notes that are there."""
    return [
        {
            "cycle": note.cycle_id,
            "country": note.country,
            "question": note.question,
            "text": note.text,
            "at": note.at.isoformat(),
        }
        for note in await work.notes.by_author(person_id)
    ]


async def consultations_logged(work: Work, person_id: int) -> list[dict[str, object]]:
    """The consultations that the person logged."""
    return [
        {
            "cycle": each.cycle_id,
            "country": each.country,
            "day": each.day.isoformat() if each.day else None,
            "category": each.category,
            "with_whom": each.with_whom,
            "subject": each.subject,
            "at": each.at.isoformat(),
        }
        for each in await work.consultations.by_author(person_id)
    ]


async def files_sent(work: Work, person_id: int) -> list[dict[str, object]]:
    """The files that the person sent, by name and hash; their content is sent back from the question."""
    return [
        {
            "cycle": file.cycle_id,
            "country": file.country,
            "question": file.question,
            "name": file.name,
            "size": file.size,
            "sha256": file.content_hash,
            "at": file.at.isoformat(),
        }
        for file in await work.evidence.by_author(person_id)
    ]
