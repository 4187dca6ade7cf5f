"""The house rules that a machine can check: sizes, names, who may commit, what a file may say."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ("bot", "workflows")

MODULE_LINES = 400
FUNCTION_LINES = 50
NINE_IN_TEN_LINES = 30
DECISION_LINES = 40

EMPTY_NAMES = {"utils", "helpers", "common", "manager", "service", "base", "core", "misc"}
CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
SQL = {"alembic", "asyncpg", "sqlalchemy", "sqlite3", "sqlmodel"}
SKIPS = {"pytest.skip", "pytest.importorskip", "pytest.xfail"}
SKIP_MARKS = {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}

# Put together here, so that this file does not say what it forbids.
HOSTS = ["pypi", "org"], ["python" + "hosted", "org"], ["registry.npm" + "js", "org"], ["deb.debian", "org"]
INDEX_HOSTS = re.compile("|".join(re.escape(".".join(parts)) for parts in HOSTS))
PRIVATE_PATHS = re.compile(r"(?<![\w.~-])/(?:root|work|home)" + "/")
IGNORE = re.compile(r"#\s*(?:noqa:\s*[A-Z0-9, ]+|type:\s*ignore\[[\w, -]+\])(?P<reason>.*)")
PINNED = re.compile(r"^[a-z0-9][\w.-]*==[\w.+!-]+$", re.IGNORECASE)
LOGGED = re.compile(r"^log\.(?:debug|info|warning|error|exception|critical)$")
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")


@dataclass(frozen=True)
class Module:
    """One Python file: its path below the checkout, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return tuple(ast.walk(self.tree))

    def calls(self) -> Iterator[tuple[str, int]]:
        """Every name used as `a.b.c`, imports resolved to what they stand for, with its line."""
        known = dict(self.imports())
        for node in self.nodes:
            if isinstance(node, ast.Attribute | ast.Name) and (name := _dotted(node)):
                first, _, rest = name.partition(".")
                yield ".".join(filter(None, (known.get(first, first), rest))), node.lineno

    def imports(self) -> Iterator[tuple[str, str]]:
        """Every import: the local name and the dotted name it stands for."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (
                    (a.asname or a.name.split(".")[0], a.name if a.asname else a.name.split(".")[0])
                    for a in node.names
                )
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((a.asname or a.name, f"{node.module}.{a.name}") for a in node.names)

    def functions(self) -> Iterator[tuple[str, int]]:
        """Every function with its length in lines, without decorators and docstring."""
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if ast.get_docstring(node) is not None:
                    length -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
                yield f"{self.path}:{node.lineno} {node.name}", length


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def _modules(*folders: str) -> tuple[Module, ...]:
    return tuple(module for folder in folders for module in _parsed(folder))


@cache
def _parsed(folder: str) -> tuple[Module, ...]:
    paths = sorted((ROOT / folder).rglob("*.py"))
    texts = ((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths)
    return tuple(Module(path, text, ast.parse(text)) for path, text in texts)


@cache
def _files() -> tuple[str, ...]:
    """Every file that is or may be committed; in a copy without git, all but what commands make."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    if listed.returncode == 0:
        return tuple(sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()))
    made = re.compile(r"^(?:\.venv|\.git|\.demo|\.\w+_cache|\.hypothesis)/|__pycache__/|\.pyc$")
    names = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
    return tuple(sorted(name for name in names if not made.search(name)))


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    """Every line of every text file, with the place it stands at."""
    found = []
    for name in _files():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data[:8000]:
            lines = data.decode("utf-8", "replace").splitlines()
            found += [(f"{name}:{number}", line) for number, line in enumerate(lines, 1)]
    return tuple(found)


def _pyproject() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _none(offenders: list[str], rule: str) -> None:
    assert not offenders, f"{rule}\n  " + "\n  ".join(offenders)


def test_there_is_a_house_to_check() -> None:
    for folder in HOUSE:
        assert _modules(folder), f"no modules found in {folder}/: the other rules here would hold of nothing"


def test_a_module_begins_with_one_sentence() -> None:
    offenders = []
    for module in _modules(*HOUSE, "tests"):
        first = module.tree.body[0] if module.tree.body else None
        says = (ast.get_docstring(module.tree) or "").split("\n")[0]
        opens_the_file = first is not None and module.text.split("\n")[first.lineno - 1].startswith(
            ('"""', 'r"""')
        )
        above = module.text.split("\n")[: first.lineno - 1] if first else []
        if not (
            opens_the_file and says.endswith((".", "?")) and all(line.startswith("#!") for line in above)
        ):
            offenders.append(f"{module.path}: {says or 'no docstring'}")
    _none(
        offenders,
        "A module's first line is a docstring of one sentence with its full stop, saying what it is for:",
    )


