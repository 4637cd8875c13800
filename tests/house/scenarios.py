"""All scenarios of mutating routes, from every room's module, in one dictionary."""

from tests.house import (
    mutations_accountability,
    mutations_activities,
    mutations_boards,
    mutations_cadres,
    mutations_campaign,
    mutations_classes,
    mutations_comments,
    mutations_commitments,
    mutations_find,
    mutations_intake,
    mutations_ledger,
    mutations_lists,
    mutations_mobilisation,
    mutations_outcomes,
    mutations_plan,
    mutations_problems,
    mutations_publicity,
    mutations_quotas,
    mutations_schemes,
    mutations_selfcheck,
    mutations_talks,
    mutations_trips,
    mutations_year,
)
from tests.house.mutations import SCENARIOS, Post

ROOMS = (
    mutations_accountability,
    mutations_activities,
    mutations_boards,
    mutations_cadres,
    mutations_campaign,
    mutations_classes,
    mutations_comments,
    mutations_commitments,
    mutations_find,
    mutations_intake,
    mutations_ledger,
    mutations_lists,
    mutations_mobilisation,
    mutations_outcomes,
    mutations_plan,
    mutations_problems,
    mutations_schemes,
    mutations_publicity,
    mutations_selfcheck,
    mutations_quotas,
    mutations_talks,
    mutations_trips,
    mutations_year,
)
"""Imported for their scenarios, which register themselves."""

__all__ = ["ROOMS", "SCENARIOS", "Post"]
