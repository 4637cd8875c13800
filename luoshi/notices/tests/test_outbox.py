"""The outbox: once a person and day, in office hours, never twice, never lost, and nothing said."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from luoshi.notices import gateways, queries, services
from luoshi.notices.gateways import Failed, Gateways
from luoshi.notices.models import Notice, OutboxMessage
from luoshi.workdays.rules import ZONE
from luoshi.workdays.services import load_official

SECRET = "城南污水管网改造迟报"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


MORNING = at("2026-11-23 08:40")


@pytest.fixture
def sent(monkeypatch):
    """What went out, in place of a gateway."""
    out = []
    monkeypatch.setattr(Gateways, "send", lambda self, message: out.append((message.key, self.payload(message))))
    return out


@pytest.fixture
def here(cast, settings):
    settings.LUOSHI_WEBHOOK_URL, settings.LUOSHI_MAIL_DIR, settings.EMAIL_HOST = "https://sms.example.gov/send", "", ""
    load_official(by=None, on=MORNING.date())
    return cast


def tell(cast, *people, key="m:1", **more):
    return services.notify(
        people, bureau=cast.bureau.pk, kind="matters.assign", key=key, title=SECRET, url=f"/matters/{key}/", **more
    )


def test_one_digest_a_person_and_day_however_often_it_is_asked(here, sent):
    tell(here, here.handler, here.chief)
    tell(here, here.handler, key="m:2")
    assert [services.send_due(MORNING) for _ in range(3)] == [2, 0, 0]
    tell(here, here.handler, key="m:3")
    assert services.send_due(at("2026-11-23 16:00")) == 0
    assert sorted(one["text"] for _, one in sent) == ["您有1件待办，请登录系统查看。", "您有2件待办，请登录系统查看。"]
    assert services.send_due(at("2026-11-24 08:40")) == 1
    assert sent[-1] == (f"digest:{here.handler.pk}:2026-11-24", {"to": "1202", "text": "您有3件待办，请登录系统查看。"})


def test_nothing_new_means_nothing_is_sent(here, sent):
    tell(here, here.handler)
    services.send_due(MORNING)
    assert services.send_due(at("2026-11-24 08:40")) == 0  # still unread, told already
    tell(here, here.chief, key="m:2")
    services.mark_all_read(here.chief, now=MORNING, upto=Notice.objects.latest("id").pk)
    assert services.send_due(at("2026-11-25 08:40")) == 0 and len(sent) == 1


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-22 09:00",  # Sunday
        "2026-10-05 09:00",  # National Day
        "2026-11-23 08:39",  # before the digest's time
        "2026-11-23 12:00",  # noon
        "2026-11-23 17:30",
        "2026-11-23 22:00",
    ],
)
def test_outside_office_hours_nothing_leaves(here, sent, moment):
    tell(here, here.handler)
    assert services.send_due(at(moment)) == 0 and sent == []
    assert not OutboxMessage.objects.exists()


def test_a_make_up_saturday_is_a_working_day(here, sent):
    tell(here, here.handler)
    assert services.send_due(at("2026-10-10 09:00")) == 1


def test_nothing_goes_out_unless_it_is_configured(here, sent, settings):
    settings.LUOSHI_WEBHOOK_URL = ""
    tell(here, here.handler, urgent=True)
    assert services.send_due(MORNING) == 0 and not OutboxMessage.objects.exists()


def test_a_failing_gateway_is_tried_again_and_never_marked_sent(here, monkeypatch, caplog):
    def refuse(self, message):
        raise Failed("消息网关答复500，没有接受")

    tell(here, here.handler)
    monkeypatch.setattr(Gateways, "send", refuse)
    assert services.send_due(MORNING) == 0
    row = OutboxMessage.objects.get()
    assert (row.state, row.attempts, row.sent_at, row.lease_until) == ("WAITING", 1, None, None)
    assert row.next_try_at > MORNING and "500" in row.last_error
    assert services.send_due(MORNING) == 0 and OutboxMessage.objects.get().attempts == 1
    monkeypatch.setattr(Gateways, "send", lambda self, message: None)
    assert services.send_due(MORNING + timedelta(minutes=3)) == 1
    row = OutboxMessage.objects.get()
    assert row.state == "SENT" and row.sent_at and row.last_error == ""
    assert SECRET not in caplog.text


def test_a_gateway_that_is_down_costs_few_tries_of_a_run(here, monkeypatch):
    def refuse(self, message):
        raise Failed("x")

    people = [here.handler, here.chief, here.leader, here.office, here.verifier]
    tell(here, *people)
    monkeypatch.setattr(Gateways, "send", refuse)
    services.send_due(MORNING)
    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0, 0, 1, 1, 1]


def test_after_the_last_try_it_failed(here, monkeypatch):
    def refuse(self, message):
        raise Failed("x")

    tell(here, here.handler)
    monkeypatch.setattr(Gateways, "send", refuse)
    services.send_due(MORNING)
    OutboxMessage.objects.update(attempts=11, next_try_at=MORNING)
    services.send_due(MORNING)
    assert OutboxMessage.objects.get().state == "FAILED"


def test_a_retry_waits_for_office_hours_and_an_unsent_digest_joins_the_next_day(here, sent, monkeypatch):
    tell(here, here.handler)
    services.compose_digests(MORNING)
    assert services.send_due(at("2026-11-23 18:00")) == 0
    assert OutboxMessage.objects.get().next_try_at == at("2026-11-24 08:30")
    assert services.send_due(at("2026-11-24 08:40")) == 1
    assert list(OutboxMessage.objects.order_by("on").values_list("state", flat=True)) == ["FAILED", "SENT"]
    assert [one["text"] for _, one in sent] == ["您有1件待办，请登录系统查看。"]


def test_two_senders_at_once_send_once(here, monkeypatch):
    """The second sender starts while the first one is at the gateway."""
    out = []

    def slow(self, message):
        out.append(message.key)
        assert services.send_due(MORNING + timedelta(seconds=5)) == 0

    tell(here, here.handler)
    monkeypatch.setattr(Gateways, "send", slow)
    assert services.send_due(MORNING) == 1 and len(out) == 1


def test_two_senders_that_saw_the_same_message_take_it_once(here, sent):
    from luoshi.notices.services import outbox

    tell(here, here.handler)
    services.compose_digests(MORNING)
    first, second = OutboxMessage.objects.get(), OutboxMessage.objects.get()
    assert outbox._take(first, MORNING) and not outbox._take(second, MORNING)


def test_two_composers_that_saw_the_same_people_write_once(here, sent, monkeypatch):
    tell(here, here.handler)
    seen = queries.due_digests(here.bureau.pk, MORNING.date())
    monkeypatch.setattr(queries, "due_digests", lambda *_: seen)
    assert [services.compose_digests(MORNING) for _ in range(2)] == [1, 0]
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.create(
            user=here.handler, bureau=here.bureau, channel="MAIL", key="other", on=MORNING.date(), count=1,
            next_try_at=MORNING,
        )  # fmt: skip


def test_a_sender_that_died_loses_nothing_and_a_late_one_cannot_mark(here, monkeypatch):
    from luoshi.notices.services import outbox

    class Killed(BaseException):
        pass

    def die(self, message):
        raise Killed

    tell(here, here.handler)
    services.compose_digests(MORNING)
    monkeypatch.setattr(Gateways, "send", die)
    with pytest.raises(Killed):
        services.send_due(MORNING)
    late = OutboxMessage.objects.get()
    assert late.state == "WAITING" and services.sweep(MORNING)["requeued"] == 0
    monkeypatch.setattr(Gateways, "send", lambda self, message: None)
    assert services.send_due(MORNING + timedelta(minutes=1)) == 0  # the lease still holds
    assert services.sweep(MORNING + timedelta(minutes=3))["requeued"] == 1
    assert services.send_due(MORNING + timedelta(minutes=3)) == 1

    def refuse(self, message):
        raise Failed("late")

    monkeypatch.setattr(Gateways, "send", refuse)
    outbox._send(late, Gateways(__import__("django.conf").conf.settings), MORNING + timedelta(minutes=4))
    assert OutboxMessage.objects.get().state == "SENT"


def test_urgent_leaves_at_any_hour_once_and_is_logged(here, sent, caplog):
    night = at("2026-11-22 22:00")
    with caplog.at_level("INFO", logger="luoshi.notices"):
        assert tell(here, here.handler, urgent=True) == 1
    assert tell(here, here.handler, urgent=True) == 0
    OutboxMessage.objects.update(next_try_at=night)
    assert services.send_due(night) == 1 and sent[0][1]["text"] == "您有1件待办，请登录系统查看。"
    row = OutboxMessage.objects.get()
    assert row.urgent and row.state == "SENT" and "urgent" in caplog.text and SECRET not in caplog.text


def test_the_folder_takes_the_place_of_every_gateway(here, settings, tmp_path):
    settings.LUOSHI_MAIL_DIR = str(tmp_path / "out")
    tell(here, here.handler)
    assert services.send_due(MORNING) == 1
    files = list((tmp_path / "out").iterdir())
    assert [one.name for one in files] == [f"digest-{here.handler.pk}-2026-11-23.json"]
    told = files[0].read_text(encoding="utf-8")
    assert SECRET not in told and json.loads(told)["text"] == "您有1件待办，请登录系统查看。"


def test_mail_where_there_is_no_gateway(here, settings, monkeypatch):
    settings.LUOSHI_WEBHOOK_URL, settings.EMAIL_HOST = "", "mail.example.gov"
    monkeypatch.setattr(
        "django.core.mail.backends.smtp.EmailBackend.send_messages",
        lambda self, out: mail.outbox.extend(out) or len(out),
    )
    here.handler.email = "lin@example.gov"
    type(here.handler).objects.filter(pk=here.handler.pk).update(email=here.handler.email)
    tell(here, here.handler, here.chief)  # the chief has no address: nothing for him
    assert services.send_due(MORNING) == 1
    assert (mail.outbox[0].to, mail.outbox[0].body) == (["lin@example.gov"], "您有1件待办，请登录系统查看。")
    assert SECRET not in str(mail.outbox[0].message())


@pytest.fixture
def gateway():
    """A gateway on this machine that remembers what it got and answers as told."""
    got, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            got.append((self.headers["Idempotency-Key"], json.loads(body)))
            status = answers.pop(0) if answers else 200
            self.send_response(status)
            if status == 307:
                self.send_header("Location", "/inner")
            self.end_headers()

        def log_message(self, *_):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/send", got, answers
    server.shutdown()
    server.server_close()


def test_the_webhook_gets_one_sentence_and_only_a_good_answer_counts(here, settings, gateway):
    settings.LUOSHI_WEBHOOK_URL, got, answers = gateway
    answers += [500, 307]
    tell(here, here.handler)
    assert services.send_due(MORNING) == 0
    assert services.send_due(MORNING + timedelta(minutes=2)) == 0  # a redirect is not followed and not an answer
    assert services.send_due(MORNING + timedelta(minutes=10)) == 1
    key = f"digest:{here.handler.pk}:2026-11-23"
    assert got == [(key, {"to": "1202", "text": "您有1件待办，请登录系统查看。"})] * 3


@pytest.mark.parametrize(
    "url", ["http://10.0.0.8/send", "ftp://x/", "file:///etc/passwd", "https://", "http://127.0.0.1.evil.com/", "x"]
)
def test_an_address_that_is_no_gateway_is_never_called(here, settings, monkeypatch, url):
    def called(*_, **__):
        raise AssertionError("called")

    monkeypatch.setattr("requests.Session.post", called)
    settings.LUOSHI_WEBHOOK_URL = url
    tell(here, here.handler)
    assert services.send_due(MORNING) == 0
    assert "网关地址" in OutboxMessage.objects.get().last_error


def test_an_unreachable_gateway_names_no_address(here, settings):
    settings.LUOSHI_WEBHOOK_URL = "http://127.0.0.1:9/send?token=secret"
    tell(here, here.handler)
    assert services.send_due(MORNING) == 0
    error = OutboxMessage.objects.get().last_error
    assert "连不上" in error and "secret" not in error and "127" not in error


def test_a_year_later_it_is_forgotten(here, sent):
    tell(here, here.handler)
    services.send_due(MORNING)
    Notice.objects.update(read_at=MORNING)
    assert services.sweep(MORNING) == {"requeued": 0, "let_go": 0, "messages": 0, "notices": 0}
    later = MORNING + timedelta(days=400)
    assert services.sweep(later) == {"requeued": 0, "let_go": 0, "messages": 1, "notices": 1}


def test_the_lease_outlives_the_gateways_time_out():
    from luoshi.notices.rules import LEASE

    assert LEASE.total_seconds() > 2 * (gateways.CONNECT_SECONDS + gateways.ANSWER_SECONDS)
