from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "luoshi.matters"
    verbose_name = "事项"
