from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "luoshi.accountability"
    verbose_name = "问责"
