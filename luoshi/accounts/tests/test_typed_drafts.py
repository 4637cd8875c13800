"""What an expired session typed is given back: to the same browser, to the same person, with its files, once."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from luoshi.accounts import middleware
from luoshi.lib import clock
from luoshi.org.models import User
from luoshi.records.models import StagedUpload, TypedDraft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clean():
    cache.clear()
    middleware.tide = middleware.Tide()


def log_in(client, user, **extra):
    return client.post("/login/", {"login": user.username, "password": PASSWORD, **extra})


@pytest.fixture
def expired(cast, client, monkeypatch):
    """The office's browser, an hour after its last click."""
    log_in(client, cast.office)
    client.get("/")
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    return client


def typed(**more):
    return {"submission": str(uuid.uuid4()), "version": "1", "name": "林晓周", "personnel_type": "CIVIL_SERVANT"} | more


def test_it_is_shown_after_log_in_and_goes_through_as_it_was(cast, expired):
    url = reverse("org:edit_person", args=[cast.handler.pk])
    assert expired.post(url, typed())["Location"].startswith("/login/")
    answer = log_in(expired, cast.office, next="/org/")
    assert answer["Location"] == reverse("accounts:draft") + "?next=%2Forg%2F"
    page = expired.get(answer["Location"])
    assert "林晓周" in page.content.decode() and page.context["draft"].path == url
    again = dict(page.context["pairs"]) | {"submission": str(page.context["key"])}
    assert expired.post(url, again)["Location"] == cast.handler.get_absolute_url()
    assert User.objects.get(pk=cast.handler.pk).name == "林晓周"
    assert expired.get(reverse("accounts:draft")).status_code == 302  # nothing left to give back


def test_somebody_else_at_the_same_browser_does_not_get_it(cast, expired):
    expired.post(reverse("org:edit_person", args=[cast.handler.pk]), typed())
    answer = log_in(expired, cast.director)
    page = expired.get(answer["Location"], follow=True).content.decode()
    assert "林晓周" not in page


def test_another_browser_does_not_get_it(cast, expired):
    expired.post(reverse("org:edit_person", args=[cast.handler.pk]), typed())
    other = Client()
    assert log_in(other, cast.office)["Location"] == "/"
    assert other.get(reverse("accounts:draft")).status_code == 302


def test_passwords_and_codes_are_not_kept(cast, expired):
    expired.post(reverse("account_change_password"), {"oldpassword": "a-Secret", "password1": "b", "code": "123456"})
    assert not TypedDraft.objects.exists()


def test_its_file_is_kept_for_its_owner(cast, expired):
    file = SimpleUploadedFile("花名册.csv", "登录名,姓名\n".encode())
    expired.post(reverse("org:staff_import"), {"submission": str(uuid.uuid4()), "file": file})
    staged = StagedUpload.objects.get()
    assert staged.by == cast.office and TypedDraft.objects.get().typed["staged"] == [str(staged.pk)]


def test_too_many_bytes_are_not_kept_and_that_is_said(cast, expired, monkeypatch):
    monkeypatch.setattr("luoshi.org.access.FILES_MOST", 10)
    file = SimpleUploadedFile("花名册.csv", b"x" * 11)
    expired.post(reverse("org:staff_import"), {"submission": "x", "file": file, "note": "说明"})
    assert not StagedUpload.objects.exists() and TypedDraft.objects.exists()
    assert "20 MB" in expired.get("/login/").content.decode()


def test_a_stranger_without_a_session_leaves_nothing(cast):
    url = reverse("org:staff_import")
    Client().post(url, typed())
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["luoshi"] = "made-up"
    stranger.post(url, typed())  # no CSRF token
    known = Client()
    known.cookies["luoshi"] = "made-up"
    known.post(url, {"file": SimpleUploadedFile("花名册.csv", b"x")})
    assert not TypedDraft.objects.exists() and not StagedUpload.objects.exists()


def test_one_address_cannot_fill_the_table(cast):
    client = Client()
    client.cookies["luoshi"] = "made-up"
    for _ in range(25):
        client.post(reverse("org:staff_import"), typed())
    assert TypedDraft.objects.count() == 20


def test_it_can_be_let_go(cast, expired):
    expired.post(reverse("org:edit_person", args=[cast.handler.pk]), typed())
    log_in(expired, cast.office)
    expired.post(reverse("accounts:forget_draft"))
    assert expired.get(reverse("accounts:draft")).status_code == 302
