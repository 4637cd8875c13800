"""Who reads what, over HTTP: opinions, facts, files and exports for each of the cast. The table is written by hand."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.cadres import services
from luoshi.cadres.models import Examination, Recommendation
from luoshi.cadres.tests.life import DAY, PAPER, SECRET, done_matter, examined, kept, recommended
from luoshi.ops import searching

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.5b")]

EVERYBODY = (
    "director", "leader", "second_leader", "office", "verifier", "inspector", "chief", "handler", "second_handler",
    "neighbour", "quality_handler", "discipline", "window", "stranger", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
CIRCLE = {"director", "office", "verifier", "inspector"}
"""主要领导, 局办公室 and the two examiners; not the cadre (handler), not his mentor (neighbour), not 派驻组."""
FACTS = CIRCLE | {"handler", "neighbour", "leader"}
"""With the person himself, his mentor and the leader of his unit."""
ROSTER = FACTS | {"discipline"}
FILE = {"director", "office", "leader", "handler"}


def words(answer) -> str:
    """What a page or a file says."""
    if answer.status_code != 200:
        return ""
    body = b"".join(answer) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(one).decode(errors="replace") for one in book.namelist() if one.endswith(".xml"))
    return body.decode()


def test_the_table_of_who_reads_what(life):
    done_matter(life)
    found = examined(life)
    posting = found.posting
    rec = recommended(life, found)
    entry = kept(life)
    services.tag_ability(
        bureau=life.bureau, person=life.handler, ability="DELIVERY", source=entry, note="", by=life.office, on=DAY
    )
    opinion_pages = [rec.get_absolute_url(), reverse("cadres:recommend", args=[posting.public_id])]
    fact_pages = [found.get_absolute_url(), reverse("portal:follow_up_docx", args=[found.public_id])]
    file_pages = [reverse("cadres:file", args=[life.handler.pk]), entry.get_absolute_url()]
    lists = ["/", "/cadres/postings/", "/cadres/merits/", "/cadres/abilities/", "/cadres/mine/", "/search/?q=统筹",
             "/papers/postings.docx", "/papers/postings.xlsx", "/cadres/commendations/"]  # fmt: skip
    for who in EVERYBODY:
        client = Client()
        client.force_login(getattr(life, who))
        status = {url: client.get(url).status_code for url in (*opinion_pages, *fact_pages, *file_pages)}
        closed = {403, 404}
        for urls, may in ((opinion_pages, CIRCLE), (fact_pages, FACTS), (file_pages, FILE)):
            for url in urls:
                assert (status[url] == 200) == (who in may) and status[url] in closed | {200}, (who, url, status[url])
        assert (client.get(posting.get_absolute_url()).status_code == 200) == (who in ROSTER), who
        reads = [url for url in (*opinion_pages, *fact_pages, posting.get_absolute_url(), *file_pages, *lists)
                 if SECRET in (text := words(client.get(url))) or "副股长人选" in text]  # fmt: skip
        assert bool(reads) == (who in CIRCLE), (who, reads)
        assert set(reads) <= {*opinion_pages, *fact_pages, posting.get_absolute_url()}, who
    assert searching.differing() == {}


def test_in_his_own_case_the_office_clerk_reads_no_opinion(life):
    """In a case about himself an office clerk is as anybody; a mentor who examines reads the opinion."""
    from luoshi.cadres import queries
    from luoshi.org import queries as org
    from luoshi.org import services as staff

    found = examined(life, [life.neighbour, life.inspector])
    seen = lambda who: queries.opinions_seen(who, org.held(who, DAY)).exists()
    assert seen(life.neighbour) and not seen(life.verifier), "the mentor was named an examiner"
    assert not seen(life.handler) and seen(life.office)
    staff.appoint(life.handler, unit=life.office_unit, duty="OFFICE", title="", by=life.sysadmin, on=DAY)
    assert (
        not seen(life.handler) and not queries.recommendations_seen(life.handler, org.held(life.handler, DAY)).exists()
    )
    client = Client()
    client.force_login(life.handler)
    assert SECRET not in words(client.get(found.get_absolute_url()))
    assert client.post(reverse("cadres:examine", args=[found.public_id])).status_code in (400, 404)
    staff.appoint(life.neighbour, unit=life.office_unit, duty="OFFICE", title="", by=life.sysadmin, on=DAY)
    other = services.propose_posting(
        bureau=life.bureau, cadre=life.second_handler, kind="KEY_WORK", post="审批专班", unit=life.approval,
        mentor=life.verifier, from_on=found.posting.from_on, until_on=found.posting.until_on, aims="练本领。",
        by=life.office, on=DAY,
    )  # fmt: skip
    services.assign(other, version=None, by=life.director, on=DAY, **PAPER)
    assert Examination.objects.count() == 1 and not Recommendation.objects.exists()


def test_whoever_stands_in_for_the_person_reads_none_of_it(life):
    from luoshi.cadres import queries
    from luoshi.org.rules import Held

    examined(life)
    deputy = [Held("HANDLER", life.quality.pk, life.bureau.pk),
              Held("OFFICE", life.office_unit.pk, life.bureau.pk, "林晓舟", life.handler.pk)]  # fmt: skip
    assert not queries.opinions_seen(life.quality_handler, deputy).exists()
    assert not queries.follow_ups_seen(life.quality_handler, deputy, DAY).exists()
