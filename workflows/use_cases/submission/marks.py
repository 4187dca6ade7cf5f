"""What a frozen text is known by in everything that is said of it."""

from workflows.notices.submission import EditionMark
from workflows.store.values_clearance import Edition


def mark_of(edition: Edition) -> EditionMark:
    """What a frozen text is known by."""
    return EditionMark(
        id=edition.id,
        country=edition.country,
        number=edition.number,
        version=edition.version,
        content_hash=edition.content_hash,
        state=edition.state,
        step=edition.step,
        at=edition.at.isoformat(),
        state_at=edition.state_at.isoformat(),
    )
