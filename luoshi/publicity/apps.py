from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "luoshi.publicity"
    verbose_name = "宣传公示"
