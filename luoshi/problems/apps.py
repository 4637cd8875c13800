from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "luoshi.problems"
    verbose_name = "问题台账"
