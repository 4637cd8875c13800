"""init, serve, worker, daily."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from luoshi.cli.door import FINDING, GOOD, Failed, WrongUse, data_dir, key_file, show, start_django

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SAMPLE_PASSWORD = "Luoshi-sample-2026"
"""Public, and therefore only for a sample on loopback."""


def say(line: str) -> None:
    print(f"      {line} …", flush=True)


def init(options: argparse.Namespace) -> int:
    """Make the data directory ready; may be repeated."""
    began = time.monotonic()
    _prepare(options)
    print(f"数据目录已就绪：{data_dir()}（{time.monotonic() - began:.1f} 秒）")
    return GOOD


def _prepare(options: argparse.Namespace) -> bool:
    """Tables, calendars, static files, and the sample where one was asked for; True where a restart is due."""
    kept = data_dir() / "luoshi.sqlite3"
    if kept.is_file() and not key_file().is_file():
        raise Failed(
            f"数据库还在，密钥文件 {key_file().name} 不见了：请从另存的副本取回，不要新建，否则旧留痕无法核对。"
        )
    if options.plan and not Path(options.plan).is_file():
        raise WrongUse(f"找不到方案文件“{options.plan}”：请检查路径。")
    start_django(existing=False)
    from luoshi.ops import prepare

    try:
        changed = prepare.prepare(say)
    except prepare.NotReady as why:
        raise Failed(str(why)) from None
    own = data_dir() / "own"  # set up with --empty: never filled with samples later
    if options.empty:
        own.touch()
    elif options.plan or (options.sample and not own.exists()):
        _build_sample(options.plan)
    return changed


def _build_sample(plan: str | None) -> None:
    from luoshi.ops import prepare
    from luoshi.org.models import User

    if User.objects.exists():
        if plan and prepare.sample_log_ins() is None:
            raise WrongUse("数据目录里已有数据，不能再用 --plan 建局：请用 --data-dir 另选一个空目录。")
        return
    say("按方案建局" if plan else "建立示例局")
    from django.db import transaction

    from luoshi.demo import universe
    from luoshi.lib import clock

    prepare.keep_sample(SAMPLE_PASSWORD, [])  # the mark that holds it on loopback comes before the accounts
    source = Path(plan).resolve() if plan else None
    with transaction.atomic():
        cast = universe.build(password=SAMPLE_PASSWORD, today=clock.today(), plan_file=source)
    people = [(getattr(cast, key).username, getattr(cast, key).name, duty) for key, duty in universe.LOG_INS]
    prepare.keep_sample(SAMPLE_PASSWORD, people)


def serve(options: argparse.Namespace) -> int:
    """Serve until stopped; with --init make everything ready first."""
    if options.init and _prepare(options):  # static files have new names: start again so that every part sees them
        words = [word for word in sys.argv[1:] if word not in ("--init", "--sample", "--empty")]
        if options.plan:
            words = [word for word in words if word not in ("--plan", options.plan)]
        sys.stdout.flush()
        os.environ["LUOSHI_DATA_DIR"] = str(data_dir())
        os.execv(sys.executable, [sys.executable, "-m", "luoshi.cli", *words])
    start_django()
    from luoshi.ops import prepare

    sample = prepare.sample_log_ins()
    if sample and options.host not in LOOPBACK:
        raise WrongUse(
            "这是示例数据，密码公开，只能在本机（127.0.0.1）打开：对外服务请另建数据目录，见 docs/deploy.md。"
        )
    try:
        prepare.ready()
    except prepare.NotReady as why:
        raise Failed(str(why)) from None
    _free(options.host, options.port)
    from luoshi.ops.server import Server

    def ready() -> None:
        print(_greeting(options, sample), flush=True)

    def gone() -> None:
        print("已停止。", flush=True)

    Server(
        host=options.host,
        port=options.port,
        threads=options.threads,
        scheduler=not options.no_scheduler,
        ready=ready,
        gone=gone,
    ).serve()
    return GOOD


def _greeting(options: argparse.Namespace, sample: dict[str, Any] | None) -> str:
    host = f"[{options.host}]" if ":" in options.host else options.host
    started = os.environ.get("LUOSHI_STARTED_AT")
    took = f"（用时 {time.time() - float(started):.0f} 秒）" if started else ""
    lines = [f"落实已启动{took}：http://{host}:{options.port}/    按 Ctrl+C 停止"]
    if sample:
        lines.append(f"示例账号（密码都是 {sample['password']}，仅限本机）：")
        lines += [f"  {username}  {name}  {duty}" for username, name, duty in sample["people"]]
    elif started:
        lines.append("还没有账号：请另开一个窗口运行 .venv/bin/luoshi user add 登录名 --name 姓名 --bureau 局名")
    return "\n".join(lines)


def _free(host: str, port: int) -> None:
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            raise WrongUse(f"地址 {host}:{port} 用不了（已被占用或不允许）：请换 --port 或 --host。") from None


def worker(options: argparse.Namespace) -> int:
    """Help with the shared queue."""
    start_django()
    from django.conf import settings

    if settings.LUOSHI_QUEUE == "memory":
        raise WrongUse(
            "后台队列在网站进程内（LUOSHI_QUEUE=memory），不需要另起进程：要分开，请设为 postgres 或 redis。"
        )
    from luoshi.ops.server import help_out

    print(f"后台任务进程已启动（{options.threads} 线程），按 Ctrl+C 停止", flush=True)
    help_out(options.threads)
    return GOOD


def daily(options: argparse.Namespace) -> int:
    """Run the day's list; 1 where a job failed."""
    try:
        on = date.fromisoformat(options.on) if options.on else None
    except ValueError:
        raise WrongUse(f"日期“{options.on}”不对：请写成 2026-11-24 这样。") from None
    start_django()
    from luoshi.lib import clock
    from luoshi.ops import daily as rounds

    day = on or clock.today()
    done = rounds.run(day)
    failed = [one for one in done if one.error]
    if options.json:
        jobs = [
            {"name": one.name, "title": one.title, "seconds": one.seconds, "result": one.result, "error": one.error}
            for one in done
        ]
        show({"on": day.isoformat(), "ok": not failed, "jobs": jobs})
    else:
        for one in done:
            print(f"{'未完成' if one.error else '完成'}  {one.title}：{one.error or one.result}（{one.seconds} 秒）")
    return FINDING if failed else GOOD
