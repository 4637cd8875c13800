from django.apps import AppConfig


class CadresConfig(AppConfig):
    name = "luoshi.cadres"
    verbose_name = "干部"
