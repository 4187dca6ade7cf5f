"""PostgreSQL's archive, as ops/postgresql-archive.conf sets it up: the moment before a mistake comes back."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import asyncpg
import pytest

ROOT = Path(__file__).resolve().parents[2]
CONF = ROOT / "ops" / "postgresql-archive.conf"
ARCHIVE = "/var/backups/rafiq/wal"

pytestmark = pytest.mark.postgres


class Cluster:
    """PostgreSQL servers of our own, on sockets in a folder, run by an account that is not root."""

    def __init__(self, folder: Path, account: int, programs: str) -> None:
        self.folder = folder
        self._account = account
        self._programs = Path(programs)

    def runs(self, program: str, *args: str, wait: bool = True) -> None:
        done = subprocess.run(
            [str(self._programs / program), *args],
            user=self._account, cwd=self.folder, check=False, timeout=60, env={"PATH": os.environ["PATH"]},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0 or not wait, (program, args, self.log())

    def starts(self, data: Path) -> None:
        options = f"-h '' -k {self.folder} -c shared_buffers=16MB"
        self.runs("pg_ctl", "-w", "-D", str(data), "-l", f"{data}.log", "-o", options, "start")

    def stops(self, data: Path) -> None:
        self.runs("pg_ctl", "-D", str(data), "-m", "immediate", "stop", wait=False)

    def log(self) -> str:
        return "\n".join(path.read_text() for path in self.folder.glob("*.log"))

    async def says(self, *statements: str) -> object:
        connection = await asyncpg.connect(host=str(self.folder), user="postgres", database="postgres")
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await connection.fetchval(statements[-1])
        finally:
            await connection.close()


@pytest.fixture
async def cluster(postgres: str) -> AsyncIterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="rafiq-wal-"))
    folder.chmod(0o777)
    connection = await asyncpg.connect(host=postgres, user="postgres", database="postgres")
    programs = await connection.fetchval("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
    data = await connection.fetchval("SHOW data_directory")
    await connection.close()
    cluster = Cluster(folder, Path(data).stat().st_uid, programs)
    yield cluster
    for data in (folder / "live", folder / "restored"):
        cluster.stops(data)
    shutil.rmtree(folder, ignore_errors=True)


async def test_the_archive_brings_a_moment_back(cluster: Cluster) -> None:
    folder, live, restored = cluster.folder, cluster.folder / "live", cluster.folder / "restored"
    archive = folder / "wal"
    archive.mkdir()
    archive.chmod(0o777)
    cluster.runs("initdb", "--auth=trust", "--no-sync", "-U", "postgres", "-D", str(live))
    conf = CONF.read_text("utf-8")
    assert conf.count(ARCHIVE) == 5
    with (live / "postgresql.conf").open("a") as file:
        file.write(conf.replace(ARCHIVE, str(archive)))
    cluster.starts(live)
    await cluster.says("CREATE TABLE answer (words text)", "INSERT INTO answer VALUES ('before') RETURNING 1")
    cluster.runs(
        "pg_basebackup", "-h", str(folder), "-U", "postgres", "-D", str(restored), "-c", "fast", "-X", "none"
    )
    moment = await cluster.says("INSERT INTO answer VALUES ('since')", "SELECT clock_timestamp()")
    assert isinstance(moment, datetime)
    await cluster.says("SELECT pg_sleep(0.01)", "DROP TABLE answer", "SELECT pg_switch_wal()")
    await cluster.says(
        "DO $$ BEGIN FOR i IN 1..300 LOOP "
        "EXIT WHEN (SELECT archived_count > 1 AND last_archived_wal >= "
        "(SELECT pg_walfile_name(pg_current_wal_lsn() - 1)) FROM pg_stat_archiver); "
        "PERFORM pg_sleep(0.05); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$",
        "SELECT 1",
    )
    cluster.stops(live)
    assert not list(archive.glob(".*"))

    (restored / "recovery.signal").touch()
    with (restored / "postgresql.auto.conf").open("a") as file:
        file.write(f"restore_command = 'cp {archive}/%f %p'\n")
        file.write(f"recovery_target_time = '{moment.isoformat()}'\nrecovery_target_action = 'promote'\n")
    cluster.starts(restored)
    words = await cluster.says("SELECT string_agg(words, ' ' ORDER BY words) FROM answer")
    assert words == "before since"
