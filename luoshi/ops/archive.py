"""A backup as it lies on disk: a directory or one .tar with a sealed manifest that names every file. No Django."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Any, Protocol

from luoshi.lib import seal

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


class Refused(Exception):
    """The backup may not be made or used; one Chinese line says why and what to do."""


def sealed(told: dict[str, Any], key: bytes) -> dict[str, Any]:
    """A manifest with the MAC that binds it to the installation's chain key."""
    return {**told, "seal": seal.mac(key, "backup\n" + seal.canonical(told))}


def opened(text: bytes, key: bytes) -> dict[str, Any]:
    """A manifest whose MAC and version are right; `Refused` otherwise."""
    try:
        found = dict(json.loads(text))
        told = {name: value for name, value in found.items() if name != "seal"}
        good = seal.mac(key, "backup\n" + seal.canonical(told)) == found.get("seal")
        newer = int(told["format"]) > FORMAT
    except (ValueError, TypeError, KeyError):
        raise Refused("备份清单 manifest.json 读不出来，备份已损坏：请换另一份备份。") from None
    if not good:
        raise Refused("备份清单与密钥不符：清单被改动过，或密钥文件不是这套系统的。没有恢复任何内容。")
    if newer:
        raise Refused("这份备份由更新的版本制作，本版本不能恢复：请先升级程序。")
    return told


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Sink(Protocol):
    """Where a backup is written; it becomes visible under its name only when it is whole."""

    def add(self, name: str, source: Path) -> dict[str, Any]: ...
    def finish(self, manifest: dict[str, Any]) -> None: ...
    def __enter__(self) -> Sink: ...
    def __exit__(self, *_: object) -> None: ...


class _Counted:
    """A file being read, with the digest of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.digest.update(chunk)
        self.size += len(chunk)
        return chunk

    def line(self, name: str) -> dict[str, Any]:
        return {"path": name, "size": self.size, "sha256": self.digest.hexdigest()}


class FolderSink:
    """A backup as a directory."""

    def __init__(self, target: Path) -> None:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise Refused(f"备份位置 {target} 已有内容：请换一个新目录名（例如带上日期）。")
        self.target, self.partial = target, target.with_name(f".{target.name}.partial")

    def __enter__(self) -> FolderSink:
        shutil.rmtree(self.partial, ignore_errors=True)
        self.partial.mkdir(parents=True, mode=0o700)
        return self

    def add(self, name: str, source: Path) -> dict[str, Any]:
        target = self.partial / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as file, target.open("xb") as copy:
            counted = _Counted(file)
            while chunk := counted.read(CHUNK):
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        return counted.line(name)

    def finish(self, manifest: dict[str, Any]) -> None:
        path = self.partial / MANIFEST
        path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        sync(path)
        for folder in {one.parent for one in self.partial.rglob("*")}:
            sync(folder)
        if self.target.exists():
            self.target.rmdir()
        self.partial.rename(self.target)
        sync(self.target.parent)

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.partial, ignore_errors=True)


class TarSink:
    """A backup as one .tar file."""

    def __init__(self, target: Path) -> None:
        if target.exists():
            raise Refused(f"备份文件 {target} 已存在：请换一个文件名（例如带上日期）。")
        self.target, self.partial = target, target.with_name(f".{target.name}.partial")

    def __enter__(self) -> TarSink:
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        self.file = os.fdopen(os.open(self.partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")
        self.tar = tarfile.open(fileobj=self.file, mode="w", format=tarfile.PAX_FORMAT)
        return self

    def add(self, name: str, source: Path) -> dict[str, Any]:
        with source.open("rb") as file:
            counted = _Counted(file)
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
            self.tar.addfile(entry, counted)
        return counted.line(name)

    def finish(self, manifest: dict[str, Any]) -> None:
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(text), 0o600
        self.tar.addfile(entry, io.BytesIO(text))
        self.tar.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.partial.rename(self.target)
        sync(self.target.parent)

    def __exit__(self, kind: type[BaseException] | None, why: object, trace: TracebackType | None) -> None:
        self.file.close()
        self.partial.unlink(missing_ok=True)


def sink(target: Path) -> FolderSink | TarSink:
    return TarSink(target) if target.suffix == ".tar" else FolderSink(target)


class Source:
    """A backup being read; every name in it is a plain relative path and appears once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tar: tarfile.TarFile | None = None
        self.members: dict[str, tarfile.TarInfo] = {}
        if path.is_dir():
            self.names = {one.relative_to(path).as_posix() for one in path.rglob("*") if not one.is_dir()}
            if any(one.is_symlink() for one in path.rglob("*")):
                raise Refused("备份里有链接文件，不是本系统制作的备份，没有恢复。")
            return
        if not path.is_file():
            raise Refused(f"找不到备份 {path}：请检查路径。")
        try:
            self.tar = tarfile.open(path, "r:")  # noqa: SIM115 — read until the command ends
            entries = self.tar.getmembers()
        except (tarfile.TarError, EOFError, ValueError):
            raise Refused("备份文件读不出来，可能不完整：请换另一份备份。") from None
        if not all(one.isreg() for one in entries) or len({one.name for one in entries}) != len(entries):
            raise Refused("备份文件里有不该有的内容，不是本系统制作的备份，没有恢复。")
        self.members = {one.name: one for one in entries}
        self.names = set(self.members)

    def open(self, name: str) -> IO[bytes]:
        if self.tar is None:
            return (self.path / name).open("rb")
        found = self.tar.extractfile(self.members[name])
        assert found is not None
        return found

    def manifest(self, key: bytes) -> dict[str, Any]:
        if MANIFEST not in self.names:
            raise Refused("备份不完整（没有 manifest.json），不能恢复：请换另一份备份。")
        with self.open(MANIFEST) as file:
            return opened(file.read(64 * CHUNK), key)

    def check(self, manifest: dict[str, Any]) -> None:
        """Every file of the manifest is there with its bytes, and nothing else; before anything is written."""
        wanted = {str(one["path"]): one for one in manifest["files"]}
        for name in wanted:
            parts = PurePosixPath(name)
            if parts.is_absolute() or ".." in parts.parts:
                raise Refused("备份清单里有越界的文件名，没有恢复。")
        for name in sorted(set(wanted) - self.names):
            raise Refused(f"备份缺少文件 {name}，不能恢复：请换另一份备份。")
        for name in sorted(self.names - set(wanted) - {MANIFEST}):
            raise Refused(f"备份里多出清单之外的文件 {name}，没有恢复。")
        for name, line in wanted.items():
            with self.open(name) as file:
                counted = _Counted(file)
                while counted.read(CHUNK):
                    pass
            if counted.line(name) != line:
                raise Refused(f"备份文件 {name} 的内容与清单不符，已损坏或被改动，没有恢复。")

    def chunks(self, name: str) -> Iterator[bytes]:
        with self.open(name) as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def copy(self, name: str, target: Path) -> None:
        """Write one file durably."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
            for chunk in self.chunks(name):
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
