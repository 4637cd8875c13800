"""红黑榜通报 on paper. Who took one is on record."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.rules.words import BoardState
from luoshi.appraisal.services.copies import take_copy
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.board_loaders import load_board
from luoshi.documents.board import board_notice
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.portal.views.papers import _paper as paper


@route(may=READERS)
@require_safe
@load_board
def board_docx(request: Request, board: Any) -> HttpResponse:
    """The circular of a published board."""
    if board.state != BoardState.PUBLISHED:
        raise Http404
    take_copy(board.bureau, what=f"打印红黑榜通报：{board}", by=request.user, on=clock.today())
    return paper(board_notice(board.bureau.name, board.snapshot), f"{board.quarter_of}红黑榜通报.docx")
