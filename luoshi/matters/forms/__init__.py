"""What a clerk types into a matter: parsed, checked and explained in Chinese; nothing is decided here."""

from luoshi.matters.forms import acts, extension, parts, roadmap
from luoshi.matters.forms.base import MatterForm
from luoshi.matters.forms.opening import AmendForm, OpenForm

FORMS: dict[str, type[MatterForm]] = acts.FORMS | parts.FORMS | roadmap.FORMS | extension.FORMS
"""Every move of `rules.MOVES` that has a route, and the form it is done with."""

__all__ = ["FORMS", "AmendForm", "MatterForm", "OpenForm"]
