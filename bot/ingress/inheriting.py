"""Inheriting: what processes before this one had in hand when they died."""

from datetime import datetime
from pathlib import Path

import structlog

from bot.figures import Figures
from bot.ingress.post_book import PostBook, left_in
from bot.settings import DataSettings
from workflows.store.engine import file_of
from workflows.store.transaction import Store

log = structlog.stdlib.get_logger(__name__)


async def inherit(store: Store, book: PostBook, figures: Figures, now: datetime) -> None:
    """Take over the letters of the dead, by their books where those are found, and begin a book of one's own.

    Only a bot calls this, once, before it handles anything. Raises StoreAway.
    """
    known = 0
    with left_in(book.folder) as books:
        for left in books:
            async with store.transaction() as work:
                known += await work.outbox.inherit(left.owner, left.arrived, left.begun, now)
    unknown = await store.inherit_claims(now) or 0
    book.open()
    if known or unknown:
        log.warning("claims_inherited", letters=unknown, fates_known=known)
        figures.counts["inherited"] += known + unknown


def folder_of(settings: DataSettings) -> Path | None:
    """Where books are kept: beside the database's file, else in the data folder where one is named."""
    file = file_of(settings.database)
    if file is not None:
        return file.parent
    return settings.data if "data" in settings.model_fields_set else None
