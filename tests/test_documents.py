"""The documents name what is there: every link leads somewhere, and every path in the tree exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENTS: Final = sorted(
    [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
)
LINK: Final = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#([^)\s]+))?\)")
IN_PAGE: Final = re.compile(r"\]\(#([^)\s]+)\)")
TREES: Final = ("bot/", "workflows/", "tests/", "bench/", "docs/", "ops/", "locales/", ".ci/")
SPOKEN_OF: Final = re.compile(r"`([\w./*-]+)(?:::[\w\[\]-]+)?`")


def _anchors(document: Path) -> set[str]:
    """The names of a page's headings, as the browser of a repository makes them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(document: Path) -> Iterator[str]:
    text = document.read_text("utf-8")
    for target, anchor in LINK.findall(text):
        path = (document.parent / target).resolve()
        if not path.exists():
            yield f"the link to {target}"
        elif anchor and path.suffix == ".md" and anchor not in _anchors(path):
            yield f"the link to {target}#{anchor}"
    yield from (f"the link to #{each}" for each in IN_PAGE.findall(text) if each not in _anchors(document))
    for named in SPOKEN_OF.findall(text):
        if named.startswith(TREES) and not any(ROOT.glob(named.rstrip("/"))):
            yield f"`{named}`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    broken = list(_broken(document))
    assert not broken, f"{document.relative_to(ROOT)} names what is not there: {', '.join(broken)}"


def test_the_documents_name_enough_to_be_judged() -> None:
    texts = [document.read_text("utf-8") for document in DOCUMENTS]
    assert sum(len(LINK.findall(text)) for text in texts) > 40
    assert sum(named.startswith(TREES) for text in texts for named in SPOKEN_OF.findall(text)) > 100