def test_modules_stay_small() -> None:
    sizes = [(module.path, module.text.count("\n")) for module in _modules(*HOUSE)]
    offenders = [f"{path}: {lines} lines" for path, lines in sizes if lines > MODULE_LINES]
    _none(offenders, f"A module has at most {MODULE_LINES} lines; divide these by subject:")


def test_functions_stay_short() -> None:
    lengths = [found for module in _modules(*HOUSE) for found in module.functions()]
    offenders = [f"{place}: {lines} lines" for place, lines in lengths if lines > FUNCTION_LINES]
    _none(offenders, f"A function has at most {FUNCTION_LINES} lines; name the parts of these:")
    long = [f"{place}: {lines} lines" for place, lines in lengths if lines > NINE_IN_TEN_LINES]
    allowed = len(lengths) // 10
    rule = f"Nine functions in ten have at most {NINE_IN_TEN_LINES} lines; only {allowed} may have more:"
    _none(long if len(long) > allowed else [], rule)


def test_names_say_what_is_inside() -> None:
    offenders = [
        module.path
        for module in _modules(*HOUSE, "tests")
        if EMPTY_NAMES & {part.removesuffix(".py").strip("_") for part in module.path.split("/")}
    ]
    _none(offenders, f"These names say nothing ({', '.join(sorted(EMPTY_NAMES))}); name the subject:")


def test_values_are_of_one_kind() -> None:
    offenders = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in _modules(*HOUSE)
        if not module.path.startswith("bot/sandbox/")  # it knows nothing of Rafiq
        for node in module.nodes
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and any(each.arg == "frozen" for each in decorator.keywords)
    ]
    _none(offenders, "A value that never changes is an Immutable (workflows/immutable.py), so these are too:")


def test_only_the_transaction_commits() -> None:
    offenders = [
        f"{module.path}:{node.lineno}"
        for module in _modules(*HOUSE)
        if module.path != "workflows/store/transaction.py"
        for node in module.nodes
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "attr", getattr(node.func, "id", "")) == "commit"
        )
        or (isinstance(node, ast.Constant) and str(node.value).strip(" ;").upper() == "COMMIT")
    ]
    _none(offenders, "Only workflows/store/transaction.py commits; open `store.transaction()` instead:")


def test_only_the_composition_root_knows_the_clock() -> None:
    offenders = [
        f"{module.path}:{line} {name}"
        for module in _modules(*HOUSE)
        if module.path != "bot/app.py" and not module.path.startswith("bot/sandbox/")
        for name, line in module.calls()
        if name in CLOCKS
    ]
    _none(
        offenders,
        "Time comes in as an argument (`now`); time.monotonic measures a span. The clock is read in:",
    )


def test_only_the_store_speaks_sql() -> None:
    offenders = [
        f"{module.path} imports {name}"
        for module in _modules(*HOUSE)
        if not module.path.startswith("workflows/store/")
        for _, name in module.imports()
        if name.split(".")[0] in SQL
    ]
    _none(offenders, "Only workflows/store knows SQL; ask it by a repository's verb:")


def test_no_test_leaves_itself_out() -> None:
    offenders = [
        f"{module.path}:{line} {name}"
        for module in _modules("tests")
        for name, line in module.calls()
        if name in SKIPS | SKIP_MARKS
    ]
    _none(offenders, "A test that cannot run fails and says what is missing; it does not skip:")


def test_every_ignore_has_its_reason() -> None:
    offenders = []
    for module in _modules(*HOUSE, "tests"):
        for above, line in pairwise(["", *module.text.split("\n")]):
            found = IGNORE.search(line)
            if (
                found
                and not re.search(r"[A-Za-z]{3}", found["reason"])
                and not above.strip().startswith("# ")
            ):
                offenders.append(f"{module.path}: {line.strip()}")
    for number, line in enumerate((ROOT / "pyproject.toml").read_text("utf-8").split("\n"), 1):
        if re.match(r'\s+"[A-Z]{1,4}\d*",', line) and "#" not in line:
            offenders.append(f"pyproject.toml:{number} {line.strip()}")
    _none(offenders, "Say why, beside the ignore or on the line above it:")


def test_no_file_names_an_index_or_a_private_path() -> None:
    offenders = [
        f"{place} {line.strip()[:100]}"
        for place, line in _lines()
        if INDEX_HOSTS.search(line) or PRIVATE_PATHS.search(line)
    ]
    _none(offenders, "No file names a package index's host or a path of somebody's machine:")


def test_no_other_lock_file() -> None:
    others = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "package-lock.json"}
    _none([name for name in _files() if Path(name).name in others], "requirements*.lock are the only locks:")


