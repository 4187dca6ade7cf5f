"""What people and officers write: button codes, dates, templates, cycles, policies, days off, settings, backups."""

import io
import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import Forged, read, write
from bot.render.review_labels import our_words
from bot.settings import DataSettings, Settings, SettingsRefused
from tests.fuzz.conftest import FUZZ
from tests.fuzz.spoiling import ODD_TEXTS, damaged, rewritten
from tests.render.test_buttons import MEANINGS
from tests.review.playing import GCM
from workflows.cycle.calendar import Calendar
from workflows.cycle.days.habits import Habits
from workflows.cycle.files import judging
from workflows.cycle.reminders import policy_file
from workflows.cycle.reminders.policy import ReminderPolicy
from workflows.cycle.typed.dates import read_when, spot_when
from workflows.marked import Fault
from workflows.reports.guiding_template import as_docx
from workflows.reports.returned import TEXT, WORD, lines_of
from workflows.review import judge as templates
from workflows.review.dates import read_date
from workflows.review.evidence import Judged, judge, safe_name
from workflows.review.filled.landmarks import Landmarks
from workflows.review.filled.placing import placed
from workflows.review.filled.reading import read as read_passage
from workflows.review.template import Template
from workflows.store.backups.sealed_stream import SealedWriter, opened_chunks
from workflows.store.cipher import Cipher, KeyRefused
from workflows.store.values import StoreRefused

DATA = Path(__file__).parents[2] / "workflows" / "data"
LIMIT = 2**20


# --- buttons and dates -----------------------------------------------------------------------------------------------


@FUZZ
@given(MEANINGS, st.data())
def test_a_forged_or_cut_code_is_another_meaning_or_none(meaning: Any, data: st.DataObject) -> None:
    code = data.draw(damaged(write(meaning).encode())).decode("utf-8", "surrogateescape")
    found = read(code)
    assert isinstance(found, Forged) or write(found) == code


@FUZZ
@given(ODD_TEXTS | st.text(max_size=100))
def test_no_code_is_a_crash(code: str) -> None:
    found = read(code)
    assert isinstance(found, Forged) or write(found) == code


DATES = (
    "25 June 2020 10:00",
    "24-25 شباط/فبراير 2021",
    "15/11/2020",
    "15 novembre 2020 à 10 h",
    "5 ذو القعدة 1441 هـ",
    "next Sunday",
)


@FUZZ
@given(
    st.sampled_from(DATES).flatmap(lambda text: damaged(text.encode())),
    st.dates(),
    st.sampled_from(["Africa/Cairo", "Asia/Beirut"]),
)
def test_a_damaged_date_is_a_date_or_none(typed: bytes, today: date, zone: str) -> None:
    text = typed.decode("utf-8", "surrogateescape")
    for reading in read_when(text, today, zone).readings:
        assert 1900 <= reading.first.year <= reading.last.year <= 2100  # type: ignore[union-attr]  # what is unstated is no reading
    spot_when(text, today, zone)
    kept = read_date(text)
    assert kept is None or read_date(kept) == kept


# --- files of officers -----------------------------------------------------------------------------------------------


FILES: list[tuple[str, Callable[[str], object], type]] = [
    ("templates/gcm-arab-2020.yaml", templates.judge, Template),
    ("cycles/gcm-arab-2020.yaml", judging.judge, Calendar),
    ("cycles/gcm-arab-2024.yaml", judging.judge, Calendar),
    ("policies/gcm-arab.yaml", policy_file.read_policy, ReminderPolicy),
    ("reference/working_days.yaml", Habits.read, Habits),
]
# Half of the template is enough to meet every kind of entry, and takes a tenth of a second instead of one.
SIZES = {"templates/gcm-arab-2020.yaml": 400}


@pytest.mark.parametrize(("name", "judged", "whole"), FILES, ids=[name for name, _, _ in FILES])
def test_a_spoilt_file_is_taken_or_refused_in_words(
    name: str, judged: Callable[[str], object], whole: type
) -> None:
    text = "".join((DATA / name).read_text("utf-8").splitlines(keepends=True)[: SIZES.get(name)])

    @FUZZ
    @given(rewritten(text))
    def judging_it(spoilt: str) -> None:
        found = judged(spoilt)
        if not isinstance(found, whole):
            assert isinstance(found, tuple)
            assert found
            assert all(isinstance(fault, Fault) and str(fault) for fault in found)

    judging_it()


# --- files of people -------------------------------------------------------------------------------------------------


