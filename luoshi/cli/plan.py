"""plan compile, plan lint, plan import. The first two start no Django."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from luoshi.cli.door import FINDING, GOOD, Failed, WrongUse, show, start_django
from luoshi.plantext.compile import compile_plan
from luoshi.plantext.model import Reading
from luoshi.plantext.reading import Unreadable, read_file


def _text(name: str) -> str:
    try:
        return read_file(sys.stdin.buffer.read(), "") if name == "-" else read_file(name)
    except Unreadable as why:
        raise WrongUse(str(why)) from None


def _out(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


def compile_file(options: argparse.Namespace) -> int:
    """A plan's clauses, duties and obligations, by the contract in docs/cli.md."""
    text = _text(options.file)
    if options.text:
        _out(text)
        return GOOD
    reading = compile_plan(text)
    if options.json:
        _out(json.dumps(reading.to_json(), ensure_ascii=False))
        return GOOD
    lines = [reading.title or "（没有读到标题）"]
    lines.append(f"{len(reading.clauses)} 处条款，{len(reading.duties)} 项任务，{len(reading.obligations)} 项量化要求")
    for one in reading.duties:
        lines.append(f"[{one.clause}] {one.actor or '（未写明谁来做）'}：{one.act}")
        for which in one.obligations:
            sought = reading.obligations[which]
            words = [sought.comparator, sought.quantity, sought.unit, sought.period, sought.deadline]
            lines.append("    " + " ".join(str(word) for word in words if word is not None))
    _out("\n".join(lines))
    return GOOD


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a drafter should look at: what kind, in which clause, where in the text, and a Chinese sentence."""

    kind: str
    clause: str
    start: int
    end: int
    quote: str
    said: str


def official_days() -> dict[date, bool]:
    """The exceptional days of the official notices that come with the product: does the office work?"""
    from luoshi.workdays.official import AMENDMENTS, NOTICES

    return {day: works for notice in (*NOTICES, *AMENDMENTS) for day, (works, _) in notice.days().items()}


def findings(reading: Reading) -> list[Finding]:
    """Duties without an owner, without a measure or a date, and dates that fall on a day of rest."""
    found = []
    for duty in reading.duties:
        quote = duty.quote.strip()
        told = (duty.clause, duty.start, duty.end, quote)
        if not duty.actor:
            found.append(Finding("no_owner", *told, f"“{quote[:40]}”没有写明由谁来做。"))
        if not duty.obligations:
            found.append(Finding("no_measure", *told, f"“{quote[:40]}”没有数量、频次或时限，难以核对是否完成。"))
    exceptional = official_days()
    for one in reading.obligations:
        for part in (one.deadline or "").split("/"):
            try:
                day = date.fromisoformat(part)
            except ValueError:
                continue
            if part == (one.deadline or "").split("/")[-1] and not exceptional.get(day, day.weekday() < 5):
                weekday = "一二三四五六日"[day.weekday()]
                said = f"时限 {day}（周{weekday}）是休息日，请写明顺延还是提前。"
                found.append(Finding("rest_day", one.clause, one.start, one.end, one.quote.strip(), said))
    return sorted(found, key=lambda one: (one.start, one.kind))


def lint(options: argparse.Namespace) -> int:
    """What a drafter should mend; 1 where there is anything."""
    reading = compile_plan(_text(options.file))
    found = findings(reading)
    if options.json:
        show({"ok": not found, "title": reading.title, "findings": [asdict(one) for one in found]})
    else:
        for one in found:
            print(f"[{one.clause}] {one.said}")
        print(f"共 {len(found)} 处" if found else "没有发现问题")
    return FINDING if found else GOOD


def import_file(options: argparse.Namespace) -> int:
    """Import a plan into a bureau, on the console's own authority or in somebody's name."""
    path = Path(options.file)
    if not path.is_file():
        raise WrongUse(f"找不到方案文件“{path}”：请检查路径。")
    start_django()
    from django.db.models import Q

    from luoshi.cli.people import person
    from luoshi.lib import clock
    from luoshi.lib.lifecycle import NotAllowed
    from luoshi.org.models import Unit
    from luoshi.org.rules import UnitKind
    from luoshi.plan import services
    from luoshi.plan.models import Clause, Duty
    from luoshi.records.services import BadFile

    bureaus = list(Unit.objects.filter(Q(name=options.bureau) | Q(short_name=options.bureau), kind=UnitKind.BUREAU))
    if len(bureaus) != 1:
        known = "、".join(Unit.objects.filter(kind=UnitKind.BUREAU).values_list("name", flat=True)) or "（还没有）"
        raise WrongUse(f"没有唯一对应“{options.bureau}”的局：现有 {known}。")
    by = person(options.by) if options.by else None
    try:
        version = services.import_plan(
            bureau=bureaus[0], content=path.read_bytes(), file_name=path.name, by=by, on=clock.today()
        )
    except (NotAllowed, BadFile, Unreadable) as why:
        raise Failed(str(why)) from None
    clauses = Clause.objects.filter(version=version).count()
    duties = Duty.objects.filter(clause__version=version).count()
    if options.json:
        show({"ok": True, "plan": version.plan_id, "version": version.pk, "title": version.plan.title,
              "clauses": clauses, "duties": duties})  # fmt: skip
    else:
        print(f"已导入《{version.plan.title}》第 {version.number} 版：{clauses} 处条款，{duties} 项任务待逐条确认。")
    return GOOD
