"""Routes of activities: the list, one record, the forms that enter one; further topics below, each its own module."""

from __future__ import annotations

from django.urls import include, path

from luoshi.activities.views import findings, importing, listing, objections, recording
from luoshi.activities.views.addresses import TOPICS

app_name = "activities"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("mine/", listing.mine, name="mine"),
    path("mine/<int:pk>/object/", objections.object_to, name="object"),
    path("objections/", objections.objections, name="objections"),
    path("objections/<int:pk>/answer/", objections.answer, name="answer"),
    path("new/", recording.new, name="new"),
    path("import/", importing.import_past, name="import"),
    path("import/blank/", importing.import_blank, name="import_blank"),
    path("visits/new/", recording.visit, name="visit"),
    path("<uuid:public_id>/", listing.detail, name="detail"),
    path("<uuid:public_id>/edit/", recording.edit, name="edit"),
    path("<uuid:public_id>/void/", recording.void, name="void"),
    path("<uuid:public_id>/hear/", findings.hear, name="hear"),
    path("<uuid:public_id>/convert/", findings.convert, name="convert"),
    path("<uuid:public_id>/opinions/<int:pk>/back/", findings.opinion_back, name="opinion_back"),
    path("<uuid:public_id>/conversions/<int:pk>/back/", findings.conversion_back, name="conversion_back"),
    path("<uuid:public_id>/paper/", listing.paper, name="paper"),
    path("quotas/", include("luoshi.activities.quota_urls")),
    *TOPICS,
]
