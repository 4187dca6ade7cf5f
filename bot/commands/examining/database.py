"""What the doctor sees of the database: that it opens, is whole, takes rows, and that the key fits."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Final

from bot.commands.examining.finding import Finding
from bot.commands.examining.telegram import skewed
from bot.settings import DataSettings
from workflows.store.cipher import Cipher, KeyRefused
from workflows.store.soundness import is_at_head
from workflows.store.transaction import Store, StoreAway, StoreRefused

LATE: Final = 600.0  # seconds that a letter may be due without anybody sending it


async def database(settings: DataSettings, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """What is found, check by check; only the first where it cannot be opened. Nothing is migrated."""
    cipher = Cipher.from_settings(settings.key.get_secret_value(), settings.earlier_keys)
    try:
        store = await Store.open(settings.database, cipher)
    except StoreRefused as refused:
        yield Finding("database", "wrong", refused.place.removesuffix("."), refused.remedy)
        return
    try:
        async for finding in _opened(store, settings, now):
            yield finding
    except StoreAway as away:
        yield Finding("database", "wrong", f"is away ({away})", "See that it runs and nothing else holds it.")
    finally:
        await store.close()


async def _opened(
    store: Store, settings: DataSettings, now: Callable[[], datetime]
) -> AsyncIterator[Finding]:
    async with store.reading() as work:
        revision, integrity = await work.soundness.revision(), await work.soundness.integrity()
        journal = await work.soundness.journal()
    yield Finding("database", "ok", f"{store.kind}, opens")
    yield _schema(revision)
    yield _whole(integrity)
    if journal:
        yield _journal(journal)
    yield await _writes(store, now)
    yield await _key(store, settings)
    yield await _letters(store, now)
    yield await _pause(store)
    theirs = await store.time()
    if theirs is not None:
        yield skewed("database clock", "the database's", (now() - theirs).total_seconds())


def _schema(revision: str) -> Finding:
    if is_at_head(revision):
        return Finding("schema", "ok", f"revision {revision}")
    return Finding("schema", "wrong", f"revision {revision} is an older one", "Bring it up: ./rafiq migrate")


def _whole(integrity: str) -> Finding:
    if integrity == "ok":
        return Finding("integrity", "ok", "no fault found")
    return Finding("integrity", "wrong", "the file is damaged", "Put it aside and restore the last backup.")


def _journal(journal: str) -> Finding:
    if journal == "wal":
        return Finding("journal", "ok", "write-ahead log")
    return Finding(
        "journal", "doubtful", f"{journal}, not wal", "Keep the file on a local disk, not on a share."
    )


async def _writes(store: Store, now: Callable[[], datetime]) -> Finding:
    try:
        async with store.transaction() as work:
            await work.soundness.write_probe(now())
    except StoreAway as away:
        remedy = "See that the disk has room, the file is ours, and no other program holds it."
        return Finding("writing", "wrong", f"no row can be written ({away})", remedy)
    return Finding("writing", "ok", "takes rows")


async def _key(store: Store, settings: DataSettings) -> Finding:
    async with store.reading() as work:
        try:
            opened = await work.soundness.opened()
        except KeyRefused as refused:
            return Finding(
                "key", "wrong", str(refused), "Set the key it was sealed with, or list it in RAFIQ_OLD_KEYS."
            )
        before = await work.soundness.sealed_before()
    if before:
        said = f"an earlier key is still needed for {len(before)} kinds of rows"
        return Finding("key", "doubtful", said, "Seal them anew: ./rafiq rotate")
    if settings.earlier_keys:
        return Finding(
            "key", "doubtful", "earlier keys are not needed any more", "Take them out of RAFIQ_OLD_KEYS."
        )
    return Finding(
        "key", "ok", f"opens what is sealed ({opened} rows tried)" if opened else "opens; nothing sealed yet"
    )


async def _pause(store: Store) -> Finding:
    async with store.reading() as work:
        pause = await work.pauses.current()
    if pause is None:
        return Finding("sending", "ok", "not paused")
    said = f"letters to many are held back since {pause.at:%Y-%m-%d %H:%M} UTC ({pause.reason})"
    return Finding("sending", "doubtful", said, "Look at what waits, then let it go: ./rafiq resume")


async def _letters(store: Store, now: Callable[[], datetime]) -> Finding:
    async with store.reading() as work:
        measures = await work.soundness.measures(now())
    letters = sum(each.letters for each in measures.waiting)
    late = max((each.late for each in measures.waiting), default=0.0)
    said = f"{letters} letters wait, {measures.reminders} reminders are due"
    if max(late, measures.reminders_late) > LATE:
        return Finding(
            "letters",
            "doubtful",
            f"{said}, the first for {late / 60:.0f} min",
            "See that the bot is running.",
        )
    return Finding("letters", "ok", said)
