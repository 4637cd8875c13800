"""归档包: opens without the software, every link resolves, every byte is proven, nothing hostile gets through."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import datetime
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.urls import reverse

from luoshi.documents.archive import Making, archive, safe_name
from luoshi.lib.clock import SHANGHAI
from luoshi.matters import services
from luoshi.matters.models import EventEvidence, Matter
from luoshi.matters.queries.archive import archive_of_list, archive_of_matter
from luoshi.matters.tests.life import DAY, Life, at, clean, staged
from luoshi.matters.tests.test_services_lists import handed_out, items
from luoshi.records.models import Entry, Evidence
from luoshi.records.services.files import place

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1f")]
POISON = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7|add:7 }}{% now %}"
NAMES = (
    "../../etc/passwd.txt",
    "..\\..\\现场.txt",
    "同名.txt",
    "同名.txt",
    "长" * 200 + ".txt",
    "a/b:c*?.txt",
    "#1 50%.txt",
)
MAKING = Making(datetime(2026, 12, 1, 9, 30, 10, tzinfo=SHANGHAI), "陆文静", {"matters.open": "拟办"})


@pytest.fixture
def life(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "evidence"
    settings.MEDIA_ROOT.mkdir()
    return Life(cast)


@pytest.fixture
def done(life, cast):
    """A poisoned matter with hostile file names, walked to its archive."""
    matter = life.to("ACCEPTED", title=POISON[:200], requirement=POISON)
    life.step(matter, "receive")
    life.step(matter, "contribute", done=POISON)
    life.step(matter, "propose_roadmap")
    life.step(matter, "accept_roadmap")
    tokens = [staged(cast.handler, name, f"内容{nth}".encode()) for nth, name in enumerate(NAMES)]
    matter = life.step(matter, "feed_back", staged=tokens, obstacles=POISON)
    life.step(matter, "ask_extension")
    life.step(matter, "grant_extension")
    return life.to("ARCHIVED", Matter.objects.get(pk=matter.pk))


def made(facts) -> bytes:
    out = io.BytesIO()
    archive(out, facts, MAKING, lambda sha256: place(sha256).open("rb"))
    return out.getvalue()


class Page(HTMLParser):
    """The links and tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        assert not any(name.startswith("on") for name, _ in attrs)


def check(content: bytes) -> dict:
    """What holds of every package; returns its manifest."""
    found = zipfile.ZipFile(io.BytesIO(content))
    names = found.namelist()
    assert found.testzip() is None and len(names) == len(set(names))
    for name in names:
        assert ".." not in PurePosixPath(name).parts and not name.startswith("/") and "\\" not in name, name
        assert len(name.encode()) < 240
    told = json.loads(found.read("manifest.json"))
    assert {one["path"] for one in told["files"]} == set(names) - {"manifest.json"}
    for one in told["files"]:
        body = found.read(one["path"])
        assert (len(body), hashlib.sha256(body).hexdigest()) == (one["size"], one["sha256"]), one["path"]
    for name in names:
        if not name.endswith(".html"):
            continue
        page = Page(found.read(name).decode())
        assert not page.tags & {"script", "img", "iframe", "form"}, name
        for link in page.links:
            assert "://" not in link
            target = PurePosixPath(name).parent / unquote(link)
            parts: list[str] = []
            for part in target.parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in names, (name, link)
    return told


def test_the_package_of_a_matter_is_whole_safe_and_proven(done, cast, tmp_path):
    content = made(archive_of_matter(done, DAY))
    told = check(content)
    assert told["troubles"] == [] and clean() == []
    found = zipfile.ZipFile(io.BytesIO(content))
    kept = {one.sha256 for one in Evidence.objects.filter(pk__in=EventEvidence.objects.values("evidence"))}
    assert {one["sha256"] for one in told["files"] if one.get("evidence")} == kept and len(kept) == len(NAMES)
    page = found.read("matters/001-2026-0001.html").decode()
    for words in (
        "&lt;script&gt;", "{{ 7|add:7 }}", "起算日（第0日）", "第1个工作日", "首次反馈",
        "等待上级验收", "原定2026-12-18", "完成摸底",
        "决定人", str(cast.leader), "SHA-256", "同名.txt", "配合办理情况",
    ):  # fmt: skip
        assert words in page, words
    story = page.split("<h2>办理过程</h2>")[1]
    assert "现场核查，三个小区情况属实" in story and "附件：同名.txt" in story and "{{ one" not in page
    assert "papers/001-2026-0001-dispatch.docx" in found.namelist()
    assert "papers/001-2026-0001-feedback-1.docx" in found.namelist()
    assert "怎样核对" in found.read("proof.html").decode() and str(cast.office) in found.read("proof.html").decode()


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-I", str(folder / "proof" / "verify.txt"), *arguments], capture_output=True, text=True
    )


