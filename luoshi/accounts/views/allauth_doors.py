"""The library's own steps, each leaving its entry in the same transaction as what it changes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.accounts import services
from luoshi.lib import clock


class SecondFactorOn(ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        change = super().form_valid
        return services.change_second_factor(
            lambda: change(form), name="accounts.second_factor_on", by=self.request.user
        )


class SecondFactorOff(DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        change = super().form_valid
        return services.change_second_factor(
            lambda: change(form), name="accounts.second_factor_off", by=self.request.user
        )


class FreshRecoveryCodes(GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        change = super().form_valid
        return services.change_second_factor(lambda: change(form), name="accounts.recovery_codes", by=self.request.user)


class SecondStep(AuthenticateView):
    """The code after the password; a wrong one is a failed log-in."""

    def form_invalid(self, form: Any) -> HttpResponse:
        services.log_in_failed(username=self.stage.login.user.username, now=clock.now())
        return super().form_invalid(form)


def too_many(request: HttpRequest) -> HttpResponse:
    """What a limit answers, in plain words."""
    context = {"title": "操作太频繁，没有处理", "advice": "请稍等几分钟再试。"}
    return render(request, "ui/error.html", context, status=429)


second_factor_on = SecondFactorOn.as_view()
second_factor_off = SecondFactorOff.as_view()
fresh_recovery_codes = FreshRecoveryCodes.as_view()
second_step = SecondStep.as_view()
