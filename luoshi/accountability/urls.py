"""Routes of accountability."""

from django.urls import path

from luoshi.accountability import views

app_name = "accountability"
urlpatterns = [
    path("bars/", views.bars, name="bars"),
    path("bars/new/", views.new, name="bar_new"),
    path("bars/<uuid:public_id>/", views.bar, name="bar"),
    path("bars/<uuid:public_id>/lift/", views.lift, name="bar_lift"),
    path("bars/<uuid:public_id>/paper/", views.paper, name="bar_paper"),
]
