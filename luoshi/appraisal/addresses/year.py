"""Addresses of the year-end review of units and people."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
