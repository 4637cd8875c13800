"""The closed lists of appraisal: states, tie rules, peer groups; stored in English for ever, shown in Chinese."""

from __future__ import annotations

from django.db.models import TextChoices


class SchemeState(TextChoices):
    DRAFT = "DRAFT", "起草"
    ADOPTED = "ADOPTED", "已采用"
    SUPERSEDED = "SUPERSEDED", "已被新版取代"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class TieRule(TextChoices):
    """What becomes of units with the same points after rounding."""

    SHARED = "SHARED", "得分相同的名次并列"
    COUNTY_FIRST = "COUNTY_FIRST", "得分相同的比县委县政府交办板块得分，仍相同的并列"


class Peers(TextChoices):
    """Who is ranked with whom; the bureau's decision `peer_groups` at the time of drafting."""

    BY_KIND = "BY_KIND", "局直单位、机关股室分开排名"
    TOGETHER = "TOGETHER", "所有单位、股室合在一起排名"


class Group(TextChoices):
    """A peer group of the board."""

    AFFILIATE = "AFFILIATE", "局直单位"
    SECTION = "SECTION", "机关股室"
    ALL = "ALL", "全部单位"


class BoardState(TextChoices):
    """季度榜: computed, shown to each unit with its basis, decided by the body that the plan names, published."""

    COMPUTING = "COMPUTING", "计算中"
    COMPUTED = "COMPUTED", "已计算，未公示"
    SHOWN = "SHOWN", "公示中"
    RECOMPUTED = "RECOMPUTED", "已复算"
    APPROVED = "APPROVED", "已审定"
    PUBLISHED = "PUBLISHED", "已通报"
    VOID = "VOID", "已作废"


FREE = frozenset({BoardState.COMPUTING, BoardState.COMPUTED})
"""Boards that only those who compute, decide or watch over see."""
OPEN_TO_ALL = frozenset({BoardState.PUBLISHED})
"""Boards that everybody in the bureau reads whole."""
TITLE_MOST, WORDS_MOST = 120, 300
BONUS_MOST = 5
"""加分 may not exceed this, whatever a scheme says (domain rules §11)."""
INDICATORS_MOST = 10
"""No 千分制: at most ten indicators (domain rules §9.8)."""
