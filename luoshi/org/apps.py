from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "luoshi.org"
    verbose_name = "组织"
