"""Addresses of the topics beside the record: talks, trips, mobilisation, opinion forms, what research came to."""

from __future__ import annotations

from django.urls import URLPattern, path

from luoshi.activities.views import talk_follow_ups, talks

TALKS: list[URLPattern] = [
    path("talks/", talks.talks, name="talks"),
    path("talks/new/", talks.talk_new, name="talk_new"),
    path("talks/<uuid:public_id>/", talks.talk, name="talk"),
    path("talks/<uuid:public_id>/amend/", talks.talk_amend, name="talk_amend"),
    path("talks/<uuid:public_id>/sign/", talks.talk_sign, name="talk_sign"),
    path("talks/<uuid:public_id>/paper/", talks.talk_paper, name="talk_paper"),
    path("talks/<uuid:public_id>/open/", talks.talk_open, name="talk_open"),
    path("talks/<uuid:public_id>/file/", talks.talk_file, name="talk_file"),
    path("talks/<uuid:public_id>/follow-ups/", talk_follow_ups.follow_up_new, name="follow_up_new"),
    path("talks/<uuid:public_id>/follow-ups/<int:pk>/done/", talk_follow_ups.follow_up_done, name="follow_up_done"),
    path("talks/<uuid:public_id>/follow-ups/<int:pk>/void/", talk_follow_ups.follow_up_void, name="follow_up_void"),
    path("talks/<uuid:public_id>/ledger/", talk_follow_ups.talk_opinion, name="talk_opinion"),
]
TOPICS = [*TALKS, path("<uuid:public_id>/", talks.found, name="detail")]
