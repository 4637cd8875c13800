"""Routes of the organisation."""

from django.urls import path

from luoshi.org import views

app_name = "org"
urlpatterns = [
    path("units/<int:pk>/", views.unit, name="unit"),
    path("people/<int:pk>/", views.person, name="person"),
]
