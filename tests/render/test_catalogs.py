"""The bot's own voice is complete in three languages and says what the code asks it to say."""

import ast
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from bot.render.catalogs import path_of, translations
from bot.render.voice import Voice
from workflows.languages import LANGUAGES, Language

PLURALS = {"ar": 6, "en": 2, "fr": 2}
SPELLED_OUT = {"ar": 3, "en": 1, "fr": 1}
"""How many of the first forms may do without the figure: none, one and two in Arabic, one in the others."""
ARABIC = re.compile("[\u0600-\u06ff]")
LATIN_ALLOWED = {"Telegram", "CSV"}


def catalog(language: str) -> Catalog:
    with path_of(language).open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def messages(language: str) -> dict[tuple[str, str], Message]:
    """Every message by its context and its (singular) words."""
    return {key(message.context, message.id): message for message in catalog(language) if message.id}


def key(context: str | None, words: str | tuple[str, ...] | list[str]) -> tuple[str, str]:
    return context or "", words if isinstance(words, str) else words[0]


def extracted() -> set[tuple[str, str]]:
    found = extract_from_dir("bot", [("**.py", "python")], keywords=DEFAULT_KEYWORDS)
    return {key(context, words) for _, _, words, _, context in found}


def spoken_in_code() -> Iterator[tuple[str, str]]:
    """The same by the syntax tree, which sees into f-strings, where extraction is blind."""
    for path in Path("bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [str(word.value) for word in node.args if isinstance(word, ast.Constant)]
            match name, words:
                case (("gettext" | "N_" | "ngettext"), [first, *_]):
                    yield "", first
                case "pgettext", [context, first]:
                    yield context, first


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(words: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_holds_exactly_what_the_code_says(language: Language) -> None:
    assert set(messages(language)) == extracted()


def test_no_words_hide_where_extraction_cannot_see_them() -> None:
    assert set(spoken_in_code()) - extracted() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_fuzzy_or_left_over(language: Language) -> None:
    found = catalog(language)
    assert [message.id for message in found if message.id and message.fuzzy] == []
    assert not found.obsolete
    assert [
        key for key, message in messages(language).items() if not all(map(str.strip, forms(message)))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_its_forms(language: Language) -> None:
    assert catalog(language).num_plurals == PLURALS[language]
    plural = [message for message in messages(language).values() if message.pluralizable]
    assert plural
    assert [message.id for message in plural if len(forms(message)) != PLURALS[language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_values_are_inserted_in_every_form(language: Language) -> None:
    for message in messages(language).values():
        words = message.id if isinstance(message.id, str) else message.id[1]
        expected = placeholders(words)
        for at, form in enumerate(forms(message)):
            may_spell = message.pluralizable and at < SPELLED_OUT[language]
            allowed = [expected, expected - {"count"}] if may_spell else [expected]
            assert placeholders(form) in allowed, (language, form)


def test_the_english_catalog_says_what_the_code_says() -> None:
    for message in messages("en").values():
        assert forms(message) == ((message.id,) if isinstance(message.id, str) else tuple(message.id))


def test_arabic_is_written_in_arabic() -> None:
    for message in messages("ar").values():
        for form in forms(message):
            bare = re.sub(r"\{\w+\}", "", form)
            assert set(re.findall("[A-Za-z]+", bare)) <= LATIN_ALLOWED, form
            assert ARABIC.search(bare) or not re.search(r"[^\W\d_]", bare), form


@pytest.mark.parametrize("language", ["en", "fr"])
def test_english_and_french_are_not_written_in_arabic(language: Language) -> None:
    assert [
        form for message in messages(language).values() for form in forms(message) if ARABIC.search(form)
    ] == []


@pytest.mark.parametrize("mark", [":", ";", "?", "!", "»"])
def test_french_keeps_its_space_before_a_double_mark(mark: str) -> None:
    for message in messages("fr").values():
        for form in forms(message):
            assert not re.search(rf"(?<!\u00a0){re.escape(mark)}(?!//)", form), form
            assert not re.search("\u202f|«(?!\u00a0)", form), form


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "لا كلمات"), (1, "كلمة واحدة"), (2, "كلمتان"), (3, "3 كلمات"), (10, "10 كلمات"), (11, "11 كلمةً"),
        (99, "99 كلمةً"), (100, "100 كلمة"), (101, "101 كلمة"), (102, "102 كلمة"), (103, "103 كلمات"),
        (111, "111 كلمةً"), (200, "200 كلمة"), (1000, "1,000 كلمة"), (1005, "1,005 كلمات"), (1020, "1,020 كلمةً"),
    ],
)  # fmt: skip
def test_arabic_counts_agree(count: int, words: str) -> None:
    assert Voice("ar").ngettext("{count} word", "{count} words", count) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 mot"), (1, "1 mot"), (2, "2 mots"), (1500, "1\u202f500 mots")]
)
def test_french_counts_agree(count: int, words: str) -> None:
    assert Voice("fr").ngettext("{count} word", "{count} words", count) == words


def test_compiling_all_catalogs_is_not_felt_at_start() -> None:
    def compile_all() -> float:
        translations.cache_clear()
        begun = time.thread_time()
        for language in LANGUAGES:
            translations(language)
        return time.thread_time() - begun

    assert min(compile_all() for _ in range(5)) < 0.5


def test_make_catalogs_changes_nothing_where_nothing_is_new(tmp_path: Path) -> None:
    for name in ("bot", "locales"):
        shutil.copytree(name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.pot"))
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(name, tmp_path / name)
    installed = tmp_path / "installed"
    installed.touch()
    before = {path: path.read_text("utf-8") for path in tmp_path.glob("locales/*/*/*")}
    assert len(before) == len(LANGUAGES)
    command = ["make", "--silent", "catalogs", f"VENV={sys.prefix}", f"READY={installed}"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=120)
    after = {path: path.read_text("utf-8") for path in tmp_path.glob("locales/*/*/*")}
    for path, words in before.items():
        assert after.pop(path).split("\n") == words.split("\n"), path.name
    assert not after
