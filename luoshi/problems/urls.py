"""Routes of problems: writing one down, one problem, one address for each act (`problems:confirm` … by move)."""

from django.urls import path

from luoshi.problems import views

app_name = "problems"
urlpatterns = [
    path("", views.ledger, name="list"),
    path("sheet/", views.sheet, name="sheet"),
    path("sheet/export/", views.export, name="export"),
    path("<uuid:public_id>/pane/", views.pane, name="pane"),
    path("new/", views.open_new, name="open"),
    path("similar/", views.similar, name="similar"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.amend, name="amend"),
    path("<uuid:public_id>/evidence/<uuid:evidence_id>/", views.evidence, name="evidence"),
    *[
        path(f"<uuid:public_id>/{move.replace('_', '-')}/", view, name=move)
        for move, view in views.ACTS.items()
    ],
]  # fmt: skip
