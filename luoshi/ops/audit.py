"""`luoshi verify` as a whole: what records protect, and duties that may not lie in one account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from luoshi.org import queries, rules
from luoshi.org.models import Post
from luoshi.records.verify import Report, verify


def audit(*, on: date, against: Mapping[int, tuple[int, str]] | None = None) -> Report:
    """Verify the records, then the separation of the three administrators as it stands on a day."""
    report = verify(against=against)
    separate_administrators(report, on)
    return report


def separate_administrators(report: Report, on: date) -> None:
    """Name every account that holds duties which must lie apart, however they got there."""
    held: dict[int, set[str]] = defaultdict(set)
    names: dict[int, str] = {}
    posts = Post.objects.filter(queries.in_force(on), user__is_active=True)
    for pk, username, duty in posts.values_list("user_id", "user__username", "duty"):
        held[pk].add(duty)
        names[pk] = username
    for pk, duties in sorted(held.items()):
        why = rules.clash(duties) if duties <= set(rules.Duty.values) else "有不认识的职责代码。"
        if why:
            report.find("administrators", "org_user", pk, f"账号“{names[pk]}”的职责不合规定：{why}")
