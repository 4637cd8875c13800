from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "luoshi.portal"
    verbose_name = "工作台"
