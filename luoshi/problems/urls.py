"""Routes of problems: writing one down, one problem, one address for each act (`problems:confirm` … by move)."""

from django.urls import path

from luoshi.problems import views
from luoshi.problems.views import classes, institutions, rounds, selfcheck

app_name = "problems"
urlpatterns = [
    path("", views.ledger, name="list"),
    path("bulk/", views.bulk, name="bulk"),
    path("sheet/", views.sheet, name="sheet"),
    path("sheet/export/", views.export, name="export"),
    path("print/", views.printed, name="print"),
    path("<uuid:public_id>/pane/", views.pane, name="pane"),
    path("new/", views.open_new, name="open"),
    path("similar/", views.similar, name="similar"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.amend, name="amend"),
    path("<uuid:public_id>/evidence/<uuid:evidence_id>/", views.evidence, name="evidence"),
    *[
        path(f"<uuid:public_id>/{move.replace('_', '-')}/", view, name=move)
        for move, view in views.ACTS.items()
    ],
    path("self-checks/", selfcheck.self_checks, name="self_checks"),
    path("self-checks/suggest/", selfcheck.suggest, name="suggest"),
    path("self-checks/rounds/new/", rounds.round_open, name="round_open"),
    path("self-checks/rounds/<uuid:public_id>/", rounds.self_check_round, name="self_check_round"),
    path("self-checks/rounds/<uuid:public_id>/change/", rounds.round_change, name="round_change"),
    path("self-checks/rounds/<uuid:public_id>/widen/", rounds.round_widen, name="round_widen"),
    path("self-checks/rounds/<uuid:public_id>/reviewer/", rounds.round_reviewer, name="round_reviewer"),
    path("self-checks/<uuid:public_id>/", selfcheck.self_check, name="self_check"),
    path("self-checks/<uuid:public_id>/fill/", selfcheck.self_check_fill, name="self_check_fill"),
    path("self-checks/<uuid:public_id>/recall/", selfcheck.self_check_recall, name="self_check_recall"),
    path("self-checks/<uuid:public_id>/accept/", selfcheck.self_check_accept, name="self_check_accept"),
    path("self-checks/<uuid:public_id>/return/", selfcheck.self_check_return, name="self_check_return"),
    path("self-checks/<uuid:public_id>/add/", selfcheck.self_check_add, name="self_check_add"),
    path("self-checks/<uuid:public_id>/suggestions/<int:pk>/decline/", selfcheck.suggestion_decline,
         name="suggestion_decline"),
    path("classes/", classes.classes, name="classes"),
    path("classes/group/", classes.class_group, name="class_group"),
    path("classes/<uuid:public_id>/", classes.problem_class, name="problem_class"),
    path("classes/<uuid:public_id>/take-in/", classes.class_take_in, name="class_take_in"),
    path("classes/<uuid:public_id>/take-out/", classes.class_ungroup, name="class_ungroup"),
    path("classes/<uuid:public_id>/edit/", classes.class_edit, name="class_edit"),
    path("classes/<uuid:public_id>/decide/", classes.class_decide, name="class_decide"),
    path("classes/<uuid:public_id>/void/", classes.class_void, name="class_void"),
    path("tags/", classes.tags, name="tags"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/table.xlsx", institutions.institutions_xlsx, name="institutions_xlsx"),
    path("institutions/new/", institutions.institution_new, name="institution_new"),
    path("institutions/<uuid:public_id>/", institutions.institution, name="institution"),
    path("institutions/<uuid:public_id>/edit/", institutions.institution_edit, name="institution_edit"),
    path("institutions/<uuid:public_id>/void/", institutions.institution_void, name="institution_void"),
    path("institutions/<uuid:public_id>/paper/", institutions.institution_paper, name="institution_paper"),
    path("<uuid:public_id>/publish/", selfcheck.item_publish, name="item_publish"),
]  # fmt: skip
