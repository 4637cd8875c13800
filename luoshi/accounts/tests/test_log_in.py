"""The door: no enumeration, a lock that spares the victim, every step in the trail, sessions that end."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from luoshi.accounts import middleware, queries
from luoshi.lib import clock
from luoshi.org import services as org
from luoshi.org.models import User
from luoshi.records.models import Entry

pytestmark = pytest.mark.django_db
LOGIN = "/login/"
FRESH = "Another-horse-7-staple"


@pytest.fixture(autouse=True)
def clean():
    cache.clear()
    middleware.tide = middleware.Tide()
    yield
    middleware.tide = middleware.Tide()


def try_log_in(client, username, password, address="10.0.0.1"):
    return client.post(LOGIN, {"login": username, "password": password}, REMOTE_ADDR=address)


def body(answer):
    """The page without what differs at every answer (token, what was typed)."""
    text = answer.content.decode()
    for mark in ('name="csrfmiddlewaretoken" value="', 'name="submission" value="', 'name="login" value="'):
        while mark in text:
            before, _, rest = text.partition(mark)
            text = before + rest.partition('"')[2]
    return text


def acts(name):
    return Entry.objects.filter(act=name, bureau_id=0).count()


def test_the_right_password_opens_and_leaves_an_entry(cast, client):
    answer = try_log_in(client, "1202", PASSWORD)
    assert answer.status_code == 302 and client.get("/").status_code == 200
    assert acts("accounts.log_in") == 1 and acts("accounts.log_in_failed") == 0


def test_logging_in_writes_nothing_into_the_protected_row(cast, client, settings):
    """No hash is silently upgraded: the column is sealed by its last act (records)."""
    old = make_password(PASSWORD, hasher="md5")
    User.objects.filter(pk=cast.handler.pk).update(password=old)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher",
    ]  # fmt: skip
    assert try_log_in(client, "1202", PASSWORD).status_code == 302
    assert User.objects.get(pk=cast.handler.pk).password == old


def test_unknown_closed_gone_expired_and_locked_answer_alike(cast, client):
    User.objects.filter(pk=cast.window.pk).update(is_active=False)
    User.objects.filter(pk=cast.inspector.pk).update(left_on=clock.today())
    User.objects.filter(pk=cast.verifier.pk).update(password_expires_at=clock.now() - timedelta(seconds=1))
    tries = [("1202", "wrong"), ("nobody", "wrong"), (cast.window.username, PASSWORD),
             (cast.inspector.username, PASSWORD), (cast.verifier.username, PASSWORD)]  # fmt: skip
    answers = [try_log_in(Client(), name, word) for name, word in tries]
    for _ in range(6):
        locked = try_log_in(Client(), "1202", PASSWORD)
        try_log_in(Client(), "1202", "wrong")
    locked = try_log_in(Client(), "1202", PASSWORD)
    bodies = {body(one) for one in [*answers, locked]}
    assert len(bodies) == 1 and {one.status_code for one in [*answers, locked]} == {200}
    assert "没有通过验证" in bodies.pop()


def test_five_failures_lock_and_the_victim_still_enters_from_elsewhere(cast):
    for _ in range(5):
        try_log_in(Client(), "1001", "guess", address="10.9.9.9")
    assert try_log_in(Client(), "1001", PASSWORD, address="10.9.9.9").status_code == 200  # locked here
    assert try_log_in(Client(), "1001", PASSWORD, address="10.0.0.7").status_code == 302  # the leader at his desk
    assert try_log_in(Client(), "1202", PASSWORD, address="10.9.9.9").status_code == 302  # a colleague behind it


def test_one_address_cannot_spray_all_names(cast):
    for number in range(60):
        try_log_in(Client(), f"guess{number}", "x", address="10.9.9.8")
    assert try_log_in(Client(), "1202", PASSWORD, address="10.9.9.8").status_code == 200
    assert try_log_in(Client(), "1202", PASSWORD, address="10.0.0.2").status_code == 302


def test_every_refusal_costs_one_hash(cast, monkeypatch):
    """Known, unknown and locked names take alike: each hashes exactly once."""
    counted = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    real = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *a, **k: counted.append(1) or real(self, *a, **k))
    costs = []
    for name in ["1202", "nobody", *["1301"] * 6]:
        counted.clear()
        try_log_in(Client(), name, "wrong")
        costs.append(len(counted))
    assert set(costs) == {1}


def test_a_failed_log_in_keeps_no_name_and_no_password(cast, client):
    try_log_in(client, "my-Secret-typed-as-name", "pw-canary")
    entry = Entry.objects.get(act="accounts.log_in_failed")
    whole = repr(entry.__dict__)
    assert "my-Secret" not in whole and "pw-canary" not in whole
    assert queries.name_digest("my-Secret-typed-as-name")[:12] in entry.subject_label
    assert [one.act for one in queries.trail(person="my-Secret-typed-as-name")[0]] == ["登录失败"]


def test_the_session_key_changes_at_log_in(cast, client):
    session = client.session
    session["planted"] = "x"
    session.save()
    before = client.session.session_key
    try_log_in(client, "1202", PASSWORD)
    assert client.session.session_key != before


def test_log_out_leaves_an_entry_and_nothing_open(cast, client):
    try_log_in(client, "1202", PASSWORD)
    client.post("/logout/")
    assert acts("accounts.log_out") == 1
    assert client.get("/")["Location"].startswith("/login/")


@pytest.mark.parametrize(("minutes", "alive"), [(29, True), (31, False)])
def test_idle_sessions_end(cast, client, monkeypatch, minutes, alive):
    try_log_in(client, "1202", PASSWORD)
    client.get("/")
    then = clock.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: then)
    assert (client.get("/").status_code == 200) is alive
    assert acts("accounts.session_ended") == (0 if alive else 1)


def test_a_busy_session_ends_after_twelve_hours(cast, client, monkeypatch):
    try_log_in(client, "1202", PASSWORD)
    began, opened = clock.now(), []
    for quarter in range(1, 52):
        monkeypatch.setattr(clock, "now", lambda at=began + timedelta(minutes=15 * quarter): at)
        opened.append(client.get("/").status_code)
    assert opened[:47] == [200] * 47 and opened[-1] == 302


def test_a_clock_set_back_brings_no_session_back(cast, client, monkeypatch):
    try_log_in(client, "1202", PASSWORD)
    client.get("/")
    now = clock.now()
    other = Client()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=2))
    try_log_in(other, "1201", PASSWORD)
    assert other.get("/").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=5))  # two hours back: the first is not idle
    assert client.get("/").status_code == 302 and other.get("/").status_code == 302


def test_a_disabled_account_is_out_at_its_next_request(cast, client):
    try_log_in(client, "1202", PASSWORD)
    assert client.get("/").status_code == 200
    org.disable(cast.handler, version=1, reason="借调", by=cast.office, on=clock.today())
    assert client.get("/").status_code == 302


def test_a_duty_taken_away_is_gone_at_the_next_request(cast, client):
    try_log_in(client, cast.office.username, PASSWORD)
    assert client.get(reverse("org:add_person")).status_code == 200
    org.relieve(cast.office.posts.get(), by=cast.secadmin, on=clock.today())
    assert client.get(reverse("org:add_person")).status_code == 403


class TestPassword:
    def change(self, client, old=PASSWORD, new=FRESH):
        return client.post(reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new})

    def test_changing_it_ends_every_other_session_and_keeps_this_one(self, cast, client):
        other = Client()
        for one in (client, other):
            try_log_in(one, "1202", PASSWORD)
        assert self.change(client).status_code == 302
        assert client.get("/").status_code == 200 and other.get("/").status_code == 302
        assert acts("accounts.change_password") == 1
        assert try_log_in(Client(), "1202", PASSWORD).status_code == 200
        assert try_log_in(Client(), "1202", FRESH).status_code == 302

    @pytest.mark.parametrize("new", ["short", PASSWORD, "123456789012345", "林晓舟林晓舟林晓舟林晓舟"])
    def test_weak_or_same_is_refused(self, cast, client, new):
        try_log_in(client, "1202", PASSWORD)
        assert self.change(client, new=new).status_code == 200
        assert acts("accounts.change_password") == 0

    def test_an_issued_password_is_changed_before_anything_else(self, cast, client):
        org.issue_password(
            cast.handler, encoded=make_password("kamo-rive-7482"), now=clock.now(), by=cast.office, on=clock.today()
        )
        try_log_in(client, "1202", "kamo-rive-7482")
        for url in ("/", reverse("org:people"), reverse("accounts:mine")):
            assert client.get(url)["Location"] == reverse("account_change_password")
        self.change(client, old="kamo-rive-7482")
        assert client.get("/").status_code == 200
        assert User.objects.get(pk=cast.handler.pk).password_expires_at is None

    def test_an_issued_password_dies_after_three_days(self, cast, client):
        long_ago = clock.now() - timedelta(hours=73)
        org.issue_password(
            cast.handler, encoded=make_password("kamo-rive-7482"), now=long_ago, by=cast.office, on=clock.today()
        )
        assert try_log_in(client, "1202", "kamo-rive-7482").status_code == 200


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


class TestSecondFactor:
    def turn_on(self, client):
        url = reverse("mfa_activate_totp")
        secret = client.get(url).context["form"].secret
        answer = client.post(url, {"code": code_of(secret)})
        assert answer.status_code == 302
        cache.clear()  # the code just used may be used again at once, for the test's sake
        return secret

    def test_on_asked_for_and_off_again(self, cast, client):
        try_log_in(client, "1202", PASSWORD)
        secret = self.turn_on(client)
        assert acts("accounts.second_factor_on") == 1
        kept = Authenticator.objects.get(user=cast.handler, type="totp").data["secret"]
        assert secret not in kept  # sealed in the database
        other = Client()
        assert try_log_in(other, "1202", PASSWORD)["Location"] == reverse("mfa_authenticate")
        assert other.get("/").status_code == 302  # the password alone opens nothing
        assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
        assert acts("accounts.log_in_failed") == 1
        other.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
        assert other.get("/").status_code == 200
        assert Entry.objects.filter(act="accounts.log_in").latest("pk").body.find("经二次验证") > 0
        client.post(reverse("mfa_deactivate_totp"))
        assert acts("accounts.second_factor_off") == 1

    @pytest.mark.parametrize(("who", "must"), [("sysadmin", True), ("discipline", True), ("handler", False)])
    def test_level3_wants_it_of_the_three_administrators_and_discipline(self, cast, client, settings, who, must):
        settings.SECURITY_PROFILE = "level3"
        try_log_in(client, getattr(cast, who).username, PASSWORD)
        answer = client.get("/")
        assert (answer.status_code == 302 and answer["Location"] == reverse("mfa_activate_totp")) is must
        if must:
            self.turn_on(client)
            assert client.get("/").status_code == 200
            client.post(reverse("mfa_deactivate_totp"))
            assert Authenticator.objects.filter(user=getattr(cast, who), type="totp").exists()


def test_the_password_is_asked_again_before_the_second_factor_changes(cast, client):
    try_log_in(client, "1202", PASSWORD)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 301}]
    session.save()
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))


def test_every_unsafe_door_wants_its_token(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.office)
    from django.urls import NoReverseMatch, get_resolver

    for room in ("org", "accounts"):
        for pattern in get_resolver().namespace_dict[room][1].url_patterns:
            for args in ([], [cast.handler.pk], ["00000000-0000-0000-0000-000000000000"]):
                try:
                    url = reverse(f"{room}:{pattern.name}", args=args)
                except NoReverseMatch:
                    continue
                assert client.post(url, {"submission": "x"}).status_code == 403, url
    for url in ("/logout/", reverse("account_change_password"), reverse("mfa_activate_totp")):
        assert client.post(url).status_code == 403
