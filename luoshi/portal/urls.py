"""Routes of the hall."""

from django.urls import path

from luoshi.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
