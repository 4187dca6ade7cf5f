"""What every test lives under: no way out of this machine, and patience from hypothesis on a busy one."""

import ipaddress
import socket
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

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
