"""Every table of the product is declared here, once: protected by records, or open and why.

A protected table's rows are sealed by the Entry of their last change (`luoshi verify`); the second
part names columns that change without an Entry. A table in neither list fails the build.
"""

from __future__ import annotations

PROTECTED_TABLES: dict[str, tuple[str, ...]] = {
    "records.Evidence": (),
    "org.Unit": (),
    "org.User": ("last_login",),
    "org.Post": (),
    "org.Portfolio": (),
    "org.Delegation": (),
    "org.PendingGrant": (),
    "workdays.CalendarYear": (),
    "workdays.CalendarDay": (),
    "workdays.OfficeHoursOrder": (),
    "plan.Plan": (),
    "plan.PlanVersion": (),
    "plan.Clause": (),
    "plan.Duty": (),
    "plan.Rule": (),
    "matters.Matter": (),
    "matters.MatterParty": (),
    "matters.MatterEvent": (),
    "matters.Deadline": (),
    "matters.EventEvidence": (),
    "matters.Feedback": (),
}

OPEN_TABLES: dict[str, str] = {
    "records.Entry": "the chain itself; the database refuses UPDATE and DELETE",
    "records.EntryValue": "sealed values before and after; their digest lies in the chain",
    "records.ValueKey": "deletable keys of the values",
    "records.ChainHead": "the chain's last link, checked against the entries",
    "records.Submission": "idempotency keys, swept after a time",
    "records.StagedUpload": "files waiting for their act, swept after a time",
    "records.TypedDraft": "typed text kept over an expired log-in, swept after a time",
    "org.NumberSeries": "the next number of a series; the numbers stand in the protected rows",
    "org.StaffImport": "progress and findings of a staff list; what it made stands in the protected rows",
    "accounts.LogInAttempt": "a failed log-in by the keyed digest of the name typed; the entry is the proof",
    "notices.Notice": "in-app notices, rebuilt from the records",
    "notices.OutboxMessage": "messages on their way out",
}

ACT_WORDS: dict[str, str] = {
    "org.add_unit": "设立单位",
    "org.edit_unit": "更名、调序",
    "org.move_unit": "调整上级",
    "org.close_unit": "撤销单位",
    "org.add_person": "登记人员",
    "org.edit_person": "更正人员信息",
    "org.leave": "办理离岗",
    "org.disable": "停用账号",
    "org.enable": "启用账号",
    "org.appoint": "任职",
    "org.relieve": "免职",
    "org.give_portfolio": "定分管",
    "org.end_portfolio": "结束分管",
    "org.delegate": "登记代理",
    "org.end_delegation": "结束代理",
    "org.propose_grant": "提出授权",
    "org.confirm_grant": "确认授权",
    "org.refuse_grant": "不同意授权",
    "org.import_staff": "导入花名册",
    "org.issue_password": "发一次性密码",
    "workdays.load_notice": "载入放假安排",
    "workdays.set_day": "改工作日历",
    "workdays.remove_day": "取消单日安排",
    "workdays.set_hours": "定办公时间",
    "accounts.log_in": "登录",
    "accounts.log_in_failed": "登录失败",
    "accounts.log_out": "退出",
    "accounts.session_ended": "登录过期",
    "accounts.end_sessions": "结束登录",
    "accounts.change_password": "改密码",
    "accounts.second_factor_on": "开启二次验证",
    "accounts.second_factor_off": "关闭二次验证",
    "accounts.recovery_codes": "生成恢复码",
    "accounts.read_values": "查看留痕内容",
}
"""Each act as the trail tells it, in the words of the office; an act without its word here is shown by its room."""
