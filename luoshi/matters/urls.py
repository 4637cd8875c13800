"""Routes of matters."""

from django.urls import path

from luoshi.matters import views

app_name = "matters"
urlpatterns = [path("<uuid:public_id>/", views.detail, name="detail")]
