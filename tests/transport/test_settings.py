"""The settings name every fault at once, with a remedy, and never show a secret."""

import os

import pytest

from bot.settings import DataSettings, Settings, SettingsRefused

TOKEN = "123456:AAaaBBbbCCccDDddEEeeFFffGGggHHhhII"
KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("RAFIQ_")]:
        monkeypatch.delenv(name)


def give(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in {"BOT_TOKEN": TOKEN, "KEY": KEY, **values}.items():
        monkeypatch.setenv(f"RAFIQ_{name}", value)


def faults(kind: type[DataSettings] = Settings) -> dict[str, str]:
    with pytest.raises(SettingsRefused) as refusal:
        kind.read()
    return {fault.variable: f"{fault.fault} | {fault.remedy}" for fault in refusal.value.faults}


def test_token_and_key_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch)
    settings = Settings.read()
    assert settings.database == "sqlite+aiosqlite:///rafiq.db"
    assert settings.telegram_api == "https://api.telegram.org"
    assert (settings.bulk_per_second, settings.chat_per_second) == (25, 1)


def test_the_data_folder_holds_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, DATA="/srv/rafiq")
    assert Settings.read().database == "sqlite+aiosqlite:////srv/rafiq/rafiq.db"


def test_every_fault_is_named_at_once() -> None:
    found = faults()
    assert set(found) == {"RAFIQ_BOT_TOKEN", "RAFIQ_KEY"}
    assert found["RAFIQ_KEY"].startswith("is not set | Set the one that")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BOT_TOKEN", "hunter2-hunter2", "does not look like a bot token"),
        ("KEY", "c2hvcnQtYnV0LXNlY3JldA==", "is not a key"),
        ("KEY", "ключ", "is not a key"),
        ("OLD_KEYS", f"{KEY},c2hvcnQtYnV0LXNlY3JldA==", "is not a key"),
        ("DATABASE_URL", "mysql://root:hunter2@localhost/rafiq", "names no database"),
        ("TELEGRAM_API", "http://api.example.org", "in clear text"),
        ("TELEGRAM_API", "api.example.org", "is not an address"),
        ("WEBHOOK_URL", "ftp://example.org", "is not an address"),
        ("WEBHOOK_SECRET", "short", "is not 16 to 256 characters"),
        ("LISTEN_PORT", "eighty", "valid integer"),
        ("LISTEN_PORT", "70000", "less than or equal to 65535"),
        ("BULK_PER_SECOND", "0", "greater than 0"),
        ("BULK_PER_SECOND", "100", "less than or equal to 30"),
        ("CHAT_PER_SECOND", "fast", "valid number"),
        ("LOG_LEVEL", "LOUD", "is not a log level"),
        ("OUTBOX_LEASE_SECONDS", "10", "greater than or equal to 40"),
    ],
)
def test_a_wrong_value_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    give(monkeypatch, **{name: value})
    found = faults()
    assert set(found) == {f"RAFIQ_{name}"}
    fault, _, remedy = found[f"RAFIQ_{name}"].partition(" | ")
    assert words in fault
    assert len(remedy) > 10
    assert len(value) < 6 or value not in fault + remedy


def test_a_misspelt_variable_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, WEBHOOK_SECRETT="x")
    assert faults()["RAFIQ_WEBHOOK_SECRETT"] == "is no setting of Rafiq | Did you mean RAFIQ_WEBHOOK_SECRET?"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, BOT_TOKEN="", LOG_LEVEL="")
    assert set(faults()) == {"RAFIQ_BOT_TOKEN"}


def test_commands_on_the_data_need_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAFIQ_KEY", KEY)
    assert DataSettings.read().key.get_secret_value() == KEY


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "a-secret-of-sixteen-and-more"
    give(monkeypatch, WEBHOOK_SECRET=secret, OLD_KEYS=KEY)
    settings = Settings.read()
    shown = f"{settings!r} {settings}"
    assert TOKEN not in shown
    assert KEY not in shown
    assert secret not in shown
    assert settings.earlier_keys == [KEY]


def test_serving_asks_for_address_and_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch)
    with pytest.raises(SettingsRefused) as refusal:
        Settings.read().for_serving()
    assert [fault.variable for fault in refusal.value.faults] == ["RAFIQ_WEBHOOK_URL", "RAFIQ_WEBHOOK_SECRET"]
