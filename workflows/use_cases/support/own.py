"""What somebody wrote at the help desk, for the file with their own data."""

from workflows.store.transaction import Work


async def written_at_the_desk(work: Work, person_id: int) -> list[dict[str, object]]:
    """Every request, word and list entry of a person's, in every cycle."""
    requests = [
        {
            "cycle": each.cycle_id,
            "country": each.country,
            "request": each.id,
            "kind": each.kind,
            "question": each.prompt,
            "text": each.text,
            "state": each.state,
            "at": each.at.isoformat(),
        }
        for each in await work.support.requests_by(person_id)
    ]
    words = [
        {"request": each.request_id, "said_by": each.said_by, "text": each.text, "at": each.at.isoformat()}
        for each in await work.support.words_by(person_id)
    ]
    entries = [
        {
            "cycle": each.cycle_id,
            "entry": each.id,
            "question": each.question,
            "answer": each.answer,
            "at": each.at.isoformat(),
        }
        for each in await work.support.entries_by(person_id)
    ]
    return [*requests, *words, *entries]
