"""No score can read a quota of study or research, and no list of people is ordered by one.

学习时长等不作为考核依据 (国办函〔2026〕12号; domain rules §9.2): days of study, research and front-line stays are shown
to the person and the office and reminded, nothing else. The import contract in `pyproject.toml` holds the rooms that
judge people to it, whatever the way round; here it is tried on planted imports, and what needs no import is looked for
by name.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
ROOT = REPO / "luoshi"
JUDGING = ("appraisal", "cadres", "accountability")
TOLD = {"Attendance", "Absence", "Shortfall", "attendances", "half_days", "as_study", "as_research", "as_frontline"}
"""Tables, relations and columns of who took part in what and how long: no room that judges people names them."""
AMOUNTS = {
    "standing", "standings", "done", "total", "need", "needs", "left", "met", "owed", "short", "pace", "half_days",
    "credits", "line", "gap_words", "forecast", "amount", "percent",
}  # fmt: skip
SORTS = {"sorted", "sort", "order_by", "max", "min", "nlargest", "nsmallest"}
SEATED = {
    "unit__rank", "unit_id", "user__pinyin", "user_id", "pk", "-pk", "rank", "from_on", "slot", "period",
    "activity__held_on", "-activity__held_on", "held_on", "name", "-latest", "-version__imported_at",
}  # fmt: skip
"""What rows of quotas may be ordered by: the bureau's order, names, dates. Never an amount."""


def named(tree: ast.AST) -> set[str]:
    """Every name, attribute, keyword and short text of a piece of code, with the parts of look-ups."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.add(node.name.split(".")[-1])
        elif isinstance(node, ast.keyword) and node.arg:
            found.update(node.arg.split("__"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 80:
            found.update(node.value.lstrip("-").split("__"))
    return found


def contract() -> dict[str, object]:
    told = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    found = [one for one in told["tool"]["importlinter"]["contracts"] if one["name"].startswith("Never scored")]
    assert len(found) == 1, "the contract that keeps quotas out of scores is gone"
    return dict(found[0])


def test_the_contract_holds_every_room_that_judges_people():
    told = contract()
    assert told["type"] == "forbidden" and not told.get("allow_indirect_imports") and not told.get("ignore_imports")
    assert set(told["source_modules"]) == {f"luoshi.{room}.**" for room in JUDGING}
    assert {"luoshi.activities.rules.quotas", "luoshi.activities.queries.quotas"} <= set(told["forbidden_modules"])


def test_the_doors_of_the_room_do_not_hand_quotas_on():
    """`luoshi.activities.queries` and `.services` may be read by anybody: they do not carry the quotas along."""
    for door in ("queries", "services", "rules", "models"):
        tree = ast.parse((ROOT / "activities" / door / "__init__.py").read_text(encoding="utf-8"))
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not any("quotas" in one.split(".") for one in modules), door


PLANTS = {
    "plain": {"appraisal/queries.py": "from luoshi.activities.queries.quotas import standings\n"},
    "through another room": {
        "inspections/queries.py": "from luoshi.activities.rules.quotas import standing\n",
        "appraisal/rules.py": "from luoshi.inspections.queries import standing\n",
    },
    "inside a function": {"cadres/services.py": "def f():\n    from luoshi.activities.queries import quotas\n"},
    "by the room that decides": {"accountability/rules.py": "import luoshi.activities.rules.quotas.standing\n"},
}


def checked(folder: Path, plant: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the contract on a copy of the house with these modules planted in it."""
    shutil.copytree(
        ROOT, folder / "luoshi", ignore=lambda at, names: [n for n in names if not n.endswith(".py") and "." in n]
    )
    for name, text in plant.items():
        path = folder / "luoshi" / name
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").write_text('"""试"""\n', encoding="utf-8")
        path.write_text(text, encoding="utf-8")
    words = "\n".join(
        f"{key} = {str(value).lower() if isinstance(value, bool) else [*value] if isinstance(value, list) else value!r}"
        for key, value in contract().items()
    )
    (folder / "pyproject.toml").write_text(
        f'[tool.importlinter]\nroot_package = "luoshi"\n\n[[tool.importlinter.contracts]]\n{words}\n', encoding="utf-8"
    )
    lint = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
    return subprocess.run([sys.executable, "-c", lint], cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_planted_import_breaks_the_build(tmp_path, plant):
    found = checked(tmp_path, plant)
    assert found.returncode == 1 and "BROKEN" in found.stdout, found.stdout + found.stderr


def test_without_a_plant_the_contract_is_kept(tmp_path):
    found = checked(tmp_path, {"appraisal/rules.py": "from luoshi.matters.rules import State\n"})
    assert found.returncode == 0, found.stdout + found.stderr


def test_no_room_that_judges_people_names_who_took_part_or_how_long():
    for room in JUDGING:
        for path in (ROOT / room).rglob("*.py"):
            told = named(ast.parse(path.read_text(encoding="utf-8"))) & TOLD
            assert not told, f"{path.relative_to(REPO)} reads {sorted(told)}: study is never scored"


@pytest.mark.parametrize(
    "text",
    [
        "from luoshi.activities.models import Attendance",
        "rows.filter(attendances__person=user).aggregate(Sum('attendances__half_days'))",
        "apps.get_model('activities', 'Attendance')",
        "Activity.objects.filter(as_study=True)",
    ],
)
def test_the_search_by_name_bites(text):
    assert named(ast.parse(text)) & TOLD


def readers() -> list[Path]:
    """Every module that may hold somebody's amount: the quotas' own and whatever imports them."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if "tests" in parts or "migrations" in parts:
            continue
        text = path.read_text(encoding="utf-8")
        if "quotas" in parts or "activities.queries.quotas" in text or "activities.rules.quotas" in text:
            found.append(path)
    return found


def ordered_by_amount(text: str, *, own: bool = True) -> list[str]:
    """The calls of a module that order, or pick the first or last, by somebody's amount.

    The quotas' `own` modules order rows by nothing but what `SEATED` lists; others, which read more than quotas, not
    by what has the name of an amount.
    """
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in SORTS:
            continue
        if called == "order_by":
            keys = [one.value for one in node.args if isinstance(one, ast.Constant)]
            unknown = len(keys) != len(node.args) or set(keys) - SEATED
            if (own and unknown) or any(named(one) & AMOUNTS for one in node.args):
                found.append(ast.unparse(node))
            continue
        keys = [one.value for one in node.keywords if one.arg == "key"]
        if any(named(key) & AMOUNTS for key in keys):
            found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize("path", readers(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_list_of_people_is_ordered_by_an_amount(path):
    own = "quotas" in path.relative_to(ROOT).parts or path.name == "quotas.py"
    assert ordered_by_amount(path.read_text(encoding="utf-8"), own=own) == []


@pytest.mark.parametrize(
    "text",
    [
        "sorted(people, key=lambda one: one.standings[0].total)",
        "people.sort(key=lambda one: -one.done[0])",
        "rows.order_by('-half_days')",
        "rows.order_by(*wanted)",
        "max(people, key=lambda one: one.need - one.left)",
    ],
)
def test_the_search_for_rankings_bites(text):
    assert ordered_by_amount(text)


def test_no_address_of_a_quota_page_takes_an_order():
    from luoshi.activities.forms.quotas import GapForm

    assert set(GapForm.base_fields) == {"year", "unit", "short", "after"}
    for path in (ROOT / "activities" / "templates" / "activities" / "quotas").glob("*.html"):
        assert "sort" not in path.read_text(encoding="utf-8").replace("cannot be sorted", ""), path.name
