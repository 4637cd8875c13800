"""增加基层负担: words for what the rules against formalism forbid, each with the rule behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.plan.lint.conflicts import clause_at
from luoshi.plan.lint.findings import Draft, Finding

APPS = "《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）"
FINGERTIPS = "《关于防治“指尖上的形式主义”的若干意见》（中央网信委2023年）"
RELIEF = "《整治形式主义为基层减负若干规定》（2024年）"


@dataclass(frozen=True, slots=True)
class Burden:
    """One forbidden thing: how it is written, why not, by which rule, and what to do instead."""

    says: re.Pattern[str]
    wrong: str
    basis: str
    do: str
    severity: str = "HIGH"


def _burden(says: str, wrong: str, basis: str, do: str, severity: str = "HIGH") -> Burden:
    return Burden(re.compile(says), wrong, basis, do, severity)


BURDENS = (
    _burden(r"打卡|扫码签到|签到积分|人脸签到", "用打卡签到管工作", APPS, "删去；要看的是办理结果，不是到场痕迹。"),
    _burden(
        r"(?:每日|每天|逐日|一日一|日)(?:上报|报送|报告|填报|调度|零报告|报制)|日报(?:表|制|告)",
        "要求每日上报", RELIEF,
        "改为按节点反馈，或从台账直接提取，不另行填报。",
    ),
    _burden(
        r"(?:工作|全程|处处|过程)留痕|(?:拍照|照片|截图|视频|录像)[^，。；]{0,6}(?:留痕|上传|上报|报送|佐证|存档|打卡)"
        r"|(?:上传|上报|报送|附)[^，。；]{0,8}(?:照片|截图|现场视频)", "强制拍照、截图留痕", FINGERTIPS,
        "改为“必要时附一份佐证”，不强制照片、截图和轨迹。",
    ),
    _burden(
        r"学习(?:时长|积分|次数|学时|天数)[^，。；]{0,14}(?:排名|排序|通报|考核|评比|挂钩|计分)"
        r"|(?:排名|通报|考核|评比)[^，。；]{0,14}学习(?:时长|积分|次数|学时|天数)", "按学习时长、积分排名通报", APPS,
        "学习只记录、只提醒，不排名、不计分。",
    ),
    _burden(
        r"(?:点赞|转发|投票|关注|下载|安装|注册|在线时长|活跃度)(?:量|数|率|人数|任务)?[^，。；]{0,10}(?:排名|通报|考核|不少于|达到|率)",
        "把点赞、转发、下载注册当任务", APPS, "删去；宣传看内容，不下转发、关注、安装指标。",
    ),
    _burden(r"一票否决", "设“一票否决”", RELIEF, "删去；一票否决事项由中央和省统一规定，本级不得自设。"),
    _burden(
        r"(?:签订|签署|递交|层层签|立下?|签)[^，。；]{0,16}(?:责任状|军令状|责任书)|(?:责任状|军令状)",
        "签责任状", RELIEF,
        "改为责任清单：谁负责、做什么、到什么时候，不签责任状。",
    ),
    _burden(
        r"千分制|(?:满分|总分)1000分|实行积分排名", "搞千分制、积分排名式考核", RELIEF,
        "改为少量结果指标，一般不超过十项。",
    ),
    _burden(
        r"(?:微信群|工作群|钉钉群|QQ群)[^，。；]{0,12}(?:接龙|即时回复|随时回复|秒回|必须回复)|群内接龙"
        r"|24小时(?:内)?(?:在线|开机|待命)",
        "要求群里接龙、随时回复", FINGERTIPS, "删去；提醒在办公时间发，一事一天至多一次。",
    ),
    _burden(
        r"(?:心得体会|学习笔记|读书笔记|调研报告)[^，。；]{0,14}(?:不少于|至少|撰写)[^，。；]{0,4}[\d一二两三四五六七八九十百千万]+(?:篇|字)"
        r"|(?:不少于|至少|撰写)[^，。；]{0,4}[\d一二两三四五六七八九十百千万]+(?:篇|字)[^，。；]{0,6}(?:心得|笔记)",
        "给心得、笔记定篇数字数", RELIEF, "删去篇数、字数；看学了以后解决什么问题。",
    ),
    _burden(
        r"层层(?:召开|开|组织|动员|部署|签订|陪同|汇报)", "要求层层开会、层层部署", RELIEF,
        "写明可以合并召开、参加上级会议即可，不要求每一层各开一次。", "MIDDLE",
    ),
    _burden(
        r"(?:每周|每旬)(?:上报|报送|填报|报告)|周报(?:表|制|告)|周调度|旬报", "报送过密", RELIEF,
        "改为按节点反馈；确需报送的，与已有台账合并，写明到期停止。", "LOW",
    ),
)  # fmt: skip
_AGAINST = re.compile(
    r"(?:不得|不准|不许|严禁|禁止|杜绝|防止|避免|取消|清理|整治|纠治|纠正|反对|不搞|不再|不以|不要求|不将|减少|力戒|克服|查处|坚决纠)"
    r"[^。；]{0,30}$"
)


def burdens(draft: Draft) -> Iterator[Finding]:
    """Every place that demands a forbidden thing; a sentence that forbids it itself is none."""
    for burden in BURDENS:
        told: set[str] = set()
        for hit in burden.says.finditer(draft.text):
            begin = max(draft.text.rfind(mark, 0, hit.start()) for mark in "。；\n") + 1
            clause = clause_at(draft.clauses, hit.start())
            if clause in told or _AGAINST.search(draft.text[begin : hit.start()]):
                continue
            told.add(clause)
            said = f"写了“{hit[0]}”：{burden.wrong}，属于规定不允许的做法。"
            yield Finding(
                "burden", clause, hit.start(), hit.end(), hit[0], said, burden.do, burden.basis, burden.severity
            )