def _lock(name: str) -> dict[str, str]:
    """A lock file's pins by normalised name; fails where a line is no pin, or a pin has no hash."""
    text = (ROOT / name).read_text("utf-8")
    body = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))
    pins = {}
    for entry in filter(None, (line.strip() for line in body.replace("\\\n", " ").split("\n"))):
        pin, *hashes = entry.split()
        assert PINNED.match(pin), f"{name}: `{entry[:100]}` is not a pin of the form name==version"
        assert hashes, f"{name}: {pin} has no hash"
        assert all(HASH.match(one) for one in hashes), (
            f"{name}: {pin} carries something else than sha256 hashes"
        )
        package, version = pin.split("==")
        pins[_normal(package)] = version
    return pins


def _normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def test_the_locks_are_complete_and_agree() -> None:
    runtime, everything = _lock("requirements.lock"), _lock("requirements-dev.lock")
    offenders = [
        f"{name} {version} is {everything.get(name)}"
        for name, version in runtime.items()
        if everything.get(name) != version
    ]
    _none(offenders, "requirements-dev.lock holds what requirements.lock holds; run `make lock`:")
    project = _pyproject()["project"]
    extras = project["optional-dependencies"]
    assert isinstance(extras, dict)
    for lock, wanted in ((runtime, project["dependencies"]), (everything, extras["dev"])):
        assert isinstance(wanted, list)
        names = {_normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in wanted}
        _none(sorted(names - lock.keys()), "pyproject.toml asks for what the lock has not; run `make lock`:")


def test_a_decision_fits_on_a_page() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    sizes = ((path.name, len(path.read_text("utf-8").splitlines())) for path in decisions)
    offenders = [f"{name}: {lines} lines" for name, lines in sizes if lines > DECISION_LINES]
    _none(offenders, f"A decision says in at most {DECISION_LINES} lines what, what else, and what follows:")


def _logged(module: Module) -> Iterator[str]:
    """Every event that a module gives to its log; where a name stands for it, all that the name may be."""
    for call in module.nodes:
        if isinstance(call, ast.Call) and LOGGED.match(_dotted(call.func)):
            first = call.args[0]
            given = list(_values(module, first.id)) if isinstance(first, ast.Name) else [first]
            assert given, f"{module.path}:{call.lineno}: it cannot be read which event this is"
            for each in given:
                assert isinstance(each, ast.Constant), (
                    f"{module.path}:{call.lineno}: an event is a plain word"
                )
                yield str(each.value)


def _values(module: Module, name: str) -> Iterator[ast.expr]:
    """What is assigned to a name, either way where that hangs on something."""
    for node in module.nodes:
        if isinstance(node, ast.Assign) and name in map(_dotted, node.targets):
            value = node.value
            yield from (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)


def test_the_documents_tell_every_event_of_the_log() -> None:
    logged = {event for module in _modules(*HOUSE) for event in _logged(module)}
    told = (ROOT / "docs" / "operations.md").read_text("utf-8")
    _, _, table = told.partition("| Event | Meaning | What to do |\n")
    rows, _, _ = table.partition("\n\n")
    named = {event for row in rows.splitlines() for event in re.findall(r"`(\w+)`", row.split("|")[1])}
    _none(sorted(logged - named), "docs/operations.md, What the log says, has no line for:")
    _none(sorted(named - logged), "docs/operations.md, What the log says, has a line for what nothing logs:")


def _said() -> set[tuple[str | None, object]]:
    """Every message of the bot's own voice that stands in the code, with its context."""
    found = extract_from_dir(str(ROOT / "bot"), [("**.py", "python")], keywords=DEFAULT_KEYWORDS)
    return {(context, message) for _, _, message, _, context in found}


def _faults(language: str, said: set[tuple[str | None, object]]) -> Iterator[str]:
    path = ROOT / "locales" / language / "LC_MESSAGES" / "rafiq.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, domain="rafiq")
    entries = {(message.context, message.id): message for message in catalog if message.id}
    yield from (f"{language}: not in the catalog: {text!r}" for _, text in said - entries.keys())
    yield from (f"{language}: no longer said: {text!r}" for _, text in entries.keys() - said)
    for (_, text), message in entries.items():
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy or not all(forms) or (message.pluralizable and len(forms) != catalog.num_plurals):
            yield f"{language}: incomplete or fuzzy: {text!r}"


def test_the_catalogs_are_complete() -> None:
    said = _said()
    assert said, "nothing to say was found in bot/: the rule would hold of nothing"
    offenders = [fault for language in ("ar", "en", "fr") for fault in _faults(language, said)]
    _none(offenders, "Run `make catalogs` and translate what is new:")
