"""Many at the same moment: `LUOSHI_DATABASE_URL=… python -m luoshi.matters.tests.race` on an empty database.

A process and a database of its own: a race wants real commits, and the entries refuse the DELETE by which the usual
transaction test cleans up. Prints as JSON what each of four who accept one matter got, and the numbers that six
approvals took.
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


def main() -> dict[str, Any]:
    from functools import partial

    from django.core.management import call_command

    from luoshi.demo.people import build_people
    from luoshi.matters import services
    from luoshi.matters.models import Matter
    from luoshi.matters.tests.life import DAY, Life, at
    from luoshi.records.verify import verify

    call_command("migrate", verbosity=0)
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
    told["altered"] = [str(one) for one in verify().findings]
    return told


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(main()))
