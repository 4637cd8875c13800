"""The verbs of `luoshi`, their words, and what happens when one fails."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

GOOD, FINDING, WRONG_USE = 0, 1, 2


class WrongUse(Exception):
    """The command cannot be carried out as it was given; one Chinese line, exit 2."""


class Failed(Exception):
    """The command was right and something is wrong; one Chinese line, exit 1."""


class Parser(argparse.ArgumentParser):
    """argparse with its complaints as one Chinese line."""

    def error(self, message: str) -> NoReturn:
        told = re.search(r"(?:required: |arguments: |argument )(.+?)(?:: |$)", message)
        raise WrongUse(f"用法不对（{told.group(1) if told else '参数'}）：请看 {self.prog} --help。")


def parser() -> argparse.ArgumentParser:
    """Every verb with its arguments; `work` names the function that does it, imported only then."""
    top = Parser(prog="luoshi", description="落实：把方案变成责任、时限和台账。")
    top.add_argument("--data-dir", help="数据目录（也可设 LUOSHI_DATA_DIR），默认 data/")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="命令", parser_class=Parser)

    def verb(name: str, work: str, told: str, into: Any = verbs, *, json: bool = False) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = into.add_parser(name, help=told, description=told)
        one.set_defaults(work=work)
        if json:
            one.add_argument("--json", action="store_true", help="输出 JSON（格式见 docs/cli.md）")
        return one

    one = verb("init", "server:init", "准备数据目录：密钥、数据表、静态文件、法定节假日；可重复运行")
    _sample(one)
    one = verb("serve", "server:serve", "启动网站（含后台任务和定时任务）")
    one.add_argument("--host", default="127.0.0.1", help="地址，默认只在本机")
    one.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    one.add_argument("--threads", type=int, default=8, help="处理线程数，默认 8")
    one.add_argument("--init", action="store_true", help="启动前先做 init")
    one.add_argument("--no-scheduler", action="store_true", help="本进程不跑定时任务")
    _sample(one)
    one = verb("worker", "server:worker", "另起一个后台任务进程（需 LUOSHI_QUEUE=postgres 或 redis）")
    one.add_argument("--threads", type=int, default=2, help="任务线程数，默认 2")
    one = verb("daily", "server:daily", "跑每日任务；可重复运行", json=True)
    one.add_argument("--on", help="日期，如 2026-11-24，默认今天")

    plan = verb("plan", "plan:help", "读方案、查方案、导入方案")
    steps = plan.add_subparsers(dest="step", required=True, metavar="compile|lint|import", parser_class=Parser)
    one = verb("compile", "plan:compile_file", "把方案读成条款、任务和量化要求", steps, json=True)
    one.add_argument("--text", action="store_true", help="只输出解码后的正文")
    one.add_argument("file", help=".txt .md .docx；“-”读标准输入")
    one = verb("lint", "plan:lint", "方案体检：责任、时限、矛盾、加码、休息日、全年负担", steps, json=True)
    one.add_argument("--year", type=int, help="按哪一年的工作日算负担，默认方案落款的年份")
    one.add_argument("--share", type=int, help="负担上限，占全年工作日的百分之几，默认 20")
    one.add_argument("file", help=".txt .md .docx；“-”读标准输入")
    one = verb("import", "plan:import_file", "把方案导入一个局", steps, json=True)
    one.add_argument("file", help=".txt .md .docx")
    one.add_argument("--bureau", required=True, help="局的全称或简称")
    one.add_argument("--by", help="以谁的名义导入（登录名）")
    one.add_argument("--version-of", metavar="方案", help="作为哪份方案的新版：编号、简称或标题")
    one.add_argument("--dry-run", action="store_true", help="只看新版改了什么，不采用")
    one.add_argument("--basis", help="采用新版的修订依据，如文号、纪要")

    user = verb("user", "people:help", "人员账号：新增、列出、改密码、停用、职责")
    steps = user.add_subparsers(
        dest="step", required=True, metavar="add|list|password|disable|roles", parser_class=Parser
    )
    one = verb("add", "people:add", "新增账号；第一位系统管理员就在这里建", steps)
    one.add_argument("username", help="登录名（工号或手机号）")
    one.add_argument("--name", required=True, help="姓名")
    one.add_argument("--bureau", help="局的全称；还没有时会建立")
    one.add_argument("--duty", default="SYSTEM_ADMIN", help="职责代码，默认 SYSTEM_ADMIN（见 luoshi user roles）")
    one.add_argument("--unit", help="任职单位，默认局本身")
    _password(one)
    one = verb("list", "people:listing", "列出账号", steps, json=True)
    one = verb("password", "people:password", "设置密码", steps)
    one.add_argument("username", help="登录名")
    _password(one)
    one = verb("disable", "people:disable", "停用账号", steps)
    one.add_argument("username", help="登录名")
    one = verb("roles", "people:roles", "列出职责代码，或某人的职责", steps, json=True)
    one.add_argument("username", nargs="?", help="登录名，可不填")

    seek = verb("search", "search:check", "检索索引：重建、核对")
    steps = seek.add_subparsers(dest="step", required=True, metavar="rebuild|check", parser_class=Parser)
    verb("rebuild", "search:rebuild", "由数据重建检索索引；不停机，中断后重新运行即可", steps, json=True)
    verb("check", "search:check", "核对检索索引与数据是否一致", steps, json=True)

    verb("map", "house:rooms", "打印各房间的用途，由上到下", json=True)
    verb("routes", "house:routes", "列出全部网址、方法、谁可以进、写什么留痕", json=True)
    verb("policy", "house:policy", "列出职责 × 动作 × 状态", json=True)
    verb("check", "house:check", "检查设置和数据目录是否可以上线", json=True)

    one = verb("verify", "safe:verify", "核对留痕和受保护的表，改动过的逐条指出", json=True)
    one.add_argument("--against", metavar="FILE", help="与导出过的链头比较")
    one.add_argument("--export-head", metavar="FILE", help="把链头导出到文件，另存他处")
    one = verb("backup", "safe:backup", "在线备份（不含密钥）", json=True)
    one.add_argument("--to", required=True, metavar="DIR|FILE", help="目录，或 .tar 文件")
    one.add_argument("--keys", metavar="FILE", help="另把密钥导出到这个文件，须与备份分开保存")
    one = verb("restore", "safe:restore", "恢复到一个空目录，先校验后恢复", json=True)
    one.add_argument("backup", metavar="BACKUP", help="备份目录或 .tar 文件")
    one.add_argument("--into", required=True, metavar="EMPTY_DIR", help="空目录")
    one.add_argument("--keys", required=True, metavar="FILE", help="密钥文件")
    one.add_argument("--database-url", help="PostgreSQL 备份恢复到的空数据库")
    return top


def _sample(one: argparse.ArgumentParser) -> None:
    kind = one.add_mutually_exclusive_group()
    kind.add_argument("--sample", action="store_true", help="建示例局（仅限本机）")
    kind.add_argument("--plan", metavar="FILE", help="用这份方案建一个局（仅限本机）")
    kind.add_argument("--empty", action="store_true", help="不建示例数据")


def _password(one: argparse.ArgumentParser) -> None:
    one.add_argument("--password-stdin", action="store_true", help="从标准输入读密码（一行）")


def start_django(*, existing: bool = True) -> None:
    """Load settings and models; with `existing`, refuse a data directory that was never made (and make no keys)."""
    if existing and not key_file().is_file():
        raise WrongUse(
            f"数据目录 {data_dir()} 里没有密钥文件，还没有准备好：请先运行 luoshi --data-dir {data_dir()} init。"
        )
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
    import django

    django.setup()


def start_django_anywhere() -> None:
    """For what reads only the code: where no data directory was made yet, a passing one serves."""
    import atexit
    import shutil
    import tempfile

    if not key_file().is_file():
        passing = tempfile.mkdtemp(prefix="luoshi-")
        atexit.register(shutil.rmtree, passing, ignore_errors=True)
        os.environ["LUOSHI_DATA_DIR"] = passing
        os.environ.pop("LUOSHI_KEY_FILE", None)
    start_django(existing=False)


def data_dir() -> Path:
    """Where the data lies: `--data-dir`, else `LUOSHI_DATA_DIR`, else `data/` beside the code."""
    beside = Path(__file__).resolve().parents[2] / "data"
    return Path(os.environ.get("LUOSHI_DATA_DIR") or beside).resolve()


def key_file() -> Path:
    return Path(os.environ.get("LUOSHI_KEY_FILE") or data_dir() / "keys.json")


def show(value: Any) -> None:
    """Print one JSON document."""
    import json

    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def run(arguments: Sequence[str] | None = None) -> int:
    """Parse, import the verb's module, run it; every way to fail ends in one line and an exit code."""
    try:
        options = parser().parse_args(arguments)
        if options.data_dir:
            os.environ["LUOSHI_DATA_DIR"] = str(Path(options.data_dir).expanduser().resolve())
        module, function = options.work.split(":")
        return int(getattr(importlib.import_module(f"luoshi.cli.{module}"), function)(options) or GOOD)
    except WrongUse as why:
        print(why, file=sys.stderr)
        return WRONG_USE
    except Failed as why:
        print(why, file=sys.stderr)
        return FINDING
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 130
    except SystemExit as leaving:  # argparse --help, or a bad setting (config.env) that said its line
        return leaving.code if isinstance(leaving.code, int) else WRONG_USE
    except Exception as error:
        print(explain(error), file=sys.stderr)
        return FINDING


def explain(error: Exception) -> str:
    """One Chinese line for a failure nobody foresaw; its trace goes to a log in the data directory."""
    name, told = type(error).__name__, str(error)
    if name in ("NotAllowed", "Unreadable", "BadFile"):  # the rooms' own refusals are Chinese sentences already
        return told
    if isinstance(error, PermissionError):
        return f"没有权限读写 {error.filename}：请换用有权限的用户，或检查目录的所有者。"
    if isinstance(error, OSError) and error.errno == 28:
        return "磁盘已满：请清出空间后重试。"
    if name == "OperationalError" and ("connect" in told or "does not exist" in told):
        return "连不上数据库：请检查 LUOSHI_DATABASE_URL 和数据库是否在运行。"
    if name in ("OperationalError", "ProgrammingError") and ("no such table" in told or "relation" in told):
        return f"数据库还没有准备好：请先运行 luoshi --data-dir {data_dir()} init。"
    log = data_dir() / "luoshi-error.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
    except OSError:
        traceback.print_exception(error)
        return "出了意料之外的问题，没有完成；日志也写不进数据目录，上面是原文。"
    return f"出了意料之外的问题，没有完成：请把 {log} 发给维护人员。"
