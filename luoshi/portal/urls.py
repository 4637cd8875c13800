"""Routes of the hall."""

from django.urls import path

from luoshi.portal import views
from luoshi.portal.views import cadre_papers, post_papers, trip_papers, year_papers
from luoshi.portal.views.board_papers import board_docx

app_name = "portal"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("overview/", views.overview, name="overview"),
    path("overview/<slug:key>/", views.overview_records, name="overview_records"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("search/", views.search, name="search"),
    path("recount/", views.recount, name="recount"),
    path("affected/", views.affected, name="affected"),
    path("clauses/<int:pk>/", views.clause, name="clause"),
    path("coverage/", views.home, name="coverage_home"),
    path("coverage/<int:pk>/", views.coverage, name="coverage"),
    path("coverage/<int:pk>/table.xlsx", views.coverage_xlsx, name="coverage_xlsx"),
    path("coverage/<int:pk>/<slug:key>/", views.records, name="records"),
    path("papers/<uuid:public_id>/dispatch.docx", views.dispatch_docx, name="dispatch_docx"),
    path("papers/<uuid:public_id>/feedback.docx", views.feedback_docx, name="feedback_docx"),
    path("papers/<uuid:public_id>/list.docx", views.list_docx, name="list_docx"),
    path("papers/<uuid:public_id>/talk.docx", views.talk_docx, name="talk_docx"),
    path("papers/commitments/<int:year>/<slug:kind>.docx", views.commitments_docx, name="commitments_docx"),
    path("papers/<uuid:public_id>/livelihood.docx", views.livelihood_docx, name="livelihood_docx"),
    path("papers/<uuid:public_id>/trip.docx", trip_papers.trip_docx, name="trip_docx"),
    path("papers/<uuid:public_id>/board.docx", board_docx, name="board_docx"),
    path("papers/lessons.xlsx", trip_papers.lessons_xlsx, name="lessons_xlsx"),
    path("papers/<uuid:public_id>/article.docx", post_papers.article_docx, name="article_docx"),
    path("papers/articles.xlsx", post_papers.articles_xlsx, name="articles_xlsx"),
    path("papers/<uuid:public_id>/review.docx", year_papers.review_docx, name="review_docx"),
    path("papers/<uuid:public_id>/material.docx", year_papers.material_docx, name="material_docx"),
    path("papers/postings.docx", cadre_papers.postings_docx, name="postings_docx"),
    path("papers/postings.xlsx", cadre_papers.postings_xlsx, name="postings_xlsx"),
    path("papers/<uuid:public_id>/follow-up.docx", cadre_papers.follow_up_docx, name="follow_up_docx"),
    path("papers/<uuid:public_id>/commendation.docx", cadre_papers.commendation_docx, name="commendation_docx"),
    path("papers/problems.docx", views.ledger_docx, name="ledger_docx"),
    path("papers/<uuid:public_id>/closing.docx", views.closing_docx, name="closing_docx"),
    path("papers/<uuid:public_id>/list.zip", views.list_archive, name="list_archive"),
    path("papers/<uuid:public_id>/matter.zip", views.matter_archive, name="matter_archive"),
]
