"""Addresses of the quarterly board, objections, cases, and of the register of superiors' remarks."""

from __future__ import annotations

from django.urls import path

from luoshi.appraisal.views import board_acts, boards, cases, objections, remarks

urlpatterns = [
    path("remarks/", remarks.remarks_page, name="remarks"),
    path("remarks/new/", remarks.remark_new, name="remark_new"),
    path("remarks/<uuid:public_id>/void/", remarks.remark_void, name="remark_void"),
    path("remarks/proofs/<int:pk>/", remarks.remark_proof, name="remark_proof"),
    path("boards/", boards.boards, name="boards"),
    path("boards/<uuid:public_id>/", boards.board, name="board"),
    path("boards/<uuid:public_id>/minutes/", board_acts.board_minutes, name="board_minutes"),
    path("boards/<uuid:public_id>/wall/", boards.wall, name="board_wall"),
    path("boards/<uuid:public_id>/compare/", boards.compare, name="board_compare"),
    path("boards/<uuid:public_id>/show/", board_acts.board_show, name="board_show"),
    path("boards/<uuid:public_id>/settle/", board_acts.board_settle, name="board_settle"),
    path("boards/<uuid:public_id>/approve/", board_acts.board_approve, name="board_approve"),
    path("boards/<uuid:public_id>/give-back/", board_acts.board_give_back, name="board_give_back"),
    path("boards/<uuid:public_id>/publish/", board_acts.board_publish, name="board_publish"),
    path("boards/<uuid:public_id>/widen/", board_acts.board_widen, name="board_widen"),
    path("boards/<uuid:public_id>/correct/", cases.pick, {"kind": "correct"}, name="correct_pick"),
    path("boards/<uuid:public_id>/correct/<int:unit>/", board_acts.board_correct, name="board_correct"),
    path("boards/<uuid:public_id>/objections/", objections.objections, name="objections"),
    path("boards/<uuid:public_id>/cases/<slug:kind>/", cases.pick, name="case_pick"),
    path("boards/<uuid:public_id>/cases/<slug:kind>/<int:unit>/", cases.case_new, name="case_new"),
    path("boards/<uuid:public_id>/none/<slug:kind>/", cases.state_none, name="state_none"),
    path("scores/<int:pk>/object/", objections.object_to, name="object"),
    path("objections/<uuid:public_id>/", objections.objection, name="objection"),
    path("objections/<uuid:public_id>/designate/", objections.designate, name="designate"),
    path("objections/<uuid:public_id>/answer/", objections.answer, name="answer"),
    path("objections/<uuid:public_id>/withdraw/", objections.withdraw, name="withdraw"),
    path("objections/proofs/<int:pk>/", objections.objection_proof, name="objection_proof"),
    path("cases/<uuid:public_id>/", cases.case, name="case"),
    path("cases/<uuid:public_id>/edit/", cases.edit_case, name="edit_case"),
    path("cases/<uuid:public_id>/statement/", cases.state_case, name="state_case"),
    path("cases/<uuid:public_id>/drop/", cases.drop_case, name="drop_case"),
    path("cases/<uuid:public_id>/off/", cases.take_off, name="take_off"),
    path("cases/proofs/<int:pk>/", cases.case_proof, name="case_proof"),
]
