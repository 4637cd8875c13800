"""Addresses of schemes, rehearsals, computing, and scores with their basis."""

from __future__ import annotations

from django.urls import path

from luoshi.appraisal.views import schemes, scores

urlpatterns = [
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.scheme_new, name="scheme_new"),
    path("schemes/sums/", schemes.scheme_sums, name="scheme_sums"),
    path("schemes/<uuid:public_id>/", schemes.scheme, name="scheme"),
    path("schemes/<uuid:public_id>/edit/", schemes.scheme_edit, name="scheme_edit"),
    path("schemes/<uuid:public_id>/adopt/", schemes.scheme_adopt, name="scheme_adopt"),
    path("schemes/<uuid:public_id>/withdraw/", schemes.scheme_withdraw, name="scheme_withdraw"),
    path("schemes/<uuid:public_id>/rehearse/", scores.rehearse, name="rehearse"),
    path("rehearsals/<int:pk>/", scores.rehearsal, name="rehearsal"),
    path("compute/", scores.board_new, name="board_new"),
    path("boards/<uuid:public_id>/progress/", scores.board_progress, name="board_progress"),
    path("boards/<uuid:public_id>/void/", scores.board_void, name="board_void"),
    path("scores/<int:pk>/", scores.score, name="score"),
]
