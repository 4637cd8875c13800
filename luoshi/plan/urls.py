"""Routes of the room."""

from django.urls import path  # noqa: F401

app_name = "plan"
urlpatterns: list = []
