"""What a clerk types into a matter: parsed, checked and explained in Chinese; nothing is decided here."""

from luoshi.matters.forms.acts import FORMS
from luoshi.matters.forms.base import MatterForm
from luoshi.matters.forms.opening import AmendForm, OpenForm

__all__ = ["FORMS", "AmendForm", "MatterForm", "OpenForm"]
