"""Servers that answer as a test tells them to, byte by byte, and remember what they were asked."""

import asyncio
import contextlib
import datetime as dt
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OK = b'{"ok": true, "result": 1}'


def answer(body: bytes = OK, status: bytes = b"200 OK", *lines: bytes) -> bytes:
    """A whole answer with a length; `lines` are further header lines."""
    head = b"".join(line + b"\r\n" for line in lines)
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s" % (status, len(body), head, body)


def chunked(*parts: bytes) -> bytes:
    """An answer in chunks."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body + b"0\r\n\r\n"


@dataclass
class Asked:
    """One request as it came, and a way to answer it."""

    line: str
    headers: dict[str, str]
    body: bytes
    connection: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def says(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def drips(self, data: bytes, seconds: float) -> None:
        for place in range(len(data)):
            await self.says(data[place : place + 1])
            await asyncio.sleep(seconds)

    async def hears_the_end(self) -> None:
        """Return when the other side has closed the connection."""
        with contextlib.suppress(OSError):
            while await asyncio.wait_for(self.reader.read(65536), 5):
                pass


Script = Callable[[Asked], Awaitable[None]]


async def agrees(asked: Asked) -> None:
    """Answer that all is well."""
    await asked.says(answer())


@dataclass
class Server:
    """Plays `script` for every request; a script that returns with the connection open gets the next one."""

    script: Script = agrees
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    port: int = 0

    async def meets(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._serve(reader, writer, self.connections)
        self.open_now -= 1
        writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        while not writer.is_closing():
            head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
            line, *lines = head.rstrip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (text.partition(": ") for text in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.asked.append(Asked(line, headers, body, number, reader, writer))
            await self.script(self.asked[-1])

    async def is_left(self, seconds: float = 3) -> None:
        """Wait until nobody is connected, and until the other side can know."""
        async with asyncio.timeout(seconds):
            while self.open_now:  # noqa: ASYNC110 - many connections, and no event says how many are left
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)


@asynccontextmanager
async def serving(server: Server, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Serve on a free port of loopback; gives the address."""
    listening = await asyncio.start_server(server.meets, "127.0.0.1", ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield f"https://localhost:{server.port}" if tls else f"http://127.0.0.1:{server.port}"
    finally:
        listening.close()
        await server.is_left()


@asynccontextmanager
async def mute() -> AsyncIterator[tuple[str, Server]]:
    """A server that takes connections and never reads; gives its host and port, and itself."""
    server = Server()
    ending = asyncio.Event()

    async def ignores(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # the stub has no reading transport here
        await ending.wait()
        writer.transport.abort()

    listening = await asyncio.start_server(ignores, "127.0.0.1")
    try:
        yield f"127.0.0.1:{listening.sockets[0].getsockname()[1]}", server
    finally:
        ending.set()
        listening.close()
        await asyncio.sleep(0)


def authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for the name localhost made here: the file to trust, and a server that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = dt.timedelta(days=1)
    begins = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + 36_500 * day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, kept = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    kept.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, kept)
    return shown, context
