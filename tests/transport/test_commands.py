"""Commands refuse in a line for people: the place, the remedy, exit code 2, and no trace of the program."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from typer.testing import CliRunner

from bot.commands import app
from workflows.store import schema
from workflows.store.cipher import generate_key

KEY = generate_key()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("RAFIQ_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RAFIQ_KEY", KEY)
    monkeypatch.setenv("RAFIQ_DATA", str(tmp_path / "data"))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def refused(*arguments: str) -> str:
    code, output = run(*arguments)
    assert code == 2
    assert "Traceback" not in output
    return output


def test_from_nothing_to_invitations() -> None:
    assert run("migrate")[0] == 0
    assert "is open, with template gcm-arab-2020" in run("cycle", "open", "2026")[1]
    code, output = run("invite", "--role", "focal_point", "--country", "LB", "--count", "3", "--plain")
    assert code == 0
    assert len({line for line in output.split() if len(line) == 43}) == 3
    assert "2026" in run("status")[1]


@pytest.mark.parametrize(("language", "words"), [("en", "Jordan"), ("fr", "Jordanie"), ("ar", "الأردن")])
def test_status_tells_where_the_region_stands(tmp_path: Path, language: str, words: str) -> None:
    run("migrate")
    run("cycle", "open", "2026")
    run("invite", "--role", "focal_point", "--country", "JO", "--plain")
    files = {kind: tmp_path / f"region.{kind}" for kind in ("csv", "xlsx", "png")}
    code, output = run(
        "status",
        *("--language", language, "--csv", str(files["csv"])),
        *("--xlsx", str(files["xlsx"]), "--picture", str(files["png"])),
    )
    assert (code, words in output) == (0, True)
    assert "22" in output
    assert words in files["csv"].read_text("utf-8-sig")
    assert files["xlsx"].read_bytes().startswith(b"PK")
    assert files["png"].read_bytes().startswith(b"\x89PNG")
    code, output = run("status", "--language", language, "--country", words)
    assert (code, words in output, "<b>" in output) == (0, True, False)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--language", "de"), "Choose one of: ar, en, fr"),
        (("--country", "Atlantis"), "not a country of the region"),
        (("--csv", "/proc/nowhere/file"), "cannot be written"),
    ],
)
def test_status_refuses_what_it_cannot_do(option: tuple[str, str], words: str) -> None:
    run("migrate")
    run("cycle", "open", "2026")
    assert words in refused("status", *option)


def test_a_supporter_and_a_colleague_are_invited_to_what_they_are_for() -> None:
    run("migrate")
    run("cycle", "open", "2026")
    assert run("invite", "--role", "supporter", "--scope", "escwa", "--plain")[0] == 0
    colleague = ("invite", "--role", "contributor", "--country", "LB", "--plain", "--scope")
    assert run(*colleague, "2c")[0] == 0
    assert "no such section or question" in refused(*colleague, "9z")


def test_a_cycle_keeps_its_template() -> None:
    run("cycle", "open", "2026")
    assert "open already" in refused("cycle", "open", "2026")


def test_a_key_is_made() -> None:
    code, output = run("key")
    assert (code, len(output.strip())) == (0, 44)


def test_the_audit_is_whole_until_somebody_touches_it(tmp_path: Path) -> None:
    run("migrate")
    run("cycle", "open", "2026")
    code, output = run("audit", "verify")
    assert (code, "The audit is whole: 1 lines" in output) == (0, True)
    head = output.split()[-1]
    run("invite", "--role", "focal_point", "--country", "LB", "--plain")
    assert run("audit", "verify", "--head", head)[0] == 0
    assert "written anew" in run("audit", "verify", "--head", "0" * 64)[1]
    with sqlite3.connect(tmp_path / "data" / "rafiq.db") as connection:
        connection.execute("UPDATE audit SET country = 'SY' WHERE id = 2")
    connection.close()
    code, output = run("audit", "verify")
    assert code == 1
    assert "broken at line 2: the line is not as it was written" in output


def test_another_key_does_not_open_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    run("cycle", "open", "2026")
    monkeypatch.setenv("RAFIQ_KEY", generate_key())
    assert "RAFIQ_KEY" in refused("status")


OPENING = [
    ("audit", "verify"),
    ("backup",),
    ("cycle", "load", "gcm-arab-2020"),
    ("cycle", "shift", "gcm-arab-2020", "--load", "2026"),
    ("invite", "--role", "secretariat", "--plain"),
    ("pause",),
    ("pause", "--restored"),
    ("resume",),
    ("rotate",),
    ("status",),
]
"""Every command that opens the database and may not make it."""


def revision_of(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.fixture
def backups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("RAFIQ_BACKUP_FOLDER", str(tmp_path / "kept"))
    monkeypatch.setenv("RAFIQ_BACKUP_KEY", generate_key())
    return tmp_path / "kept"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database of the version before."""
    file = tmp_path / "data" / "rafiq.db"
    file.parent.mkdir()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        schema.upgrade(connection, "0004")
    engine.dispose()
    return file


