"""The columns that tables are made of, the same on both engines, and what all tables belong to."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, Dialect, Index, Integer, MetaData, Table, TypeDecorator, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
NUMBERED: Final = {"sqlite_autoincrement": True}
"""The last argument of a table whose rows have a `number_column`."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC, aware on both engines; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the same
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """How a value is read; SQLite keeps times as text, and one text is read once, as many rows have the same."""
        return _read if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@lru_cache(maxsize=8192)
def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


class House(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """What all tables belong to."""


def index_where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index of those rows alone for which a condition holds; each engine writes a `{false}` in it as it has it."""
    on_sqlite, on_postgresql = (text(condition.format(false=false)) for false in ("0", "false"))
    return Index(name, *columns, unique=unique, sqlite_where=on_sqlite, postgresql_where=on_postgresql)


def number_column() -> Any:
    """A number that is never given twice, even after its row is gone."""
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Field(default=None, sa_type=kind, primary_key=True)


def given_column(kind: Any) -> Any:
    """A number that comes from outside."""
    return Field(sa_type=kind, primary_key=True, sa_column_kwargs={"autoincrement": False})


def big_column(**more: Any) -> Any:
    """A number as large as Telegram's."""
    return Field(sa_type=BigInteger, **more)


def moment_column(**more: Any) -> Any:
    """A time in UTC."""
    return Field(sa_type=Moment, **more)


def later_column(default: Any) -> Any:
    """A column that came with a later schema: rows of before have the default."""
    return Field(sa_column_kwargs={"server_default": default})


def table_of(model: type[House]) -> Table:
    """The table that a model describes."""
    return House.metadata.tables[str(model.__tablename__)]
