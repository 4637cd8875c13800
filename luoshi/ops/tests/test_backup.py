"""What was backed up comes back row for row and byte for byte; what was touched in between is refused."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from luoshi.ops import archive, restore, rowsums
from tests import stock

REPO = Path(__file__).resolve().parents[3]
POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]


def luoshi(data: Path, *words: str, url: str = "") -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LUOSHI_")}
    named = {"LUOSHI_DATA_DIR": str(data), "LUOSHI_DATABASE_URL": url, "PYTHONPATH": str(REPO)}
    return subprocess.run(
        [sys.executable, "-m", "luoshi.cli", *words],
        env={**kept, **named}, cwd=REPO, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip


FILL = """
import os, sys
sys.path.insert(0, os.getcwd())
import django
django.setup()
from django.apps import apps
from tests import stock
stock.migrate()
from luoshi.demo.people import build_people
from tests.every_row import fill, make, our_models
cast = build_people(None)
fill(cast)
for model in our_models():
    if not model._base_manager.exists():
        make(model, cast)
"""


def filled(data: Path, url: str = "") -> Path:
    """An installation with at least one row of every model of ours, made by the product in its own process."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LUOSHI_")}
    named = {"LUOSHI_DATA_DIR": str(data), "LUOSHI_DATABASE_URL": url, "PYTHONPATH": str(REPO)}
    named["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
    subprocess.run([sys.executable, "-c", FILL], env={**kept, **named}, cwd=REPO, check=True)
    return data


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("live"))


@pytest.fixture(scope="module")
def kept(live, tmp_path_factory):
    """One backup as a directory, one as a file, and the keys apart."""
    place = tmp_path_factory.mktemp("kept")
    done = luoshi(live, "backup", "--to", str(place / "bk"), "--keys", str(place / "keys.json"), "--json")
    assert done.returncode == 0, done.stderr
    assert luoshi(live, "backup", "--to", str(place / "bk.tar")).returncode == 0
    return place


def sums(path: Path) -> dict:
    store = sqlite3.connect(path)
    try:
        return rowsums.of_sqlite(store)
    finally:
        store.close()


