"""Addresses of commendations."""

from django.urls import path

from luoshi.cadres.views import commendations

urlpatterns = [
    path("commendations/", commendations.listing, name="commendations"),
    path("commendations/new/", commendations.new, name="commend"),
    path("commendations/<uuid:public_id>/", commendations.commendation, name="commendation"),
    path("commendations/<uuid:public_id>/notice/", commendations.notice, name="commendation_notice"),
    path("commendations/<uuid:public_id>/object/", commendations.object_to, name="commendation_object"),
    path("commendations/<uuid:public_id>/approve/", commendations.approve, name="commendation_approve"),
    path("commendations/<uuid:public_id>/publish/", commendations.publish, name="commendation_publish"),
    path("commendations/<uuid:public_id>/withdraw/", commendations.withdraw, name="commendation_withdraw"),
    path("commendations/<uuid:public_id>/files/<int:pk>/", commendations.proof, name="commendation_file"),
    path("objections/<int:pk>/settle/", commendations.settle, name="objection_settle"),
]
