"""个人问题清单 in tests: a round of the cast's bureau, lists filled in, submitted, accepted; told by services only."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from luoshi.org.models import User
from luoshi.problems.models import Problem, SelfCheck, SelfCheckRound
from luoshi.problems.rules import StyleKind
from luoshi.problems.services import rounds
from luoshi.problems.services import selfcheck as services
from luoshi.problems.services.selfcheck import ItemWords
from luoshi.problems.tests.life import DAY

DUE = date(2026, 10, 15)
FIXED = date(2026, 12, 31)
SECRET = "遇到没办过的业务就往后拖"


def row(title: str = SECRET, kind: str = StyleKind.PANIC, **words) -> ItemWords:
    told = {"measure": "每周学一项新政策，先办后请教", "due_on": FIXED, **words}
    return ItemWords(kind=kind, title=title, **told)


class Checks:
    """Opens a round and walks lists on; every step on `day`."""

    def __init__(self, cast: SimpleNamespace, day: date = DAY) -> None:
        self.cast, self.day = cast, day

    def round(self, **words) -> SelfCheckRound:
        told = {"bureau": self.cast.bureau, "title": "2026年第三季度查摆", "due_on": DUE, "by": self.cast.office}
        return rounds.open_round(**(told | {"on": self.day} | words))

    def of(self, who: User) -> SelfCheck:
        return SelfCheck.objects.select_related("bureau", "person", "reviewer").get(person=who)

    def fill(self, who: User, *rows: ItemWords, none=None, submit: bool = True) -> SelfCheck:
        rows = rows or (row(),)
        have = {one.kind for one in rows if one.title}
        none = [one for one in StyleKind.values if one not in have] if none is None else none
        return services.fill_check(self.of(who), rows=rows, none=none, submit=submit, by=who, on=self.day)

    def accepted(self, who: User) -> Problem:
        check = self.fill(who)
        services.accept_check(check, by=check.reviewer, on=self.day)
        return Problem.objects.select_related("self_check").get(self_check=check)

    def later(self, days: int) -> date:
        return self.day + timedelta(days=days)
