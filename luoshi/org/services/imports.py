"""A staff list on its way in: checked outside any transaction, written in one short step, whole or not at all.

The work is a generator that says how far it is; its progress lies in `StaffImport`, so a page can show it and
a process that died is simply started again: checking changes nothing, and the one write commits or does not.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, close_old_connections, transaction

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries, rules, sheets
from luoshi.org.models import Portfolio, Post, StaffImport, Unit, User
from luoshi.org.rules import ImportState
from luoshi.org.searched import PEOPLE
from luoshi.org.services.authority import level3, require_manager
from luoshi.org.services.people import initials
from luoshi.org.stafflist import Checker, Facts, Person
from luoshi.records.models import StagedUpload
from luoshi.records.services import act, keep, record
from luoshi.records.services.files import place
from luoshi.search import services as search

log = logging.getLogger("luoshi.org")
AT_ONCE_BYTES = 40_000
"""Lists up to this size (some 500 rows) are worked while the page waits."""
SILENCE = timedelta(seconds=60)
"""After this long without progress a job is taken to have died and may be started again."""
ERRORS_MOST = 5_000
_RUNNING = (ImportState.CHECKING, ImportState.IMPORTING)


@act
def open_import(token: str, *, by: User, bureau: Unit, now: datetime, on: date) -> StaffImport:
    """Begin with a staged file: a job that is to be checked. Nothing of the bureau changes."""
    require_manager(by, bureau.pk, on)
    staged = StagedUpload.objects.filter(pk=token, by_id=by.pk).first()
    if staged is None:
        raise NotAllowed("文件没有收到或已过保存期，请重新选择。")
    if not staged.name.lower().endswith((".xlsx", ".csv")):
        raise NotAllowed("花名册只收 .xlsx 或 .csv，请在 Excel 里另存为 .xlsx 后再上传。")
    return StaffImport.objects.create(
        bureau=bureau, by=by, upload=staged.pk, sha256=staged.sha256, name=staged.name, at=now, beat_at=now
    )


@act
def confirm_import(job: StaffImport, *, by: User, now: datetime, on: date) -> StaffImport:
    """Ask for a checked list without a single bad cell to be imported."""
    require_manager(by, job.bureau_id, on)
    won = StaffImport.objects.filter(pk=job.pk, state=ImportState.CHECKED, errors=[], fresh__gt=0).update(
        state=ImportState.IMPORTING, by=by, done=0, beat_at=now
    )
    if won != 1:
        raise NotAllowed("这份花名册还有问题未改、已经导入或没有新增人员，请刷新页面查看。")
    job.refresh_from_db()
    return job


def start(job: StaffImport, *, size: int) -> None:
    """Work a small list now, a large one in a thread of its own while the page shows how far it is."""
    if size <= AT_ONCE_BYTES:
        work(job.pk)
    else:
        threading.Thread(target=_work_alone, args=(job.pk,), daemon=True, name=f"staff-{job.pk}").start()


def revive(job: StaffImport, *, now: datetime) -> bool:
    """Start again a job whose process died; one caller wins. True where it was started."""
    won = StaffImport.objects.filter(
        pk=job.pk, state__in=_RUNNING, beat_at=job.beat_at, beat_at__lt=now - SILENCE
    ).update(beat_at=now)
    if won:
        start(job, size=AT_ONCE_BYTES + 1)
    return bool(won)


def _work_alone(pk: uuid.UUID) -> None:
    close_old_connections()
    try:
        work(pk)
    finally:
        from django.db import connection

        connection.close()


def work(pk: uuid.UUID) -> None:
    """Carry a job to its next resting place, keeping its progress; what cannot be done is said in the job."""
    job = StaffImport.objects.select_related("bureau", "by").get(pk=pk)
    if job.state not in _RUNNING:
        return
    told = time.monotonic()
    try:
        for done, total in steps(job):
            if time.monotonic() - told > 0.5:
                told = time.monotonic()
                StaffImport.objects.filter(pk=pk).update(done=done, total=total, beat_at=clock.now())
    except (sheets.BadSheet, NotAllowed) as why:
        _rest(job, ImportState.FAILED, errors=[["", "", str(why)]])
    except Exception:
        log.exception("花名册导入未能完成 %s", pk)
        _rest(job, ImportState.FAILED, errors=[["", "", "系统出错，没有导入任何人员，请稍后重试。"]])


def steps(job: StaffImport) -> Iterator[tuple[int, int]]:
    """Check the list against what the system knows now; where import was asked for and all is well, write it."""
    sheet = sheets.read(place(job.sha256), job.name)
    total = len(sheet.rows)
    yield 0, total
    checker = Checker(facts(job.bureau, clock.today()), problems=list(sheet.errors))
    for number, row in enumerate(sheet.rows, start=1):
        checker.row(row)
        if number % 100 == 0:
            yield number, total
    found = [list(one) for one in checker.problems[:ERRORS_MOST]]
    if job.state == ImportState.CHECKING or found:
        counts = {"fresh": len(checker.people), "known": checker.known}
        _rest(job, ImportState.CHECKED, errors=found, done=total, total=total, **counts)
        return
    ready = []
    for number, person in enumerate(checker.people, start=1):
        ready.append((person, initials(person.name), make_password(None)))
        if number % 500 == 0:
            yield number, total
    import_staff(job, ready, by=job.by, on=clock.today())
    yield total, total


@act
def import_staff(job: StaffImport, ready: list[tuple[Person, str, str]], *, by: User, on: date) -> None:
    """Write the whole list in one step and one entry; the job is DONE in the same transaction."""
    require_manager(by, job.bureau_id, on)
    try:
        with transaction.atomic():
            users = User.objects.bulk_create(
                [
                    User(
                        username=one.username, name=one.name, pinyin=pinyin, personnel_type=one.personnel_type,
                        mobile=one.mobile, joined_on=one.joined_on, password=closed,
                    )
                    for one, pinyin, closed in ready
                ],
                batch_size=1000,
            )  # fmt: skip
            pairs = [(user, one) for user, (one, _, _) in zip(users, ready, strict=True)]
            posts = Post.objects.bulk_create(
                [
                    Post(
                        user=user, unit_id=one.unit_id, bureau=job.bureau, duty=duty, title=one.title,
                        from_on=one.joined_on,
                    )
                    for user, one in pairs
                    for duty in one.duties
                ],
                batch_size=1000,
            )  # fmt: skip
            portfolios = Portfolio.objects.bulk_create(
                [
                    Portfolio(leader=user, unit_id=led, bureau=job.bureau, from_on=one.joined_on)
                    for user, one in pairs
                    for led in one.leads
                ]
            )
    except IntegrityError:
        raise NotAllowed("导入时有人刚办理了同样的人员或任职，没有导入任何人员，请重新检查。") from None
    won = StaffImport.objects.filter(pk=job.pk, state=ImportState.IMPORTING).update(
        state=ImportState.DONE, done=job.total, beat_at=clock.now()
    )
    if won != 1:
        raise NotAllowed("这份花名册已经导入。")
    search.index(PEOPLE, [one.pk for one in users])
    batch = [(Post, [one.pk for one in posts]), (Portfolio, [one.pk for one in portfolios])]
    record(
        by, "org.import_staff", job, bureau=job.bureau_id, note=job.name,
        rows=keep([job.upload], by=by, bureau=job.bureau_id),
        batch=[(User, [one.pk for one in users]), *batch],
        values={"after": {"文件": job.name, "新增人数": len(users), "任职": len(posts), "分管": len(portfolios)}},
    )  # fmt: skip


def facts(bureau: Unit, on: date) -> Facts:
    """What the system knows about a bureau before its list is checked."""
    units: dict[str, list[int]] = {}
    since: dict[int, date] = {}
    for unit in Unit.objects.filter(queries.standing(on), bureau=bureau).exclude(kind=rules.UnitKind.BUREAU):
        since[unit.pk] = unit.from_on
        for name in {unit.name, unit.short_name}:
            units.setdefault(name, []).append(unit.pk)
    posts: dict[int, set[tuple[int, str]]] = {}
    heads: dict[int, str] = {}
    rows = Post.objects.filter(queries.not_over(on), bureau=bureau)
    for user_id, unit_id, duty, name in rows.values_list("user_id", "unit_id", "duty", "user__name"):
        posts.setdefault(user_id, set()).add((unit_id, duty))
        if duty == rules.Duty.HEAD:
            heads[unit_id] = name
    led = Portfolio.objects.filter(queries.not_over(on), bureau=bureau)
    return Facts(
        today=on,
        units=units,
        since=since,
        taken={
            username.lower(): (pk, name, pk in posts)
            for pk, username, name in User.objects.order_by().values_list("pk", "username", "name")
        },
        posts=posts,
        heads=heads,
        leaders=dict(led.values_list("unit_id", "leader__name")),
        level3=level3(),
    )


def _rest(job: StaffImport, state: str, **changes: object) -> None:
    StaffImport.objects.filter(pk=job.pk, state__in=_RUNNING).update(state=state, beat_at=clock.now(), **changes)
