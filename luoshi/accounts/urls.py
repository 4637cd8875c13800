"""Routes of the door; the library's log-in pages stand in `config.urls`."""

from django.urls import path

from luoshi.accounts.views import manage, mine, trail

app_name = "accounts"
urlpatterns = [
    path("", manage.account_list, name="list"),
    path("<int:pk>/", manage.account, name="account"),
    path("<int:pk>/password/", manage.issue_password, name="issue_password"),
    path("<int:pk>/disable/", manage.disable, name="disable"),
    path("<int:pk>/enable/", manage.enable, name="enable"),
    path("<int:pk>/sessions/end/", manage.end_sessions, name="end_sessions"),
    path("<int:pk>/second-factor/off/", manage.clear_second_factor, name="clear_second_factor"),
    path("mine/", mine.mine, name="mine"),
    path("mine/sessions/<int:pk>/end/", mine.end_session, name="end_session"),
    path("draft/", mine.draft, name="draft"),
    path("draft/forget/", mine.forget_draft, name="forget_draft"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<int:pk>/values/", trail.read_values, name="read_values"),
]
