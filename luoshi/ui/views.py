"""Pages that belong to no room: errors in plain Chinese."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from luoshi.lib import clock
from luoshi.ui.context import kit_url
from luoshi.ui.forms import SILENT, plain_lines


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long or came from elsewhere; what was typed is shown so that nothing is lost."""
    typed = [
        (name, value)
        for name in request.POST
        if name not in SILENT and "password" not in name and name != "code"
        for value in request.POST.getlist(name)
    ]
    context = {
        "title": "页面停留太久，安全校验已过期，没有保存。",
        "advice": "请返回刷新后重新提交；下面是刚才填的内容。",
        "lines": plain_lines(typed),
        "back": request.path,
    }
    return render(request, "ui/conflict.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(
        request,
        "ui/error.html",
        {"title": "没有找到这个页面", "advice": "地址可能有误，或这件事不在您的可见范围内。"},
        status=404,
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/refused.html", {"why": "您没有办理这件事的职责。"}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(
        request,
        "ui/error.html",
        {"title": "请求有误，没有处理", "advice": "请返回上一页刷新后再试。"},
        status=400,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Drawn without the session or the database: they may be what broke."""
    context = {
        "title": "系统出错，没有保存",
        "advice": "请稍后再试；如反复出现，请把时间告诉系统管理员。",
        "printed_at": clock.now(),
        "kit": kit_url(),
    }
    return HttpResponse(render_to_string("ui/error.html", context), status=500)
