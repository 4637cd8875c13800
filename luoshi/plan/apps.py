from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "luoshi.plan"
    verbose_name = "方案"
