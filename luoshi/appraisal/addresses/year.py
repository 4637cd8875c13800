"""Addresses of the year-end review of units and people."""

from __future__ import annotations

from django.urls import path

from luoshi.appraisal.views import materials, pools, review_acts, reviews

urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", review_acts.review_new, name="review_new"),
    path("reviews/<uuid:public_id>/", reviews.review, name="review"),
    path("reviews/<uuid:public_id>/edit/", review_acts.review_edit, name="review_edit"),
    path("reviews/<uuid:public_id>/raters/<int:pk>/", review_acts.raters, name="raters"),
    path("reviews/<uuid:public_id>/begin/", review_acts.review_begin, name="review_begin"),
    path("reviews/<uuid:public_id>/rate/", reviews.rate, name="rate"),
    path("reviews/<uuid:public_id>/close/", review_acts.review_close, name="review_close"),
    path("reviews/<uuid:public_id>/show/", review_acts.review_show, name="review_show"),
    path("reviews/<uuid:public_id>/approve/", review_acts.review_approve, name="review_approve"),
    path("reviews/<uuid:public_id>/void/", review_acts.review_void, name="review_void"),
    path("reviews/<uuid:public_id>/minutes/", reviews.review_minutes, name="review_minutes"),
    path("review-results/<int:pk>/", reviews.review_unit, name="review_unit"),
    path("review-results/<int:pk>/object/", review_acts.review_object, name="review_object"),
    path("year-objections/<int:pk>/answer/", review_acts.year_answer, name="year_answer"),
    path("materials/", materials.materials, name="materials"),
    path("materials/mine/", materials.my_material, name="my_material"),
    path("materials/draw/", materials.materials_draw, name="materials_draw"),
    path("materials/show/", materials.materials_show, name="materials_show"),
    path("materials/hand-in/", materials.materials_hand_in, name="materials_hand_in"),
    path("materials/<uuid:public_id>/", materials.material, name="material"),
    path("material-answers/<int:pk>/reply/", materials.material_reply, name="material_reply"),
    path("pools/", pools.pool_list, name="pools"),
    path("pools/new/", pools.pool_new, name="pool_new"),
    path("pools/<uuid:public_id>/", pools.pool, name="pool"),
    path("pools/<uuid:public_id>/change/", pools.pool_change, name="pool_change"),
    path("pools/<uuid:public_id>/nominate/", pools.nominate, name="nominate"),
    path("pools/<uuid:public_id>/show/", pools.pool_show, name="pool_show"),
    path("pools/<uuid:public_id>/decide/", pools.pool_decide, name="pool_decide"),
    path("nominations/<int:pk>/withdraw/", pools.nomination_withdraw, name="nomination_withdraw"),
    path("nominations/<int:pk>/object/", pools.nomination_object, name="nomination_object"),
]
