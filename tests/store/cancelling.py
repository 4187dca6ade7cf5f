"""Cancel statements on SQLite while the thread runs them, fifty times each; fails where the data is not whole after."""

import asyncio
import random
import sys
from collections.abc import Awaitable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from workflows.store.engine import BEGIN, engine_of

TIMES = 50
_LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000000) SELECT count(*) FROM n"
)
ROWS = 2_000
STATEMENTS = {
    "select": _LONG,
    "pragma": "PRAGMA integrity_check",
    "update": f"UPDATE sums SET b = a + 0 * ({_LONG})",  # noqa: S608 - no value in it
    "commit": "UPDATE sums SET a = a + 1, b = b + 1, filling = randomblob(100)",
}


async def _run(engine: AsyncEngine, name: str) -> None:
    async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).connect() as connection:
        await connection.begin()
        await connection.execute(text("UPDATE sums SET a = a + 1 WHERE id = 1"))
        await connection.execute(text("UPDATE sums SET b = b + 1 WHERE id = 1"))
        if name == "commit":
            await connection.execute(text(STATEMENTS[name]))
            await _cancelled_soon(connection.commit())
        else:
            await _cancelled_soon(connection.execute(text(STATEMENTS[name])))


async def _cancelled_soon(doing: Awaitable[object]) -> None:
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().call_later(random.choice((0, 0.0003, 0.001, 0.004)), task.cancel)  # noqa: S311 - any moment will do
    await doing


async def _is_whole(connection: AsyncConnection) -> bool:
    sound = (await connection.execute(text("PRAGMA quick_check(1)"))).scalar_one() == "ok"
    unlike = (await connection.execute(text("SELECT count(*) FROM sums WHERE a <> b"))).scalar_one()
    ahead = (await connection.execute(text("SELECT max(a) - min(a) FROM sums WHERE id > 1"))).scalar_one()
    return sound and not unlike and not ahead


async def _main(file: str) -> None:
    engine = engine_of(f"sqlite+aiosqlite:///{file}")
    async with engine.begin() as connection:
        await connection.execute(
            text("CREATE TABLE sums (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, filling BLOB)")
        )
        rows = [{"id": number} for number in range(1, ROWS + 1)]
        await connection.execute(text("INSERT INTO sums VALUES (:id, 0, 0, '')"), rows)
    for name in STATEMENTS:
        cancelled = 0
        for time in range(TIMES):
            task = asyncio.create_task(_run(engine, name))
            if time % 5 == 4:  # somebody in a hurry, who cancels once more
                asyncio.get_running_loop().call_later(0.03, task.cancel)
            cancelled += isinstance(
                (await asyncio.gather(task, return_exceptions=True))[0], asyncio.CancelledError
            )
        assert cancelled > TIMES // 5, f"{name}: {cancelled}"
        async with engine.connect() as connection:
            assert await _is_whole(connection), name
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
