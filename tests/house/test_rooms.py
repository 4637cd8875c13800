"""The shape of the house: purposes, sizes, the declared list of tables, the glossary."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from luoshi.config.register import OPEN_TABLES, PROTECTED_TABLES

REPO = Path(__file__).resolve().parents[2]
ROOT = REPO / "luoshi"
ROOMS = sorted(path.parent for path in ROOT.glob("*/__init__.py"))
BANNED_NAMES = {"utils.py", "helpers.py", "managers.py", "signals.py", "tasks.py"}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("luoshi.")]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_says_its_purpose_with_its_chinese_name(room):
    told = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert re.match(r"[一-鿿]", told), f"{room.name}/__init__.py must begin with the Chinese name"


def test_no_god_files_and_no_junk_drawers():
    for path in ROOT.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        assert path.name not in BANNED_NAMES, f"{path.relative_to(REPO)}: name the thing after what it holds"
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{path.relative_to(REPO)} has {lines} lines: a room that wants dividing"


def test_every_table_is_declared_once():
    """A new model without a place in `config/register.py` breaks the build."""
    labels = {model._meta.label for model in our_models()}
    declared = set(PROTECTED_TABLES) | set(OPEN_TABLES)
    assert labels - declared == set(), "declare these in luoshi/config/register.py"
    assert declared - labels == set(), "these tables no longer exist"
    assert set(PROTECTED_TABLES) & set(OPEN_TABLES) == set()


@pytest.mark.parametrize("label", PROTECTED_TABLES)
def test_unsealed_columns_exist(label):
    names = {field.name for field in apps.get_model(label)._meta.concrete_fields}
    assert set(PROTECTED_TABLES[label]) <= names


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_and_field_has_its_chinese_name_and_meaning(model):
    assert re.search(r"[一-鿿]", str(model._meta.verbose_name)), f"{model._meta.label} has no Chinese name"
    assert (model.__doc__ or "").strip() and not (model.__doc__ or "").startswith(f"{model.__name__}("), model
    for field in model._meta.concrete_fields:
        if field.name in ("id",) or field.primary_key:
            continue
        known = re.search(r"[一-鿿A-Z]", str(field.verbose_name))
        assert known, f"{model._meta.label}.{field.name} has no Chinese verbose_name"


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_name_stands_in_the_glossary(model):
    glossary = (REPO / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()
    assert f"| {words} " in glossary.lower(), f"docs/glossary.md lacks a row for “{words}” {model._meta.verbose_name}"


def test_no_model_overrides_save_or_delete():
    for model in our_models():
        assert "save" not in model.__dict__ and "delete" not in model.__dict__, model._meta.label


def test_no_foreign_key_cascades():
    """Nothing of consequence disappears because something above it did."""
    from django.db.models import CASCADE

    for model in our_models():
        for field in model._meta.concrete_fields:
            if field.remote_field is not None and model._meta.label in PROTECTED_TABLES:
                assert field.remote_field.on_delete is not CASCADE, f"{model._meta.label}.{field.name}"


def test_the_clock_is_read_in_one_place():
    """Rules and services take time as an argument; only views, jobs and the record itself read `lib.clock`."""
    banned = re.compile(r"\b(datetime\.now|date\.today|timezone\.now|localdate|time\.time)\(")
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).parts
        if "tests" in parts or parts[0] in ("lib", "ops", "cli"):
            continue
        found = banned.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.relative_to(REPO)} reads a clock of its own: {found and found.group()}"


RULES = sorted([*ROOT.rglob("rules.py"), *ROOT.rglob("rules/**/*.py")])


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rules_are_pure(path):
    """`rules.py` (or the package `rules/`) may not touch the database, settings or the clock."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [f"{node.module}.{alias.name}" for alias in node.names]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    allowed_django = {"django.db.models.TextChoices"}
    wrong = {
        one
        for one in modules
        if (one.startswith("django") and one not in allowed_django)
        or one.startswith("luoshi.lib.clock")
        or one == "luoshi.lib.clock"
    }
    assert not wrong, wrong


def test_default_settings_are_safe():
    assert settings.DEBUG is False
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert settings.SESSION_COOKIE_HTTPONLY and settings.CSRF_COOKIE_HTTPONLY
    assert settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3" or (
        settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        and "synchronous=FULL" in settings.DATABASES["default"]["OPTIONS"]["init_command"]
    )
