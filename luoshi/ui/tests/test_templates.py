"""Every template of the house: parses, names its context, and holds nothing that the content policy would refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*.html"))


def name_of(path: Path) -> str:
    """The name a view would ask for."""
    return str(path).split("/templates/", 1)[1]


def each(check: Callable[[str], str | None]) -> None:
    """Ask a check of every template's text; it says what is wrong, and the failure names every page where."""
    wrong = {}
    for path in TEMPLATES:
        said = check(path.read_text(encoding="utf-8"))
        if said:
            wrong[str(path.relative_to(ROOT))] = said
    assert TEMPLATES and not wrong, "\n".join(f"{where}: {what[:160]}" for where, what in wrong.items())


def tags(text: str) -> list[str]:
    """Every opening tag, template tags inside of it taken out so that a `>` in them does not end it."""
    plain = re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", "", text, flags=re.S)
    return re.findall(r"<[a-zA-Z][^<>]*>", plain)


def test_each_parses():
    for path in TEMPLATES:
        get_template(name_of(path))


def test_each_begins_with_its_context():
    """Say in the first line what the page is given."""

    def check(text: str) -> str | None:
        first = text.splitlines()[0]
        return None if first.startswith("{# Context:") and first.endswith("#}") else first

    each(check)


def inline(tag: str) -> bool:
    """Whether a tag carries what the content policy refuses."""
    return bool(
        re.search(r"\sstyle\s*=", tag)
        or re.search(r"\s(on[a-z]+|hx-on[:a-z-]*)\s*=", tag)
        or tag.lower().startswith("<style")
        or (tag.lower().startswith("<script") and not re.search(r"\ssrc\s*=", tag))
        or "javascript:" in tag
    )


def test_nothing_inline():
    """Strict content policy: no style attribute, no handler attribute, no script or style element with a body."""
    each(lambda text: "json_script" if "json_script" in text else next(filter(inline, tags(text)), None))


@pytest.mark.parametrize(
    "tag", ['<p style="x">', '<a onclick="x">', "<style>", "<script>", '<a href="javascript:x">', '<b hx-on:x="y">']
)
def test_what_is_inline_is_seen(tag):
    assert inline(tag) and not inline('<script src="x">') and not inline('<a href="/">')


def test_every_hx_get_works_without_script():
    def check(text: str) -> str | None:
        asks = [tag for tag in tags(text) if "hx-get" in tag]
        return next((tag for tag in asks if not re.search(r"\s(href|action)\s*=", tag)), None)

    each(check)


def test_changes_are_posted():
    """A form that posts carries its token, and none asks by script for a change (hx-put, hx-delete)."""

    def check(text: str) -> str | None:
        if text.count("<form") and text.count('method="post"') > text.count("{% csrf_token %}"):
            return "a form without its token"
        found = re.search(r"hx-(put|delete|patch)", text)
        return found.group() if found else None

    each(check)


def test_nothing_from_elsewhere():
    def check(text: str) -> str | None:
        found = re.search(r"""(src|href)\s*=\s*["'](https?:)?//""", text)
        return found.group() if found else None

    each(check)


def test_cells_hold_no_components():
    """A list is fast because its rows are plain: tags for lamps and icons, no component inside a table cell."""
    each(lambda text: next((c for c in re.findall(r"<td\b.*?</td>", text, flags=re.S) if "<c-" in c), None))
