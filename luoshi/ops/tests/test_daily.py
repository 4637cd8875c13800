"""The round is a visible list; a job that fails stops nothing; a second round on the day does nothing new."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from luoshi.lib.clock import SHANGHAI
from luoshi.ops import clockwork, daily, jobs
from luoshi.workdays.services import load_official

DAY = date(2026, 11, 24)


@pytest.mark.django_db
def test_a_job_that_fails_stops_nothing(monkeypatch, caplog):
    done = []

    def broken(on):
        raise ValueError("网关不通")

    monkeypatch.setattr(
        daily, "JOBS", (daily.Job("a", "甲", broken), daily.Job("b", "乙", lambda on: done.append(on) or 1))
    )
    first, second = daily.run(DAY)
    assert "网关不通" in first.error and first.result is None
    assert not second.error and second.result == 1 and done == [DAY]


@pytest.mark.django_db
def test_every_job_may_be_repeated(cast):
    load_official(by=None, on=DAY)
    for one in daily.run(DAY):
        assert not one.error, one
    again = {one.name: one.result for one in daily.run(DAY)}
    assert again["matters.remind"] == again["notices.digest"] == again["notices.outbox"] == 0


def test_names_are_unique_and_titles_chinese():
    assert len({one.name for one in daily.JOBS}) == len(daily.JOBS)
    assert all(any("一" <= letter <= "鿿" for letter in one.title) for one in daily.JOBS)


@pytest.fixture
def enqueued(monkeypatch):
    found = []
    monkeypatch.setattr(jobs, "sweep_outbox", lambda: found.append("outbox"))
    monkeypatch.setattr(jobs, "run_daily", lambda on: found.append(on))
    return found


def at(monkeypatch, text):
    moment = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    monkeypatch.setattr(clockwork.clock, "now", lambda: moment)


@pytest.mark.django_db
def test_the_round_waits_for_the_morning_of_a_working_day_and_comes_once(cast, enqueued, monkeypatch):
    load_official(by=None, on=DAY)
    scheduler = clockwork.Scheduler()
    for moment, expected in (
        ("2026-09-30T08:29", []),
        ("2026-09-30T08:30", ["2026-09-30"]),
        ("2026-09-30T17:00", []),
        ("2026-10-01T09:00", []),  # 国庆节
        ("2026-10-10T09:00", ["2026-10-10"]),  # a Saturday worked for it
        ("2026-10-11T09:00", []),
        ("2026-10-12T12:30", []),  # started over lunch, nobody is reminded before the afternoon
        ("2026-10-12T14:31", ["2026-10-12"]),
        ("2026-10-13T21:00", []),
    ):
        at(monkeypatch, moment)
        enqueued.clear()
        scheduler.tick()
        assert enqueued == ["outbox", *expected], moment


@pytest.mark.django_db
def test_only_one_scheduler_of_a_data_directory_works(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    first, second = clockwork.Scheduler(), clockwork.Scheduler()
    assert first.mine() and first.mine() and not second.mine()
    first.lock.close()  # its process ended
    assert second.mine()
    second.lock.close()