def tree(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.clause("records.backup")
@pytest.mark.parametrize("name", ["bk", "bk.tar"])
def test_every_row_of_every_model_comes_back(live, kept, tmp_path, name):
    into = tmp_path / "into"
    done = luoshi(
        tmp_path, "restore", str(kept / name), "--into", str(into), "--keys", str(kept / "keys.json"), "--json"
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ok"] and told["verify"]["findings"] == []
    before, after = sums(live / "luoshi.sqlite3"), sums(into / "luoshi.sqlite3")
    for model in apps.get_models():
        table = model._meta.db_table
        assert after[table] == before[table], table
        if model.__module__.startswith("luoshi."):
            assert after[table]["rows"] > 0, f"{table}: nothing was there to prove anything"
    assert tree(into / "evidence") == tree(live / "evidence") != {}
    assert (into / "keys.json").stat().st_mode & 0o077 == 0


def test_the_key_is_never_in_the_backup(live, kept):
    secrets = json.loads((live / "keys.json").read_text())
    raw = b"".join(tree(kept / "bk").values()) + (kept / "bk.tar").read_bytes()
    for name in ("django", "chain", "values"):
        assert secrets[name].encode() not in raw and bytes.fromhex(secrets[name]) not in raw
    assert (kept / "keys.json").stat().st_mode & 0o077 == 0


def refused(kept: Path, backup: Path, into: Path, keys: Path | None = None) -> str:
    done = luoshi(into.parent, "restore", str(backup), "--into", str(into), "--keys", str(keys or kept / "keys.json"))
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
    assert not into.exists() or not any(into.iterdir()), "nothing may be left behind"
    return done.stderr


def test_only_into_an_empty_directory(live, kept):
    before = tree(live)
    done = luoshi(live, "restore", str(kept / "bk"), "--into", str(live), "--keys", str(kept / "keys.json"))
    assert done.returncode == 1 and "不是空目录" in done.stderr
    assert tree(live) == before


def test_the_wrong_key_is_refused(kept, tmp_path):
    other = json.loads((kept / "keys.json").read_text())
    other["chain"] = "0" * 64
    (tmp_path / "other.json").write_text(json.dumps(other))
    assert "密钥" in refused(kept, kept / "bk", tmp_path / "into", tmp_path / "other.json")
    assert "找不到密钥" in refused(kept, kept / "bk", tmp_path / "into", tmp_path / "none.json")


def rejected(source_path: Path, keys: Path) -> bool:
    """Whether the checks made before anything is written refuse this backup."""
    try:
        restore.check(archive.Source(source_path), keys)
    except archive.Refused:
        return True
    return False


def test_a_thousand_flipped_bits_are_all_refused(kept, tmp_path):
    """Bits spread over every file of the backup, the manifest among them."""
    copy = tmp_path / "bk"
    shutil.copytree(kept / "bk", copy)
    keys = kept / "keys.json"
    assert not rejected(copy, keys)
    files = [one for one in copy.rglob("*") if one.is_file()]
    tried = 0
    for path in files:
        good = path.read_bytes()
        for nth in range(1000 // len(files) + 1):
            where = (nth * 7919 + 13) % len(good)
            path.write_bytes(good[:where] + bytes([good[where] ^ (1 << nth % 8)]) + good[where + 1 :])
            assert rejected(copy, keys), f"{path.name}: bit {nth % 8} of byte {where} flipped and taken"
            tried += 1
        path.write_bytes(good)
    assert tried >= 1000 and not rejected(copy, keys)


def test_truncated_missing_extra_exchanged_and_newer_are_refused(kept, tmp_path):
    keys = kept / "keys.json"
    short = tmp_path / "short.tar"
    raw = (kept / "bk.tar").read_bytes()
    for length in (0, 100, 5000, len(raw) // 2, len(raw) - 20_000):
        short.write_bytes(raw[:length])
        assert rejected(short, keys), length
    copy = tmp_path / "bk"
    shutil.copytree(kept / "bk", copy)
    proof = next(one for one in (copy / "evidence").rglob("*") if one.is_file())
    proof.rename(copy / "elsewhere")
    assert rejected(copy, keys)
    (copy / "elsewhere").rename(proof)
    (copy / "extra").write_text("x")
    assert rejected(copy, keys)
    (copy / "extra").unlink()
    manifest = json.loads((copy / "manifest.json").read_text())
    key = bytes.fromhex(json.loads(keys.read_text())["chain"])
    told = {name: value for name, value in manifest.items() if name != "seal"}
    for change in ({"format": archive.FORMAT + 1}, {"migrations": [*told["migrations"], "plan.0999_later"]}):
        (copy / "manifest.json").write_text(json.dumps(archive.sealed({**told, **change}, key)))
        assert rejected(copy, keys), change
    outward = [{"path": "../../evil", "size": 0, "sha256": "0" * 64}]
    (copy / "manifest.json").write_text(json.dumps(archive.sealed({**told, "files": outward}, key)))
    assert rejected(copy, keys)
    assert rejected(tmp_path / "nothing", keys)


def test_a_tar_of_somebody_else_is_refused(kept, tmp_path):
    (tmp_path / "target").write_text("x")
    with tarfile.open(tmp_path / "links.tar", "w") as tar:
        entry = tarfile.TarInfo("database.sqlite3")
        entry.type, entry.linkname = tarfile.SYMTYPE, str(tmp_path / "target")
        tar.addfile(entry)
    assert rejected(tmp_path / "links.tar", kept / "keys.json")
    (tmp_path / "noise.tar").write_bytes(b"not a tar" * 1000)
    assert rejected(tmp_path / "noise.tar", kept / "keys.json")


def test_a_backup_never_writes_over_another(live, kept):
    before = tree(kept)
    for name in ("bk", "bk.tar"):
        done = luoshi(live, "backup", "--to", str(kept / name))
        assert done.returncode == 1 and "请换一个" in done.stderr
    assert tree(kept) == before


def test_a_backup_cut_short_leaves_nothing_to_restore(live, tmp_path):
    """The disk is full in the middle: the name appears only when everything is there."""
    proof = next(one for one in (live / "evidence").rglob("*") if one.is_file())
    aside = tmp_path / "aside"
    proof.rename(aside)
    proof.symlink_to("/nonexistent/file")
    try:
        done = luoshi(live, "backup", "--to", str(tmp_path / "bk"))
        assert done.returncode == 1
        assert not (tmp_path / "bk").exists() and not list(tmp_path.glob(".bk*"))
    finally:
        proof.unlink()
        aside.rename(proof)


def test_data_altered_before_the_backup_is_told_after_it(live, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(live, copy)
    store = sqlite3.connect(copy / "luoshi.sqlite3")
    store.execute("UPDATE org_unit SET short_name = '改了' WHERE id = 1")
    store.commit()
    store.close()
    keys = tmp_path / "keys.json"
    assert luoshi(copy, "backup", "--to", str(tmp_path / "bk"), "--keys", str(keys)).returncode == 0
    done = luoshi(tmp_path, "restore", str(tmp_path / "bk"), "--into", str(tmp_path / "into"), "--keys", str(keys))
    assert done.returncode == 1 and "org_unit" in done.stdout and "备份时就有" in done.stderr


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES, reason="the suite runs on SQLite")
def test_postgresql_there_and_back(tmp_path):
    import psycopg

    from luoshi.ops.database import dsn

    front, _, _ = dsn().rpartition("/")
    names = [f"luoshi_bk_{os.getpid()}_{nth}" for nth in range(2)]
    with psycopg.connect(f"{front}/postgres", autocommit=True) as door:
        for name in names:
            door.execute(f'DROP DATABASE IF EXISTS "{name}"')
        stock.create(door, names[0])
        door.execute(f'CREATE DATABASE "{names[1]}"')
        try:
            here, there = (f"{front}/{name}" for name in names)
            live, keys = filled(tmp_path / "live", here), tmp_path / "keys.json"
            done = luoshi(live, "backup", "--to", str(tmp_path / "bk"), "--keys", str(keys), url=here)
            assert done.returncode == 0, done.stderr
            words = ["restore", str(tmp_path / "bk"), "--into", str(tmp_path / "into"), "--keys", str(keys), "--json"]
            assert "空数据库" in luoshi(tmp_path, *words).stderr
            assert "已有数据表" in luoshi(tmp_path, *words, "--database-url", here).stderr
            done = luoshi(tmp_path, *words, "--database-url", there)
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout)["verify"]["findings"] == []
        finally:
            for name in names:
                door.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
