from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "luoshi.commitments"
    verbose_name = "承诺"
