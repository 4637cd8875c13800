"""The frame round every page: the rail, the person's menu, errors, the components of the guide."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import include, path, reverse
from django_cotton.compiler_regex import CottonCompiler

from luoshi.config import urls as house
from luoshi.org.access import STAFF, Route, route
from luoshi.org.rules import Duty
from luoshi.ui import context
from luoshi.ui.styleguide import PAGES, styleguide
from luoshi.ui.views import broken


@route(may=STAFF)
def open_to_all(request):
    return HttpResponse()


@route(may=Duty.OFFICE)
def office_only(request):
    return HttpResponse()


def undeclared(request):
    return HttpResponse()


THIRD_PARTY_ROUTES = {**house.THIRD_PARTY_ROUTES, "styleguide": Route(STAFF)}
urlpatterns = [
    path("sample/", include(([path("all/", open_to_all, name="all"), path("office/", office_only, name="office"),
                              path("bare/", undeclared, name="bare")], "sample"))),
    path("styleguide/<str:page>/", styleguide, name="styleguide"),
    *[one for one in house.urlpatterns if getattr(one, "name", "") != "styleguide"],
]  # fmt: skip
handler400, handler403, handler404, handler500 = (
    house.handler400, house.handler403, house.handler404, house.handler500,
)  # fmt: skip
here = pytest.mark.urls(__name__)


@pytest.fixture
def sample_rail(monkeypatch):
    sections = (
        context.Section("大家", "desk", (("大家", "sample:all"),), frozenset({"other"})),
        context.Section("办公室", "gear", (("甲", "sample:office"), ("乙", "sample:all")), frozenset({"sample"})),
        context.Section("没登记", "plan", (("没登记", "sample:bare"),)),
        context.Section("还没有", "plan", (("还没有", "sample:not_built"),)),
    )
    monkeypatch.setattr(context, "RAIL", sections)


@here
def test_the_rail_shows_only_what_a_role_can_use(sample_rail):
    """Driven by the routes' own declarations; a room not built, or a door not declared, is not shown."""
    handler, _, _ = context.rail(frozenset({"HANDLER"}), "sample:all")
    office, pages, label = context.rail(frozenset({"OFFICE"}), "sample:all")
    assert [one["label"] for one in handler] == ["大家", "办公室"]
    assert handler[1]["url"] == reverse("sample:all"), "the first page of the section that this role may open"
    assert [one["label"] for one in office] == ["大家", "办公室"] and office[1]["url"] == reverse("sample:office")
    assert [(one["label"], one["here"]) for one in pages] == [("甲", False), ("乙", True)] and label == "办公室"
    assert [one["here"] for one in office] == [False, True]


@pytest.mark.django_db
def test_every_word_on_the_real_rail_opens_for_whom_it_is_shown(cast, enter):
    for person in (cast.office, cast.handler, cast.leader, cast.sysadmin, cast.auditor):
        page = enter(person).get("/").content.decode()
        links = re.findall(r'<li><a href="([^"]+)"', page.split('class="rail"', 1)[1].split("</nav>", 1)[0])
        assert links and links[0] == "/"
        for link in links:
            assert enter(person).get(link).status_code in (200, 302), f"{person} is shown {link}"


@pytest.mark.django_db
def test_the_frame_says_who_is_here_and_what_is_forbidden(cast, enter):
    page = enter(cast.handler).get("/").content.decode()
    assert cast.handler.name in page and "严禁处理、存储涉密信息" in page
    assert "跳到正文" in page and '<main id="content"' in page and 'aria-live="polite"' in page
    for name in ("account_change_password", "mfa_index", "account_logout"):
        assert reverse(name) in page
    assert page.count("<h1") == 1 or page.count("<h1") == 0


@pytest.mark.django_db
def test_facts_hung_on_the_request_are_shown(cast):
    request = RequestFactory().get("/")
    request.user, request.resolver_match = cast.handler, None
    request.workday_of_month, request.unread_notices, request.duty_words = 16, 3, "承办人"
    request.typed_draft = {"path": "/x/", "typed": {"note": ["写了一半"], "submission": ["k"]}}
    found = context.frame(request)
    assert (found["workday_of_month"], found["unread_notices"], found["duty_words"]) == (16, 3, "承办人")
    assert (
        found["typed_draft"]["lines"] == [("填写内容", "写了一半")] and "submission" not in found["typed_draft"]["json"]
    )


@pytest.mark.django_db
def test_who_works_in_two_bureaus_can_change_between_them(cast):
    request = RequestFactory().get("/")
    request.user, request.resolver_match, request.session = cast.handler, None, {}
    request.bureau, request.bureaus = cast.bureau, [cast.bureau]
    assert "在哪个局办理" not in render_to_string("ui/frame.html", {}, request)
    request.bureaus = [cast.bureau, cast.other_bureau]
    html = render_to_string("ui/frame.html", {}, request)
    assert f'name="bureau" value="{cast.other_bureau.pk}"' in html and reverse("org:choose_bureau") in html


