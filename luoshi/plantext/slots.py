# ruff: noqa: E501
"""Slots: the mechanisms of the product that a duty can drive, one closed list (挂接项).

A duty's slot is the first in the list whose words it says; `within` words must stand in the titles of its
clause or of those above. The words are those of the mechanism in any bureau's plan, not of one plan.

>>> slot_of("各科室每季度通报一次红黑榜", "")
'board_cases'
>>> slot_of("种植行道树", "") is None
True
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """A mechanism: its name, its Chinese name, what it drives, the traceability ids it serves."""

    name: str
    title: str
    drives: str
    ids: tuple[str, ...]
    says: str
    within: str = ""


_TABLE: tuple[tuple[str, str, str, str, str, str], ...] = (
    # -- studies, talks, visits (学习、谈话、走访)
    ("group_study_monthly", "中心组集体学习", "group study quota by month", "2.2.1.1a", r"中心组.{0,20}学习|集体学习", ""),
    ("study_weekly", "每周学习", "weekly study quota", "2.2.1.1c", r"每(?:周|星期).{0,14}学习|学习.{0,10}每(?:周|星期)", ""),
    ("study_days_year", "年度学习天数", "yearly study quota in days", "2.2.1.1b", r"每年.{0,10}学习.{0,12}[天日时]|学习时间|学时", ""),
    ("spirit_study", "学习会议精神", "record of passing a meeting on", "2.1.4", r"(?:学习|传达|贯彻).{0,10}(?:会议)?精神", r"动员|部署"),
    ("study_visit", "走出去学习考察", "study visits with report and adoptions", "2.2.1.2", r"(?:外出|赴|到).{0,16}(?:学习考察|考察学习|取经|观摩)|学习.{0,30}(?:经验|好做法)", ""),
    ("expert_invite", "请进来专家授课", "experts, their advice and its adoption", "2.2.1.3", r"(?:邀请|聘请|请).{0,12}专家|专家.{0,10}(?:授课|讲座|把脉)", ""),
    ("expert_invite", "请进来专家授课", "experts, their advice and its adoption", "2.2.1.3", r"提出.{0,4}意见和?建议", r"请进来|专家"),
    ("study_content", "学习内容与带头学习", "coverage of study themes", "2.2.1.1d", r"重点学习|学习内容|党史(?:学习)?教育|理论学习|示范和表率|带头学", ""),
    ("public_promise", "公开承诺", "public promises and their keeping", "2.2.1.4a", r"作出.{0,4}公开承诺|承诺公示|公开承诺活动", ""),
    ("promise_answer", "承诺事项办理答复", "answer clock of promised matters", "2.2.1.4b", r"(?:全权|限时)办理|及时答复|承诺.{0,16}(?:办理|办结)", ""),
    ("progress_publicity", "进度公示", "periodic posting of progress", "2.2.1.4c", r"进度.{0,4}(?:公示|公开)|公[示开].{0,8}进度", ""),
    ("livelihood_concern", "群众急难愁盼", "list of concerns with result or explanation", "2.2.1.4d", r"急[、，]?难[、，]?愁[、，]?盼", ""),
    ("political_talk", "政治谈话", "talks by division of work", "2.2.2.1a", r"政治谈话|廉政谈话|对中层干部的监督|集中开展谈心谈话", ""),
    ("individual_talk", "个别谈心谈话", "talk records", "2.2.2.1b", r"谈心谈话|个别谈话|谈话记录", ""),
    ("individual_talk", "个别谈心谈话", "talk records", "2.2.2.1b", r"了解.{0,30}(?:情况|动态|诉求)|听取.{0,16}(?:心声|意见|建议)", r"谈心|谈话"),
    ("talk_rectification", "谈话提醒整改", "reminders and rectification from talks", "2.2.2.1c", r"提醒|整改", r"谈心|谈话"),
    ("livelihood_projects", "民生实事", "list of livelihood projects", "2.2.2.2c", r"(?:办成|办好|实施).{0,14}(?:民生)?实事", ""),
    ("problem_self_list", "个人问题清单", "personal problem list with measure and deadline", "2.2.3.1 2.2.3.2 2.2.3.3 2.2.3.4 2.2.3.5 2.2.3.6 2.2.3.7", r"个人问题清单|查摆剖析|自查自纠|对照检查", ""),
    ("problem_self_list", "个人问题清单", "personal problem list with measure and deadline", "2.2.3.1 2.2.3.2 2.2.3.3 2.2.3.4 2.2.3.5 2.2.3.6 2.2.3.7", r"整改措施|整改时限|查摆", r"对照检查|自查|查摆"),
    ("rectification_ledger", "问题台账销号", "ledger from finding to write-off", "2.2.2.2b", r"问题清单|整改台[账帐]|销号|问题台[账帐]|隐患台[账帐]", ""),
    ("research_days_year", "年度调研天数", "yearly research quota in days", "2.2.2.3a", r"调研.{0,10}(?:时间|不少于)|每年.{0,10}调研|调研制度", ""),
    ("frontline_monthly", "每月蹲点", "monthly front-line quota", "2.2.2.3b", r"蹲点|解剖麻雀|驻点|每月.{0,16}(?:下基层|入企业|进企业|到一线)", ""),
    ("frontline_method", "一线工作法", "research where difficulty is", "2.2.2.3c", r"一线工作法|(?:一线|矛盾突出|情况复杂).{0,20}(?:开展)?调研", r"调研"),
    ("field_visit", "大走访", "visit records by kind of place", "2.2.2.2a", r"走访|大帮扶|座谈会|征求意见表|深入(?:基层|一线|企业|社区|群众|现场)", ""),
    # -- complaints, review, inspection (信访、评议、督察)
    ("report_channels", "举报渠道", "mailbox, e-mail and telephone of complaint", "2.2.4.1a", r"信箱|举报(?:邮箱|电话)|投诉电话|信访反映渠道|监督电话|受理.{0,20}(?:信访|投诉|举报)", ""),
    ("petition_handling", "信访核查处理", "clock of complaints", "2.2.4.1b", r"(?:信访|投诉|举报|反映).{0,20}(?:核实|核查|查核|办理|处理)|查核处理", ""),
    ("petition_handling", "信访核查处理", "clock of complaints", "2.2.4.1b", r"处理|核实", r"信访|举报"),
    ("appraisal_cycle", "年底工作评议", "yearly review of units", "2.2.4.2", r"(?:年底|年终|年度).{0,24}(?:评议|测评)|工作评议|评议得分|奖罚分明", ""),
    ("appraisal_cycle", "年底工作评议", "yearly review of units", "2.2.4.2", r"监督监察|监督检查职能", r"评议"),
    ("inspection_rectification", "督察整改", "clues and deadlines from inspections", "2.2.4.3b", r"(?:督[察查]|巡察|检查).{0,20}(?:问题|线索)|限期.{0,4}整改", r"督[察查]|巡察"),
    ("special_inspection", "专项督察", "special inspections", "2.2.4.3a", r"专项督[察查]|中心工作的一项", ""),
    # -- tasks and projects (交办、项目、审批)
    ("board_cycle", "定期打分排名", "scoring and ranking by quarter", "2.2.5.4a", r"(?:打分|评分|考核).{0,4}(?:排名|排序)|每(?:季度?|月).{0,30}(?:打分|排名|考核)", ""),
    ("feedback_days", "首次反馈时限", "working days to first feedback", "2.2.5.1d", r"(?:工作日|[日天小时])(?:之|以)?内.{0,40}(?:反馈|报告|答复|回复|上报)", ""),
    ("staged_feedback", "阶段反馈", "staged feedback", "2.2.5.1e", r"分阶段反馈|阶段性?反馈|初步.{0,8}(?:情况|意见).{0,6}反馈", ""),
    ("task_breakdown", "任务分解", "steps and dates of each item", "2.2.5.1b", r"路线图|时间表|任务分解|分解(?:任务|落实)|施工图", ""),
    ("process_supervision", "过程督办", "lamps, reminders, extensions", "2.2.5.1c", r"过程督办|跟踪督办|督办(?:落实|制度|机制)|台账管理|清单交办", ""),
    ("assignment_list", "清单交办", "hand-out of listed tasks", "2.2.5.1a", r"交办.{0,10}(?:清单|任务|事项)|任务清单|责任分工", ""),
    ("closing_loop", "办结销号", "verification and closing", "2.2.5.1f", r"回音|办结|闭环|有着落", ""),
    ("one_leader_per_project", "一个项目一名领导", "one leader for each project", "2.2.5.2a 2.2.5.2b", r"一个项目|每个项目.{0,16}(?:领导|成员|负责)|领导(?:干部)?(?:挂点|包保|联系).{0,8}项目", ""),
    ("project_guidance", "项目挂点督导", "milestones and blockers of projects", "2.2.5.2b", r"靠前指挥|挂图作战|挂点督导|一线工作法", ""),
    ("project_progress", "项目进度", "start conditions and progress of works", "2.2.5.2c", r"施工|开工|工程进度|压茬推进", r"项目"),
    ("approval_cleanup", "审批事项清理", "review of approval items and materials", "2.2.5.3a", r"审批(?:事项|制度|服务).{0,10}(?:改革|清理)?|前置条件|申请材料|精简材料", r"政务服务|审批|改革|营商|窗口"),
    ("unified_issue", "统一出件", "issue of results at the window", "2.2.5.3d", r"统一出件|统一发证", ""),
    ("approval_window", "综合窗口收件", "one window that receives", "2.2.5.3b", r"综合(?:服务)?窗口|统一收件|一窗受理", ""),
    ("parallel_approval", "并联审批", "shared materials and parallel steps", "2.2.5.3c", r"共享.{0,4}材料|并联审批|同步办理|实时流转|联审", ""),
    ("board_cases", "红黑榜通报", "good and bad cases on the board", "2.2.5.4b", r"红黑榜|典型案例.{0,12}(?:评|通报)|评出.{0,12}(?:典型|案例)|正反典型", ""),
    ("board_improvement", "点评补短板", "comments and improvement after each board", "2.2.5.4c", r"点评|查漏洞|补短板|强弱项|定期考核评价", r"榜|考核|排名|通报"),
    ("cadre_followup", "跟踪考察", "periodic follow-up of cadres", "2.2.5.5b", r"跟踪考察|考察(?:识别|使用)|选出来|实绩用干部", ""),
    ("frontline_cadres", "一线培养干部", "roster of cadres at the front line", "2.2.5.5a", r"(?:培养|选拔|锻炼|考察).{0,20}干部|干部.{0,30}(?:培养|锻炼|选拔)|(?:一线|岗位).{0,6}培养", ""),
    # -- conduct (作风整治)
    ("window_check", "窗口检查", "checks of window discipline and service", "2.2.6.3b", r"窗口(?:工作)?人员.{0,20}(?:检查|监督)|窗口.{0,12}(?:监督检查|明察暗访)", ""),
    ("attendance_check", "会风会纪与上班纪律检查", "spot checks of discipline", "2.2.6.1b", r"(?:上班|工作|会风).{0,2}(?:会纪|纪律).{0,12}(?:督查|检查|抽查|整治)|在岗", ""),
    ("meeting_discipline", "会风文风", "ledger of meetings", "2.2.6.1a 2.2.6.1b", r"会风|文风|以会议落实|层层开会|少开会|开短会|汇报(?:时|人员)|开会", ""),
    ("gift_register", "礼品礼金登记", "register of gifts", "2.2.6.2b 2.2.6.2a", r"礼品|礼金|吃喝送礼|收送", ""),
    ("reception_control", "公务接待", "reception by letter, list and limit", "2.2.6.2a 2.2.6.2b", r"接待|公函|违规吃喝", ""),
    ("reception_control", "公务接待", "reception by letter, list and limit", "2.2.6.2a 2.2.6.2b", r"监督检查|严抓严管|严肃处理", r"吃喝|接待"),
    ("first_asked", "首问负责", "first-asked register and answers", "2.2.6.3a", r"首问|满意答复|推诿|一次性告知", ""),
    ("first_asked", "首问负责", "first-asked register and answers", "2.2.6.3a", r"窗口.{0,30}(?:整治|态度)", ""),
    ("clue_transfer", "线索移交", "hand-over of clues to the discipline body", "2.2.6.4b", r"移[交送].{0,16}(?:纪|监察|派驻)", ""),
    ("intervention_register", "插手干预登记", "register of interventions", "2.2.6.4a", r"插手|干预.{0,8}(?:工程|项目|司法)|职务影响|利益输送", ""),
    # -- consequences (问责与容错)
    ("inspection_team", "作风督查组", "inspection team and unannounced visits", "2.2.7.1a", r"督查组|检查组|不发通知|不打招呼|四不两直|明察暗访.{0,6}(?:开展|组织)", ""),
    ("strike_ladder", "作风问题次数阶梯", "1st, 2nd, 3rd time and what follows", "2.2.7.2a 2.2.7.2b 2.2.7.2c", r"(?:首次|[一两二三四]次|\d次).{0,10}(?:出现|发生|被)|[一两二三]次出现|检讨|评先评优资格|取消.{0,8}(?:评先|评优)", ""),
    ("discipline_referral", "纪检问责", "accountability by the discipline body", "2.2.7.2d", r"(?:派驻|纪检|监察).{0,20}(?:问责|处理|处分)", ""),
    ("false_report_penalty", "诬告惩戒", "result of competent organs on slander", "2.2.7.4", r"诬告|诽谤", ""),
    ("fault_tolerance", "容错纠错", "applications for tolerance", "2.2.7.3a 2.2.7.3b", r"三个区分开来|容错|失误过错|澄清正名", ""),
    ("accountability", "追责问责", "proposals of accountability", "2.2.7.1c", r"(?:追责|问责|追究).{0,6}", ""),
    ("result_publicity", "督查结果通报", "use and publication of findings", "2.2.7.1b", r"结果运用|通报曝光|曝光|(?:明察暗访|反映强烈).{0,30}(?:处理|查处)", ""),
    # -- summary, organisation, publicity, appraisal (总结、组织、宣传、考核)
    ("good_practices", "经验推广", "good examples collected and spread", "3.2c", r"(?:总结|宣传).{0,4}(?:、宣传、|、|和)?推广|(?:典型|经验|做法).{0,12}(?:推广|宣传)", ""),
    ("institution_building", "建章立制", "institutions left by solved problems", "2.3.1b", r"制度建设|健全.{0,4}制度|监督制约|工作机制$|完善.{0,6}制度", r"总结|长效"),
    ("campaign_summary", "总结", "summary report and causes", "2.3.1a", r"全面总结|总结(?:报告|分析)|工作总结|分析原因", ""),
    ("rewards", "奖励先进", "rewards within quota", "2.3.2", r"奖励|表扬|表彰|优先使用|绩效奖", ""),
    ("mobilisation_meeting", "动员部署会", "meetings of mobilisation by level", "2.1.1 2.1.2 2.1.3", r"动员(?:部署)?(?:大)?会|部署会|启动会", ""),
    ("mobilisation_meeting", "动员部署会", "meetings of mobilisation by level", "2.1.1 2.1.2 2.1.3", r"目标任务|工作责任", r"动员|部署"),
    ("typical_cases", "典型案例查处", "found, handled, published case by case", "3.2b", r"发现一起|查处一起|警示(?:教育|作用)|典型案例", ""),
    ("publicity", "媒体宣传", "publicity ledger", "3.2a", r"媒体|广泛宣传|宣传(?:报道|活动|教育|工作|力度)|专栏", ""),
    ("leading_group", "领导小组及办公室", "group, roster, office", "3.1a", r"领导小组|指挥部|工作专班|联席会议|(?:局|室|办)负责人为成员|日常工作", r"领导|组织|责任|保障"),
    ("leading_group", "领导小组及办公室", "group, roster, office", "3.1a", r"成立.{0,30}(?:领导小组|专班|指挥部)", ""),
    ("responsibility_list", "责任清单", "responsibility list, leaders first", "3.1b", r"第一责任人|一岗双责|责任清单|压实.{0,4}责任|带头(?:查摆|改进|整改)|主体责任|责任制", ""),
    ("appraisal_basis", "纳入考评", "weight in units' and persons' appraisal", "3.3b", r"(?:纳入|列入|作为).{0,30}(?:考核|考评|绩效|评优)|考核评价(?:体系|机制)", ""),
    ("daily_supervision", "日常监督考核", "daily supervision with ordered rectification", "3.3a", r"日常监督|责令.{0,4}整改|监督和考核|督促检查|跟踪问效", ""),
    ("campaign_phases", "活动阶段", "phases and gates", "2.0", r"分.{0,4}(?:个)?阶段|第[一二三四]阶段", ""),
    ("campaign_period", "活动期限与参与", "campaign header and participation", "3.0", r"全员参与|广泛发动|今明两年", ""),
    ("campaign_header", "活动立项", "decision, scope and plan version", "0.1", r"在全.{1,4}范围内.{0,6}开展", ""),
    ("goal_panel", "目标面板", "goals compared from period to period", "1.1 1.2 1.3a 1.3b", r"四改联动|满意度|放[、，]?管[、，]?服|政治能力|突出问题", r"目标"),
)  # fmt: skip

SLOTS: dict[str, Slot] = {}
_RULES: list[tuple[str, re.Pattern[str], re.Pattern[str] | None]] = []
for _name, _title, _drives, _ids, _says, _within in _TABLE:
    SLOTS.setdefault(_name, Slot(_name, _title, _drives, tuple(_ids.split()), _says, _within))
    _RULES.append((_name, re.compile(_says), re.compile(_within) if _within else None))


def slot_of(text: str, titles: str, setting: str = "") -> str | None:
    """The slot of a duty from its words and the titles of its clause and those above; None where it drives none.

    `setting` is the duty with what stands before its act; it is asked where the act alone says nothing.
    """
    for words in (text, setting) if setting and setting != text else (text,):
        found = _first(words, titles)
        if found:
            return found
    return None


def _first(text: str, titles: str) -> str | None:
    for name, says, within in _RULES:
        if says.search(text) and (within is None or within.search(titles)):
            return name
    return None
