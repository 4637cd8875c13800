"""刊发、推广应用、本季度无, and what leaves the house on paper."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.publicity.models import Adoption, Article, EmptyQuarter, Outlet
from luoshi.publicity.rules import Kind, Scope, State, quarter_days
from luoshi.publicity.services.moves import may
from luoshi.records.services import act, record


@act
def add_outlet(
    article: Article, *, medium: str, ran_on: date, by: User, on: date, link: str = ""
) -> Outlet:  # fmt: skip
    """登记刊发: which medium ran it and when; nobody asks how many read it."""
    may(article, "add_outlet", by=by, on=on)
    if article.scope != Scope.PUBLIC:
        raise NotAllowed("这篇稿件只在局内公开，不能对外刊发。要对外刊发，请先按更正另出社会公开的一版。")
    if not medium.strip():
        raise NotAllowed("请填写媒体名称。")
    if ran_on > on:
        raise NotAllowed("刊发日期不能晚于今天。")
    if article.published_on is not None and ran_on < article.published_on:
        raise NotAllowed("刊发日期早于发布日期。先审后发，请核对日期。")
    found = Outlet.objects.create(
        article=article, medium=medium.strip()[:60], on=ran_on, link=link.strip()[:300], by=by, entered_on=on
    )
    record(by, "publicity.add_outlet", article, bureau=article.bureau_id, rows=[found], note=str(found))
    return found


@act
def void_outlet(outlet: Outlet, *, reason: str, by: User, on: date) -> Outlet:
    """作废: entered by mistake; the line stays with its reason."""
    may(outlet.article, "add_outlet", by=by, on=on)
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    if not Outlet.objects.filter(pk=outlet.pk, void_reason="").update(void_reason=reason.strip()[:300]):
        raise NotAllowed("这条刊发记录已经作废。")
    outlet.refresh_from_db()
    record(by, "publicity.void_outlet", outlet.article, bureau=outlet.article.bureau_id, rows=[outlet],
           note=f"{outlet}：{reason.strip()}")  # fmt: skip
    return outlet


@act
def adopt(
    article: Article, *, unit: Unit, adopted_on: date, words: str, by: User, on: date
) -> Adoption:  # fmt: skip
    """推广应用: a unit elsewhere uses it, entered by that unit, its writers or the office."""
    article.refresh_from_db()
    held = org.held(by, on)
    heads = {
        one.unit_id for one in held if one.duty in (Duty.HEAD, Duty.HANDLER) and one.bureau_id == article.bureau_id
    }
    if unit.pk not in heads:
        may(article, "adopt", by=by, on=on)
    if article.kind != Kind.EXPERIENCE or article.state != State.PUBLISHED:
        raise NotAllowed("只有已发布的经验材料可以登记推广应用。")
    if not org.units_of(article.bureau_id, on).filter(pk=unit.pk).exists():
        raise NotAllowed(f"{unit}不是本局现有单位，请重新选择。")
    if unit.pk == article.unit_id:
        raise NotAllowed(f"这条经验就是{unit}的，推广应用登记别的单位怎样用。")
    if not words.strip():
        raise NotAllowed("请写明怎样用的（一两句话即可）。")
    if adopted_on > on:
        raise NotAllowed("应用日期不能晚于今天。")
    try:
        with transaction.atomic():
            found = Adoption.objects.create(
                article=article, unit=unit, on=adopted_on, words=words.strip()[:300], by=by, entered_on=on
            )
    except IntegrityError:
        raise NotAllowed(f"{unit}的应用情况已经登记过。") from None
    record(by, "publicity.adopt", article, bureau=article.bureau_id, rows=[found], note=f"{unit}：{found.words}")
    return found


@act
def void_adoption(adoption: Adoption, *, reason: str, by: User, on: date) -> Adoption:
    """作废: entered by mistake; the line stays with its reason."""
    may(adoption.article, "adopt", by=by, on=on)
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    if not Adoption.objects.filter(pk=adoption.pk, void_reason="").update(void_reason=reason.strip()[:300]):
        raise NotAllowed("这条应用记录已经作废。")
    adoption.refresh_from_db()
    record(by, "publicity.void_adoption", adoption.article, bureau=adoption.article.bureau_id, rows=[adoption],
           note=f"{adoption}：{reason.strip()}")  # fmt: skip
    return adoption


@act
def say_none(*, bureau: Unit, year: int, quarter: int, words: str, by: User, on: date) -> EmptyQuarter:
    """登记本季度无: nothing to tell is allowed; nobody has to invent an example."""
    if Duty.OFFICE not in org.duties(by, bureau.pk, on):
        raise NotAllowed("“本季度无”由局办公室登记，您目前没有这项职责。")
    if not 2000 <= year <= on.year or quarter not in (1, 2, 3, 4) or quarter_days(year, quarter)[0] > on:
        raise NotAllowed("请选择已经开始的季度。")
    begins, ends = quarter_days(year, quarter)
    there = Article.objects.filter(
        bureau=bureau, kind=Kind.EXPERIENCE, state=State.PUBLISHED, published_on__range=(begins, ends)
    )
    if there.exists():
        raise NotAllowed("这个季度已经发布了经验材料，不用登记“本季度无”。")
    if not words.strip():
        raise NotAllowed("请写一句说明（如：本季度做法还在试行）。")
    try:
        with transaction.atomic():
            found = EmptyQuarter.objects.create(
                bureau=bureau, year=year, quarter=quarter, words=words.strip()[:300], by=by, on=on
            )
    except IntegrityError:
        raise NotAllowed("这个季度已经登记过“本季度无”。") from None
    record(by, "publicity.say_none", found, bureau=bureau.pk, note=f"{found}：{found.words}")
    return found


@act
def take_copy(bureau: Unit, *, what: str, by: User, on: date) -> None:
    """A printed article or the ledger as a sheet was taken."""
    record(by, "publicity.take_copy", bureau, bureau=bureau.pk, note=what[:200])
