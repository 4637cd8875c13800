"""Routes of plans: the list, importing, the reading screen and its acts, a clause, the rules."""

from django.urls import path

from luoshi.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.listing, name="list"),
    path("import/", views.bring_in, name="import"),
    path("import/preview/", views.preview, name="preview"),
    path("rules/", views.rules, name="rules"),
    path("rules/<int:pk>/end/", views.end, name="end_rule"),
    path("rules/<int:pk>/paper/", views.paper, name="paper"),
    path("rules/<slug:slot>/decide/", views.decide, name="decide"),
    path("rules/<int:pk>/keep/", views.keep, name="keep_rule"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/versions/new/", views.new_version, name="new_version"),
    path("<int:pk>/versions/new/<uuid:token>/", views.adopt, name="adopt"),
    path("texts/<int:pk>/difference/", views.difference, name="difference"),
    path("texts/<int:pk>/carry-over/", views.carry_over, name="carry_over"),
    path("texts/<int:pk>/", views.read, name="read"),
    path("texts/<int:pk>/original/", views.original, name="original"),
    path("texts/<int:pk>/confirm/", views.confirm_many, name="confirm_many"),
    path("texts/<int:pk>/drop/", views.drop_many, name="drop_many"),
    path("duties/<int:pk>/", views.duty, name="duty"),
    path("duties/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("duties/<int:pk>/correct/", views.correct, name="correct"),
    path("duties/<int:pk>/drop/", views.drop, name="drop"),
    path("duties/<int:pk>/restore/", views.restore, name="restore"),
    path("clauses/<int:pk>/", views.clause, name="clause"),
    path("clauses/<int:pk>/no-duty/", views.no_duty, name="no_duty"),
]
