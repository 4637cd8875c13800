from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "luoshi.ui"
    verbose_name = "门面"
