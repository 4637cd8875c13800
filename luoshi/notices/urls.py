"""Routes of the room."""

from django.urls import path

from luoshi.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.listing, name="list"),
    path("read/", views.mark_all_read, name="mark_all_read"),
    path("<int:pk>/", views.open_notice, name="open"),
]
