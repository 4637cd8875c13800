"""map, routes, policy, check: what the house is, who may do what, and whether it is fit to open."""

from __future__ import annotations

import argparse
import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from luoshi.cli.door import FINDING, GOOD, show, start_django, start_django_anywhere

CODE = Path(__file__).resolve().parents[1]


def floors() -> list[list[str]]:
    """The rooms by floor, top first, as the import contract orders them; one floor by name where it is not at hand."""
    there = sorted(path.parent.name for path in CODE.glob("*/__init__.py"))
    contract = CODE.parent / "pyproject.toml"
    if not contract.is_file():
        return [[name] for name in there]
    told = tomllib.loads(contract.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]["layers"]
    levels = [[name.strip(" ()") for name in level.split("|")] for level in told]
    return [found for level in levels if (found := [name for name in level if name in there])]


def purpose(room: str) -> str:
    """A room's own first line."""
    told = ast.get_docstring(ast.parse((CODE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    return told.splitlines()[0] if told else ""


def rooms(options: argparse.Namespace) -> int:
    """Print each room with its purpose, the hall on top and the ground below."""
    levels = floors()
    if options.json:
        show([{"floor": len(levels) - nth, "room": name, "purpose": purpose(name)}
              for nth, level in enumerate(levels) for name in level])  # fmt: skip
    else:
        for nth, level in enumerate(levels):
            for name in level:
                print(f"{len(levels) - nth:>2}  {purpose(name)}")
    return GOOD


def _methods(view: Any, declared: Any) -> list[str]:
    """The methods a view takes: what it demands of itself, else GET, and POST where it acts."""
    inner = view
    while inner is not None:
        cells = dict(zip((getattr(inner, "__code__", None) and inner.__code__.co_freevars) or (),
                         getattr(inner, "__closure__", None) or (), strict=False))  # fmt: skip
        if "request_method_list" in cells:
            return sorted(cells["request_method_list"].cell_contents)
        inner = getattr(inner, "__wrapped__", None)
    return ["GET", "POST"] if declared and (declared.acts or declared.reads) else ["GET"]


def all_routes() -> Iterator[dict[str, Any]]:
    """Every route with its name, address, methods, who may enter and what its POST records."""
    from django.urls import URLPattern, get_resolver

    from luoshi.org.access import declared_route

    def walk(patterns: Any, space: str, front: str) -> Iterator[dict[str, Any]]:
        for one in patterns:
            if not isinstance(one, URLPattern):
                inner = f"{space}{one.namespace}:" if one.namespace else space
                yield from walk(one.url_patterns, inner, front + str(one.pattern))
                continue
            name = f"{space}{one.name}"
            declared = declared_route(one.callback, name)
            yield {
                "name": name,
                "path": front + str(one.pattern),
                "methods": _methods(one.callback, declared),
                "may": declared.may if declared else "NOBODY",
                "duties": sorted(declared.duties) if declared else [],
                "who": declared.words() if declared else "没有登记，谁也进不去",
                "acts": list(declared.acts) if declared else [],
            }

    yield from sorted(walk(get_resolver().url_patterns, "", "/"), key=lambda one: one["path"])


def routes(options: argparse.Namespace) -> int:
    """List every route."""
    start_django_anywhere()
    found = list(all_routes())
    if options.json:
        show(found)
    else:
        for one in found:
            print(f"{','.join(one['methods']):<9} {one['path']}\t{one['who']}\t{' '.join(one['acts'])}")
    return GOOD


ROLE_WORDS = {
    "office": "局办公室",
    "leader": "交办领导",
    "head": "牵头单位负责人",
    "handler": "承办人",
    "verifier": "核查人",
    "assist": "协办单位",
    "reader": "可查看的人",
}


def policy_table() -> list[dict[str, Any]]:
    """Role × act × state: the moves of a matter by the part one plays in it, then the doors of all other acts."""
    from luoshi.matters import rules

    table: list[dict[str, Any]] = [
        {
            "room": "matters",
            "act": name,
            "label": move.label,
            "roles": sorted(move.duties),
            "who": "、".join(ROLE_WORDS.get(one, one) for one in sorted(move.duties)),
            "from": sorted(move.source),
            "to": move.to,
            "reason": move.reason,
            "on_paper": name in rules.PAPER,
        }
        for name, move in rules.MOVES.items()
    ]
    for one in all_routes():
        for act in one["acts"]:
            room, name = act.split(".", 1)
            if room != "matters" or name not in rules.MOVES:
                table.append({"room": room, "act": name, "roles": one["duties"] or [one["may"]], "who": one["who"],
                              "from": [], "to": None, "route": one["name"]})  # fmt: skip
    return table


def policy(options: argparse.Namespace) -> int:
    """Print who may do what in which state."""
    start_django_anywhere()
    table = policy_table()
    if options.json:
        show(table)
    else:
        for one in table:
            states = "、".join(one["from"]) or "—"
            print(f"{one['room']}.{one['act']}\t{one.get('label', '')}\t{one['who']}\t{states} → {one['to'] or '不变'}")
    return GOOD


def check(options: argparse.Namespace) -> int:
    """Say what stands in the way of opening; 1 where anything does."""
    start_django()
    from luoshi.ops.fitness import findings

    found = findings()
    if options.json:
        show({"ok": not found, "findings": [{"id": name, "said": said} for name, said in found]})
    else:
        for _, said in found:
            print(said)
        print(f"共 {len(found)} 处须处理" if found else "可以上线")
    return FINDING if found else GOOD
