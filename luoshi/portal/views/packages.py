"""归档包 of a finished list or of an archived matter: for the office and the leader who handed it out; on record."""

from __future__ import annotations

import hashlib
import tempfile
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.documents.archive import KIND, Making, archive
from luoshi.lib import clock
from luoshi.matters import services
from luoshi.matters.models import TaskList
from luoshi.matters.queries.archive import ArchiveFacts, archive_of_list, archive_of_matter, finished, may_pack
from luoshi.matters.rules import State
from luoshi.matters.views.loaders import Request, load_list, load_matter
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.services.files import place

PACKERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER)


def packed(facts: ArchiveFacts, by: Any) -> tuple[IO[bytes], str]:
    """The package in a file without a name beside the evidence, and its SHA-256; nothing is held in memory."""
    file = tempfile.TemporaryFile(dir=settings.MEDIA_ROOT)  # noqa: SIM115 (the answer closes it)
    try:
        making = Making(clock.local(clock.now()), str(by), settings.LUOSHI_ACT_WORDS)
        archive(file, facts, making, lambda sha256: place(sha256).open("rb"))
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file, digest


def _answer(file: IO[bytes], name: str) -> HttpResponse:
    answer: Any = FileResponse(file, content_type=KIND)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@route(may=PACKERS)
@require_safe
@load_list
def list_archive(request: Request, task_list: TaskList) -> HttpResponse:
    """The package of a list that is archived, or of which nothing is open any more."""
    if not may_pack(request.user, request.held, task_list):
        raise PermissionDenied
    if not finished(task_list):
        raise Http404
    on = clock.today()
    file, digest = packed(archive_of_list(task_list, on), request.user)
    services.take_list_copy(task_list, what=f"下载归档包，SHA-256 {digest}", by=request.user, on=on)
    return _answer(file, f"归档包 {task_list.title[:80]}.zip")


@route(may=PACKERS)
@require_safe
@load_matter
def matter_archive(request: Request, matter: Any) -> HttpResponse:
    """The package of one archived matter."""
    if not may_pack(request.user, request.held, matter):
        raise PermissionDenied
    if matter.state != State.ARCHIVED:
        raise Http404
    on = clock.today()
    file, digest = packed(archive_of_matter(matter, on), request.user)
    services.take_copy(matter, what=f"下载归档包，SHA-256 {digest}", by=request.user, on=on)
    return _answer(file, f"归档包 {matter.number_label}.zip")
