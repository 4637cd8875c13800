"""plan compile, plan lint, plan import. The first two start no Django."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from luoshi.cli.door import FINDING, GOOD, Failed, WrongUse, show, start_django
from luoshi.cli.versions import next_version
from luoshi.plantext.compile import compile_plan
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


def lint(options: argparse.Namespace) -> int:
    """What a drafter should mend, worst first; 1 where there is anything."""
    from luoshi.plan.lint.checking import check, official_calendar
    from luoshi.plan.lint.findings import SEVERITIES, Limits
    from luoshi.plan.lint.reading import of_text

    if options.share is not None and not 1 <= options.share <= 100:
        raise WrongUse("负担上限应为1至100之间的整数（百分之几）。")
    if options.year is not None and not 2000 <= options.year <= 2100:
        raise WrongUse("年份应为2000至2100之间的四位数字。")
    calendar, draft = official_calendar(), of_text(_text(options.file))
    own = draft.from_on.year if draft.from_on else max(calendar.official_years)
    limits = Limits(calendar, options.year or own)
    if options.share is not None:
        limits = replace(limits, share=options.share, share_source="命令行所给")
    report = check(draft, limits)
    if options.json:
        show(report.to_json())
        return FINDING if report.findings else GOOD
    told = "，".join(f"{SEVERITIES[key]}{number}处" for key, number in report.counts().items() if number)
    print(f"共{len(report.findings)}处：{told}" if report.findings else "没有发现问题")
    for one in report.findings:
        print(f"[{one.clause}] {one.severity_label}·{one.label}：{one.said}")
        print(f"    {one.do}" + (f"（依据：{one.basis}）" if one.basis else ""))
    for load in report.loads:
        unsure = "（暂定）" if load.provisional else ""
        print(f"{load.people}：每人全年{load.days:g}天，占{load.year}年{load.workdays}个工作日{unsure}的{load.share}%")
    if report.rest():
        print(report.rest())
    return FINDING if report.findings else GOOD


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
    if options.version_of:
        return next_version(options, path, bureaus[0], by, clock.today())
    if options.dry_run:
        raise WrongUse("--dry-run 与 --version-of 一起用；新方案请用 plan compile 先看。")
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
