"""Addresses of comments between boards, improvements, trends."""

from __future__ import annotations

from django.urls import path

from luoshi.appraisal.views import comments, trends

urlpatterns = [
    path("comments/", comments.comments_page, name="comments"),
    path("comments/units/<int:pk>/new/", comments.comment_new, name="comment_new"),
    path("comments/<uuid:public_id>/answer/", comments.comment_answer, name="comment_answer"),
    path("improvements/<slug:kind>/<int:key>/", comments.improve, name="improve"),
    path("trends/", trends.trends_page, name="trends"),
]
