"""Whatever is altered behind the product's back is found, and named by table and key."""

# ruff: noqa: S608 — the statements are made of table and column names of our own models

from __future__ import annotations

import json
import shutil

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from luoshi.lib import clock
from luoshi.records import rules
from luoshi.records.models import ChainHead, Entry, EntryValue, Evidence, ValueKey
from luoshi.records.rows import plain, seals
from luoshi.records.services.files import place
from luoshi.records.verify import export_heads, read_heads, verify
from tests.every_row import evidence, fill, other_value, record_one
from tests.ground import ground

SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
LABELS = list(settings.LUOSHI_PROTECTED_TABLES)


class Undo(Exception):
    """Leaves the savepoint, so that each trial starts from the same data."""


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """A row in every table, made once; each test has it as it was, and a copy of the files."""
    folder = tmp_path_factory.mktemp("evidence")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        cast = ground.put("cast")["cast"]
        fill(cast)
        yield cast, folder
        transaction.set_rollback(True)


@pytest.fixture
def full(db, filled, tmp_path, settings):
    cast, folder = filled
    settings.MEDIA_ROOT = shutil.copytree(folder, tmp_path / "evidence")
    with transaction.atomic():
        yield cast
        transaction.set_rollback(True)


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def drop_guards(table):
    """What someone with the rights of the database's owner would do first."""
    if SQLITE:
        for verb in ("update", "delete"):
            run(f"DROP TRIGGER {table}_no_{verb}")
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit would hold the table
        run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        run("SET CONSTRAINTS ALL DEFERRED")


def after(*statements, guards=()):
    """The findings after raw SQL, which is then undone; None where the database itself refused it."""
    found = None
    try:
        with transaction.atomic():
            for table in guards:
                drop_guards(table)
            for statement, *values in statements:
                assert run(statement, *values), statement
            found = verify().findings
            raise Undo
    except (Undo, IntegrityError):
        return found


def seal_after(row, statement, *values, guards=()):
    """A row's seal after raw SQL, which is then undone: "" where it is gone or cannot be read; None where refused."""
    found = None
    try:
        with transaction.atomic():
            for table in guards:
                drop_guards(table)
            assert run(statement, *values), statement
            try:
                found = next((one.digest for one in seals(type(row), [row.pk])), "")
            except (ValueError, TypeError, ArithmeticError):
                found = ""
            raise Undo
    except (Undo, IntegrityError):
        return found


def named(findings, table):
    return {one.pk for one in findings if one.table == table}


def test_untouched_data_is_good(full):
    report = verify()
    assert report.ok, report.findings
    assert report.entries == Entry.objects.count() and report.values and report.files == 1
    assert report.rows == sum(apps.get_model(label)._base_manager.count() for label in LABELS)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.clause("records.verify")
def test_every_column_of_every_protected_table(full, label):
    """UPDATE by raw SQL: the seal, which verify compares, is another, unless the database refuses the value by itself.

    That verify reads this table's seals and names the row is asked with the first column.
    """
    model = apps.get_model(label)
    table, key = model._meta.db_table, model._meta.pk
    row = model._base_manager.order_by("-pk").first()
    guards = [table] if table == "records_evidence" else []
    unsealed, tried = settings.LUOSHI_PROTECTED_TABLES[label], 0
    (sealed,) = seals(model, [row.pk])
    for field in model._meta.concrete_fields:
        if field.name in unsealed:
            continue
        fresh = other_value(field, row, SQLITE)
        where = row.pk.hex if SQLITE and hasattr(row.pk, "hex") else row.pk
        statement = (f'UPDATE {table} SET "{field.column}" = %s WHERE {key.column} = %s', fresh, where)
        found = seal_after(row, *statement, guards=guards)
        if found is None:
            continue
        tried += 1
        assert found != sealed.digest, f"{table}.{field.column} altered and not found"
        if tried == 1:
            assert str(plain(row.pk)) in named(after(statement, guards=guards), table)
    assert tried >= len(model._meta.concrete_fields) // 3


