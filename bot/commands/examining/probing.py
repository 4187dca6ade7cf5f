"""Asking a running bot how it is, with little loaded: a health check does so twice a minute."""

import http.client
import json
from typing import Final

from bot.settings import ProbeSettings

PATHS: Final = ("/livez", "/readyz")
NOT_ASKED: Final = (OSError, ValueError, KeyError, http.client.HTTPException)
SECONDS: Final = 10.0


def failing(settings: ProbeSettings, *paths: str) -> list[str] | None:
    """The checks that fail at these probes; None where nobody answers, or no port is set."""
    if settings.probe_port is None:
        return None
    # A bot that listens everywhere listens here as well.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.probe_host, settings.probe_host)  # noqa: S104 - it is asked
    try:
        failed = [check for path in paths for check in _asked(host, settings.probe_port, path)]
    except NOT_ASKED:
        return None
    return list(dict.fromkeys(failed))


def told(settings: ProbeSettings) -> str:
    """How the running bot is, in a word or two."""
    if settings.probe_port is None:
        return "not asked: no RAFIQ_PROBE_PORT set"
    failed = failing(settings, *PATHS)
    if failed is None:
        return f"nothing answers at port {settings.probe_port}"
    return f"it fails: {', '.join(failed)}" if failed else "alive and ready"


def _asked(host: str, port: int, path: str) -> list[str]:
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        failed = json.loads(connection.getresponse().read())["failed"]
    finally:
        connection.close()
    return [str(check) for check in failed]
