from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "luoshi.activities"
    verbose_name = "活动记录"