@pytest.mark.parametrize("label", LABELS)
def test_a_row_deleted_or_put_in_by_hand(full, label):
    model = apps.get_model(label)
    table, key = model._meta.db_table, model._meta.pk
    row = model._base_manager.order_by("-pk").first()
    where = row.pk.hex if SQLITE and hasattr(row.pk, "hex") else row.pk
    guards = [table] if table == "records_evidence" else []
    findings = after((f"DELETE FROM {table} WHERE {key.column} = %s", where), guards=guards)
    assert findings and str(plain(row.pk)) in named(findings, table)
    columns = [one.column for one in model._meta.concrete_fields if one is not key]
    names = ", ".join(f'"{one}"' for one in columns)
    moved = dict.fromkeys(columns)
    for field in model._meta.concrete_fields:  # a clone must differ where the table wants unique values
        unique = field.unique or any(
            field.name in one.fields for one in model._meta.constraints if hasattr(one, "fields")
        )
        if field is not key and unique:
            moved[field.column] = other_value(field, row, SQLITE)
    chosen = ", ".join("%s" if moved[one] is not None else f'"{one}"' for one in columns)
    fresh = "f" * 32 if key.get_internal_type() == "UUIDField" else 987654
    values = [value for value in moved.values() if value is not None]
    findings = after(
        (f"INSERT INTO {table} ({key.column}, {names}) SELECT %s, {chosen} FROM {table} WHERE {key.column} = %s",
         fresh, *values, where)
    )  # fmt: skip
    assert findings is None or str(fresh) in named(findings, table)


def test_two_rows_with_their_contents_exchanged(full):
    one, two = full.planning, full.quality
    findings = after(
        ("UPDATE org_unit SET name = 'x' WHERE id = %s", one.pk),
        ("UPDATE org_unit SET name = %s, short_name = %s WHERE id = %s", one.name, one.short_name, two.pk),
        ("UPDATE org_unit SET name = %s, short_name = %s WHERE id = %s", two.name, two.short_name, one.pk),
    )
    assert {str(one.pk), str(two.pk)} <= named(findings, "org_unit")


@pytest.mark.parametrize(
    "column", ["bureau_id", "seq", "at", "actor_id", "actor_label", "act", "subject_table", "subject_pk",
               "subject_label", "body", "prev", "mac"]
)  # fmt: skip
def test_every_column_of_an_entry(full, column):
    entry = Entry.objects.order_by("pk")[5]
    fresh = other_value(Entry._meta.get_field(column), entry, SQLITE)
    findings = after(
        (f"UPDATE records_entry SET {column} = %s WHERE id = %s", fresh, entry.pk), guards=["records_entry"]
    )
    assert str(entry.pk) in named(findings, "records_entry")


def test_an_entry_taken_out_of_the_middle(full):
    entry = Entry.objects.filter(bureau_id=full.bureau.pk).order_by("pk")[2]
    findings = after(
        ("DELETE FROM records_entryvalue WHERE entry_id = %s OR 1 = 1", entry.pk),
        ("DELETE FROM records_entry WHERE id = %s", entry.pk),
        guards=["records_entry"],
    )
    assert {"gap"} <= {one.kind for one in findings}


def test_a_head_that_does_not_fit(full):
    findings = after(("UPDATE records_chainhead SET seq = seq - 1 WHERE bureau_id = %s", full.bureau.pk))
    assert {one.kind for one in findings} == {"head"}


def test_the_guard_switched_off_is_told(full):
    assert "trigger" in {one.kind for one in after(guards=["records_entry"])}


