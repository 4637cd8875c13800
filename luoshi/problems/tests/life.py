"""A problem's life in tests: told by services only, so that no test stands on a state that cannot be reached."""

from __future__ import annotations

from datetime import date, datetime, time
from types import SimpleNamespace

from luoshi.lib.clock import SHANGHAI
from luoshi.matters import services as matters
from luoshi.matters.models import Matter
from luoshi.problems import services
from luoshi.problems.models import Problem, SelfCheck
from luoshi.workdays import services as workdays

DAY = date(2026, 9, 29)
DUE = date(2026, 12, 18)
LATER = date(2026, 12, 31)
PATH = ("FOUND", "CONFIRMED", "RECTIFYING", "APPLIED", "CLOSED")


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


class Life:
    """Opens problems of the cast's bureau and walks them on; every step on `day` unless told otherwise."""

    def __init__(self, cast: SimpleNamespace, day: date = DAY) -> None:
        self.cast, self.day = cast, day
        workdays.load_official(by=None, on=day)

    def open(self, **words) -> Problem:
        cast = self.cast
        told = {
            "bureau": cast.bureau,
            "title": "小区门口窨井盖松动多日无人处理",
            "source": "OPINION",
            "found_on": self.day,
            "unit": cast.planning,
            "by": cast.office,
            "on": self.day,
            "now": at(self.day),
        }
        return services.open_problem(**(told | words))

    def item(self, **words) -> Problem:
        """One item of the handler's personal list, reviewed by the head of his unit."""
        cast = self.cast
        check, _ = SelfCheck.objects.get_or_create(
            bureau=cast.bureau, person=cast.handler, reviewer=cast.chief, round="2026年"
        )
        told = {"title": "遇事怕担责", "source": "SELF_CHECK", "self_check": check, "unit": None, "by": cast.handler}
        return self.open(**(told | words))

    def start(self, problem: Problem, **words) -> Problem:
        told = {
            "cause": "巡查频次不够",
            "measure": "更换井盖，每周巡查一次",
            "due_on": DUE,
            "by": self.cast.chief,
            "on": self.day,
        }
        return services.start_rectifying(problem, **(told | words))

    def order(self, problem: Problem, *units, **words) -> list[Matter]:
        told = {
            "cause": "巡查频次不够",
            "measure": "更换井盖，每周巡查一次",
            "due_on": DUE,
            "decided_by": self.cast.leader,
            "decided_on": self.day,
            "source_note": "局长办公会纪要第9期",
            "by": self.cast.office,
            "on": self.day,
            "now": at(self.day),
        }
        orders = [one if isinstance(one, services.Order) else services.Order(one) for one in units]
        return services.order_rectification(problem, orders, **(told | words))

    def finish(self, matter: Matter) -> Matter:
        """Walk a matter that was handed out to its end, each step by whom it belongs to."""
        cast, on = self.cast, self.day
        head = {cast.planning.pk: cast.chief, cast.quality.pk: cast.neighbour}[matter.lead_unit_id]
        matters.accept(matter, by=head, handler=head, on=on)
        matters.submit(matter, done="已更换", by=head, on=on)
        matters.verify(matter, note="现场核查：已更换", by=cast.verifier, on=on)
        return matters.close(
            matter, by=cast.office, on=on, decided_by=cast.leader, decided_on=on, source_note="领导圈阅"
        )

    def accept(self, problem: Problem, **words) -> Problem:
        told = {"note": "现场看过，井盖已换", "by": self.cast.verifier, "on": self.day}
        return services.accept_closing(problem, **(told | words))

    def to(self, state: str, **words) -> Problem:
        """A problem of planning's, walked to a state of PATH."""
        problem = self.open(**words)
        if state == "CONFIRMED":
            return services.confirm(problem, by=self.cast.chief, on=self.day)
        if PATH.index(state) >= 2:
            self.start(problem)
        if PATH.index(state) >= 3:
            services.apply_closing(problem, note="已更换全部井盖", by=self.cast.handler, on=self.day)
        if PATH.index(state) >= 4:
            self.accept(problem, raiser_answer="GOOD" if problem.raiser else "")
        return problem
