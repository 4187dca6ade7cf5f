"""The answers have one door: no module but the gateway, the table list, the revisions and the rotation names them."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {
    "workflows/store/drafts.py",
    "workflows/store/answer_rows.py",
    "workflows/store/tables.py",
    "workflows/store/rotation.py",
    "workflows/store/soundness.py",  # opens one row of each to prove the key, and gives none of them out
}
MIGRATIONS = "workflows/store/migrations/"
NAMES = {"ANSWERS", "ADAPTATIONS", "AnswerRevision", "AdaptationRevision", "SEALED", "METADATA"}
TABLES = ("answer_revision", "adaptation_revision")
MAY_SEE_ALL = {"workflows/store/engine.py": {"METADATA"}, "workflows/store/backups/rows.py": {"METADATA"}}
"""The opening compares the names of all tables with what is there; a backup carries all rows and opens none."""


def trespasses(path: str, source: str) -> list[str]:
    """Where a module names the tables of the answers, by our names for them, through their module, or in SQL."""
    found = []
    for node in ast.walk(ast.parse(source)):
        words = _words(node)
        allowed = MAY_SEE_ALL.get(path, set())
        found += [f"{path}:{getattr(node, 'lineno', 0)} {word}" for word in words if word not in allowed]
    return found


def _words(node: ast.AST) -> list[str]:
    match node:
        case ast.ImportFrom(module="workflows.store.tables", names=names):
            return [alias.name for alias in names if alias.name in NAMES | {"*"}]
        case ast.ImportFrom(module="workflows.store", names=names):
            return ["tables" for alias in names if alias.name == "tables"]
        case ast.Import(names=names):
            return [alias.name for alias in names if alias.name == "workflows.store.tables"]
        case ast.Attribute(attr=name) if name in NAMES:
            return [name]
        case ast.Constant(value=str(text)):
            return [table for table in TABLES if table in text]
    return []


def _modules() -> list[Path]:
    return [path for folder in ("bot", "workflows") for path in sorted((ROOT / folder).rglob("*.py"))]


def test_nothing_but_the_gateway_touches_the_answers() -> None:
    offenders = []
    for path in _modules():
        name = path.relative_to(ROOT).as_posix()
        if name not in ALLOWED and not name.startswith(MIGRATIONS):
            offenders += trespasses(name, path.read_text("utf-8"))
    assert not offenders, "Ask work.drafts instead:\n" + "\n".join(offenders)


def test_the_rule_sees_what_it_forbids() -> None:
    for source in (
        "from workflows.store.tables import ANSWERS",
        "from workflows.store.tables import PEOPLE, AnswerRevision as Row",
        "from workflows.store.tables import *",
        "from workflows.store import tables",
        "import workflows.store.tables as t",
        "rows = t.ADAPTATIONS",
        "text('SELECT * FROM answer_revision')",
        "f'SELECT * FROM adaptation_revision WHERE id = {n}'",
    ):
        assert trespasses("workflows/elsewhere.py", source), source
    assert not trespasses("workflows/elsewhere.py", "from workflows.store.tables import OUTBOX")


def test_the_gateway_is_where_it_is_said_to_be() -> None:
    source = (ROOT / "workflows/store/drafts.py").read_text("utf-8")
    assert trespasses("workflows/store/drafts.py", source)
    public = [
        node
        for top in ast.parse(source).body
        if isinstance(top, ast.ClassDef) and top.name == "Drafts"
        for node in top.body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]
    unjudged = [
        node.name
        for node in public
        if not any(isinstance(n, ast.Attribute) and n.attr in ("_judge", "_denied") for n in ast.walk(node))
    ]
    assert sorted(unjudged) == ["flush", "forget_author", "prefetch"], "these give nothing out"
