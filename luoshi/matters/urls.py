"""Routes of matters: the list, one matter, and one address for each act (`matters:approve` … by the move's name)."""

from django.urls import path

from luoshi.matters import views

app_name = "matters"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.open_new, name="open"),
    path("bulk/", views.bulk, name="bulk"),
    path("sheet/", views.sheet, name="sheet"),
    path("sheet/export/", views.export, name="export"),
    path("filters/", views.filters, name="filters"),
    path("filters/<int:pk>/rename/", views.filter_rename, name="filter_rename"),
    path("filters/<int:pk>/drop/", views.filter_drop, name="filter_drop"),
    path("lists/", views.task_lists, name="task_lists"),
    path("lists/new/", views.list_new, name="list_new"),
    path("lists/<uuid:public_id>/", views.task_list, name="task_list"),
    path("lists/<uuid:public_id>/add/", views.list_add, name="list_add"),
    path("lists/<uuid:public_id>/hand-out/", views.list_carry_on, name="list_carry_on"),
    path("lists/<uuid:public_id>/edit/", views.list_edit, name="list_edit"),
    path("lists/<uuid:public_id>/archive/", views.list_archive, name="list_archive"),
    path("lists/<uuid:public_id>/paper/", views.list_paper, name="list_paper"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/new/", views.meeting_new, name="meeting_new"),
    path("meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/edit/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<uuid:meeting_id>/void/", views.meeting_void, name="meeting_void"),
    path("meetings/<uuid:meeting_id>/minutes/", views.meeting_minutes, name="meeting_minutes"),
    path("meetings/<uuid:meeting_id>/items/<uuid:public_id>/", views.meeting_item, name="meeting_item"),
    path("recurring/", views.recurrences, name="recurrences"),
    path("recurring/new/", views.recurrence_new, name="recurrence_new"),
    path("recurring/<int:pk>/change/", views.recurrence_change, name="recurrence_change"),
    path("recurring/<int:pk>/end/", views.recurrence_end, name="recurrence_end"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.amend, name="edit"),
    path("<uuid:public_id>/evidence/<uuid:evidence_id>/", views.evidence, name="evidence"),
    *[
        path(f"<uuid:public_id>/{move.replace('_', '-')}/", view, name=move)
        for move, view in views.ACTS.items()
    ],
]  # fmt: skip
