"""Addresses of the topics beside the record: talks, trips, mobilisation, opinion forms, what research came to."""

from __future__ import annotations

from django.urls import URLPattern, path

from luoshi.activities.views import lessons, talk_follow_ups, talks, trips

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
TRIPS: list[URLPattern] = [
    path("trips/", trips.trips, name="trips"),
    path("trips/new/", trips.trip_new, name="trip_new"),
    path("trips/<uuid:public_id>/", trips.trip, name="trip"),
    path("trips/<uuid:public_id>/decide/", trips.trip_decide, name="trip_decide"),
    path("trips/<uuid:public_id>/withdraw/", trips.trip_withdraw, name="trip_withdraw"),
    path("trips/<uuid:public_id>/report/", trips.trip_report, name="trip_report"),
    path("trips/<uuid:public_id>/lessons/", trips.lesson_new, name="lesson_new"),
    path("trips/<uuid:public_id>/files/<slug:which>/", trips.trip_file, name="trip_file"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/<int:pk>/answer/", lessons.lesson_answer, name="lesson_answer"),
    path("lessons/<int:pk>/void/", lessons.lesson_void, name="lesson_void"),
]
TOPICS = [*TALKS, *TRIPS]
