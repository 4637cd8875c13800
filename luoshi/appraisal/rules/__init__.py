"""The rules of appraisal, pure: who reads what, the indicators, how counts become points, ranks, words."""

from luoshi.appraisal.rules.doors import DECIDERS, OVERSEERS, READERS

__all__ = ["DECIDERS", "OVERSEERS", "READERS"]
