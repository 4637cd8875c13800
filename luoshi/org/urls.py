"""Routes of the organisation."""

from django.urls import path

from luoshi.org.views import delegations, directory, grants, imports, staff, units

app_name = "org"
urlpatterns = [
    path("", directory.people, name="people"),
    path("bureau/", directory.choose_bureau, name="choose_bureau"),
    path("units/new/", units.add, name="add_unit"),
    path("units/<int:pk>/", directory.unit, name="unit"),
    path("units/<int:pk>/edit/", units.edit, name="edit_unit"),
    path("units/<int:pk>/move/", units.move, name="move_unit"),
    path("units/<int:pk>/close/", units.close, name="close_unit"),
    path("people/new/", staff.add, name="add_person"),
    path("people/<int:pk>/", directory.person, name="person"),
    path("people/<int:pk>/edit/", staff.edit, name="edit_person"),
    path("people/<int:pk>/appoint/", staff.appoint, name="appoint"),
    path("people/<int:pk>/leave/", staff.leave, name="leave"),
    path("people/<int:pk>/portfolio/", staff.give_portfolio, name="give_portfolio"),
    path("posts/<int:pk>/relieve/", staff.relieve, name="relieve"),
    path("posts/<int:pk>/transfer/", staff.transfer, name="transfer"),
    path("portfolios/<int:pk>/end/", staff.end_portfolio, name="end_portfolio"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new/", delegations.delegate, name="delegate"),
    path("delegations/enter/", delegations.enter, name="enter_delegation"),
    path("delegations/<int:pk>/end/", delegations.end, name="end_delegation"),
    path("grants/", grants.grants, name="grants"),
    path("grants/<int:pk>/confirm/", grants.confirm, name="confirm_grant"),
    path("grants/<int:pk>/refuse/", grants.refuse, name="refuse_grant"),
    path("imports/", imports.upload, name="staff_import"),
    path("imports/template/", imports.template, name="import_template"),
    path("imports/<uuid:pk>/", imports.job, name="import"),
    path("imports/<uuid:pk>/confirm/", imports.confirm, name="confirm_import"),
    path("imports/<uuid:pk>/errors/", imports.errors, name="import_errors"),
]
