"""The figures the reader promises, measured by the scorers where the shared plans are present."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
# Beside the checkout, or beside the folder of its worktrees.
PLANS = next((p / "shared" / "plans" for p in ROOT.parents if (p / "shared" / "plans").is_dir()), ROOT / "none")
READER = f"{sys.executable} -m luoshi.plantext --json"

pytestmark = pytest.mark.skipif(not (PLANS / "score.py").is_file(), reason="the shared plans are not here")


def measure(script: str, folder: str) -> dict[str, Any]:
    command = [sys.executable, str(PLANS / script), "--texts", str(PLANS / "dev"), f"--{folder}", str(PLANS / folder)]
    done = subprocess.run(
        [*command, "--command", READER, "--json"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_obligations_and_outline() -> None:
    said = measure("score.py", "gold")
    total = said["summary"]
    floors = {
        "recall": 0.90,
        "precision": 0.85,
        "outline_recall": 0.97,
        "outline_precision": 0.97,
        "clause_accuracy": 0.95,
        "comparator_accuracy": 0.90,
        "period_accuracy": 0.90,
        "deadline_accuracy": 0.90,
    }
    assert {name: total[name] for name, floor in floors.items() if total[name] < floor} == {}
    bureau = next(d for d in said["documents"] if d["doc"] == "county-housing-bureau")
    assert bureau["found"] == bureau["required"]
    assert bureau["outline_hit"] == bureau["outline_want"] == bureau["outline_have"]


def test_duties() -> None:
    total = measure("score_duties.py", "duties")["summary"]
    floors = {"recall": 0.85, "precision": 0.78, "clause_accuracy": 0.95, "actor_named_accuracy": 0.70}
    assert {name: total[name] for name, floor in floors.items() if total[name] < floor} == {}


def test_actors_of_obligations() -> None:
    assert measure("score.py", "gold")["summary"]["actor_accuracy"] >= 0.70


def test_every_clause_of_the_bureau_has_its_duties() -> None:
    documents = measure("score_duties.py", "duties")["documents"]
    assert next(d for d in documents if d["doc"] == "county-housing-bureau")["clauses_empty"] == 0