@pytest.mark.parametrize("arguments", OPENING, ids=" ".join)
def test_a_mistyped_address_is_told_and_no_database_is_made_there(
    tmp_path: Path, backups: Path, arguments: tuple[str, ...]
) -> None:
    assert "rafiq.db is not there. Make it: ./rafiq migrate." in refused(*arguments)
    assert not (tmp_path / "data").exists()
    assert not backups.exists()


@pytest.mark.parametrize("arguments", OPENING, ids=" ".join)
def test_a_newer_version_s_command_leaves_an_older_database_as_it_is(
    older: Path, backups: Path, arguments: tuple[str, ...]
) -> None:
    assert "has an older schema. Make a backup with the version" in refused(*arguments)
    assert revision_of(older) == "0004"
    assert not backups.exists()


@pytest.mark.parametrize("arguments", [("migrate",), ("cycle", "open", "2026")], ids=" ".join)
def test_who_may_brings_an_older_database_up(older: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 0
    assert revision_of(older) == schema.HEAD


def test_a_backup_of_a_database_in_another_folder_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, backups: Path
) -> None:
    run("cycle", "open", "2026")
    assert run("backup")[0] == 0
    monkeypatch.setenv("RAFIQ_DATA", str(tmp_path / "typo"))
    assert run("migrate")[0] == 0
    said = refused("backup")
    assert f"{backups} holds backups of a database" in said
    assert "RAFIQ_BACKUP_FOLDER another folder" in said
    assert len(list(backups.glob("*.backup"))) == 1


def test_a_rotation_says_whether_there_was_anything_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    run("cycle", "open", "2026")
    code, output = run("rotate")
    assert (code, "names no earlier key" in output, "not needed any more" in output) == (0, True, False)
    monkeypatch.setenv("RAFIQ_OLD_KEYS", KEY)
    monkeypatch.setenv("RAFIQ_KEY", generate_key())
    assert "1 values were sealed with the newest key" in run("rotate")[1]
    assert "There was nothing to do" in run("rotate")[1]


@pytest.mark.parametrize("port", ["RAFIQ_PROBE_PORT", "RAFIQ_LISTEN_PORT"])
def test_the_remedy_for_a_port_names_what_may_be_set(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv(port, "70000")
    assert "from 0 to 65535" in refused("poll")


def test_missing_settings_are_named() -> None:
    assert "RAFIQ_BOT_TOKEN is not set" in refused("poll")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["invite", "--role", "king"], "there is no such role"),
        (["invite", "--role", "focal_point", "--plain"], "--country (missing): a focal_point needs one."),
        (["invite", "--role", "focal_point", "--country", "XX", "--plain"], "not a country of the region"),
        (["invite", "--role", "secretariat", "--country", "LB", "--plain"], "belongs to no country"),
        (["invite", "--role", "supporter", "--plain"], "a supporter needs one"),
        (
            ["invite", "--role", "clearer", "--country", "LB", "--scope", "3", "--plain"],
            "a clearer needs one",
        ),
        (["invite", "--role", "secretariat", "--scope", "1", "--plain"], "has none"),
        (["invite", "--role", "secretariat", "--plain"], "no cycle to invite anybody to"),
        (["check", "nowhere.yaml"], "cannot be read"),
        (["cycle", "open", "2026", "--template", "nowhere.yaml"], "cannot be read"),
    ],
)
def test_refusals_name_place_and_remedy(arguments: list[str], words: str) -> None:
    run("migrate")
    assert words in refused(*arguments)


def test_a_faulty_template_is_told_fault_by_fault(tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text("id: x\nsections: []\n")
    assert refused("check", str(file)).count("faulty.yaml") > 3


def test_a_missing_folder_for_the_database_or_a_strange_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAFIQ_DATABASE_URL", "sqlite+aiosqlite:////proc/nowhere/rafiq.db")
    assert "/proc/nowhere" in refused("status")
    monkeypatch.setenv("RAFIQ_DATABASE_URL", "postgresql+asyncpg://rafiq:hunter2@127.0.0.1:1/rafiq")
    assert "hunter2" not in refused("status")


def test_the_demo_leaves_other_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert "holds other things" in refused("demo", "--port", "0", "--folder", str(tmp_path))
    assert (tmp_path / "mine.txt").exists()
