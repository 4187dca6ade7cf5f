"""One settings object, read from the environment; every fault is named at once, no secret ever shown."""

import base64
import binascii
import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Self
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from workflows.immutable import Immutable

PREFIX: Final = "RAFIQ_"
SEND_DEADLINE: Final = 35  # seconds; a claim must outlive the longest send
ELSEWHERE: Final = frozenset({"RAFIQ_FAILPOINT", "RAFIQ_CHROMIUM"})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Fault(Immutable):
    """What is wrong with one variable, and what to do about it."""

    variable: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.variable} {self.fault}. {self.remedy}"


class SettingsRefused(Exception):
    """The environment does not say what the bot needs to know; `faults` holds every reason."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


# --- what a value must look like ----------------------------------------------------------------------------


def _bot_token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value.get_secret_value()):
        raise ValueError("does not look like a bot token (digits, a colon, letters)")
    return value


def _key(value: SecretStr) -> SecretStr:
    if not all(_is_key(part) for part in _parts(value)):
        raise ValueError("is not a key (32 bytes in URL-safe base64, 44 characters)")
    return value


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)) == 32  # noqa: PLR2004 - the length of a key
    except (binascii.Error, UnicodeEncodeError):
        return False


def _parts(value: SecretStr) -> list[str]:
    return [part.strip() for part in value.get_secret_value().split(",") if part.strip()]


def _safe_address(value: str) -> str:
    place = urlsplit(value)
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise ValueError("is not an address that begins with https:// (http:// on this machine)")
    if place.scheme == "http" and place.hostname not in _LOOPBACK:
        raise ValueError("would send secrets over http in clear text")
    return value.rstrip("/")


def _database(value: str) -> str:
    if value and not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
        raise ValueError("names no database that Rafiq knows")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
        raise ValueError("is not 16 to 256 characters of A-Z a-z 0-9 _ -")
    return value


def _level(value: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("is not a log level")
    return value.upper()


Address = Annotated[str, AfterValidator(_safe_address)]
Key = Annotated[SecretStr, AfterValidator(_key)]


class _FromEnvironment(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    @classmethod
    def read(cls) -> Self:
        """The settings from the environment; raises SettingsRefused with every fault there is."""
        faults = _misspelt(os.environ)
        try:
            settings = cls()
        except ValidationError as refusal:
            found = refusal.errors()
            faults += tuple(_fault(cls, error["loc"], error["type"], error["msg"]) for error in found)
            raise SettingsRefused(faults) from None
        if faults:
            raise SettingsRefused(faults)
        return settings


class ProbeSettings(_FromEnvironment):
    """Where a running bot tells of itself; at a port of its own, and nowhere while none is named."""

    probe_host: str = Field(
        default="127.0.0.1", description="Name the address at which probes and metrics are answered."
    )
    probe_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Choose a port from 0 to 65535 (0 takes a free one), or leave it unset.",
    )


class DataSettings(ProbeSettings):
    """What is needed to open the data: commands that never speak to Telegram need no more.

    Rates are messages a second, the lease is in seconds.
    """

    data: Path = Field(default=Path(), description="Name a folder that the bot may write to.")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default="",
        description="Write sqlite+aiosqlite:///rafiq.db or postgresql+asyncpg://user:password@host/name.",
    )
    key: Key = Field(
        description="Set the one that the database or the backup was sealed with; for a new one: ./rafiq key."
    )
    old_keys: Key = Field(default=SecretStr(""), description="List earlier keys, separated by commas.")
    clock_url: Address | None = Field(
        default=None, description="Leave it unset; only the demo sets another clock."
    )
    log_level: Annotated[str, AfterValidator(_level)] = Field(
        default="INFO", description="Choose DEBUG, INFO, WARNING or ERROR."
    )
    backup_folder: Path | None = Field(
        default=None, description="Name a folder that the bot may write to, on another disk if there is one."
    )
    backup_hour: int = Field(default=1, ge=0, le=23, description="Choose an hour from 0 to 23, in UTC.")
    backup_key: Key | None = Field(
        default=None,
        description="Set the one that the backups were made with; for new ones: ./rafiq key. It is not RAFIQ_KEY.",
    )
    outbox_lease_seconds: int = Field(
        default=60,
        ge=SEND_DEADLINE + 5,
        description=f"Choose at least {SEND_DEADLINE + 5} seconds, or leave it unset.",
    )
    disk_reserve_percent: float = Field(
        default=5, ge=0, le=100, description="Choose how many per cent of the disk are to be free, such as 5."
    )

    @property
    def database(self) -> str:
        """The database's address; a file in the data folder when none is named."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data / 'rafiq.db'}"

    @field_validator("backup_key")
    @classmethod
    def _of_its_own(cls, value: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
        known = [others.data[name] for name in ("key", "old_keys") if name in others.data]
        if value is not None and set(_parts(value)) & {part for each in known for part in _parts(each)}:
            raise ValueError("is a key of the database; backups need one of their own")
        if value is not None and len(_parts(value)) != 1:
            raise ValueError("is more than one key")
        return value

    def for_backups(self) -> tuple[Path, bytes]:
        """The folder of the backups and their key; raises SettingsRefused when either is missing."""
        if self.backup_folder is None or self.backup_key is None:
            missing = [name for name in ("backup_folder", "backup_key") if getattr(self, name) is None]
            raise SettingsRefused(tuple(_fault(Settings, (name,), "missing", "") for name in missing))
        return self.backup_folder, self.backup_secret

    @property
    def backup_secret(self) -> bytes:
        """The 32 bytes of the backups' key; raises SettingsRefused when it is missing."""
        if self.backup_key is None:
            raise SettingsRefused((_fault(Settings, ("backup_key",), "missing", ""),))
        return base64.urlsafe_b64decode(self.backup_key.get_secret_value())

    def secrets(self) -> list[str]:
        """Every value that must never be said: the keys, and the database's password."""
        password = urlsplit(self.database_url).password or ""
        of_backups = self.backup_key.get_secret_value() if self.backup_key is not None else ""
        return [self.key.get_secret_value(), *self.earlier_keys, of_backups, password, unquote(password)]

    @property
    def earlier_keys(self) -> list[str]:
        """The keys that may still open rows sealed before the last rotation."""
        return _parts(self.old_keys)


class Settings(DataSettings):
    """Everything the bot itself needs to know."""

    bot_token: Annotated[SecretStr, AfterValidator(_bot_token)] = Field(
        description="Ask @BotFather for one, or start the demo, which needs none: make demo."
    )
    telegram_api: Address = Field(
        default="https://api.telegram.org", description="Leave it unset to use Telegram itself."
    )
    webhook_url: Address | None = Field(
        default=None, description="Write the public https:// address at which Telegram reaches this machine."
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        default=None,
        description='Make one with: python -c "import secrets; print(secrets.token_urlsafe(32))".',
    )
    listen_host: str = Field(
        default="127.0.0.1", description="Name the address to listen at, such as 127.0.0.1."
    )
    listen_port: int = Field(
        default=8080, ge=0, le=65535, description="Choose a port from 0 to 65535; 0 takes a free one."
    )
    bulk_per_second: float = Field(
        default=25, gt=0, le=30, description="Choose a number up to 30, Telegram's own limit."
    )
    chat_per_second: float = Field(
        default=1, gt=0, le=20, description="Choose a small number; Telegram asks for 1."
    )

    file_megabytes: int = Field(
        default=10, ge=1, le=20, description="Choose a number up to 20; Telegram gives a bot no larger files."
    )

    def secrets(self) -> list[str]:
        """Every value that must never be said, whole and in parts that open something by themselves."""
        token = self.bot_token.get_secret_value()
        hidden = [self.webhook_secret.get_secret_value()] if self.webhook_secret is not None else []
        return [*super().secrets(), token, token.partition(":")[2], *hidden]

    @property
    def file_limit(self) -> int:
        """How many bytes a file may have that stands behind an answer."""
        return self.file_megabytes * 2**20

    def for_serving(self) -> tuple[str, str]:
        """The webhook's address and secret; raises SettingsRefused when either is missing."""
        if self.webhook_url is None or self.webhook_secret is None:
            missing = [name for name in ("webhook_url", "webhook_secret") if getattr(self, name) is None]
            raise SettingsRefused(tuple(_fault(Settings, (name,), "missing", "") for name in missing))
        return self.webhook_url, self.webhook_secret.get_secret_value()


def _fault(model: type[BaseSettings], place: tuple[int | str, ...], kind: str, message: str) -> Fault:
    name = str(place[0])
    field = model.model_fields[name]
    fault = "is not set" if kind == "missing" else message.removeprefix("Value error, ")
    if fault.startswith("Input should be"):
        fault = fault.replace("Input should be", "should be", 1)
    return Fault(f"{PREFIX}{name.upper()}", fault, field.description or "")


def _misspelt(environment: Mapping[str, str]) -> tuple[Fault, ...]:
    """Variables that look like ours and are none: somebody believes in a setting that nobody reads."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | ELSEWHERE
    strangers = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    return tuple(_stranger(name, known) for name in strangers)


def _stranger(name: str, known: set[str]) -> Fault:
    near = difflib.get_close_matches(name, known, n=1)
    return Fault(name, "is no setting of Rafiq", f"Did you mean {near[0]}?" if near else "Remove it.")
