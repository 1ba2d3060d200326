from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class VictimsConfig(AppConfig):
    name = "victims"
    verbose_name = gettext_lazy("Records")
