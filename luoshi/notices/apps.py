from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "luoshi.notices"
    verbose_name = "提醒"
