"""What is written to the other side: where a request goes, its head, and files as multipart."""

import base64
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit

import httpx

from bot.wire.failures import NotSent

_PORTS: Final = {"http": 80, "https": 443}
_NO_ADDRESS: Final = "no connection to Telegram (not an address that can be called)"
_PRINTABLE: Final = re.compile(r"[!-~]+")  # a space or a line break would end the line it stands in


class Origin(NamedTuple):
    """A server: connections are shared by the requests that go to the same one."""

    secure: bool
    host: str
    port: int


class Address:
    """An address taken apart once, for every request that goes there. Its `repr` hides the token in it.

    Raises NotSent where it is no http:// or https:// address in printable ASCII.
    """

    __slots__ = ("_head", "_path", "origin")

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise NotSent(_NO_ADDRESS) from None
        if parts.scheme not in _PORTS or not parts.hostname or not _PRINTABLE.fullmatch(url):
            raise NotSent(_NO_ADDRESS)
        self.origin = Origin(parts.scheme == "https", parts.hostname, port or _PORTS[parts.scheme])
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._path = path.encode("ascii")
        credentials, _, place = parts.netloc.rpartition("@")
        lines = [f"Host: {place}", "User-Agent: Rafiq", "Accept: */*", "Accept-Encoding: identity"]
        if credentials:
            lines.append(f"Authorization: Basic {_basic(credentials)}")
        self._head = "".join(f"{line}\r\n" for line in lines).encode("ascii")

    def request(self, method: str, body: bytes = b"", content_type: str = "") -> bytes:
        """The bytes of one request; a method without a body has no content type."""
        first = b"%s %s HTTP/1.1\r\n" % (method.encode("ascii"), self._path)
        if not content_type:
            return b"%s%s\r\n" % (first, self._head)
        content = (content_type.encode("ascii"), len(body), body)
        return b"%s%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (first, self._head, *content)


def _basic(credentials: str) -> str:
    return base64.b64encode(unquote(credentials).encode()).decode("ascii")


def form(fields: Mapping[str, str], files: Mapping[str, tuple[str, Any, str]]) -> tuple[bytes, str]:
    """Fields and files (name, content, type) as multipart: the body and its content type."""
    made = httpx.Request("POST", "http://form.invalid/", data=dict(fields), files=dict(files))
    return made.read(), made.headers["Content-Type"]
