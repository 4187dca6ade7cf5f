"""Reads a reference file of ours, by libyaml where it is there: some are long, and the first who asks waits for it."""

from pathlib import Path
from typing import Any, Final

import yaml

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def content(file: Path) -> Any:
    """What a YAML file holds as plain values."""
    return yaml.load(file.read_bytes(), Loader=_LOADER)  # noqa: S506 the safe one of libyaml
