"""What may never be scored, by key and by word: the editor refuses it with the rule it stands on.

国办函〔2026〕12号: study time, likes, votes, forwards, log-ins and the like may not be a basis of appraisal; the use of
a system may not carry the daily appraisal, and traces of work are not results (domain rules §9.2, §9.5).
"""

from __future__ import annotations

import re

from luoshi.appraisal.rules.indicators import INDICATORS

KEYS = frozenset({
    "study_time", "study_days", "study_hours", "training_hours", "log_ins", "logins", "online_time", "check_ins",
    "entries", "entry_count", "uploads", "upload_count", "photos", "forwards", "likes", "votes", "reads", "downloads",
    "installs", "points_collected", "research_days",
})  # fmt: skip
WORDS = re.compile(
    r"学习|学时|学分|参学|培训时|调研天|登录|登陆|在线|上线率|打卡|签到|考勤|积分|点赞|转发|投票|浏览|阅读量|点击|"
    r"下载量|安装|关注[度数量]|粉丝|活跃|上传|填报[数量率]|录入|条数|篇数|信息报送|报送信息|截图|拍照|留痕|痕迹|使用率"
)
LAW = "国办函〔2026〕12号：学习时长、登录打卡、填报上传数量、点赞转发等不得作为考核评价依据"


def why_not_indicator(key: str, label: str = "") -> str:
    """Why something may not be an indicator; empty where it may.

    >>> why_not_indicator("log_ins")
    '“log_ins”不能作为考评指标。国办函〔2026〕12号：学习时长、登录打卡、填报上传数量、点赞转发等不得作为考核评价依据。'
    >>> why_not_indicator("completion", "信息条数完成率").startswith("“信息条数完成率”不能作为考评指标")
    True
    >>> why_not_indicator("sunshine")
    '没有“sunshine”这项指标，请从系统登记的指标里选择。'
    >>> why_not_indicator("completion", "清单办结率")
    ''
    """
    bare = re.sub(r"\s", "", label)
    if key in KEYS:
        return f"“{label.strip() or key}”不能作为考评指标。{LAW}。"
    if WORDS.search(bare):
        return f"“{label.strip()}”不能作为考评指标。{LAW}。"
    if key not in INDICATORS:
        return f"没有“{label.strip() or key}”这项指标，请从系统登记的指标里选择。"
    return ""
