"""Addresses of postings, follow-ups and recommendations."""

from django.urls import path

from luoshi.cadres.views import following, postings, recommending

urlpatterns = [
    path("postings/", postings.listing, name="postings"),
    path("postings/new/", postings.new, name="posting_new"),
    path("postings/<uuid:public_id>/", postings.posting, name="posting"),
    path("postings/<uuid:public_id>/edit/", postings.edit, name="posting_edit"),
    path("postings/<uuid:public_id>/assign/", postings.assign, name="posting_assign"),
    path("postings/<uuid:public_id>/extend/", postings.extend, name="posting_extend"),
    path("postings/<uuid:public_id>/end/", postings.end, name="posting_end"),
    path("postings/<uuid:public_id>/link/", postings.link, name="posting_link"),
    path("postings/<uuid:public_id>/withdraw/", postings.withdraw, name="posting_withdraw"),
    path("postings/<uuid:public_id>/recommend/", recommending.recommend, name="recommend"),
    path("follow-ups/<uuid:public_id>/", following.follow_up, name="follow_up"),
    path("follow-ups/<uuid:public_id>/draw/", following.draw, name="draw"),
    path("follow-ups/<uuid:public_id>/read/", following.read, name="read"),
    path("follow-ups/<uuid:public_id>/serve/", following.serve, name="serve"),
    path("follow-ups/<uuid:public_id>/facts/<str:key>/answer/", following.answer, name="answer"),
    path("follow-ups/<uuid:public_id>/examiners/", following.appoint, name="appoint"),
    path("follow-ups/<uuid:public_id>/examine/", following.examine, name="examine"),
    path("follow-ups/<uuid:public_id>/report/", following.report, name="report"),
    path("answers/<int:pk>/settle/", following.settle, name="settle"),
    path("recommendations/<uuid:public_id>/", recommending.recommendation, name="recommendation"),
    path("recommendations/<uuid:public_id>/decide/", recommending.decide, name="decide"),
    path("recommendations/<uuid:public_id>/withdraw/", recommending.withdraw, name="rec_withdraw"),
]
