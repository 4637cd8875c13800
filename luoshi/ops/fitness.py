"""`luoshi check`: is this installation fit to open? Each finding is one sentence that says what to do."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks

from luoshi.lib import clock
from luoshi.ops import prepare, searching
from luoshi.org.models import User
from luoshi.workdays.models import CalendarYear

FREE_BYTES = 1024**3
CALENDAR_DAYS = 60
"""The official calendar must reach at least this many days ahead; notices usually appear in November."""
LOCAL = {"127.0.0.1", "localhost", "[::1]"}


def findings() -> list[tuple[str, str]]:
    """Everything that should be mended first, as (id, sentence)."""
    return [*_settings(), *_files(), *_data(), *_django()]


def _settings() -> Iterator[tuple[str, str]]:
    if settings.DEBUG:
        yield "debug", "调试模式开着（LUOSHI_DEBUG=1），出错页会泄露内部信息：请关掉。"
    if os.environ.get("LUOSHI_NOW"):
        yield "stopped_clock", "时钟被固定（LUOSHI_NOW），时限会算错：请去掉这项设置。"
    outside = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    if outside and not settings.HTTPS:
        yield "https", f"对外地址 {outside[0]} 没有启用 HTTPS：请配置证书并设 LUOSHI_HTTPS=1。"
    if "*" in settings.ALLOWED_HOSTS:
        yield "hosts", "LUOSHI_HOSTS 写成了“*”，任何主机名都接受：请写明实际域名。"
    if outside and prepare.sample_log_ins() is not None:
        yield "sample", "这是示例数据，密码公开：对外服务请另建数据目录。"
    if settings.LUOSHI_QUEUE == "redis" and "redis" not in settings.CACHES["default"]["BACKEND"]:
        yield "queue", "LUOSHI_QUEUE=redis 还需要设 LUOSHI_REDIS_URL。"
    if settings.LUOSHI_QUEUE not in ("memory", "postgres", "redis"):
        yield "queue", "LUOSHI_QUEUE 只能是 memory、postgres 或 redis。"


def _files() -> Iterator[tuple[str, str]]:
    data, keys = Path(settings.DATA_DIR), Path(settings.KEY_FILE)
    if stat.S_IMODE(keys.stat().st_mode) & 0o077:
        yield "key_mode", f"密钥文件 {keys} 别人也能读：请运行 chmod 600。"
    if stat.S_IMODE(data.stat().st_mode) & 0o077:
        yield "data_mode", f"数据目录 {data} 别人也能进：请运行 chmod 700。"
    if shutil.disk_usage(data).free < FREE_BYTES:
        yield "disk", f"数据目录所在磁盘剩余不足 1 GB：请清理或扩容（{data}）。"
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield "static", "静态文件还没有整理：请运行 luoshi init。"


def _data() -> Iterator[tuple[str, str]]:
    try:
        prepare.ready()
    except prepare.NotReady as why:
        yield "database", str(why)
        return
    if not User.objects.filter(is_active=True).exists():
        yield "administrator", "还没有账号：请运行 luoshi user add 建第一位系统管理员。"
    yield from _search()
    until = clock.today() + timedelta(days=CALENDAR_DAYS)
    known = set(CalendarYear.objects.filter(bureau=None, status="OFFICIAL").values_list("year", flat=True))
    for year in sorted({clock.today().year, until.year} - known):
        yield "calendar", f"{year} 年放假安排还没有载入，跨入该年的时限都是暂定：通知公布后请在“设置 → 工作日历”载入。"


def _search() -> Iterator[tuple[str, str]]:
    for kind, keys in searching.differing().items():
        word = searching.WORDS[kind]
        yield "search", f"检索索引有 {len(keys)} 条{word}与数据不一致，会查不到或查错：请运行 luoshi search rebuild。"


def _django() -> Iterator[tuple[str, str]]:
    """Django's own checks; those of TLS speak only where TLS is on, as ours above says the rest."""
    for one in checks.run_checks(include_deployment_checks=settings.HTTPS):
        if one.level >= checks.WARNING:
            yield str(one.id), f"框架检查 {one.id}：{one.msg}"
