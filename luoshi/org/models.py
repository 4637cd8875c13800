"""Units in one tree, people, and everything dated that says who was in charge of what, and when."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.org.rules import Duty, GrantState, ImportState, PersonnelType, UnitKind


class Unit(models.Model):
    """A county, a bureau, or a unit below a bureau. A bureau's `bureau` is itself; a county has none."""

    kind = models.CharField("类别", max_length=20, choices=UnitKind)
    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级", null=True, blank=True, related_name="children"
    )
    bureau = models.ForeignKey(
        "self", models.PROTECT, verbose_name="所属局", null=True, blank=True, related_name="members"
    )
    rank = models.PositiveIntegerField("排序", default=100)
    from_on = models.DateField("设立日期")
    until_on = models.DateField("撤销日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "单位"
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(parent__isnull=True), name="unit_root_name_once"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="unit_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("org:unit", args=[self.pk])


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person: on the staff list, and able to log in where a password was set by the person's own hand."""

    username = models.CharField("登录名（工号或手机号）", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    pinyin = models.CharField("拼音首字母", max_length=40, blank=True, db_index=True)
    personnel_type = models.CharField("人员类别", max_length=20, choices=PersonnelType)
    mobile = models.CharField("手机号", max_length=20, blank=True)
    email = models.EmailField("邮箱（可不填）", blank=True)
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("须先改密码", default=False)
    password_expires_at = models.DateTimeField("一次性密码失效时间", null=True, blank=True)
    joined_on = models.DateField("到岗日期", null=True, blank=True)
    left_on = models.DateField("离岗日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        verbose_name = "人员"
        ordering = ["pinyin", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(username=""), name="user_has_a_log_in_name"),
            models.CheckConstraint(condition=~Q(name=""), name="user_has_a_name"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="user_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("org:person", args=[self.pk])

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Never rewrites the hash on the way: the column is sealed by its last act."""
        return check_password(raw_password, self.password)


class Post(models.Model):
    """Who sat where with which duty, from when until when. Ended, never deleted: the past must stay answerable."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="人员", related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="posts")
    bureau = models.ForeignKey(Unit, models.PROTECT, verbose_name="局", related_name="+")
    duty = models.CharField("职责", max_length=20, choices=Duty)
    title = models.CharField("职务", max_length=60, blank=True)
    basis = models.CharField("依据", max_length=100, blank=True)
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    void = models.BooleanField("作废（当日撤销）", default=False)

    class Meta:
        verbose_name = "任职"
        ordering = ["unit__rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="post_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(void=False) | Q(until_on__isnull=False, until_on=F("from_on")), name="post_void_day"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(duty="HEAD", until_on__isnull=True), name="post_one_head_a_unit"
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "duty"], condition=Q(until_on__isnull=True), name="post_once"
            ),
        ]
        indexes = [models.Index(fields=["bureau", "duty"], name="post_bureau_duty")]

    def __str__(self) -> str:
        return f"{self.user} {self.unit} {self.get_duty_display()}"

    def get_absolute_url(self) -> str:
        return self.user.get_absolute_url()


class Portfolio(models.Model):
    """分管: which leader is in charge of which unit, from when until when."""

    leader = models.ForeignKey(User, models.PROTECT, verbose_name="分管领导", related_name="portfolios")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="分管单位", related_name="portfolios")
    bureau = models.ForeignKey(Unit, models.PROTECT, verbose_name="局", related_name="+")
    field = models.CharField("分管领域", max_length=100, blank=True)
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    void = models.BooleanField("作废（当日撤销）", default=False)

    class Meta:
        verbose_name = "分管"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="portfolio_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(void=False) | Q(until_on__isnull=False, until_on=F("from_on")), name="portfolio_void_day"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until_on__isnull=True), name="portfolio_one_leader_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader} 分管 {self.unit}"

    def get_absolute_url(self) -> str:
        return self.leader.get_absolute_url()


