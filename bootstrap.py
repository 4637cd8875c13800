#!/usr/bin/env python3
"""One command from a bare machine to a running bureau, one to every check. Standard library only.

    python3 bootstrap.py run      environment, data, sample bureau, server on 127.0.0.1:8000
    python3 bootstrap.py setup    environment and data only
    python3 bootstrap.py test     set up, then every check; the same in CI
    python3 bootstrap.py lock     make the hashed locks again (developers; needs uv)

Every failure is one Chinese line that says what to do; its details go to a log file that the line names.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class Stop(Exception):
    """A failure that is understood: one Chinese line and an exit code."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code


class Work:
    """The numbered steps on screen, each with its seconds, and the log that keeps what they said."""

    def __init__(self, total: int, log: Path) -> None:
        self.total, self.done, self.log = total, 0, log
        self.began = time.monotonic()
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text("", encoding="utf-8")
        except OSError:
            raise Stop(f"目录 {log.parent} 写不进去：请用 --data-dir 另选可写的目录。") from None

    def step(self, title: str, work: Callable[[], str | None]) -> None:
        """Run one step; a bar and running seconds on a terminal, one finished line elsewhere."""
        self.done += 1
        head = f"[{self.done}/{self.total}] {title}"
        bar = "■" * self.done + "□" * (self.total - self.done)
        live = sys.stdout.isatty()
        began, over = time.monotonic(), threading.Event()

        def tick() -> None:
            while not over.wait(0.5):
                if live:
                    print(f"\r{bar} {head} … {time.monotonic() - began:.0f} 秒 ", end="", flush=True)

        ticker = threading.Thread(target=tick, daemon=True)
        print(f"{bar} {head} … ", end="", flush=True)
        ticker.start()
        try:
            note = work()
        except BaseException:
            over.set()
            ticker.join()
            print("未完成", flush=True)
            raise
        over.set()
        ticker.join()
        start = f"\r{bar} {head} … " if live else ""
        print(f"{start}{time.monotonic() - began:.1f} 秒{f'（{note}）' if note else ''}", flush=True)

    def call(self, command: list[str], advice: str, env: dict[str, str] | None = None) -> str:
        """Run a program quietly; what it says goes to the log; `advice` is the line where it fails."""
        done = subprocess.run(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        said = done.stdout.decode(errors="replace")
        with self.log.open("a", encoding="utf-8") as file:
            file.write(f"$ {' '.join(command)}\n{said}\n")
        if done.returncode:
            raise Stop(f"{reason(said) or advice}（详情见 {self.log}）")
        return said


def reason(said: str) -> str:
    """What a failed download or install means, in words; empty where it is not one of the known causes."""
    known = (
        ("DO NOT MATCH THE HASHES", "下载的安装包与锁定的校验值不符，已停止：请检查所用软件源是否可靠，再重新运行。"),
        ("EINTEGRITY", "下载的前端包与锁定的校验值不符，已停止：请检查所用软件源是否可靠，再重新运行。"),
        ("No space left", "磁盘空间不足：请清出 1 GB 以上空间后重新运行。"),
        ("ENOSPC", "磁盘空间不足：请清出 1 GB 以上空间后重新运行。"),
        ("Permission denied", "没有写入权限：请用本目录的所有者运行，或改用 --data-dir 指定可写目录。"),
        ("Could not find a version", "连不上软件源，依赖没有装上：请检查网络或 pip.conf 中的镜像地址，再重新运行。"),
        ("No matching distribution", "连不上软件源，依赖没有装上：请检查网络或 pip.conf 中的镜像地址，再重新运行。"),
        ("Connection", "连不上软件源，依赖没有装上：请检查网络或 pip.conf 中的镜像地址，再重新运行。"),
    )
    return next((line for sign, line in known if sign in said), "")


def digest(*paths: Path) -> str:
    """One stamp for the contents of files, and for the Python that the environment is made with."""
    told = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for path in paths:
        told.update(path.read_bytes())
    return told.hexdigest()


def stamped(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == value


# ------------------------------------------------------------------------------------------ the steps


def check_python() -> None:
    """Python 3.11 or newer, and a way to make an environment and fill it."""
    if sys.version_info < (3, 11):  # noqa: UP036 — this file must speak before anything newer is needed
        raise Stop(f"需要 Python 3.11 或更高版本，现在是 {sys.version.split()[0]}：请安装后用它运行本命令。", 2)
    has_pip = importlib.util.find_spec("ensurepip") is not None or importlib.util.find_spec("pip") is not None
    if importlib.util.find_spec("venv") is None or not has_pip:
        raise Stop("这台机器的 Python 缺少 venv 或 pip：请先运行 apt-get install -y python3-venv python3-pip。", 2)


def make_environment(work: Work) -> str | None:
    """`.venv`, with our own package on its path and the `luoshi` command in its bin."""
    ask = "import sys; sys.exit(sys.version_info[:2] < (3, 11))"
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ask], stderr=subprocess.DEVNULL).returncode == 0:
        note: str | None = "已有"
    else:
        if VENV.exists():
            shutil.rmtree(VENV)
        bare = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
        work.call([sys.executable, "-m", "venv", *bare, str(VENV)], "虚拟环境没有建成：请先安装 python3-venv。")
        note = None
    packages = next((VENV / "lib").glob("python3*/site-packages"))
    (packages / "luoshi-here.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    launcher = VENV / "bin" / "luoshi"
    text = f"#!{PYTHON}\nimport sys\n\nfrom luoshi.cli import main\n\nsys.exit(main())\n"
    if not launcher.is_file() or launcher.read_text(encoding="utf-8") != text:
        launcher.write_text(text, encoding="utf-8")
        launcher.chmod(0o755)
    return note


def pip(*words: str) -> list[str]:
    """pip inside the environment: its own, or the machine's pointed at it where ensurepip is missing."""
    own = VENV / "bin" / "pip"
    front = [str(PYTHON), "-m", "pip"] if own.exists() else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return [*front, "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", *words]


def install(work: Work, *names: str) -> str | None:
    """Install hashed locks, once for each content of theirs."""
    files = [LOCKS / f"{name}.txt" for name in names]
    stamp, value = VENV / f".luoshi-{'-'.join(names)}", digest(*files)
    if stamped(stamp, value):
        return "已是最新"
    wanted = [word for file in files for word in ("-r", str(file))]
    work.call(pip(*wanted), "依赖没有装上：请检查网络或 pip.conf 中的镜像地址，再重新运行。")
    stamp.write_text(value, encoding="utf-8")
    return None


def with_node() -> dict[str, str]:
    return {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def find_node(work: Work) -> str:
    """npm of this machine (Node 18 or newer), else Node from its Python wheel, into `.venv`."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
        if said.split(".")[0].isdigit() and int(said.split(".")[0]) >= 18:
            return npm
    install(work, "node")
    return str(VENV / "bin" / "npm")


def front_end(work: Work, *, tests: bool) -> str | None:
    """The front-end packages by integrity hash, and the chosen files of them in `build/kit`.

    Without a reachable registry the site works unadorned, so this step warns and goes on.
    """
    stamp = ROOT / "node_modules" / ".luoshi"
    wanted = digest(ROOT / "package-lock.json") + (" dev" if tests else " base")
    had = stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else ""
    note: str | None = "已是最新"
    if had not in (wanted, wanted.replace(" base", " dev")):
        try:
            omit = [] if tests else ["--omit=dev"]
            work.call([find_node(work), "ci", "--ignore-scripts", *omit], "前端包没有取到。", with_node())
            stamp.write_text(wanted, encoding="utf-8")
            note = None
        except Stop as why:
            if tests or "校验值" in str(why):
                raise
            return "没有取到前端包，界面先用简版；联网后再运行一次即可"
    kit = ROOT / "luoshi" / "ops" / "kit.py"
    if not kit.is_file():
        return "界面素材收集程序缺失，界面先用简版"
    kit_stamp = ROOT / "build" / "kit.stamp"
    value = digest(kit, ROOT / "package-lock.json") + wanted[-4:]
    if not (ROOT / "build" / "kit").is_dir() or not stamped(kit_stamp, value):
        work.call([str(PYTHON), "-m", "luoshi.ops.kit"], "界面素材没有收集成功，请把日志发给维护人员。")
        kit_stamp.write_text(value, encoding="utf-8")
    return note


def environment(data: Path, work: Work) -> None:
    work.step("检查 Python 与 pip", check_python)  # type: ignore[arg-type]
    work.step("建立虚拟环境 .venv", lambda: make_environment(work))
    work.step("安装依赖（按校验值）", lambda: install(work, "base"))


def luoshi(data: Path, *words: str) -> list[str]:
    return [str(PYTHON), "-m", "luoshi.cli", "--data-dir", str(data), *words]


# ------------------------------------------------------------------------------------------ the verbs


def free(host: str, port: int) -> None:
    """Say at once where the port is taken, before two minutes of setting up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Stop(f"没有权限使用端口 {port}：请换一个 1024 以上的端口，例如 --port 8001。", 2) from None
        except OSError:
            raise Stop(f"端口 {port} 已被占用：请关掉占用它的程序，或加 --port {port + 1} 另选端口。", 2) from None


def run(options: argparse.Namespace, data: Path) -> int:
    sample = not options.empty
    if options.plan and not Path(options.plan).is_file():
        raise Stop(f"找不到方案文件“{options.plan}”：请检查路径。", 2)
    if sample and options.host not in LOOPBACK:
        raise Stop("示例局用公开的密码，只能在本机（127.0.0.1）打开：对外服务请按 docs/deploy.md 部署。", 2)
    free(options.host, options.port)
    work = Work(5, data / "setup.log")
    environment(data, work)
    work.step("取前端包（按校验值）", lambda: front_end(work, tests=False))
    print(f"{'■' * 5} [5/5] 准备数据并启动", flush=True)
    kind = ["--empty"] if options.empty else ["--sample"]
    if options.plan:
        kind = ["--plan", str(Path(options.plan).resolve())]
    words = ["serve", "--init", *kind, "--host", options.host, "--port", str(options.port)]
    os.environ["LUOSHI_STARTED_AT"] = str(time.time() - (time.monotonic() - work.began))
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(str(PYTHON), luoshi(data, *words))


def setup(options: argparse.Namespace, data: Path) -> int:
    work = Work(5, data / "setup.log")
    environment(data, work)
    work.step("取前端包（按校验值）", lambda: front_end(work, tests=False))
    print(f"{'■' * 5} [5/5] 准备数据目录", flush=True)
    return subprocess.run(luoshi(data, "init"), cwd=ROOT).returncode


def lock(options: argparse.Namespace, data: Path) -> int:
    """Make the locks again: Python's by uv with hashes and no host names, npm's without `resolved`."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(VENV / "bin"))
    if uv is None:
        raise Stop("重新生成锁文件需要 uv：请先运行 pip install uv。", 2)
    work = Work(4, data / "setup.log")
    for name in ("base", "dev", "node"):
        command = [
            uv, "pip", "compile", f"requirements/{name}.in", "--generate-hashes", "--universal", "--python-version",
            "3.11", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "-o", f"requirements/{name}.txt",
            *(["--upgrade"] if options.upgrade else []),
        ]  # fmt: skip
        work.step(f"锁定 requirements/{name}.txt", lambda c=command: work.call(c, "锁文件没有生成。") and None)
    npm = [shutil.which("npm") or "npm", "install", "--package-lock-only", "--ignore-scripts"]
    work.step("锁定 package-lock.json", lambda: work.call(npm, "前端锁文件没有生成。", with_node()) and None)
    return 0


def find_chromium() -> str | None:
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def test(options: argparse.Namespace, data: Path) -> int:
    browser = find_chromium()
    if browser is None and options.require_browser:
        raise Stop("没有找到 Chromium，旅程跑不了：请先运行 apt-get install -y chromium fonts-noto-cjk。", 2)
    work = Work(4, ROOT / "build" / "test.log")
    work.step("检查 Python 与 pip", check_python)  # type: ignore[arg-type]
    work.step("建立虚拟环境 .venv", lambda: make_environment(work))
    work.step("安装依赖与检查工具（按校验值）", lambda: install(work, "base", "dev"))
    work.step("取前端包（按校验值）", lambda: front_end(work, tests=True))
    (VENV / ".luoshi-base").write_text(digest(LOCKS / "base.txt"), encoding="utf-8")
    command = [str(PYTHON), "-m", "tests.checks", f"--workers={options.workers}"]
    env = {**with_node(), "LUOSHI_DATA_DIR": str(ROOT / "build" / "test-data")}
    env.pop("LUOSHI_DATABASE_URL", None)
    if options.require_browser:
        env["LUOSHI_REQUIRE_BROWSER"] = "1"
    return subprocess.run([*command, *options.only], cwd=ROOT, env=env).returncode


# ------------------------------------------------------------------------------------------ the door


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        told = re.search(r"(?:required: |arguments: |argument )(.+?)(?:: |$)", message)
        raise Stop(f"用法不对（{told.group(1) if told else '参数'}）：请看 python3 bootstrap.py --help。", 2)


def parser() -> argparse.ArgumentParser:
    top = Parser(prog="bootstrap.py", description="落实：一条命令装好并运行，一条命令跑完全部检查。")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="run|setup|test|lock", parser_class=Parser)
    where = Parser(add_help=False)
    where.add_argument("--data-dir", default=os.environ.get("LUOSHI_DATA_DIR", ""), help="数据目录，默认 data/")
    one = verbs.add_parser("run", parents=[where], help="装好并启动示例局")
    kind = one.add_mutually_exclusive_group()
    kind.add_argument("--plan", help="用这份方案（.txt .md .docx）建一个局")
    kind.add_argument("--empty", action="store_true", help="不建示例数据")
    one.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    one.add_argument("--host", default="127.0.0.1", help="地址，默认只在本机")
    one.set_defaults(work=run)
    one = verbs.add_parser("setup", parents=[where], help="只装好，不启动")
    one.set_defaults(work=setup)
    one = verbs.add_parser("test", parents=[where], help="跑完全部检查")
    one.add_argument("--require-browser", action="store_true", help="没有 Chromium 就算失败")
    one.add_argument("--workers", type=int, default=2, help="并行测试进程数")
    one.add_argument("only", nargs="*", help="只跑这些检查（名称见输出）")
    one.set_defaults(work=test)
    one = verbs.add_parser("lock", parents=[where], help="重新生成锁文件（开发者）")
    one.add_argument("--upgrade", action="store_true", help="同时升级到允许的最新版本")
    one.set_defaults(work=lock)
    return top


def main() -> int:
    log = ROOT / "build" / "bootstrap-error.log"
    try:
        options = parser().parse_args()
        data = Path(options.data_dir or ROOT / "data").expanduser().resolve()
        log = data / "bootstrap-error.log"
        return int(options.work(options, data))
    except Stop as why:
        print(why, file=sys.stderr)
        return why.code
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 130
    except PermissionError as why:
        print(f"没有权限写入 {why.filename}：请换用有权限的用户，或用 --data-dir 指定可写目录。", file=sys.stderr)
        return 1
    except Exception:
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(traceback.format_exc(), encoding="utf-8")
        except OSError:
            log = Path("（日志写不进去）")
        print(f"出了意料之外的问题，没有完成：请把 {log} 发给维护人员。", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
