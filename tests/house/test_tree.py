"""What may stand in the tree: our own work, and nothing of the machine or the network it was made on."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".txt",
    ".in",
    ".toml",
    ".json",
    ".yml",
    ".yaml",
    ".sh",
    ".cfg",
    ".ini",
    "",
}
OWN_ASSETS = "luoshi/"
THIRD_PARTY = (
    "bootstrap.min",
    "tabler",
    "htmx.min",
    "htmx.js",
    "echarts",
    "alpine",
    "jquery",
    "axe.min",
    "vue.",
    "react.",
)
MACHINE_PATHS = re.compile(r"(?<![\w.{])/(?:work|root|home|Users|opt|mnt)/[\w.-]")
HOSTS = [  # in halves, so that this file does not name what it looks for
    first + second
    for first, second in (
        ("py", r"pi\.org"),
        ("python", "hosted"),
        (r"registry\.n", "pm"),
        ("npm", "mirror"),
        (r"tuna\.tsing", "hua"),
        (r"mirrors\.ali", "yun"),
    )
]
REGISTRIES = re.compile(rf"(?:{'|'.join(HOSTS)}|--(?:extra-)?index-url|--find-links)")
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{20,}|\bxox[bp]-|"
    r"(?i:(?:secret_key|api_key|chain_key)\s*=\s*['\"][0-9a-f]{24,}['\"])"
)
TELLS_OF_THEM = {"tests/house/test_tree.py"}
"""This file names what it looks for."""


def tracked() -> list[Path]:
    """The files of the tree as git knows them, or as they lie where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True)
    if done.returncode == 0 and done.stdout:
        found = [REPO / name for name in done.stdout.split("\0") if name]
    else:
        skip = {".git", ".venv", "node_modules", "build", "data"}
        found = [one for one in REPO.rglob("*") if one.is_file() and not skip & set(one.relative_to(REPO).parts)]
    return sorted(one for one in found if one.is_file())


def name(path: Path) -> str:
    return path.relative_to(REPO).as_posix()


def lines_matching(pattern: re.Pattern[str], *, skip: set[str] = TELLS_OF_THEM) -> list[str]:
    found = []
    for path in tracked():
        if path.suffix not in TEXT or name(path) in skip:
            continue
        for nth, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name(path)}:{nth}: {line.strip()[:120]}")
    return found


def test_no_path_of_a_machine():
    assert lines_matching(MACHINE_PATHS) == []


def test_no_secret():
    assert lines_matching(SECRETS) == []


def test_no_registry_is_named():
    """A machine's own pip.conf and .npmrc say where packages come from; no lock and no script overrides them."""
    assert lines_matching(REGISTRIES, skip=TELLS_OF_THEM | {"bootstrap.py"}) == []


@pytest.mark.parametrize("lock", sorted((REPO / "requirements").glob("*")), ids=lambda one: one.name)
def test_requirements_hold_no_address(lock):
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text and "--trusted" not in text


@pytest.mark.parametrize("lock", sorted((REPO / "requirements").glob("*.txt")), ids=lambda one: one.name)
def test_every_locked_package_has_its_hashes(lock):
    text = re.sub(r"\s*\\\n\s*", " ", lock.read_text(encoding="utf-8"))
    packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert packages and all("==" in line and "--hash=sha256:" in line for line in packages)


def test_the_front_end_lock_has_hashes_and_no_host():
    lock = json.loads((REPO / "package-lock.json").read_text(encoding="utf-8"))
    for where, one in lock["packages"].items():
        assert "resolved" not in one, where
        assert where == "" or one["integrity"].startswith("sha512-"), where


def test_nothing_third_party_lies_in_the_tree():
    for path in tracked():
        assert not any(word in path.name.lower() for word in THIRD_PARTY), name(path)
        assert "node_modules" not in path.parts and ".venv" not in path.parts, name(path)
        if path.suffix in (".js", ".css"):
            assert name(path).startswith(OWN_ASSETS), (
                f"{name(path)}: scripts and sheets stand in a room's static folder"
            )
            longest = max(map(len, path.read_text(encoding="utf-8").splitlines()), default=0)
            assert longest < 400, f"{name(path)} looks minified"
        assert path.suffix not in (".woff", ".woff2", ".ttf", ".otf", ".min.js", ".map", ".whl", ".jar", ".exe"), path


def test_nothing_is_fetched_from_elsewhere_at_run_time():
    address = re.compile(r"""(?:src|href|action|url\()\s*=?\s*["'(]?\s*(?:https?:)?//""")
    pages = [one for one in tracked() if one.suffix in (".html", ".css", ".js") and "tests" not in one.parts]
    found = [name(one) for one in pages if address.search(one.read_text(encoding="utf-8"))]
    assert found == []


def test_the_start_script_is_no_god_file():
    """The rooms are held to 400 lines by tests/house/test_rooms.py; what stands beside them is held to it here."""
    for path in [REPO / "bootstrap.py", *(REPO / "tests").glob("*.py"), *(REPO / "bench").glob("*.py")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{name(path)} wants dividing"


def test_no_file_is_larger_than_a_text():
    for path in tracked():
        assert path.stat().st_size < 300_000, name(path)


def test_bootstrap_needs_nothing_but_python():
    """Its first line of work happens before anything is installed."""
    import ast
    import sys

    tree = ast.parse((REPO / "bootstrap.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for one in names:
            assert one.split(".")[0] in sys.stdlib_module_names, one
