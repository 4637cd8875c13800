"""Every template of the house: parses, names its context, and holds nothing that the content policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*.html"))


def name_of(path: Path) -> str:
    """The name a view would ask for."""
    return str(path).split("/templates/", 1)[1]


@pytest.fixture(params=TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def template(request):
    return request.param


def tags(text: str) -> list[str]:
    """Every opening tag, template tags inside of it taken out so that a `>` in them does not end it."""
    plain = re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", "", text, flags=re.S)
    return re.findall(r"<[a-zA-Z][^<>]*>", plain)


def test_it_parses(template):
    get_template(name_of(template))


def test_it_begins_with_its_context(template):
    first = template.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("{# Context:") and first.endswith("#}"), "say in the first line what the page is given"


def test_nothing_inline(template):
    """Strict content policy: no style attribute, no handler attribute, no script or style element with a body."""
    text = template.read_text(encoding="utf-8")
    for tag in tags(text):
        assert not re.search(r"\sstyle\s*=", tag), tag
        assert not re.search(r"\s(on[a-z]+|hx-on[:a-z-]*)\s*=", tag), tag
        assert not tag.lower().startswith("<style"), tag
        if tag.lower().startswith("<script"):
            assert re.search(r"\ssrc\s*=", tag), tag
        assert "javascript:" not in tag, tag
    assert "json_script" not in text


def test_every_hx_get_works_without_script(template):
    for tag in tags(template.read_text(encoding="utf-8")):
        if "hx-get" in tag:
            assert re.search(r"\shref\s*=", tag) or re.search(r"\saction\s*=", tag), tag


def test_changes_are_posted(template):
    """A form that posts carries its token, and none asks by script for a change (hx-put, hx-delete)."""
    text = template.read_text(encoding="utf-8")
    assert text.count("<form") == 0 or text.count('method="post"') <= text.count("{% csrf_token %}")
    assert not re.search(r"hx-(put|delete|patch)", text)


def test_nothing_from_elsewhere(template):
    assert not re.search(r"""(src|href)\s*=\s*["'](https?:)?//""", template.read_text(encoding="utf-8"))


def test_cells_hold_no_components(template):
    """A list is fast because its rows are plain: tags for lamps and icons, no component inside a table cell."""
    text = template.read_text(encoding="utf-8")
    for cell in re.findall(r"<td\b.*?</td>", text, flags=re.S):
        assert "<c-" not in cell, cell[:120]
