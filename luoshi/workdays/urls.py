"""Routes of the room."""

from django.urls import path

from luoshi.workdays import views

app_name = "workdays"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("count/", views.count, name="count"),
    path("load/", views.load, name="load"),
    path("day/", views.new_day, name="new_day"),
    path("day/<int:pk>/", views.day, name="day"),
    path("day/<int:pk>/remove/", views.remove_day, name="remove_day"),
    path("hours/", views.hours, name="hours"),
]