def archive(entries: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return made.getvalue()


WHOLE_FILES = (
    as_docx(GCM, "en"),
    archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
    archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF",
    b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
    b"\xff\xd8\xff\xe0" + b"\x00" * 64,
    "سنة,عدد\n2019,3".encode("utf-16"),
)


@FUZZ
@given(st.sampled_from(WHOLE_FILES).flatmap(damaged), ODD_TEXTS | st.text(max_size=40))
def test_a_damaged_file_is_judged_and_never_opened(content: bytes, name: str) -> None:
    judged = judge(content, name, LIMIT)
    assert judged
    if isinstance(judged, Judged):
        assert judged.name == safe_name(judged.name, judged.name.rpartition(".")[2].casefold())
        assert not set(judged.name) & set("/\\\x00\n\u202e")


# --- documents with answers ------------------------------------------------------------------------------------------

TEMPLATE_FILE = as_docx(GCM, "ar")
MAIN = zipfile.ZipFile(io.BytesIO(TEMPLATE_FILE)).read("word/document.xml")


def packed(main: bytes) -> bytes:
    """A Word file with this main part."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", main)
    return kept.getvalue()


@FUZZ
@given(damaged(TEMPLATE_FILE) | damaged(MAIN, most=3).map(packed))
def test_a_damaged_document_is_read_or_refused(content: bytes) -> None:
    returned = lines_of(content, WORD)
    if returned is not None:
        placed(GCM, our_words(), returned.lines)


QUESTIONS = st.sampled_from(["1a", "4-ب", *(each.words("ar") for each in GCM.questions.values())])
WRITTEN = st.lists(QUESTIONS | ODD_TEXTS | st.text(max_size=60), max_size=12)


@FUZZ
@given(WRITTEN)
def test_whatever_stands_in_a_document_is_read_and_nothing_of_it_is_lost(written: list[str]) -> None:
    text = "\n".join(written).encode("utf-8", "replace")
    returned = lines_of(text, TEXT)
    assert returned is not None
    found = placed(GCM, our_words(), returned.lines)
    told = {line.text for passage in found.passages for line in passage.lines} | set(found.astray)
    landmarks = Landmarks(GCM)
    for line in returned.lines:
        if line.text.strip() and landmarks.find(line.text) is None:
            assert line.text in told or line.text.strip() in told
    for passage in found.passages:
        for prompt in passage.prompts:
            answer = read_passage(GCM, our_words(), passage, prompt, "file1:1")
            assert answer.answer is not None or answer.unread


# --- settings, keys and backups --------------------------------------------------------------------------------------


VARIABLES = st.dictionaries(
    st.sampled_from([f"RAFIQ_{name.upper()}" for name in Settings.model_fields] + ["RAFIQ_TYPO"]),
    # What the system's environment can hold: no NUL, no half letters.
    (ODD_TEXTS | st.text(max_size=40) | st.integers().map(str)).filter(
        lambda text: (
            "\x00" not in text and text.isprintable() and text.encode("utf-8", "ignore").decode() == text
        )
    ),
    max_size=6,
)


@FUZZ
@given(VARIABLES, st.sampled_from([DataSettings, Settings]))
def test_an_odd_environment_is_refused_in_words(variables: dict[str, str], model: type[DataSettings]) -> None:
    before = {name: value for name, value in os.environ.items() if name.startswith("RAFIQ_")}
    for name in before:
        del os.environ[name]
    os.environ.update(variables)
    try:
        model.read()
    except SettingsRefused as refusal:
        assert all(fault.variable and fault.fault for fault in refusal.faults)  # noqa: PT017 - a refusal is one of two good ends
        for name, secret in variables.items():
            if name in ("RAFIQ_KEY", "RAFIQ_BOT_TOKEN", "RAFIQ_WEBHOOK_SECRET") and len(secret) > 12:
                assert secret not in str(refusal)  # noqa: PT017 - the same
    finally:
        for name in variables:
            del os.environ[name]
        os.environ.update(before)


@FUZZ
@given(ODD_TEXTS | st.text(max_size=60))
def test_no_text_is_a_key_by_chance(text: str) -> None:
    with pytest.raises(KeyRefused):
        Cipher.from_settings(text)


BACKUP_KEY = bytes(range(32))


def sealed() -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, BACKUP_KEY)
    writer.write(b"a line of a backup\n" * 8000)
    writer.close()
    return file.getvalue()


SEALED = sealed()


@FUZZ
@given(damaged(SEALED) | damaged(SEALED[:200]) | st.binary(max_size=200))
def test_a_damaged_backup_is_refused_before_it_is_believed(content: bytes) -> None:
    if content == SEALED:
        return
    with pytest.raises(StoreRefused) as refusal:
        b"".join(opened_chunks(io.BytesIO(content), BACKUP_KEY, "rafiq.backup"))
    assert refusal.value.remedy
