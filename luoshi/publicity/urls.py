"""Routes of articles."""

from django.urls import path

from luoshi.publicity import views

app_name = "publicity"
urlpatterns = [
    path("", views.posts, name="posts"),
    path("new/", views.new, name="new"),
    path("experiences/", views.experiences, name="experiences"),
    path("experiences/<int:year>/<int:quarter>/none/", views.say_none, name="say_none"),
    path("outlets/<int:pk>/void/", views.outlet_void, name="outlet_void"),
    path("adoptions/<int:pk>/void/", views.adoption_void, name="adoption_void"),
    path("<uuid:public_id>/", views.post, name="post"),
    path("<uuid:public_id>/edit/", views.edit, name="edit"),
    path("<uuid:public_id>/submit/", views.submit, name="submit"),
    path("<uuid:public_id>/review/", views.review, name="review"),
    path("<uuid:public_id>/give-back/", views.give_back, name="give_back"),
    path("<uuid:public_id>/widen/", views.widen, name="widen"),
    path("<uuid:public_id>/stamp/", views.stamp, name="stamp"),
    path("<uuid:public_id>/publish/", views.publish, name="publish"),
    path("<uuid:public_id>/correct/", views.correct, name="correct"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:public_id>/void/", views.void, name="void"),
    path("<uuid:public_id>/outlet/", views.outlet, name="outlet"),
    path("<uuid:public_id>/adopt/", views.adopt, name="adopt"),
]
