from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "luoshi.appraisal"
    verbose_name = "考评"
