"""How old what is pinned is: asked of the package index that pip uses, as information and never as a finding."""  # noqa: INP001 - beside ops/audit

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

COOLDOWN = timedelta(days=14)
"""As long as `make lock` waits before it takes a version."""
SECONDS = 10
AT_ONCE = 8
_FORM = "application/vnd.pypi.simple.v1+json"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """The pinned version of each package that a lock file's text names."""
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in _PIN.findall(lock)}


def index() -> str:
    """The address of the index that pip would ask first."""
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    told = subprocess.run(  # noqa: S603 - our own pip
        command, capture_output=True, text=True, check=False
    ).stdout.strip()
    if address := os.environ.get("PIP_INDEX_URL") or told:
        return address
    from pip._internal.models.index import PyPI  # noqa: PLC0415 - only where nobody has configured another one

    return str(PyPI.simple_url)


def page(address: str, name: str) -> dict[str, Any] | None:
    """What an index says of a package; None where it gives no answer of the form that tells times."""
    request = urllib.request.Request(f"{address.rstrip('/')}/{name}/", headers={"Accept": _FORM})  # noqa: S310 - the index pip uses
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - the same
            told = json.load(answer)
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def uploaded(told: Mapping[str, Any] | None, version: str) -> datetime | None:
    """When the first file of a version came to the index (UTC); None where it does not say."""
    files = told.get("files", []) if told is not None else []
    of_version = re.compile(rf"-{re.escape(version)}(?:-|\.tar\.|\.zip)")
    times = [
        each["upload-time"]
        for each in files
        if each.get("upload-time") and of_version.search(each["filename"])
    ]
    return min((datetime.fromisoformat(time) for time in times), default=None)


def young(ages: Mapping[str, timedelta | None]) -> list[str]:
    """A line for each pin that is younger than the cooldown, the youngest first."""
    found = sorted((age, pin) for pin, age in ages.items() if age is not None and age < COOLDOWN)
    return [f"{pin} is {age.days} days old" for age, pin in found]


def pages_of(names: Iterable[str], until: float) -> dict[str, dict[str, Any] | None]:
    """What the index says of each package; nobody is waited for after a moment of `time.monotonic`."""
    address = index()
    waiting = list(names)
    found: dict[str, dict[str, Any] | None] = dict.fromkeys(waiting)

    def asks() -> None:
        while waiting and time.monotonic() < until:
            with contextlib.suppress(IndexError):  # another one took the last
                name = waiting.pop()
                found[name] = page(address, name)

    # A thread that still reads when time is up ends with the process, which a pool of them would hold up.
    asking = [threading.Thread(target=asks, daemon=True) for _ in range(AT_ONCE)]
    for each in asking:
        each.start()
    for each in asking:
        each.join(max(0.0, until - time.monotonic()))
    return dict(found)


def told(pinned: Mapping[str, str], now: datetime, until: float) -> Iterable[str]:
    """What there is to say about the ages of these pins at a moment (UTC), asked until one of `time.monotonic`."""
    pages = pages_of(list(pinned)[:1], until)
    if not any(pages.values()):
        return ["the ages of the pins could not be asked"]
    pages = pages_of(pinned, until)
    times = {f"{name} {version}": uploaded(pages[name], version) for name, version in pinned.items()}
    ages = {pin: None if came is None else now - came for pin, came in times.items()}
    known = sum(age is not None for age in ages.values())
    lines = young(ages)
    return [
        *lines,
        f"the ages of {known} of {len(ages)} pins are known, {len(lines)} are under {COOLDOWN.days} days",
    ]
