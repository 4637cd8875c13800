"""Many at the same moment: `LUOSHI_DATABASE_URL=… python -m luoshi.matters.tests.race` on an empty database.

A process and a database of its own: a race wants real commits, and the entries refuse the DELETE by which the usual
transaction test cleans up. Prints as JSON what each of four who accept one matter got, and the numbers that six
approvals took;
then lists handed out at once, and the rest of one list handed out twice.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any


def together(attempts: list[Callable[[], Any]]) -> list[str]:
    """Run every attempt in a thread of its own, all starting together; "won" or the name of the refusal, sorted."""
    from django.db import connection

    gate, got = threading.Barrier(len(attempts)), []

    def run(attempt: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=30)
            attempt()
            got.append("won")
        except Exception as why:  # a thread that dies is a finding, not a silence
            got.append(type(why).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in attempts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return sorted(got)


def lists(cast: Any) -> dict[str, Any]:
    """Four lists of five handed out together with a fifth that is refused, and two clerks on the rest of one list."""
    from functools import partial

    from luoshi.matters import services
    from luoshi.matters.models import Matter, TaskList
    from luoshi.matters.tests.life import DAY, DUE, at

    units = [cast.planning, cast.quality, cast.approval, cast.property, cast.housing]
    paper = {"decided_by": cast.director, "decided_on": DAY}
    common = {"by": cast.office, "on": DAY, "now": at(DAY)}

    def hand_out(name: str, upto: str = "ASSIGNED", **words: Any) -> TaskList:
        items = [services.Item(f"{name}{at}", unit, cast.leader, DUE) for at, unit in enumerate(units)]
        decided = paper if upto != "DRAFT" else {}
        return services.open_list(
            bureau=cast.bureau, source="COMMITTEE", document=name, issuer=cast.director, issued_on=DAY, items=items,
            upto=upto, series="清单", **{**decided, **words}, **common,
        )  # fmt: skip

    told: dict[str, Any] = {}
    refused = partial(hand_out, "被拒", decided_by=cast.second_leader)
    told["listed"] = together([*(partial(hand_out, f"清单{at}") for at in range(4)), refused])
    mine = Matter.objects.filter(series="清单").order_by("task_list", "place").values_list("task_list", "number")
    told["list_numbers"] = sorted(number for _, number in mine)
    runs: dict[int, list[int]] = {}
    for pk, number in mine:
        runs.setdefault(pk, []).append(number)
    told["in_order"] = all(run == list(range(run[0], run[0] + 5)) for run in runs.values())
    draft = hand_out("其余", "DRAFT")
    copies = [TaskList.objects.get(pk=draft.pk) for _ in range(2)]
    told["carried"] = together(
        [partial(services.carry_on, copy, upto="ASSIGNED", version=1, **paper, **common) for copy in copies]
    )
    return told


def main() -> dict[str, Any]:
    from functools import partial

    from luoshi.demo.people import build_people
    from luoshi.matters import services
    from luoshi.matters.models import Matter
    from luoshi.matters.tests.life import DAY, Life, at
    from luoshi.records.verify import verify
    from tests import stock

    stock.migrate()
    cast = build_people(None)
    life = Life(cast)
    matter = life.to("ASSIGNED")
    signers = [cast.chief, cast.handler, cast.second_handler, cast.chief]
    copies = [Matter.objects.get(pk=matter.pk) for _ in signers]
    told = {
        "accepted": together(
            [
                partial(services.accept, copy, by=who, on=DAY, now=at(DAY))
                for who, copy in zip(signers, copies, strict=True)
            ]
        ),
        "events": matter.events.filter(move="accept").count(),
    }
    drafts = [life.open() for _ in range(6)]
    told["approved"] = together([partial(services.approve, one, by=cast.leader, on=DAY, now=at(DAY)) for one in drafts])
    told["numbers"] = sorted(Matter.objects.values_list("number", flat=True))
    told |= lists(cast)
    told["altered"] = [str(one) for one in verify().findings]
    return told


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(main()))
