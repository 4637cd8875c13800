"""Routes of what changed: the panel, figures from outside, summaries."""

from django.urls import path

from luoshi.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("", views.goals, name="goals"),
    path("wall/", views.wall, name="wall"),
    path("units/<int:unit>/<int:phase>/", views.unit_records, name="unit_records"),
    path("outside/", views.outside, name="outside"),
    path("outside/new/", views.enter_figure, name="enter_figure"),
    path("outside/<int:pk>/void/", views.void_figure, name="void_figure"),
    path("outside/<int:pk>/paper/", views.figure_paper, name="figure_paper"),
    path("records/<slug:key>/", views.goal_records, name="goal_records"),
    path("institutions.docx", views.institutions_docx, name="institutions_docx"),
    path("summaries/", views.summaries, name="summaries"),
    path("summaries/new/", views.new, name="new"),
    path("summaries/<uuid:public_id>/", views.summary, name="summary"),
    path("summaries/<uuid:public_id>/figures/<slug:key>/", views.figure, name="figure"),
    path("summaries/<uuid:public_id>/edit/<slug:key>/", views.edit, name="edit"),
    path("summaries/<uuid:public_id>/redraw/", views.redraw, name="redraw"),
    path("summaries/<uuid:public_id>/submit/", views.submit, name="submit"),
    path("summaries/<uuid:public_id>/give-back/", views.give_back, name="give_back"),
    path("summaries/<uuid:public_id>/issue/", views.issue, name="issue"),
    path("summaries/<uuid:public_id>/revise/", views.revise, name="revise"),
    path("summaries/<uuid:public_id>/void/", views.void, name="void"),
    path("summaries/<uuid:public_id>/summary.docx", views.summary_docx, name="summary_docx"),
]
