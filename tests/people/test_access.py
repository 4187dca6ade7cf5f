"""Who may do what: docs/access.md is the agreement, every cell of it is asked of the code, and mutants are killed."""

import ast
import copy
import inspect
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

from workflows.people import access
from workflows.people.access import ACTS, may
from workflows.people.roles import ACTOR_ROLES as ROLES
from workflows.people.roles import Actor, ActorRole

PAGE = Path(__file__).parents[2] / "docs" / "access.md"
COLUMNS = {
    "focal point": "focal_point",
    "colleague": "contributor",
    "clearing authority": "clearer",
    "supporter": "supporter",
    "secretariat": "secretariat",
    "stakeholder": "stakeholder",
}
ROW = re.compile(r"^\| `(\w+)` \|[^|]*\|(.*)\|$", re.MULTILINE)
PLACES = ("LB", "MA", "")

May = Callable[[Actor, access.Act, str], bool]


def agreed() -> dict[tuple[str, str], str]:
    """The table on the page: for each act and role "own", "every" or "–"."""
    text = PAGE.read_text(encoding="utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("| act"))
    roles = [COLUMNS[name.strip()] for name in heading.strip("|").split("|")[2:]]
    return {
        (act, role): cell.strip()
        for act, cells in ROW.findall(text)
        for role, cell in zip(roles, cells.split("|"), strict=True)
    }


AGREED = agreed()


def expected(role: ActorRole, own: str, act: str, country: str) -> bool:
    """What the page says of somebody with a place for `own` who does something for `country`."""
    cell = AGREED[act, role]
    if cell == "own" and role == "stakeholder":
        return not country
    if cell == "own":
        return bool(country) and (country == own or (role == "supporter" and not own))
    return cell == "every"


def breaches(may: May) -> Iterator[str]:
    """Every answer that is not the page's."""
    for role, act, own, country in product(ROLES, ACTS, PLACES, PLACES):
        if may(Actor(1, role, own, "round-1"), act, country) is not expected(role, own, act, country):
            yield f"{role} of {own!r}: {act} for {country!r}"


def test_fault_74_the_page_and_the_code_agree_in_every_cell() -> None:
    assert list(breaches(may)) == []


def test_the_page_names_every_act_and_role_once() -> None:
    assert set(AGREED) == set(product(ACTS, ROLES))
    assert len(ROW.findall(PAGE.read_text(encoding="utf-8"))) == len(ACTS)
    assert set(AGREED.values()) == {"own", "every", "–"}


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_in_the_table_is_denied(role: ActorRole) -> None:
    for country in PLACES:
        assert not may(Actor(1, role, "LB", "round-1"), "an act of tomorrow", country)  # type: ignore[arg-type]  # that is the point


def test_nobody_reads_or_writes_the_drafts_of_all() -> None:
    for act in ("read_draft", "write_draft", "read_edition", "contribute", "take_over"):
        assert "every" not in {AGREED[act, role] for role in ROLES}


# --- mutants ---------------------------------------------------------------------------------------------------------


def _mutated(tree: ast.Module, number: int) -> tuple[ast.Module, str] | None:
    """The module with its so-and-so-many-eth small mistake; None when there are no more."""
    fresh = copy.deepcopy(tree)
    for at, (change, told) in enumerate(_mistakes(fresh)):
        if at == number:
            change()
            return fresh, told
    return None


def _mistakes(tree: ast.Module) -> Iterator[tuple[Callable[[], None], str]]:
    """Every mistake that a hurried hand might make in the table or in `may`."""
    table = next(
        node for node in tree.body if isinstance(node, ast.AnnAssign) and "_RIGHTS" in ast.dump(node.target)
    )
    assert isinstance(table.value, ast.Dict)
    for role, rights in zip(table.value.keys, table.value.values, strict=True):
        assert isinstance(role, ast.Constant)
        assert isinstance(rights, ast.Dict)
        for place, (act, reach) in enumerate(zip(rights.keys, rights.values, strict=True)):
            assert isinstance(act, ast.Constant)
            assert isinstance(reach, ast.Constant)
            other = "every" if reach.value == "own" else "own"
            yield _set(reach, "value", other), f"{role.value!r}: {act.value!r} {other}"
            yield _drop(rights, place), f"{role.value!r}: no {act.value!r}"
        for missing in set(ACTS) - {key.value for key in rights.keys if isinstance(key, ast.Constant)}:
            for reach_ in ("own", "every"):
                yield _grant(rights, missing, reach_), f"{role.value!r}: {missing} {reach_}"
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "may")
    for node in ast.walk(function):
        yield from _slips(node)


def _slips(node: ast.AST) -> Iterator[tuple[Callable[[], None], str]]:
    match node:
        case ast.Compare(ops=[ast.Eq()]):
            yield _set(node, "ops", [ast.NotEq()]), f"{ast.unparse(node)} turned round"
        case ast.BoolOp(op=ast.And()):
            yield _set(node, "op", ast.Or()), f"{ast.unparse(node)} with or"
            for place, part in enumerate(node.values):
                without = [
                    ast.Constant(value=True) if at == place else each for at, each in enumerate(node.values)
                ]
                yield _set(node, "values", without), f"{ast.unparse(node)} without {ast.unparse(part)}"
        case ast.UnaryOp(op=ast.Not()):
            yield _set(node, "op", ast.UAdd()), f"{ast.unparse(node)} without not"
        case ast.Return():
            for always in (True, False):
                yield _set(node, "value", ast.Constant(always)), f"{ast.unparse(node)}: always {always}"
        case ast.If():
            yield _set(node, "test", ast.Constant(value=False)), f"if {ast.unparse(node.test)}: never"
            yield _set(node, "test", ast.Constant(value=True)), f"if {ast.unparse(node.test)}: always"


def _set(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _drop(rights: ast.Dict, place: int) -> Callable[[], None]:
    def drop() -> None:
        del rights.keys[place], rights.values[place]

    return drop


def _grant(rights: ast.Dict, act: str, reach: str) -> Callable[[], None]:
    def grant() -> None:
        rights.keys.append(ast.Constant(act))
        rights.values.append(ast.Constant(reach))

    return grant


def _survives(tree: ast.Module) -> bool:
    module = ModuleType("mutant")
    exec(compile(ast.fix_missing_locations(tree), "mutant", "exec"), vars(module))  # noqa: S102 - our own module, slightly wrong
    try:
        return next(breaches(module.may), None) is None
    except Exception:  # noqa: BLE001 - a mutant that falls over is dead as well
        return False


def test_no_mutant_of_the_access_rules_survives() -> None:
    tree = ast.parse(inspect.getsource(access))
    survivors, number = [], 0
    while (mutant := _mutated(tree, number)) is not None:
        survivors += [mutant[1]] if _survives(mutant[0]) else []
        number += 1
    assert number > 200
    assert survivors == []


def test_an_unchanged_module_survives() -> None:
    assert _survives(ast.parse(inspect.getsource(access)))
