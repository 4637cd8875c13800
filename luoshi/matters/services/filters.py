"""常用筛选: a person's own ways of looking at the list, kept, renamed, dropped; nobody else sees them."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import SavedFilter
from luoshi.org.models import User
from luoshi.records.services import act, record

MOST = 20


@act
def keep_filter(*, name: str, query: str, bureau_id: int, by: User) -> SavedFilter:
    """Keep the list's present address under a name; a name that is taken gets the new conditions."""
    name = _checked(name)
    if not query or len(query) > 500:
        raise NotAllowed("当前没有筛选条件，先选好条件再保存。" if not query else "条件太多，保存不下，请减少几项。")
    kept = SavedFilter.objects.filter(person=by, name=name, ended=False).first()
    if kept is None:
        if SavedFilter.objects.filter(person=by, ended=False).count() >= MOST:
            raise NotAllowed(f"常用筛选最多{MOST}个，请先删去不用的。")
        kept = SavedFilter.objects.create(person=by, name=name, query=query)
    else:
        SavedFilter.objects.filter(pk=kept.pk).update(query=query)
        kept.query = query
    record(by, "matters.keep_filter", kept, bureau=bureau_id, note=name)
    return kept


@act
def rename_filter(kept: SavedFilter, *, name: str, bureau_id: int, by: User) -> SavedFilter:
    """Give it another name."""
    _own(kept, by)
    name = _checked(name)
    before = kept.name
    try:
        with transaction.atomic():
            SavedFilter.objects.filter(pk=kept.pk).update(name=name)
    except IntegrityError:
        raise NotAllowed(f"已有名为“{name}”的常用筛选，请换一个名称。") from None
    kept.name = name
    record(by, "matters.rename_filter", kept, bureau=bureau_id, note=f"{before} → {name}")
    return kept


@act
def drop_filter(kept: SavedFilter, *, bureau_id: int, by: User) -> SavedFilter:
    """Put it away; the row stays."""
    _own(kept, by)
    SavedFilter.objects.filter(pk=kept.pk).update(ended=True)
    kept.ended = True
    record(by, "matters.drop_filter", kept, bureau=bureau_id, note=kept.name)
    return kept


def _checked(name: str) -> str:
    name = name.strip()
    if not name:
        raise NotAllowed("请填写名称，如“我牵头的逾期事项”。")
    if len(name) > 30:
        raise NotAllowed("名称不超过30字。")
    return name


def _own(kept: SavedFilter, by: User) -> None:
    if kept.person_id != by.pk or kept.ended:
        raise NotAllowed("这个常用筛选已删除。")