def test_a_tail_cut_off_cleanly_shows_only_against_an_exported_head(full):
    kept = read_heads(json.loads(json.dumps(export_heads(clock.now()))))
    row = record_one(apps.get_model("notices.Notice"), full)  # an open table: its loss leaves no row to betray the cut
    assert row.pk
    fresh = read_heads(export_heads(clock.now()))
    last = Entry.objects.filter(bureau_id=full.bureau.pk).order_by("-seq").first()
    drop_guards("records_entry")
    EntryValue.objects.filter(entry=last).delete()
    run("DELETE FROM records_entry WHERE id = %s", last.pk)
    ChainHead.objects.filter(bureau_id=full.bureau.pk).update(seq=last.seq - 1, mac=last.prev)
    assert {one.kind for one in verify(against=kept).findings} == {"trigger"}
    findings = [one for one in verify(against=fresh).findings if one.kind == "truncated"]
    assert len(findings) == 1 and "截断" in findings[0].said


def test_a_chain_written_anew_with_the_key_shows_against_an_exported_head(full):
    fresh = read_heads(export_heads(clock.now()))
    drop_guards("records_entry")
    prev = ""
    for entry in Entry.objects.filter(bureau_id=full.bureau.pk).order_by("seq"):
        body = entry.body.replace('"note":""', '"note":"改"')
        mac = rules.link(settings.LUOSHI_CHAIN_KEY, prev, body)
        run("UPDATE records_entry SET body = %s, prev = %s, mac = %s WHERE id = %s", body, prev, mac, entry.pk)
        prev = mac
    ChainHead.objects.filter(bureau_id=full.bureau.pk).update(mac=prev)
    assert {one.kind for one in verify().findings} == {"trigger"}
    assert "rechained" in {one.kind for one in verify(against=fresh).findings}


def test_an_exported_head_that_was_altered_is_refused(full):
    document = export_heads(clock.now())
    document["heads"][0][1] -= 1
    with pytest.raises(ValueError, match="改动过"):
        read_heads(document)
    with pytest.raises(ValueError, match="不是"):
        read_heads({"heads": []})


def test_a_file_of_proof_missing_or_changed(full):
    row = Evidence.objects.get()
    path = place(row.sha256)
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + b"?")
    assert [(one.kind, one.pk) for one in verify().findings] == [("file", row.pk.hex)]
    path.unlink()
    assert "不见了" in verify().findings[0].said
    path.write_bytes(kept)
    assert verify().ok


def test_kept_values_altered_lost_or_erased(full):
    row = record_one(apps.get_model("notices.Notice"), full)
    value = EntryValue.objects.order_by("-pk").first()
    sealed = bytes(value.sealed)
    assert "value" in {
        one.kind
        for one in after(("UPDATE records_entryvalue SET sealed = %s WHERE id = %s", sealed[:-1] + b"?", value.pk))
    }
    assert "value" in {one.kind for one in after(("DELETE FROM records_entryvalue WHERE id = %s", value.pk))}
    EntryValue.objects.filter(pk=value.pk).update(key=None)
    ValueKey.objects.filter(table=row._meta.db_table, row=str(row.pk)).delete()
    assert verify().ok, "erasing a key leaves the chain whole"


def test_the_wrong_key_names_every_entry(full, settings):
    settings.LUOSHI_CHAIN_KEY = b"another" * 4
    report = verify()
    assert report.count >= report.entries > 0


def test_a_value_that_cannot_be_read_is_named_not_a_crash(full):
    if not SQLITE:
        pytest.skip("PostgreSQL does not store a malformed value")
    post = apps.get_model("org.Post")._base_manager.order_by("pk").first()
    findings = after(("UPDATE org_post SET from_on = '2026-99-99' WHERE id = %s", post.pk))
    assert named(findings, "org_post") == {str(post.pk)}
    duty = apps.get_model("plan.Duty")._base_manager.order_by("pk").first()
    findings = after(("UPDATE plan_duty SET obligations = 'not json' WHERE id = %s", duty.pk))
    assert findings is None or named(findings, "plan_duty") == {str(duty.pk)}


def test_equal_contents_are_read_once(full):
    evidence(full)
    report = verify()
    assert report.files == 2 and Evidence.objects.values("sha256").distinct().count() == 1
    assert [one.kind for one in report.findings] == ["unrecorded"], "a row kept without a record is told"
