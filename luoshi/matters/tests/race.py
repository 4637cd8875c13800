"""Several people accept one matter at the same moment: `python -m luoshi.matters.tests.race MATTER PERSON…` prints
what each got. A process of its own, so that the race is run on a real SQLite file whatever database the suite uses.
"""

from __future__ import annotations

import os
import sys
import threading


def run(matter_pk: int, people: list[int]) -> list[str]:
    """Let every person accept from a thread of his own; all start together. Returns "won", "Stale", … sorted."""
    from django.db import connection

    from luoshi.lib.lifecycle import NotAllowed, Stale
    from luoshi.matters import services
    from luoshi.matters.models import Matter
    from luoshi.matters.tests.life import DAY, at
    from luoshi.org.models import User

    gate, got = threading.Barrier(len(people)), []

    def attempt(pk: int) -> None:
        try:
            copy, person = Matter.objects.get(pk=matter_pk), User.objects.get(pk=pk)
            gate.wait(timeout=20)
            services.accept(copy, by=person, on=DAY, now=at(DAY))
            got.append("won")
        except (Stale, NotAllowed) as why:
            got.append(type(why).__name__)
        except Exception as why:  # a thread that dies is a finding, not a silence
            got.append(repr(why))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=[pk]) for pk in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return sorted(got)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django

    django.setup()
    sys.stdout.write(" ".join(run(int(sys.argv[1]), [int(one) for one in sys.argv[2:]])) + "\n")