def test_the_verifier_inside_finds_what_was_altered(done, tmp_path):
    folder, key = tmp_path / "unpacked", tmp_path / "keys.json"
    zipfile.ZipFile(io.BytesIO(made(archive_of_matter(done, DAY)))).extractall(folder)
    key.write_text(json.dumps({"chain": settings.LUOSHI_CHAIN_KEY.hex()}), encoding="utf-8")
    good, sealed = run(folder), run(folder, "--key", str(key))
    assert good.returncode == 0 and "没有核对" not in good.stdout and "未核对校验码" in good.stdout, good.stdout
    assert sealed.returncode == 0 and "没有发现问题" in sealed.stdout, sealed.stdout + sealed.stderr
    chain = folder / "proof" / "chain.json"
    whole = chain.read_text(encoding="utf-8")
    told = json.loads(whole)
    told["entries"][0]["body"] = told["entries"][0]["body"].replace("matters.open", "matters.opem")
    chain.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert f"留痕{told['entries'][0]['seq']}被改动" in run(folder, "--key", str(key)).stdout
    told = json.loads(whole)
    told["evidence"][0][1]["sha256"] = "0" * 64
    chain.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert "登记值与留痕不符" in run(folder, "--key", str(key)).stdout
    told = json.loads(whole)
    told["entries"][1]["mac"] = "f" * 64
    chain.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert "不相连" in run(folder).stdout
    chain.write_text(whole, encoding="utf-8")
    proof = next((folder / "evidence").iterdir())
    proof.write_bytes(b"x")
    answer = run(folder)
    assert answer.returncode == 1 and f"文件被改动：evidence/{proof.name}" in answer.stdout
    proof.unlink()
    assert "缺少文件" in run(folder).stdout


def test_equal_facts_and_time_make_equal_bytes(done):
    assert made(archive_of_matter(done, DAY)) == made(archive_of_matter(done, DAY))


def test_what_is_missing_or_altered_is_said_and_not_hidden(done):
    one, other = Evidence.objects.order_by("at", "pk")[:2]
    place(one.sha256).unlink()
    place(other.sha256).write_bytes("换过的".encode())
    content = made(archive_of_matter(done, DAY))
    told = check(content)
    assert any("文件缺失" in line and one.sha256 in line for line in told["troubles"])
    assert any("不符" in line and other.sha256 in line for line in told["troubles"])
    index = zipfile.ZipFile(io.BytesIO(content)).read("index.html").decode()
    assert "文件缺失，包内没有" in index and "不符" in index


def finish(life, cast, count=3):
    task_list = handed_out(cast, items=items(cast, count, lead_unit=cast.planning, assist_units=()),
                           staged=[staged(cast.office, "清单原件.txt")])  # fmt: skip
    for one in task_list.matters.order_by("place"):
        life.to("CLOSED", one)
    return task_list


def test_the_package_of_a_list_holds_every_matter_its_paper_once_and_the_batch_acts(life, cast):
    task_list = finish(life, cast)
    content = made(archive_of_list(task_list, DAY))
    told = check(content)
    found = zipfile.ZipFile(io.BytesIO(content))
    assert [one for one in found.namelist() if one.startswith("matters/")] == [
        f"matters/{nth:03d}-2026-{nth:04d}.html" for nth in (1, 2, 3)
    ]
    assert sum("清单原件" in one["path"] for one in told["files"]) == 1
    assert "papers/list.docx" in found.namelist()
    acts = {json.loads(one["body"])["act"] for one in json.loads(found.read("proof/chain.json"))["entries"]}
    assert {"matters.assign_list", "matters.close"} <= acts
    assert clean() == []


