"""Routes of commitments, concerns and livelihood work."""

from django.urls import path

from luoshi.commitments import views

app_name = "commitments"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("notice/", views.notice, name="notice"),
    path("fulfilment/", views.fulfilment, name="fulfilment"),
    path("promises/<int:pk>/progress/", views.progress, name="progress"),
    path("promises/<int:pk>/fulfil/", views.fulfil, name="fulfil"),
    path("promises/<int:pk>/amend/", views.amend, name="amend"),
    path("promises/<int:pk>/link/", views.link, name="link"),
    path("links/<int:pk>/end/", views.unlink, name="unlink"),
    path("progress/<int:pk>/void/", views.void_progress, name="void_progress"),
    path("proofs/<int:pk>/", views.proof, name="proof"),
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/new/", views.receive, name="receive"),
    path("concerns/<uuid:public_id>/", views.concern, name="concern"),
    path("concerns/<uuid:public_id>/answer/", views.answer, name="answer"),
    path("concerns/<uuid:public_id>/close/", views.close, name="close"),
    path("concerns/<uuid:public_id>/hand-over/", views.hand_over, name="hand_over"),
    path("concerns/<uuid:public_id>/problem/", views.list_problem, name="list_problem"),
    path("concerns/<uuid:public_id>/reassign/", views.reassign, name="reassign"),
    path("concerns/<uuid:public_id>/void/", views.void_concern, name="void_concern"),
    path("livelihood/", views.batches, name="batches"),
    path("livelihood/new/", views.batch_new, name="batch_new"),
    path("livelihood/<uuid:public_id>/", views.batch, name="batch"),
    path("livelihood/<uuid:public_id>/add/", views.batch_add, name="batch_add"),
    path("livelihood/items/<int:pk>/finish/", views.item_finish, name="item_finish"),
    path("livelihood/items/<int:pk>/edit/", views.item_edit, name="item_edit"),
    path("livelihood/items/<int:pk>/hand-over/", views.item_hand_over, name="item_hand_over"),
    path("livelihood/items/<int:pk>/void/", views.item_void, name="item_void"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.edit, name="edit"),
    path("<uuid:public_id>/submit/", views.submit, name="submit"),
    path("<uuid:public_id>/give-back/", views.give_back, name="give_back"),
    path("<uuid:public_id>/publish/", views.publish, name="publish"),
    path("<uuid:public_id>/settle/", views.settle, name="settle"),
    path("<uuid:public_id>/void/", views.void, name="void"),
]
