"""Routes of matters: the list, one matter, and one address for each act (`matters:approve` … by the move's name)."""

from django.urls import path

from luoshi.matters import views

app_name = "matters"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.open_new, name="open"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.amend, name="edit"),
    path("<uuid:public_id>/evidence/<uuid:evidence_id>/", views.evidence, name="evidence"),
    *[
        path(f"<uuid:public_id>/{move.replace('_', '-')}/", view, name=move)
        for move, view in views.ACTS.items()
    ],
]  # fmt: skip
