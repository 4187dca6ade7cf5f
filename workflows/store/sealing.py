"""Where a value is sealed that stands in a row with a key of its own: no value opens in another row or column."""

from typing import Any

from sqlalchemy import Column


def row_place(column: Column[Any], key: int | str) -> str:
    """The place of a column's value in the row with this key, such as `remark.text/17`."""
    return f"{column}/{key}"