def test_acts_on_other_matters_stay_out_of_the_proof(life, cast, done):
    other = life.open(title="别的事项")
    content = made(archive_of_matter(done, DAY))
    chain = zipfile.ZipFile(io.BytesIO(content)).read("proof/chain.json").decode()
    assert "别的事项" not in chain
    about = {json.loads(one["body"])["subject"][1] for one in json.loads(chain)["entries"]}
    assert about == {str(done.pk)} and str(other.pk) not in about


def test_office_and_the_leader_download_it_and_it_is_on_record(life, cast, enter):
    task_list = finish(life, cast)
    url = reverse("portal:list_archive", args=[task_list.public_id])
    for who in (cast.office, cast.director):
        client = enter(who)
        assert url in client.get(task_list.get_absolute_url()).content.decode()
        answer = client.get(url)
        content = b"".join(answer.streaming_content)
        check(content)
        entry = Entry.objects.latest("id")
        assert entry.act == "matters.take_copy" and hashlib.sha256(content).hexdigest() in entry.body
        assert entry.actor_id == who.pk
    assert clean() == []


def test_others_may_not_and_unfinished_lists_have_none(life, cast, enter):
    task_list = finish(life, cast)
    url = reverse("portal:list_archive", args=[task_list.public_id])
    told = {one: enter(getattr(cast, one)).get(url).status_code
            for one in ("leader", "chief", "handler", "inspector", "stranger", "sysadmin")}  # fmt: skip
    assert told == {"leader": 403, "chief": 403, "handler": 403, "inspector": 403, "stranger": 403, "sysadmin": 403}
    assert url not in enter(cast.chief).get(task_list.get_absolute_url()).content.decode()
    running = handed_out(cast)
    assert enter(cast.office).get(reverse("portal:list_archive", args=[running.public_id])).status_code == 404
    unseen = reverse("portal:list_archive", args=["00000000-0000-0000-0000-000000000000"])
    assert enter(cast.office).get(unseen).status_code == 404
    assert not Entry.objects.filter(act="matters.take_copy").exists()


def test_a_matter_has_its_package_once_archived(done, life, cast, enter):
    url = reverse("portal:matter_archive", args=[done.public_id])
    client = enter(cast.leader)
    assert url in client.get(done.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200
    assert enter(cast.handler).get(url).status_code == 403
    assert enter(cast.second_leader).get(url).status_code == 404, "not seen at all"
    running = life.to("ACCEPTED")
    assert enter(cast.office).get(reverse("portal:matter_archive", args=[running.public_id])).status_code == 404


def test_two_hundred_files_and_a_large_one_need_little_memory(life, cast, tmp_path):
    matter = life.to("ACCEPTED")
    tokens = [
        staged(cast.handler, f"照片{nth}.txt", bytes([65 + nth % 26]) * 400_000 + b"%d" % nth) for nth in range(200)
    ]
    tokens.append(staged(cast.handler, "录像.txt", b"x" * 40_000_000))
    matter = services.feed_back(
        matter, kind="PRELIMINARY", done="已拍照", progress=30, staged=tokens, by=cast.handler, on=DAY, now=at(DAY)
    )
    done = life.to("ARCHIVED", matter)
    facts = archive_of_matter(done, DAY)
    with (tmp_path / "out.zip").open("w+b") as out:
        tracemalloc.start()
        archive(out, facts, MAKING, lambda sha256: place(sha256).open("rb"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        size = out.tell()
    assert size > 120_000_000 and peak < 20_000_000, (size, peak)
    check((tmp_path / "out.zip").read_bytes())


@pytest.mark.parametrize(
    "name", ["", "...", "con.txt", "nul", ".htaccess", "a\x00b.txt", "x." + "y" * 40, "批示\u202efdp.exe"]
)
def test_names_are_safe_wherever_they_are_unpacked(name):
    found = safe_name(3, name)
    assert re.fullmatch(r"0003-[^<>:\"/\\|?*\x00-\x1f\u202e]+", found) and not found.endswith((" ", "."))
