"""命令 cli: the one console script, `luoshi`; each verb starts only what it needs (`plan compile` starts no Django)."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; 0 good, 1 a finding, 2 wrong use. Never a traceback: one Chinese line says what to do."""
    from luoshi.cli.door import run

    return run(arguments)
