from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "luoshi.records"
    verbose_name = "留痕"
