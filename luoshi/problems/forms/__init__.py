"""Forms of problems: writing one down, amending it, and one for each act."""

from luoshi.problems.forms.acts import FORMS
from luoshi.problems.forms.base import ProblemForm
from luoshi.problems.forms.opening import AmendForm, OpenForm

__all__ = ["FORMS", "AmendForm", "OpenForm", "ProblemForm"]
