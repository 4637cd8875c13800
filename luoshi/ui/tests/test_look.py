"""The look's own arithmetic: contrast, sizes, what is fetched and what is not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from luoshi.ops import kit
from luoshi.ui.templatetags.ui import LAMPS

REPO = Path(__file__).resolve().parents[3]
STATIC = REPO / "luoshi" / "ui" / "static" / "luoshi"
TOKENS = dict(re.findall(r"--([a-z-]+[0-9]?): (#[0-9a-f]{6});", (STATIC / "tokens.css").read_text()))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, back: str) -> float:
    """WCAG 2 contrast ratio of two tokens."""
    light, dark = sorted((luminance(TOKENS[front]), luminance(TOKENS[back])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_PAIRS = [
    *[(ink, back) for ink in ("ink", "ink-soft", "ink-faint") for back in ("ground", "surface", "surface-soft")],
    *[(blue, back) for blue in ("blue", "blue-deep") for back in ("ground", "surface", "surface-soft", "blue-soft")],
    ("on-blue", "blue"), ("on-blue", "blue-deep"), ("ink-soft", "grey-soft"), ("ink-faint", "grey-soft"),
    ("ink-faint", "blue-soft"), ("ink", "blue-soft"), ("ink", "red-soft"), ("blue", "red-soft"), ("ink", "amber-soft"),
    *[(lamp, back) for lamp in ("green", "amber", "red", "grey", "done") for back in (f"{lamp}-soft", "surface")],
]  # fmt: skip


@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_is_legible(front, back):
    assert contrast(front, back) >= 4.5, f"{front} on {back}: {contrast(front, back):.2f}"


@pytest.mark.parametrize("back", ["surface", "ground", "surface-soft"])
def test_edges_of_fields_and_focus_are_visible(back):
    assert contrast("line-input", back) >= 3 or back != "surface"
    assert contrast("blue", back) >= 3


@pytest.mark.parametrize("place", range(1, 6))
def test_pictures_stand_out_from_the_page(place):
    assert contrast(f"chart-{place}", "surface") >= 3


def test_four_sizes_of_type_and_no_other():
    """Four sizes in all; the wall page, read from five metres, has larger ones of its own."""
    sheets = [(STATIC / name).read_text() for name in ("app.css", "components.css")]
    sizes = [size for sheet in sheets for line in sheet.splitlines() if "wall" not in line
             for size in re.findall(r"font-size: ([^;]+);", line)]  # fmt: skip
    odd = {size for size in sizes if not size.startswith("var(--size")}
    assert odd <= {"16px", "inherit"}, odd  # 16px: a phone zooms into smaller fields


def test_red_means_late_or_wrong_and_nothing_else():
    """Red may stand on lamps, late dates and edges, and mistakes in forms."""
    sheet = (STATIC / "app.css").read_text() + (STATIC / "components.css").read_text()
    for line in sheet.splitlines():
        if "var(--red" in line:
            assert re.search(r"red|late|error|invalid", line.split("{")[0]), line


def test_a_lamp_is_an_icon_and_a_word():
    symbols = set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "icons.svg").read_text()))
    words = [face.word for face in LAMPS.values()]
    assert len(set(words)) == len({face.icon for face in LAMPS.values()}) == len(LAMPS) == 5
    assert all(face.word and face.icon in symbols for face in LAMPS.values())


def test_every_icon_named_in_a_template_is_drawn():
    symbols = set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "icons.svg").read_text()))
    for path in (REPO / "luoshi").glob("*/templates/**/*.html"):
        named = re.findall(
            r'\{% icon "([a-z]+)"|<c-icon name="([a-z]+)"|<c-empty[^>]* icon="([a-z]+)"', path.read_text()
        )
        for name in {one for found in named for one in found if one}:
            assert name in symbols, f"{path.name}: no icon “{name}” in icons.svg"


def test_our_script_stays_small_and_clean():
    text = (STATIC / "app.js").read_text() + (STATIC / "chart.js").read_text()
    assert len(text.splitlines()) <= 400
    assert not re.search(r"\beval\(|innerHTML|document\.write|new Function|\.style\b|https?://", text)


def test_sheets_fetch_nothing_from_elsewhere():
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"@import|url\(\s*[\"']?(https?:)?//", sheet.read_text()), sheet.name


def test_the_lock_names_hashes_and_no_host():
    text = (REPO / "package-lock.json").read_text()
    assert '"resolved"' not in text
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert packages and all(one.get("integrity", "").startswith("sha512-") for one in packages.values())
    wanted = json.loads((REPO / "package.json").read_text())
    for group in ("dependencies", "devDependencies"):
        assert all(re.fullmatch(r"[0-9.]+", version) for version in wanted[group].values()), "exact versions only"


def test_the_kit_lies_in_a_layer_below_ours(tmp_path):
    modules, target = tmp_path / "node_modules", tmp_path / "build" / "kit"
    sheet = modules / kit.KIT_SHEET
    sheet.parent.mkdir(parents=True)
    sheet.write_text('@charset "UTF-8";a{b:c}\n/*# sourceMappingURL=tabler.min.css.map */', encoding="utf-8")
    script = modules / kit.CHART_SCRIPT
    script.parent.mkdir(parents=True)
    script.write_text("draw()\n//# sourceMappingURL=echarts.common.min.js.map\n", encoding="utf-8")
    assert kit.collect_kit(modules, target) == [target / "echarts.js", target / "kit.css"]
    (target / "left-over.css").write_text("")
    kit.collect_kit(modules, target)  # a second time, from scratch
    assert sorted(one.name for one in target.iterdir()) == ["echarts.js", "kit.css"]
    assert (target / "echarts.js").read_text().strip() == "draw()"
    assert (target / "kit.css").read_text() == '@charset "UTF-8";@layer kit{a{b:c}}'
    assert kit.collect_test_kit(modules, tmp_path / "build" / "test-kit") == []


def test_a_missing_package_says_what_to_do(tmp_path):
    with pytest.raises(kit.MissingPackage, match="npm ci"):
        kit.collect_kit(tmp_path, tmp_path / "kit")
