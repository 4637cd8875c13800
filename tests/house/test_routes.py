"""Default deny: every route declares its door, and every mutating view is safe to send twice."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from luoshi.config.urls import THIRD_PARTY_ROUTES
from luoshi.org.access import PUBLIC, declared_route

EXPECTED_PUBLIC = {
    "account_login", "account_logout", "mfa_authenticate", "portal:healthz", "portal:readyz",
    "public_posts", "public_post",
}  # fmt: skip


def routes(patterns=None, space=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern.callback


ALL = sorted(routes(), key=lambda one: one[0])


@pytest.mark.parametrize(("name", "view"), ALL, ids=[name for name, _ in ALL])
def test_every_route_declares_who_may_enter(name, view):
    assert declared_route(view, name) is not None, f"{name}: put @route(may=…) on the view"


def test_the_public_doors_are_these_and_no_others():
    public = {name for name, view in ALL if (found := declared_route(view, name)) and found.may == PUBLIC}
    assert public == EXPECTED_PUBLIC


@pytest.mark.parametrize(("name", "view"), ALL, ids=[name for name, _ in ALL])
def test_every_view_that_acts_is_safe_to_send_twice(name, view):
    found = declared_route(view, name)
    if name in THIRD_PARTY_ROUTES or not found or not found.acts:
        return
    inner, marked = view, False
    while inner is not None:
        marked = marked or getattr(inner, "is_once", False)
        inner = getattr(inner, "__wrapped__", None)
    assert marked, f"{name}: a view that acts wants @once"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "view"), ALL, ids=[name for name, _ in ALL])
def test_a_stranger_without_log_in_enters_no_private_route(client, name, view):
    from django.urls import NoReverseMatch, reverse

    if name in EXPECTED_PUBLIC:
        return
    pattern_args = ([], ["1"], ["00000000-0000-0000-0000-000000000000"], ["1", "1"],
                    ["00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"],
                    ["00000000-0000-0000-0000-000000000000", "1"], ["1", "00000000-0000-0000-0000-000000000000"],
                    ["2026"], ["1", "study_weekly", "2026-W10"],
                    ["00000000-0000-0000-0000-000000000000", "1", "1"])  # fmt: skip
    for args in pattern_args:
        try:
            url = reverse(name, args=args)
        except NoReverseMatch:
            continue
        answer = client.get(url)
        assert answer.status_code == 302 and "/login/" in answer["Location"], (name, answer.status_code)
        return
    pytest.fail(f"{name}: no URL could be made, add its arguments here")
