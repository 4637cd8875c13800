"""Addresses of the topics beside the record: talks, trips, mobilisation, opinion forms, what research came to."""

from __future__ import annotations

from django.urls import URLPattern, path

from luoshi.activities.views import (
    conversions,
    lessons,
    mobilisation,
    opinion_forms,
    talk_follow_ups,
    talks,
    trips,
)

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
MOBILISATION: list[URLPattern] = [
    path("mobilisation/", mobilisation.mobilisation, name="mobilisation"),
    path("mobilisation/county/", mobilisation.county_new, name="county_new"),
    path("mobilisation/bureau/", mobilisation.bureau_new, name="bureau_new"),
    path("mobilisation/units/<int:pk>/", mobilisation.unit_relay, name="unit_relay"),
]
FORMS: list[URLPattern] = [
    path("forms/", opinion_forms.opinion_forms, name="opinion_forms"),
    path("forms/new/", opinion_forms.opinion_form_new, name="opinion_form_new"),
    path("forms/<uuid:public_id>/", opinion_forms.opinion_form, name="opinion_form"),
    path("forms/<uuid:public_id>/blank/", opinion_forms.opinion_form_blank, name="opinion_form_blank"),
    path("forms/<uuid:public_id>/tally/", opinion_forms.opinion_form_tally, name="opinion_form_tally"),
    path("forms/<uuid:public_id>/void/", opinion_forms.opinion_form_void, name="opinion_form_void"),
    path("forms/<uuid:public_id>/lines/<int:place>/", opinion_forms.opinion_form_problem, name="opinion_form_problem"),
    path("conversions/", conversions.conversions, name="conversions"),
]
TOPICS = [*TALKS, *TRIPS, *MOBILISATION, *FORMS]
