"""Routes of quotas: one's own, the gaps, the leaders, what was covered, long leave, reasons."""

from __future__ import annotations

from django.urls import path

from luoshi.activities.views import absences, quotas

urlpatterns = [
    path("", quotas.quotas, name="quotas"),
    path("people/<int:user_id>/", quotas.quotas_of, name="quotas_of"),
    path("people/<int:user_id>/<slug:slot>/<slug:period>/", absences.shortfall, name="shortfall"),
    path("table/", quotas.quota_table, name="quota_table"),
    path("table/sheet/", quotas.quota_sheet, name="quota_sheet"),
    path("leaders/", quotas.quota_leaders, name="quota_leaders"),
    path("coverage/", quotas.quota_coverage, name="quota_coverage"),
    path("absences/", absences.absences, name="absences"),
    path("absences/new/", absences.absence_new, name="absence_new"),
    path("absences/<int:pk>/end/", absences.absence_end, name="absence_end"),
    path("absences/<int:pk>/void/", absences.absence_void, name="absence_void"),
]
