# ruff: noqa: E501
"""Patterns of the sentence built from the word lists: heads, modals, settings, purposes (句法).

>>> bool(MODAL.match("要建立台账")), bool(MODAL.match("要求上报")), bool(MODAL.match("将材料报送")), bool(MODAL.match("将严格执行"))
(True, False, False, True)
>>> bool(SETTING_END.search("在确保质量的前提下")), bool(PURPOSE.match("切实提升服务水平"))
(True, True)
"""

import re

from luoshi.plantext import lexicon


def _either(*lists: str) -> str:
    words = {word for text in lists for word in text.split()}
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


# 教育 in 教育局 is no act.
ACT = re.compile(_either(lexicon.MAKE, lexicon.HANDLE, lexicon.MORE) + "(?:(?<=在)|(?![局厅]|部门))")
INNER = re.compile(_either(lexicon.MAKE, lexicon.HANDLE) + "(?![局厅]|部门)")
SHORT = re.compile(_either(lexicon.SHORT))
MANNER = re.compile(_either(lexicon.MANNERS) + "地?")
AIM = re.compile(_either(lexicon.AIM) + "|使(?!用|命)|让(?!利|步|渡)")
LIGHT = re.compile(_either(lexicon.LIGHT))
ADVERB = re.compile(_either(lexicon.ADVERBS) + "地?")
FORBID = re.compile(_either(lexicon.FORBID))
SETTER = re.compile(_either(lexicon.SETTERS))
OBJECTOR = re.compile(_either(lexicon.OBJECTORS))
OPENER = re.compile(_either(lexicon.SETTERS, lexicon.OBJECTORS))
_HEAD = _either(lexicon.ADVERBS, lexicon.MAKE, lexicon.HANDLE, lexicon.MORE)
MODAL = re.compile(
    r"(?:均|都|也|还|并|就|各自|全部)?(?:"
    + _either(lexicon.OBLIGE, lexicon.FORBID)
    + rf"|应(?!急|用|对|届|变|诉)|要(?!求|素|点|件|闻|害|道|么|领(?!导)|务)|需(?!求|量|方)|将(?={_HEAD}|对|按|于|由|根据))"
)
PERMITS = re.compile("(?:积极|大力|全面|充分|优先|重点|择优|继续|进一步)*" + _either(lexicon.PERMIT) + "(?!单位|性)")

