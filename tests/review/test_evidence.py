"""Files are judged by what they hold: types, bombs, macros, archives in archives, and names made safe."""

import io
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.playing import GCM
from workflows.reports.guiding_template import as_docx
from workflows.review.evidence import NAME, Judged, judge, safe_name

LIMIT = 10 * 2**20
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20
TYPES = (
    '<Types><Override PartName="/{folder}/main.xml" ContentType="application/vnd.{kind}.main+xml"/></Types>'
)


def packed(entries: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def office(folder: str, kind: str = "openxmlformats", **more: bytes) -> bytes:
    return packed(
        {
            "[Content_Types].xml": TYPES.format(folder=folder, kind=kind),
            f"{folder}/main.xml": "<x/>",
            **{name.replace("__", "/").replace("_DOT_", "."): content for name, content in more.items()},
        }
    )


LARGE = packed({"xl/a.xml": os.urandom(2**20)}, zipfile.ZIP_STORED)
"""Eight of such tables are as much as a document may hold."""


def torn(compression: int) -> bytes:
    """A document whose directory is whole, and whose first entry says nothing that can be unpacked."""
    whole = packed({"[Content_Types].xml": TYPES.format(folder="word", kind="x") * 9}, compression)
    start = 30 + len("[Content_Types].xml") + (5 if compression == zipfile.ZIP_LZMA else 0)
    return whole[:start] + b"\xff" * 20 + whole[start + 20 :]


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (PDF, "law.pdf", "law.pdf"),
        (PDF, "law.exe", "law.exe.pdf"),
        (PNG, "figure.png", "figure.png"),
        (JPEG, "photo.JPEG", "photo.JPEG"),
        (office("word"), "report.docx", "report.docx"),
        (office("xl"), "table", "table.xlsx"),
        (office("ppt"), "slides.pptx", "slides.pptx"),
        (office("word", word__embeddings__Sheet1_DOT_xlsx=office("xl")), "chart.docx", "chart.docx"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "نص.odt", "نص.odt"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "t.ods", "t.ods"),
        ("سنة,عدد\n2019,3".encode(), "أرقام.csv", "أرقام.csv"),
        ("سنة,عدد\n2019,3".encode("cp1256"), "أرقام.csv", "أرقام.csv"),
        ("words".encode("utf-16"), "words.txt", "words.txt"),
        (b"=cmd|' /C calc'!A0", "x.html", "x.html.txt"),
    ],
)
def test_a_file_is_what_it_holds(content: bytes, name: str, kept: str) -> None:
    judged = judge(content, name, LIMIT)
    assert isinstance(judged, Judged)
    assert judged.name == kept


def test_a_real_document_is_kept() -> None:
    judged = judge(as_docx(GCM, "ar"), "template.docx", LIMIT)
    assert isinstance(judged, Judged)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.pdf", "empty"),
        (b"x" * (LIMIT + 1), "a.txt", "too_large"),
        (b"MZ\x90\x00\x03" + b"\x00" * 50, "a.pdf", "type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "old.doc", "type"),
        (b"GIF89a\x01\x00", "a.gif", "type"),
        (packed({"a.txt": "x"}), "a.zip", "type"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (office("word")[:-30], "a.docx", "damaged"),
        (torn(zipfile.ZIP_DEFLATED), "a.docx", "damaged"),
        (torn(zipfile.ZIP_BZIP2), "a.docx", "damaged"),
        (torn(zipfile.ZIP_LZMA), "a.docx", "damaged"),
        (office("word", word__vbaProject_DOT_bin=b"x"), "a.docx", "macros"),
        (office("word", kind="ms-word.document.macroEnabled"), "a.docx", "macros"),
        (office("word"), "a.docm", "macros"),
        (office("word"), "a.DOCM ", "macros"),
        (office("xl", xl__embeddings__inner_DOT_zip=b"x"), "a.xlsx", "nested"),
        (office("word", word__inner_DOT_xlsx=office("xl")), "a.docx", "nested"),
        (office("word", word__embeddings__a_DOT_xlsx=packed({"a.txt": "x"})), "a.docx", "nested"),
        (office("word", word__embeddings__a_DOT_xlsx=b"no archive"), "a.docx", "nested"),
        (
            office(
                "word",
                word__embeddings__a_DOT_docx=office("word", word__embeddings__b_DOT_xlsx=office("xl")),
            ),
            "a.docx",
            "nested",
        ),
        (
            office("word", word__embeddings__a_DOT_xlsx=office("xl", xl__vbaProject_DOT_bin=b"x")),
            "a.docx",
            "macros",
        ),
        (
            packed({"[Content_Types].xml": TYPES, **{f"word/embeddings/{n}.xlsx": LARGE for n in range(9)}}),
            "a.docx",
            "nested",
        ),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/script.xml": "x"}),
            "a.odt",
            "macros",
        ),
        (packed({"[Content_Types].xml": TYPES, "word/main.xml": b"\x00" * (125 * 2**20)}), "a.docx", "bomb"),
        (packed({f"word/{n}": b"" for n in range(3000)}), "a.docx", "bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fault_71_what_is_refused_and_why(content: bytes, name: str, refusal: str) -> None:
    assert judge(content, name, LIMIT) == refusal


@given(
    content=st.binary(max_size=300),
    head=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xff\xfe"]),
    name=st.text(),
)
def test_judging_never_fails(content: bytes, head: bytes, name: str) -> None:
    assert judge(head + content, name, LIMIT)


@given(st.text(max_size=400), st.sampled_from(["", "pdf", "txt"]))
def test_fault_70_a_safe_name_is_safe(name: str, ending: str) -> None:
    safe = safe_name(name, ending)
    assert safe
    assert len(safe) <= NAME + 9
    assert not set(safe) & set('/\\\x00\n\r\u202e\u2066\u200f<>:"|?*')
    assert not safe.startswith((".", " "))
    assert not ending or safe.lower().endswith((f".{ending}", ".text", ".md"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\law.pdf", "law.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
        ("", "file.pdf"),
        ("  .. ", "file.pdf"),
        ("قانون العمل.pdf", "قانون العمل.pdf"),
    ],
)
def test_fault_70_names(name: str, safe: str) -> None:
    assert safe_name(name, "pdf") == safe
