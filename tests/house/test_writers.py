"""ADR-0002: only `services` write. The syntax tree is read, so a comment or a habit cannot slip by."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "luoshi"
ORM_WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "acreate", "asave",
}  # fmt: skip
# Django's own doors to a write that the house routes through services
ALLOWED = {
    "ops": "restoring a backup writes tables as they were",
    "demo": "the story is told through services; files of the sample are written",
}


def sources() -> list[Path]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if {"tests", "migrations", "services"} & set(parts) or path.stem == "services" or parts[0] in ALLOWED:
            continue
        found.append(path)
    return found


def writes(tree: ast.AST) -> list[tuple[int, str]]:
    """Calls that look like an ORM write: `.objects.….update(...)`, `.save()`, `.create(...)` and their kin."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, text = node.func.attr, ast.unparse(node.func.value)
        manager = ".objects" in text or "_manager" in text or text.endswith("_set")
        if (name in ORM_WRITES and (manager or name in ("save", "delete"))) or (name == "update" and manager):
            found.append((node.lineno, ast.unparse(node)[:80]))
    return found


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_services_write(path):
    """CONTRIBUTING, "How a room is built": views, forms, queries and rules may not write."""
    found = writes(ast.parse(path.read_text(encoding="utf-8")))
    session_only = [one for one in found if "session" in one[1] or "document.save" in one[1] or "book.save" in one[1]]
    assert [one for one in found if one not in session_only] == [], f"{path.name}: move these into services.py"


def test_the_check_can_fail():
    assert writes(ast.parse("Unit.objects.filter(pk=1).update(name='x')"))
    assert writes(ast.parse("unit.save()"))
    assert not writes(ast.parse("{}.update(a=1)"))


def service_functions() -> list[tuple[str, str, ast.FunctionDef]]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if "tests" in parts or not ("services" in parts or path.stem == "services"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = {one.arg for one in [*node.args.args, *node.args.kwonlyargs]}
                if "by" in names:
                    found.append((str(path.relative_to(ROOT)), node.name, node))
    return found


@pytest.mark.parametrize(
    ("file", "name", "node"), service_functions(), ids=lambda one: one if isinstance(one, str) else "-"
)
def test_every_service_that_names_its_actor_is_one_act(file, name, node):
    """CONTRIBUTING, "A service": a verb with `by` is an `@act` (or is called only inside one and says so)."""
    marks = {ast.unparse(one).split("(")[0] for one in node.decorator_list}
    inside = "within the caller's act" in (ast.get_docstring(node) or "") or name in {"stage", "record"}
    assert "act" in marks or "acts.act" in marks or inside, f"{file}:{name} has `by` and is no @act"


@pytest.mark.parametrize(
    ("file", "name", "node"), service_functions(), ids=lambda one: one if isinstance(one, str) else "-"
)
def test_every_service_says_what_it_means(file, name, node):
    assert ast.get_docstring(node), f"{file}:{name} has no docstring"