class Delegation(models.Model):
    """代理: a deputy may act for a principal in one duty between two dates; every act names both."""

    principal = models.ForeignKey(User, models.PROTECT, verbose_name="委托人", related_name="delegations_given")
    deputy = models.ForeignKey(User, models.PROTECT, verbose_name="代理人", related_name="delegations_held")
    bureau = models.ForeignKey(Unit, models.PROTECT, verbose_name="局", related_name="+")
    duty = models.CharField("代理职责", max_length=20, choices=Duty)
    from_on = models.DateField("起")
    until_on = models.DateField("止")
    void = models.BooleanField("作废（当日撤销）", default=False)
    reason = models.CharField("事由", max_length=200)

    class Meta:
        verbose_name = "代理"
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="delegation_dates_in_order"),
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="delegation_to_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="delegation_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(void=False) | Q(until_on__isnull=False, until_on=F("from_on")), name="delegation_void_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} 代 {self.principal}"

    def get_absolute_url(self) -> str:
        return reverse("org:delegations")


class PendingGrant(models.Model):
    """授权, proposed by the security administrator and in force only after another administrator confirms (level3)."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="人员", related_name="grants")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    bureau = models.ForeignKey(Unit, models.PROTECT, verbose_name="局", related_name="+")
    duty = models.CharField("职责", max_length=20, choices=Duty)
    title = models.CharField("职务", max_length=60, blank=True)
    basis = models.CharField("依据", max_length=100)
    from_on = models.DateField("起")
    state = models.CharField("状态", max_length=20, choices=GrantState, default=GrantState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, verbose_name="提出人", related_name="+")
    proposed_on = models.DateField("提出日期")
    decided_by = models.ForeignKey(User, models.PROTECT, verbose_name="确认人", null=True, related_name="+")
    decided_on = models.DateField("确认日期", null=True)
    post = models.OneToOneField(Post, models.PROTECT, verbose_name="任职", null=True, related_name="grant")

    class Meta:
        verbose_name = "待确认授权"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="PROPOSED", decided_by__isnull=True)
                | Q(state__in=["CONFIRMED", "REFUSED"], decided_by__isnull=False),
                name="grant_decided_once",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="grant_decided_by_another"),
            models.CheckConstraint(condition=~Q(user=F("proposed_by")), name="grant_to_another"),
            models.CheckConstraint(condition=~Q(user=F("decided_by")), name="grant_not_confirmed_by_its_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.unit} {self.get_duty_display()}"

    def get_absolute_url(self) -> str:
        return reverse("org:grants")


class StaffImport(models.Model):
    """One staff list on its way in: the file kept safe, how far the work is, and every bad cell with its reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bureau = models.ForeignKey(Unit, models.PROTECT, verbose_name="局", related_name="+")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="导入人", related_name="+")
    upload = models.UUIDField("暂存文件")
    sha256 = models.CharField("SHA-256", max_length=64)
    name = models.CharField("文件名", max_length=255)
    state = models.CharField("状态", max_length=20, choices=ImportState, default=ImportState.CHECKING)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总行数", default=0)
    errors = models.JSONField("问题", default=list)
    fresh = models.PositiveIntegerField("新增人数", default=0)
    known = models.PositiveIntegerField("已在册人数", default=0)
    at = models.DateTimeField("开始时间")
    beat_at = models.DateTimeField("最近进展")

    class Meta:
        verbose_name = "花名册导入"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["CHECKING", "CHECKED", "IMPORTING", "DONE", "FAILED"]), name="import_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("org:import", args=[self.pk])


class NumberSeries(models.Model):
    """The next number of a bureau's series in a year; taken under lock, so numbers are unique and gap-free."""

    bureau = models.ForeignKey(Unit, models.PROTECT, verbose_name="局")
    year = models.PositiveIntegerField("年度")
    series = models.CharField("序列", max_length=20)
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "编号序列"
        constraints = [models.UniqueConstraint(fields=["bureau", "year", "series"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.bureau} {self.series} {self.year}"
