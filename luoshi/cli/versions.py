"""plan import --version-of: what a next text of a plan changes, and its adoption."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from luoshi.cli.door import GOOD, Failed, WrongUse, show


def next_version(options: argparse.Namespace, path: Path, bureau: Any, by: Any, on: date) -> int:
    """Show the difference; without --dry-run adopt it, with the basis that it rests on."""
    from luoshi.lib.lifecycle import NotAllowed, Stale
    from luoshi.plan import services
    from luoshi.plan.queries import versions
    from luoshi.plan.services.importing import check_new_text, draft, foreseen
    from luoshi.plantext.reading import Unreadable
    from luoshi.records.services import BadFile

    if not options.dry_run and not (options.basis or "").strip():
        raise WrongUse("采用新版要写明修订依据（--basis）；只看改了什么请加 --dry-run。")
    plan = _plan(bureau, options.version_of)
    before, data = versions.newest_of(plan), path.read_bytes()
    try:
        found = draft(data, path.name, bureau=bureau, on=on)
        check_new_text(plan, found)
        difference = foreseen(plan, before, found, on=on)
        told = _told(plan, before, difference)
        if not options.dry_run:
            if difference.another:
                raise NotAllowed("这份文字和现行方案相同的很少，看起来是另一份方案：请去掉 --version-of 另行导入。")
            made = services.adopt_version(
                plan, by=by, on=on, seen=before.number, found=draft(data, path.name, bureau=bureau, on=on),
                content=data, file_name=path.name, basis=options.basis,
            )  # fmt: skip
            told |= {"adopted": True, "number": made.number, "version": made.pk}
    except (NotAllowed, BadFile, Unreadable) as why:
        raise Failed(str(why)) from None
    except Stale as late:
        raise Failed(f"别人已采用另一版（{'；'.join(late.changes)}），请重新看对照。") from None
    if options.json:
        show(told)
    else:
        _print(told)
    return GOOD


def _plan(bureau: Any, wanted: str) -> Any:
    from django.db.models import Q

    from luoshi.plan.models import Plan

    plans = Plan.objects.filter(bureau=bureau).select_related("bureau")
    named = Q(title=wanted) | Q(short_name=wanted) | (Q(pk=int(wanted)) if wanted.isdecimal() else Q())
    found = list(plans.filter(named))
    if len(found) != 1:
        known = "、".join(f"{one.pk} {one.short_name}" for one in plans.order_by("pk")) or "（还没有）"
        raise WrongUse(f"没有唯一对应“{wanted}”的方案：现有 {known}。")
    return found[0]


def _told(plan: Any, before: Any, difference: Any) -> dict[str, Any]:
    from luoshi.plan.comparison import rule_lines
    from luoshi.plan.queries import versions

    duties = [
        {
            "state": one.state,
            "clause": (
                difference.new.duties[one.new] if one.new is not None else difference.old.duties[one.old]
            ).clause.path,
            "quote": difference.new.duties[one.new].quote if one.new is not None else None,
            "was": difference.old.duties[one.old].quote if one.old is not None else None,
        }
        for one in difference.duties
        if one.state != "SAME"
    ]
    effects = versions.rule_effects(versions.running_rules(plan), difference.new.duties)
    return {
        "ok": True, "plan": plan.pk, "title": plan.title, "from": before.number, "adopted": False, "number": None,
        "version": None, "another": difference.another, "share": round(difference.share, 3),
        "counts": difference.counts(),
        "clauses": [
            {
                "state": one.state, "path": one.path, "was_path": one.old.path if one.old else None,
                "old": one.old.body if one.old else None, "new": one.new.body if one.new else None,
            }
            for one in difference.clauses
            if one.state != "SAME"
        ],
        "duties": duties,
        "rules": [
            {"slot": one["slot"], "state": one["state"], "now": one["words"], "said": one["said"] or None}
            for one in rule_lines(effects)
        ],
    }  # fmt: skip


def _print(told: dict[str, Any]) -> None:
    from luoshi.plan.difference import STATES

    print(f"《{told['title']}》与第 {told['from']} 版相比：")
    for name, word in (("clauses", "条款"), ("duties", "任务")):
        print(f"  {word} " + "，".join(f"{STATES[key]} {told['counts'][name].get(key, 0)}" for key in STATES))
    for one in told["clauses"]:
        moved = f"（原{one['was_path']}）" if one["was_path"] and one["was_path"] != one["path"] else ""
        print(f"[{one['path']}]{moved} {STATES[one['state']]}")
        if one["state"] != "MOVED":
            print("".join(f"    {sign} {one[key]}\n" for sign, key in (("-", "old"), ("+", "new")) if one[key]), end="")
    for one in told["rules"]:
        print(f"规则 {one['slot']}：现行 {one['now']}；新版 {one['said'] or '没有规定'}")
    if told["another"]:
        print("这份文字和现行方案相同的很少，看起来是另一份方案。")
    print(
        f"已采用为第 {told['number']} 版，请到网页沿用未改动的任务。"
        if told["adopted"]
        else "没有采用，什么也没有保存。"
    )