@pytest.mark.django_db
def test_the_log_in_page_is_plain_chinese_with_one_way_in(client):
    page = client.get(reverse("account_login")).content.decode()
    body = re.sub(r"<head>.*?</head>", "", page, flags=re.S)
    shown = re.sub(r"<[^>]+>", " ", body)
    assert "登录名（工号或手机号）" in shown and "请联系局办公室或系统管理员重置" in shown
    assert not re.search(r"[A-Za-z]{3,}", shown), re.findall(r"[A-Za-z]{3,}", shown)
    assert 'class="rail"' not in page and "严禁处理、存储涉密信息" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["account_change_password", "mfa_index", "usersessions_list", "account_reauthenticate"]
)
def test_pages_of_ones_own_account_speak_chinese(cast, enter, name):
    answer = enter(cast.handler).get(reverse(name))
    shown = re.sub(r"<[^>]+>", " ", re.sub(r"<head>.*?</head>", "", answer.content.decode(), flags=re.S))
    words = set(re.findall(r"[A-Za-z]{3,}", shown)) - {"Linux", "Chrome"}
    assert answer.status_code == 200 and not words, words


@pytest.mark.django_db
def test_the_menu_leaves_at_once(cast, enter):
    person = enter(cast.handler)
    assert person.post(reverse("account_logout")).status_code == 302
    assert person.get("/").status_code == 302


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_and_holds_the_policy(cast, enter):
    answer = enter(cast.handler).get("/nothing-here/")
    assert answer.status_code == 404 and "没有找到这个页面" in answer.content.decode()
    assert "unsafe-inline" not in answer["Content-Security-Policy"] and answer["Cache-Control"] == "no-store"


def test_the_site_stands_without_the_kit(client, settings, db):
    settings.STATICFILES_DIRS = []
    page = client.get(reverse("account_login")).content.decode()
    assert "kit.css" not in page and "luoshi/app.css" in page


def test_the_broken_page_is_drawn_without_a_session():
    answer = broken(RequestFactory().get("/"))
    assert answer.status_code == 500 and "没有保存" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_whose_page_grew_old_keeps_its_words(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.handler)
    answer = client.post("/", {"note": "写了很久的话", "password": "secret-word", "submission": "x"})
    page = answer.content.decode()
    assert answer.status_code == 403 and "写了很久的话" in page and "secret-word" not in page


@here
@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_every_component_is_drawn(cast, enter, page):
    html = enter(cast.handler).get(f"/styleguide/{page}/").content.decode()
    assert "<c-" not in html and "{{" not in html and "{%" not in html


@here
@pytest.mark.django_db
def test_a_pane_is_filled_with_its_part_alone(cast, enter):
    html = enter(cast.handler).get("/styleguide/list/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html and "办理过程" in html


def draw(text, **given):
    return engines["django"].from_string(CottonCompiler().process(text)).render(given)


def test_components_escape_what_they_are_given():
    evil = "<script>x</script>"
    for text in (
        '<c-page-head title="{{ evil }}" lead="{{ evil }}" />',
        '<c-state-badge label="{{ evil }}" />',
        '<c-lamp lamp="red" label="{{ evil }}" />{% lamp "red" evil %}',
        '<c-kv :items="pairs" />',
        '<c-timeline :events="events" />',
        '<c-evidence-list :files="files" />',
        '<c-filter-chips :chips="chips" />',
        '<c-empty title="{{ evil }}" lead="{{ evil }}" />',
    ):
        html = draw(
            text,
            evil=evil,
            pairs=[(evil, evil)],
            events=[{"on": None, "title": evil, "who": evil, "note": evil, "decided": evil}],
            files=[{"name": evil}],
            chips=[{"label": evil, "url": "?"}],
        )
        assert "<script>" not in html and "&lt;script&gt;" in html, text


def test_a_due_date_stands_with_its_words_and_its_why():
    html = draw(
        '<c-due-chip :on="on" words="还剩2个工作日" lamp="amber" :provisional="True">起算日不计入</c-due-chip>',
        on=date(2026, 11, 25),
    )
    assert "2026-11-25 周三" in html and "还剩2个工作日" in html and "暂定" in html
    assert "<summary>为什么</summary>" in html and "起算日不计入" in html and "<svg" in html
    assert "为什么" not in draw('<c-due-chip :on="on" />', on=date(2026, 11, 25))


def test_only_the_reader_who_pages_on_gets_a_link():
    assert draw("<c-pager />").strip() == ""
    html = draw('<c-pager next="?after=9" words="1–50 条，共 1000+ 条" />')
    assert 'rel="next"' in html and 'rel="prev"' not in html and "1000+" in html
