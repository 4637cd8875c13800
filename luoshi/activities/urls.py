"""Routes of activities: the list, one record, the forms that enter one; further topics below, each its own module."""

from __future__ import annotations

from django.urls import URLPattern

from luoshi.activities.views.addresses import TOPICS

app_name = "activities"
urlpatterns: list[URLPattern] = [*TOPICS]
