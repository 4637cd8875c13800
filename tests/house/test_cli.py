"""The console: exit codes (0 good, 1 a finding, 2 wrong use), the shape of every JSON, one line on failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.config.env import keys

REPO = Path(__file__).resolve().parents[2]
GOOD_PLAN = "关于工作的实施方案\n一、工作要求\n1.局办公室每周召开例会不少于1次。\n"
NO_FINDING_DATE = "2026-10-30"


def luoshi(data: Path | None, *words: str, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LUOSHI_")}
    named = {"LUOSHI_DATA_DIR": str(data)} if data else {}
    return subprocess.run(
        [sys.executable, "-m", "luoshi.cli", *words],
        env={**kept, **named, **more, "PYTHONPATH": str(REPO)}, cwd=REPO, capture_output=True, text=True, input=said,
    )  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A real installation with its first administrator, made as an administrator would."""
    folder = tmp_path_factory.mktemp("console") / "data"
    done = luoshi(folder, "init")
    assert done.returncode == 0, done.stderr
    done = luoshi(
        folder, "user", "add", "9001", "--name", "卫国平", "--bureau", "云岭县住房和城乡建设局", "--password-stdin",
        said="Yunling-shan-shui-48\n",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def told(done: subprocess.CompletedProcess[str], code: int = 0):
    assert done.returncode == code, (done.returncode, done.stderr[-500:], done.stdout[-500:])
    return json.loads(done.stdout)


def complained(done: subprocess.CompletedProcess[str], code: int, word: str = "") -> None:
    """One Chinese line on standard error, the right exit code, no trace."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 and word in lines[0] and "Traceback" not in lines[0], done.stderr
    assert any("一" <= letter <= "鿿" for letter in lines[0])


def test_init_may_be_repeated_and_keeps_secrets_to_its_owner(data):
    key = (data / "keys.json").read_bytes()
    assert luoshi(data, "init").returncode == 0
    assert (data / "keys.json").read_bytes() == key
    assert (data / "keys.json").stat().st_mode & 0o077 == 0 and data.stat().st_mode & 0o077 == 0


def test_a_database_without_its_key_is_not_given_a_new_one(data, tmp_path):
    (tmp_path / "luoshi.sqlite3").write_bytes((data / "luoshi.sqlite3").read_bytes())
    complained(luoshi(tmp_path, "init"), 1, "密钥")
    assert not (tmp_path / "keys.json").exists()


def test_the_key_of_another_installation_is_refused(data, tmp_path):
    other = tmp_path / "keys.json"
    keys(other, make=True)
    done = luoshi(data, "serve", "--port", "0", LUOSHI_KEY_FILE=str(other))
    complained(done, 1, "不是一套")


@pytest.mark.parametrize("words", [[], ["fly"], ["plan"], ["plan", "compile"], ["user", "add"], ["backup"],
                                   ["serve", "--port", "x"], ["plan", "compile", "--wrong", "x"]])  # fmt: skip
def test_wrong_use_is_2_in_one_line(words):
    complained(luoshi(None, *words), 2, "用法不对")


@pytest.mark.parametrize(
    "words", [["verify"], ["serve"], ["daily"], ["user", "list"], ["check"], ["backup", "--to", "x"]]
)
def test_a_directory_that_was_never_made_is_2_and_stays_unmade(tmp_path, words):
    complained(luoshi(tmp_path / "none", *words), 2, "还没有准备好")
    assert not (tmp_path / "none").exists()


def test_plan_compile_follows_its_contract_without_django(tmp_path):
    plan = tmp_path / "方案.txt"
    plan.write_text(GOOD_PLAN, encoding="utf-8")
    found = told(luoshi(None, "plan", "compile", "--json", str(plan)))
    assert set(found) == {"title", "clauses", "duties", "obligations"}
    assert {"path", "marker", "title", "start", "end"} <= set(found["clauses"][0])
    assert {"clause", "quote", "start", "end", "actor", "act", "output", "slot", "obligations"} <= set(
        found["duties"][0]
    )
    assert {"clause", "quote", "actor", "action", "comparator", "quantity", "quantity_max", "unit", "period",
            "deadline", "kind", "slot", "confidence", "start", "end"} <= set(found["obligations"][0])  # fmt: skip
    for one in found["duties"] + found["obligations"]:
        assert GOOD_PLAN[one["start"] : one["end"]] == one["quote"]
    program = "import sys; from luoshi.cli import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, "plan", "compile", "--json", str(plan)], cwd=REPO,
                          capture_output=True)  # fmt: skip
    assert done.returncode == 0, "plan compile starts Django"


def test_plan_compile_reads_standard_input_and_refuses_what_it_cannot_read(tmp_path):
    assert told(luoshi(None, "plan", "compile", "--json", "-", said=GOOD_PLAN))["duties"]
    complained(luoshi(None, "plan", "compile", "--json", str(tmp_path / "none.txt")), 2)
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 x")
    done = luoshi(None, "plan", "compile", "--json", str(tmp_path / "x.pdf"))
    complained(done, 2, "PDF")
    assert done.stdout == ""


def test_plan_lint_names_the_clause(tmp_path):
    plan = tmp_path / "方案.txt"
    plan.write_text(
        "一、工作要求\n1.局办公室每周召开例会不少于1次。\n2.定期更新问题台账。\n3.规划股于2026年10月3日前报送总结。\n",
        encoding="utf-8",
    )
    answer = told(luoshi(None, "plan", "lint", "--json", str(plan)), 1)
    assert set(answer) == {"ok", "title", "figures", "findings", "loads", "limit"} and answer["ok"] is False
    kinds = {(one["clause"], one["kind"]) for one in answer["findings"]}
    assert ("一/2", "no_owner") in kinds and ("一/2", "no_measure") in kinds
    assert ("一/3", "rest_day") in kinds, kinds
    assert not any(clause == "一/1" for clause, _ in kinds), kinds
    assert all(one["said"].endswith("。") and one["do"] and one["severity"] for one in answer["findings"])
    plan.write_text(GOOD_PLAN, encoding="utf-8")
    assert told(luoshi(None, "plan", "lint", "--json", str(plan)))["findings"] == []
    for wrong in (("--share", "0"), ("--year", "26")):
        complained(luoshi(None, "plan", "lint", *wrong, str(plan)), 2, "应为")


def test_plan_lint_starts_no_django(tmp_path):
    plan = tmp_path / "方案.txt"
    plan.write_text(GOOD_PLAN, encoding="utf-8")
    program = "import sys; from luoshi.cli import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, "plan", "lint", str(plan)], cwd=REPO, capture_output=True)
    assert done.returncode == 0 and "没有发现问题" in done.stdout.decode()


def test_plan_import(data, tmp_path):
    plan = tmp_path / "方案.txt"
    plan.write_text(GOOD_PLAN, encoding="utf-8")
    words = ["plan", "import", "--json", str(plan), "--bureau", "云岭县住房和城乡建设局"]
    found = told(luoshi(data, *words))
    assert found["ok"] and found["clauses"] and found["duties"]
    complained(luoshi(data, *words), 1, "不用重复导入")
    complained(luoshi(data, "plan", "import", str(plan), "--bureau", "没有这个局"), 2, "云岭县住房和城乡建设局")
    complained(luoshi(data, "plan", "import", str(tmp_path / "none"), "--bureau", "云岭县住房和城乡建设局"), 2)


def test_plan_import_as_a_next_version(data, tmp_path):
    bureau = ["--bureau", "云岭县住房和城乡建设局"]
    first, second = tmp_path / "一版.txt", tmp_path / "二版.txt"
    first.write_text(
        "关于督查的实施方案\n一、督查\n1.局办公室每周督查不少于1次。\n2.各股室建立台账。\n", encoding="utf-8"
    )
    second.write_text(
        first.read_text(encoding="utf-8").replace("每周督查不少于1次", "每周督查不少于2次"), encoding="utf-8"
    )
    plan = str(told(luoshi(data, "plan", "import", "--json", str(first), *bureau))["plan"])
    words = ["plan", "import", str(second), *bureau, "--version-of", plan]
    looked = told(luoshi(data, *words, "--dry-run", "--json"))
    assert (looked["adopted"], looked["from"], looked["another"]) == (False, 1, False)
    assert [(one["state"], one["path"]) for one in looked["clauses"]] == [("CHANGED", "一/1")]
    complained(luoshi(data, *words), 2, "--basis")
    adopted = told(luoshi(data, *words, "--basis", "局纪要〔2026〕3号", "--json"))
    assert (adopted["adopted"], adopted["number"]) == (True, 2)
    complained(luoshi(data, *words, "--basis", "再来"), 1, "不用重复导入")
    complained(luoshi(data, *words[:-1], "没有的方案", "--dry-run"), 2, "现有")
    other = tmp_path / "别的.txt"
    other.write_text("一、防汛\n1.各站点储备沙袋。\n2.值班人员每天报告1次汛情。\n", encoding="utf-8")
    complained(
        luoshi(data, "plan", "import", str(other), *bureau, "--version-of", plan, "--basis", "x"), 1, "另一份方案"
    )


def test_user_add_wants_a_good_password_and_has_no_default(data):
    words = ["user", "add", "9002", "--name", "安守宁", "--duty", "AUDIT_ADMIN"]
    complained(luoshi(data, *words), 2, "--password-stdin")
    complained(luoshi(data, *words, "--password-stdin", said="12345\n"), 2, "密码不合要求")
    assert luoshi(data, *words, "--password-stdin", said="Yunling-shan-shui-49\n").returncode == 0
    complained(luoshi(data, *words, "--password-stdin", said="Yunling-shan-shui-49\n"), 2, "已有人用")
    complained(luoshi(data, "user", "add", "9003", "--name", "甲", "--duty", "KING", "--password-stdin"), 2, "KING")


def test_user_list_password_roles_disable(data):
    luoshi(data, "user", "add", "9004", "--name", "安致远", "--duty", "SECURITY_ADMIN", "--password-stdin",
           said="Yunling-shan-shui-50\n")  # fmt: skip
    people = {one["username"]: one for one in told(luoshi(data, "user", "list", "--json"))}
    assert set(people["9001"]) == {"username", "name", "active", "can_log_in", "duties"}
    assert people["9001"]["duties"] == ["SYSTEM_ADMIN"] and people["9001"]["can_log_in"]
    assert {one["code"] for one in told(luoshi(data, "user", "roles", "--json"))} >= {"OFFICE", "AUDIT_ADMIN"}
    assert told(luoshi(data, "user", "roles", "9001", "--json"))[0]["code"] == "SYSTEM_ADMIN"
    assert luoshi(data, "user", "password", "9001", "--password-stdin", said="Yunling-shan-shui-51\n").returncode == 0
    complained(luoshi(data, "user", "password", "nobody", "--password-stdin", said="x\n"), 2, "nobody")
    complained(luoshi(data, "user", "disable", "9001"), 1)  # the last system administrator stays
    assert luoshi(data, "verify").returncode == 0


def test_map_tells_every_room():
    rooms = told(luoshi(None, "map", "--json"))
    there = {one.parent.name for one in (REPO / "luoshi").glob("*/__init__.py")}
    assert {one["room"] for one in rooms} == there
    assert all(one["purpose"] and one["floor"] for one in rooms)
    floors = {one["room"]: one["floor"] for one in rooms}
    assert floors["portal"] > floors["matters"] > floors["plan"] > floors["org"] > floors["records"] > floors["lib"]


def test_routes_and_policy_make_no_data_directory(tmp_path):
    found = told(luoshi(tmp_path / "none", "routes", "--json"))
    assert all(set(one) == {"name", "path", "methods", "may", "duties", "who", "acts"} for one in found)
    assert all(one["may"] in ("PUBLIC", "STAFF", "DUTY") for one in found)
    assert all("POST" in one["methods"] for one in found if one["acts"])
    table = told(luoshi(tmp_path / "none", "policy", "--json"))
    assert {one["act"] for one in table if one["room"] == "matters"} >= {"approve", "assign", "verify", "close"}
    assert all({"room", "act", "roles", "who", "from", "to"} <= set(one) for one in table)
    assert not (tmp_path / "none").exists()


def test_check_tells_what_to_mend(data):
    done = luoshi(data, "check", "--json", LUOSHI_NOW="2026-03-02", LUOSHI_DEBUG="1")
    found = told(done, 1)
    assert {"debug", "stopped_clock"} <= {one["id"] for one in found["findings"]}
    assert {"https"} <= {
        one["id"] for one in told(luoshi(data, "check", "--json", LUOSHI_HOSTS="a.gov"), 1)["findings"]
    }


def test_daily_is_a_visible_list_that_may_be_repeated(data):
    for _ in range(2):
        found = told(luoshi(data, "daily", "--on", "2026-11-24", "--json"))
        assert found["ok"] and found["jobs"][0]["name"] == "records.sweep"
        assert all(set(one) == {"name", "title", "seconds", "result", "error"} for one in found["jobs"])
    complained(luoshi(data, "daily", "--on", "yesterday"), 2, "日期")


def test_verify_export_compare_and_find(data, tmp_path):
    import sqlite3

    heads = tmp_path / "heads.json"
    found = told(luoshi(data, "verify", "--json", "--export-head", str(heads)))
    assert {"ok", "entries", "rows", "values", "files", "seconds", "heads", "count", "findings"} == set(found)
    assert luoshi(data, "verify", "--against", str(heads)).returncode == 0
    complained(luoshi(data, "verify", "--against", str(tmp_path / "none")), 2)
    (tmp_path / "bad.json").write_text("{}")
    complained(luoshi(data, "verify", "--against", str(tmp_path / "bad.json")), 2, "不是")
    store = sqlite3.connect(data / "luoshi.sqlite3")
    before = store.execute("SELECT name FROM org_user WHERE username = '9001'").fetchone()
    store.execute("UPDATE org_user SET name = '改' WHERE username = '9001'")
    store.commit()
    try:
        found = told(luoshi(data, "verify", "--json"), 1)
        assert [(one["kind"], one["table"]) for one in found["findings"]] == [("altered", "org_user")]
    finally:
        store.execute("UPDATE org_user SET name = ? WHERE username = '9001'", before)
        store.commit()
        store.close()


def test_worker_is_needless_with_the_queue_in_memory(data):
    complained(luoshi(data, "worker"), 2, "LUOSHI_QUEUE")


def test_a_sample_never_leaves_loopback(data, tmp_path):
    (tmp_path / "copy").mkdir()
    for one in ("keys.json", "luoshi.sqlite3"):
        (tmp_path / "copy" / one).write_bytes((data / one).read_bytes())
    (tmp_path / "copy" / "sample.json").write_text('{"password": "x", "people": []}')
    complained(luoshi(tmp_path / "copy", "serve", "--host", "0.0.0.0"), 2, "本机")


def test_an_unforeseen_failure_is_one_line_that_names_the_log(data, tmp_path):
    done = luoshi(data, "backup", "--to", "/dev/null/x")
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_every_verb_is_documented():
    told_in = (REPO / "docs" / "cli.md").read_text(encoding="utf-8")
    for verb in ("init", "serve", "worker", "daily", "plan compile", "plan lint", "plan import", "user add", "map",
                 "routes", "policy", "verify", "backup", "restore", "check"):  # fmt: skip
        assert f"luoshi {verb}" in told_in, verb


def test_every_setting_is_documented():
    import re

    read = (REPO / "luoshi" / "config" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'env\.\w+\("(LUOSHI_\w+)"', read))
    deploy = (REPO / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert names and {one for one in names if f"`{one}`" not in deploy} == set()