# A piece that ends so is only the setting of what follows it.
CLOSED = re.compile(
    r"(?:(?<![目有是别])的|[\u4e00-\u9fff“”](?<![及随按定同届临暂即小])时|(?:之|以|今|然)?后|(?<![目提空])前|之际|期间|过程中|[\u4e00-\u9fff]{2}(?<!其|集|事|初|高|年)中|同时|基础上|前提下|情况下|条件下|框架下|领导下|指导下|支持下|牵头|(?<!制)为准|来说|而言)$"
)
SETTING_END = re.compile(
    CLOSED.pattern[:-1]
    + r"$|(?:原则|要求|规定|标准|精神|部署|情况|契机|目标|重点|问题|事项|环节|方面|职责|分工|方式|形式|手段|需求|需要|实际|进展|状况|年限|安排|主线|导向|抓手|核心|引领|牵引|载体|主体|依托|突破口|切入点|主题|基础|支撑|起|"
    r"现象|行为|线索|意见|建议|任务|工作|领域|地方|范围|作用|优势|等|者|人员|企业|单位|项目|干部|群众|个人|机构|学生|家庭|困难|改革|战略|理念|思想|目的|主力|力量|时期|关口|机遇|特点|趋势|规律|条件|资源|平台|渠道|"
    r"机制|模式|方案|规划|工程|委托|授权|指示|批示|文件|通知|政策|结果|责任感|使命感|站位|态度|作风|办法|细则|制度|教育|先进地区|地区|指标|大项|清单|方法|计划)$"
)
# Inside a piece: the end of a prepositional frame, after which the act may follow.
FRAME_END = re.compile(
    r"方式|形式|手段|原则|要求|标准|规定|情况|需要|需求|实际|基础上|前提下|机制|模式|(?:为|作为)(?:契机|目标|重点|抓手|导向|核心|主线|引领|牵引|依托|基础|主体|载体|纽带|突破口|切入点|单位)|(?<!其|集)中(?!心|小|学|央|层|国|医|介|期|标|队|型)|期间|(?<!以)后(?!续|勤|台|备)|(?<!目|提)前(?!台|期|往|置|沿|端|后)|(?<!及|随|按|定|同|小)时(?!间|效|限|段|任|代|候|长)|之日起|下(?=[\u4e00-\u9fff]{2})(?!发|达|一|属|级|降|午|调)|上(?!报|级|门|线|传|述|午|市|岗|半|游|网|缴)"
)
_HIGHER = (
    r"(?:提升|提高|增强|促进|确保|保证|保障(?!.{0,14}(?:到位|供应|资金|经费|模式))|防止|避免|营造|激发|凝聚|展现|展示|树立|倒逼|助推|成为|满足|适应|彰显|厚植|夯实|筑牢|弘扬|唱响|发挥|体现|巩固|引领|带动|破解|破除|"
    r"缓解|增进|改善|开创|守住|集聚|吸引|撬动|释放|培厚|减轻|维护|壮大|解除|打赢|为实现|统一思想|充分认识|深刻认识|认清|高度重视|提高站位|坚定|树牢|压实|达到|力争|争创|争做|营建|保持|实现|做到|让(?!利|步|渡)|使(?!用|命)|助力|加速|凸显|塑造|唱好|当好)"
)
# Purposes and results that follow an act.
PURPOSE = re.compile(
    r"从而|进而|以便|以期|以利|便于|有利于|方便|以身作则|率先垂范|以上率下|更好|为.{0,30}(?:提供.{0,12}(?:支撑|保障|支持|动力|基础|条件|保证|遵循|经验|服务和支撑)|奠定.{0,8}基础|打下.{0,8}基础|创造.{0,8}(?:条件|环境)|营造.{0,14}氛围|作出.{0,6}贡献|解除.{0,10})$|"
    r"(?:不断|迅速|切实|真正)?[把将].{2,40}(?:推向深入|引向深入|上来|起来|到实处|落地|到位)$|"
    r"(?:推动|推进).{0,40}(?:发展|提升|提高|增强|转变|跃升|落地见效|落实落地|取得实效|走深走实|开创.{2,12}|迈上.{2,12}|再上.{2,12}|快速落地|良性循环|长效化|常态化、长效化|“破题”)$|"
    r"(?:全面|切实|不断|有效|持续|着力|进一步|显著|大幅|整体|全力|努力|真正|最大限度|更好|逐步|稳步)*" + _HIGHER
)
# A result that counts as an act where an act comes before it does not: 实现 with how fast or how far it is to be done.
REACH = re.compile(
    r"(?:积极|主动|大力)(?:争创|吸引|集聚)|(?:加快|逐步|全面|基本|尽快|初步|力争|推动|及时)(?:推动)?实现|保障“|确保每(?:一)?[项件个起户名条]"
)
LATER_PURPOSE = re.compile(
    r"(?:解决(?!方案)|打通(?!.{0,8}系统)|挖掘|释放|推动.{0,30}(?:落实落地|落地|发展|化)$|形成.{0,20}(?:格局|合力|氛围|局面|态势|链条|体系|闭环|优势|能力|结构)$|提供.{0,12}(?:支撑|保障|支持)$|带来)"
)
# Products: 形成 is an act when it leaves one of these behind.
PRODUCT = re.compile(
    r"清单|台账|台帐|报告|方案|目录|计划|机制|制度|名单|档案|意见|案例|材料|名册|办法|细则|预案|记录|纪要|表|图|书|文件|指南|手册|标准|规范|结论|数据库|决议|决定|协议|专报|简报|队伍|通知|指标"
)
SLOGAN_TITLE = re.compile(
    r"指导思想|总体要求|总体思路|基本原则|工作原则|工作目标|主要目标|总体目标|目标任务|目标要求|活动目标|目的意义|重要意义|工作思路|现状|形势|背景|(?:考评|考核|评价)(?:对象|内容)|适用范围|任务目标|建设目标|发展目标"
)
PROBLEM_INTRO = re.compile(
    r"(?:存在|突出|暴露)[^。；]{0,16}(?:问题|不足|短板)[^。；]{0,8}(?:有|是|为|如下|表现|包括|在于|：)[^。；]{0,8}$"
)
NEGATED = re.compile(r"不得|严禁|禁止|不准|不要求|不作|避免|防止|不宜|无需|不需")
# Statements, not acts: what something is, what holds at present.
COPULA = re.compile(
    r"^(?:主要|具体)?(?:包括|包含|涵盖|分为|涉及)|^是指|是指|系指|所称|^即|^指的?是|是[^，]{0,40}(?:条件|义务|主体|标志|课题|根本|核心|灵魂|生命线|任务|抓手|要求|保证|基础|关键|保障|举措|主力军|生力军|途径|环节|前提|内容|责任|使命|体现|工程|问题)$|制定(?:本|此)[\u4e00-\u9fff]{2,6}$|适用于|负责解释|(?:内容|范围|对象)(?:主要)?(?:包括|为)|自[^，]{0,12}起(?:施行|实施|执行)|包括本数|^作为[^把将]{2,30}(?:部门|单位|抓手|机构|地区|城市|载体|平台)$"
)
PRESENT = re.compile(r"^(?:当前|目前|今年以来|去年以来|近年来|近期|长期以来|随着|多年来|截至|去年|上年|过去)")
# A time at the head of a piece is stepped over like an adverb.
TIME_HEAD = re.compile(
    r"(?:于|在|到|至|截至)?(?:(?:\d{4}年|今年|明年|每年|次年)?(?:\d{1,2}月(?:份|上旬|中旬|下旬|底|末|初|\d{1,2}日)?|年?底|年末|上半年|下半年|第?[一二三四]季度)|\d{4}年|\d{1,2}日)"
    r"(?:之?前|以前|起|内|后|开始)?，?(?=[\u4e00-\u9fff])|在?(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:工作日|日|天|小时|月)[之以]?内"
)
SUMMING_UP = re.compile(
    r"(?:(?:针对|对)(?:这些|上述|以上|存在|查摆)|(?:以上|上述)|全[局县市校院厅体镇乡][^。，]{0,12}要)"
)
