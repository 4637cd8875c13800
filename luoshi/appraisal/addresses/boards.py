"""Addresses of the quarterly board, objections, cases, and of the register of superiors' remarks."""

from __future__ import annotations

from django.urls import path

from luoshi.appraisal.views import remarks

urlpatterns = [
    path("remarks/", remarks.remarks_page, name="remarks"),
    path("remarks/new/", remarks.remark_new, name="remark_new"),
    path("remarks/<uuid:public_id>/void/", remarks.remark_void, name="remark_void"),
    path("remarks/proofs/<int:pk>/", remarks.remark_proof, name="remark_proof"),
]
