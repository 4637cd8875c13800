"""Routes of problems: the ledger, one problem, and one address for each act."""

from django.urls import path

from luoshi.problems import views

app_name = "problems"
urlpatterns = [
    path("", views.ledger, name="list"),
    path("<uuid:public_id>/pane/", views.pane, name="pane"),
    path("<uuid:public_id>/", views.detail, name="detail"),
]
