"""The parameters of one call, whichever of the three encodings carried them."""

from dataclasses import dataclass
from typing import Any

import orjson

from bot.sandbox.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes
    mime: str


class Parameters:
    """Read parameters as the Bot API does: forgiving about spelling, strict about sense."""

    __slots__ = ("uploads", "values")

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def text(self, name: str) -> str:
        """Return the value as text, empty when it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, int | float) else orjson.dumps(value).decode()

    def integer(self, name: str, default: int = 0) -> int:
        """Return the whole number, or `default` when it is missing or is none."""
        value = self.values.get(name)
        if type(value) is int:
            return value
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        value = self.values.get(name)
        return value if isinstance(value, bool) else self.text(name).lower() in {"true", "yes", "1"}

    def structure(self, name: str, what: str) -> Any:
        """Return a JSON value (an encoded string is decoded), None when missing; refuse a broken one as `what`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(f"can't parse {what} JSON object") from None
