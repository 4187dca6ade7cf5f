"""Everything that knows Telegram or the clock."""

from typing import Final

VERSION: Final = "0.1.0"
"""The version that pyproject.toml names; an image holds the packages and not that file."""
