"""Files of proof: checked, written durably under their digest, then taken up by an act."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from luoshi.lib import clock
from luoshi.records.models import Evidence, StagedUpload
from luoshi.records.rules import file_kind
from luoshi.records.services.acts import Actor, act


class BadFile(Exception):
    """A file that cannot be taken; the message is a Chinese sentence that says what to do."""


def place(sha256: str) -> Path:
    """Where a file's bytes lie: by digest, never by the name its sender gave it."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def stage(upload: UploadedFile[bytes], *, by: Actor | None) -> StagedUpload:
    """Receive a file: check it, make its bytes durable, and note it; `BadFile` says what is wrong.

    The bytes are written to a temporary name, synced, renamed, and the folder synced, before the row
    commits: a row without its file cannot exist.
    """
    name = Path((upload.name or "未命名").replace("\\", "/")).name[:255]
    if upload.size == 0:
        raise BadFile(f"“{name}”是空文件，请重新选择。")
    if (upload.size or 0) > settings.LUOSHI_UPLOAD_MAX_BYTES:
        limit = settings.LUOSHI_UPLOAD_MAX_BYTES // 1024 // 1024
        raise BadFile(f"“{name}”超过 {limit} MB，请压缩或拆分后再传。")
    head = upload.read(4096)
    upload.seek(0)
    kind = file_kind(name, head)
    if kind is None:
        raise BadFile(
            f"“{name}”的类型不支持，或内容与后缀不符。可上传 PDF、OFD、Word、Excel、WPS、图片、文本、压缩包。"
        )
    digest = hashlib.sha256()
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".incoming-{uuid.uuid4().hex}"
    try:
        with temporary.open("wb") as file:
            for chunk in upload.chunks():
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = place(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
        for parent in (target.parent, target.parent.parent, folder):
            _sync_folder(parent)
    finally:
        temporary.unlink(missing_ok=True)
    return StagedUpload.objects.create(
        sha256=digest.hexdigest(),
        size=upload.size or 0,
        name=name,
        kind=kind,
        by_id=by.pk if by else None,
        at=clock.now(),
    )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@act
def keep(tokens: Iterable[uuid.UUID | str], *, by: Actor | None, bureau: int) -> list[Evidence]:
    """Take up staged files as evidence, within the act that needs them; the caller records the rows.

    Each sender can take up only his own files; a token that is unknown or spent raises `BadFile`.
    """
    wanted = [uuid.UUID(str(token)) for token in tokens]
    staged = {one.pk: one for one in StagedUpload.objects.filter(pk__in=wanted, by_id=by.pk if by else None)}
    missing = [token for token in wanted if token not in staged]
    if missing:
        raise BadFile("有附件已失效（可能已提交过或超过保存期），请重新选择该文件。")
    kept = [
        Evidence.objects.create(
            pk=one.pk,
            bureau_id=bureau,
            sha256=one.sha256,
            size=one.size,
            name=one.name,
            kind=one.kind,
            by_id=one.by_id,
            at=one.at,
        )
        for one in (staged[token] for token in wanted)
    ]
    StagedUpload.objects.filter(pk__in=wanted).delete()
    return kept
