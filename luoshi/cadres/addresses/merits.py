"""Addresses of merit files and abilities."""

from django.urls import path

from luoshi.cadres.views import merits

urlpatterns = [
    path("mine/", merits.mine, name="mine"),
    path("merits/", merits.listing, name="merits"),
    path("merits/new/", merits.new, name="merit_new"),
    path("merits/<uuid:public_id>/", merits.merit, name="merit"),
    path("merits/<uuid:public_id>/review/", merits.review, name="merit_review"),
    path("merits/<uuid:public_id>/give-back/", merits.give_back, name="merit_give_back"),
    path("merits/<uuid:public_id>/correct/", merits.correct, name="merit_correct"),
    path("merits/<uuid:public_id>/proofs/<int:pk>/", merits.proof, name="merit_proof"),
    path("files/<int:pk>/", merits.file, name="file"),
    path("files/<int:pk>/tag/", merits.tag, name="tag"),
    path("tags/<int:pk>/cancel/", merits.untag, name="untag"),
    path("abilities/", merits.abilities, name="abilities"),
]
