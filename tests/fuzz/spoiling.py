"""Spoiling what is whole: values of JSON put in wrong places, bytes and letters changed, pieces cut out and doubled."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]

ODD_TEXTS = st.sampled_from(
    ["", " ", "\x00", "\ud800", "\uffff", "\u202efdp.exe", "=1+1", "<b>", "</code>", "&lt;", "a" * 5000, "🇱🇧" * 50,
     "́" * 2000, "\U000e0041", "/start", "/start x", "/status@rafiq_bot", "../../etc/passwd", "٠١٢", "-1", "1e400"]
)  # fmt: skip
ODD_NUMBERS = st.sampled_from([0, -1, 1, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**40])
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | ODD_NUMBERS
    | st.floats(allow_nan=False, allow_infinity=False)
    | ODD_TEXTS
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a value of JSON."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from places(item, (*path, key))


def spoil(value: Any, path: Path, how: str, junk: Any) -> Any:
    """A copy of a value in which something is wrong at one place."""
    if not path:
        return junk if how == "replace" else value
    spoilt = copy.deepcopy(value)
    parent = spoilt
    for key in path[:-1]:
        parent = parent[key]
    if how == "remove":
        del parent[path[-1]]
    elif how == "nest":
        parent[path[-1]] = {"message": [parent[path[-1]]]}
    elif how == "list":
        parent[path[-1]] = [parent[path[-1]]] * 3
    else:
        parent[path[-1]] = junk
    return spoilt


@st.composite
def spoilt(draw: Callable[[Any], Any], wholes: list[Any], most: int = 3) -> Any:
    """One of these values of JSON with up to so many mishaps."""
    value = draw(st.sampled_from(wholes))
    for _ in range(draw(st.integers(1, most))):
        path = draw(st.sampled_from(sorted(places(value), key=str)))
        how = draw(st.sampled_from(["replace", "replace", "remove", "nest", "list"]))
        value = spoil(value, path, how, draw(JUNK))
    return value


@st.composite
def damaged(draw: Callable[[Any], Any], whole: bytes, most: int = 5) -> bytes:
    """Bytes with changed, missing, doubled and cut off pieces."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(1, 64))
        how = draw(st.sampled_from(["change", "remove", "double", "cut", "insert", "zero"]))
        if how == "change":
            content[at : at + length] = draw(st.binary(min_size=1, max_size=length))
        elif how == "remove":
            del content[at : at + length]
        elif how == "double":
            content[at:at] = content[at : at + length]
        elif how == "cut":
            del content[at:]
        elif how == "zero":
            content[at : at + length] = bytes(len(content[at : at + length]))
        else:
            content[at:at] = draw(st.binary(max_size=length))
    return bytes(content)


@st.composite
def rewritten(draw: Callable[[Any], Any], whole: str, most: int = 6) -> str:
    """A text file with lines moved and doubled, and scraps put into them."""
    lines = whole.splitlines(keepends=True)
    scraps = ["", "- ", "  ", "'", '"', "{", "]", ": ", "&a ", "*a", "!!python/object:os.system ", "null", "\t",
              "2020-13-40", "99:99", "٢٠٢٠", "|\n", "---\n", "-5", "1e999", "\u2028", "<<: *a", "💥"]  # fmt: skip
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        how = draw(st.sampled_from(["scrap", "scrap", "remove", "double", "move"]))
        if not lines:
            break
        if how == "scrap":
            column = draw(st.integers(0, len(lines[at])))
            scrap = draw(st.sampled_from(scraps))
            lines[at] = lines[at][:column] + scrap + lines[at][column + len(scrap) :]
        elif how == "remove":
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        else:
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
    return "".join(lines)
