"""All routes. Ours declare who may enter at the view; those of libraries are declared here, by name."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa_base
from allauth.mfa.recovery_codes import views as recovery
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import include, path

from luoshi.accounts.views import allauth_doors
from luoshi.org.access import PUBLIC, STAFF, Route
from luoshi.publicity.views import public_post, public_posts
from luoshi.ui.styleguide import styleguide

THIRD_PARTY_ROUTES = {
    "account_login": Route(PUBLIC, acts=("accounts.log_in",)),
    "account_logout": Route(PUBLIC, acts=("accounts.log_out",)),
    "account_change_password": Route(STAFF, acts=("accounts.change_password",)),
    "account_reauthenticate": Route(STAFF, reads=True),
    "mfa_reauthenticate": Route(STAFF, reads=True),
    "mfa_index": Route(STAFF),
    "mfa_authenticate": Route(PUBLIC, acts=("accounts.log_in",)),
    "mfa_activate_totp": Route(STAFF, acts=("accounts.second_factor_on",)),
    "mfa_deactivate_totp": Route(STAFF, acts=("accounts.second_factor_off",)),
    "mfa_generate_recovery_codes": Route(STAFF, acts=("accounts.recovery_codes",)),
    "mfa_view_recovery_codes": Route(STAFF),
    "usersessions_list": Route(STAFF, acts=("accounts.end_sessions",)),
}

urlpatterns = [
    path("", include("luoshi.portal.urls")),
    path("matters/", include("luoshi.matters.urls")),
    path("problems/", include("luoshi.problems.urls")),
    path("activities/", include("luoshi.activities.urls")),
    path("commitments/", include("luoshi.commitments.urls")),
    path("accountability/", include("luoshi.accountability.urls")),
    path("appraisal/", include("luoshi.appraisal.urls")),
    path("cadres/", include("luoshi.cadres.urls")),
    path("outcomes/", include("luoshi.outcomes.urls")),
    path("publicity/", include("luoshi.publicity.urls")),
    path("public/posts/", public_posts, name="public_posts"),
    path("public/posts/<uuid:public_id>/", public_post, name="public_post"),
    path("plan/", include("luoshi.plan.urls")),
    path("workdays/", include("luoshi.workdays.urls")),
    path("notices/", include("luoshi.notices.urls")),
    path("org/", include("luoshi.org.urls")),
    path("accounts/", include("luoshi.accounts.urls")),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/again/code/", mfa_base.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/", mfa_base.index, name="mfa_index"),
    path("login/second-factor/", allauth_doors.second_step, name="mfa_authenticate"),
    path("account/second-factor/totp/", allauth_doors.second_factor_on, name="mfa_activate_totp"),
    path("account/second-factor/totp/off/", allauth_doors.second_factor_off, name="mfa_deactivate_totp"),
    path(
        "account/second-factor/codes/new/",
        allauth_doors.fresh_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("account/second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
]
if settings.DEBUG:  # the components on pages of their own, for whoever builds the look
    THIRD_PARTY_ROUTES["styleguide"] = Route(STAFF)
    urlpatterns.append(path("styleguide/<str:page>/", styleguide, name="styleguide"))

handler400 = "luoshi.ui.views.bad_request"
handler403 = "luoshi.ui.views.forbidden"
handler404 = "luoshi.ui.views.not_found"
handler429 = "luoshi.accounts.views.allauth_doors.too_many"
handler500 = "luoshi.ui.views.broken"
