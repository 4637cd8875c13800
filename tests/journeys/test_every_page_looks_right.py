"""Every page a role lives in, on its screens: nothing inaccessible, no script or policy fault, nothing too wide."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import DESKTOP, PHONE, WALL

pytestmark = pytest.mark.parametrize("server", ["told"], indirect=True)
OFFICE = (
    "/", "/matters/", "/matters/?lamp=red", "/matters/new/", "/plan/", "/plan/import/", "/plan/1/", "/plan/texts/1/",
    "/plan/rules/", "/org/", "/org/delegations/", "/org/imports/", "/workdays/", "/workdays/count/",
    "/workdays/load/", "/recount/", "/notices/", "/accounts/mine/", "/coverage/1/", "/coverage/1/?only=NOBODY",
    "/coverage/1/open/", "/clauses/3/", "/clauses/28/", "/matters/lists/", "/matters/lists/new/",
    "/matters/meetings/", "/matters/meetings/new/", "/plan/rules/once/", "/plan/rules/once/accept/",
    "/search/", "/search/?q=工作", "/search/?q=一&kind=matter", "/search/?q=。。", "/search/?q=没有的词",
    "/plan/rules/block_weights/decide/", "/plan/texts/1/lint/",
)  # fmt: skip
CAMPAIGN = (
    "/plan/1/campaign/", "/plan/1/campaign/edit/", "/plan/1/responsibilities/", "/plan/1/responsibilities/add/",
    "/plan/phases/2/checks/", "/plan/phases/2/sign/", "/plan/phases/2/choose/", "/plan/phases/1/withdraw/",
    "/plan/groups/1/members/", "/plan/groups/1/edit/",
)  # fmt: skip
PROMISES = (
    "/commitments/", "/commitments/notice/", "/commitments/fulfilment/", "/commitments/fulfilment/?outcome=PARTLY",
    "/commitments/new/?year=2027", "/commitments/promises/4/amend/", "/commitments/promises/4/progress/",
    "/commitments/promises/3/fulfil/", "/commitments/promises/3/link/", "/commitments/concerns/",
    "/commitments/concerns/new/", "/commitments/livelihood/", "/commitments/livelihood/new/",
    "/commitments/livelihood/items/2/finish/", "/commitments/livelihood/items/2/edit/",
)  # fmt: skip
APPRAISAL = (
    "/appraisal/comments/",
    "/appraisal/comments/?below=95",
    "/appraisal/trends/",
    "/appraisal/schemes/",
    "/appraisal/boards/",
    "/appraisal/reviews/",
    "/appraisal/materials/",
    "/appraisal/pools/",
    "/appraisal/remarks/",
    "/accountability/bars/",
    "/cadres/postings/",
    "/cadres/merits/",
    "/cadres/abilities/",
    "/cadres/commendations/",
    "/publicity/",
    "/publicity/experiences/",
    "/outcomes/",
    "/outcomes/summaries/",
    "/outcomes/outside/",
)
WALLS = ("/appraisal/trends/?wall=1", "/overview/?wall=1", "/outcomes/wall/")  # fmt: skip
STAFF = (
    "/", "/matters/", "/plan/texts/1/", "/coverage/1/", "/clauses/28/", "/notices/", "/org/delegations/",
    "/plan/1/campaign/", "/plan/1/responsibilities/", "/search/?q=一",
)  # fmt: skip


def walk(somebody, pages, *, axe: bool = True) -> None:
    """Open each; what a page is made of is asked once (`axe`), how wide it is on every screen."""
    wrong = {}
    for path in pages:
        answer = somebody.go(path)
        assert answer.status == 200, (path, answer.status)
        try:
            somebody.looks_right(axe=axe)
        except AssertionError as why:
            wrong[path] = str(why)[:300]
            somebody.faults.clear()
    assert wrong == {}


@pytest.mark.parametrize("size", [DESKTOP, WALL, PHONE], ids=["1366", "1920", "390"])
def test_the_offices_pages(server, person, size):
    office = person("1101", size)
    walk(office, [*OFFICE, *CAMPAIGN, *APPRAISAL], axe=size != WALL)
    walk(office, WALLS if size == WALL else ())
    office.go("/matters/")
    pages = office.page.locator("main a[href^='/matters/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    own = sorted({one for one in pages if one.count("-") == 4 and one.endswith("/")})
    assert len(own) >= 8
    walk(office, own[:8], axe=size != WALL)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1366", "390"])
def test_the_pages_of_promises(server, person, size):
    office = person("1101", size)
    walk(office, PROMISES)
    for path in ("/commitments/", "/commitments/concerns/", "/commitments/livelihood/"):
        office.go(path)
        walk(office, [office.page.locator("main th a").first.get_attribute("href")])


def test_everybodys_pages_on_the_phone(server, person):
    for number in ("1001", "1201", "1202", "1302"):
        walk(person(number, PHONE), STAFF)


def test_the_administrators_pages(server, person):
    for number, pages in (("9001", ("/accounts/",)), ("9002", ("/org/grants/",)), ("9003", ("/accounts/trail/",))):
        walk(person(number), ("/", *pages))
