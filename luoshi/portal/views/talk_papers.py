"""The printed talk record, for whoever reads the record; who took it stands where the talker sees it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.activities.models import TalkNote
from luoshi.activities.queries.talk_sheet import talk_facts
from luoshi.activities.queries.talks import may_read
from luoshi.activities.rules import ENTRANTS
from luoshi.activities.services.talks import take_talk_copy
from luoshi.activities.views.talk_loaders import load_talk
from luoshi.documents.talks import talk_form
from luoshi.lib import clock
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.portal.views.papers import _paper


@route(may=ENTRANTS)
@require_safe
@load_talk
def talk_docx(request: Request, note: TalkNote) -> HttpResponse:
    """谈话记录 of one talk."""
    on = clock.today()
    if note.activity.void or not may_read(note, request.user, on):
        raise Http404
    take_talk_copy(note, what="打印谈话记录", by=request.user, on=on)
    return _paper(talk_form(talk_facts(note)), f"谈话记录 {note.activity.held_on}.docx")
