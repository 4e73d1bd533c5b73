"""Content packs: what the field knows, read from ``templates/`` and validated.

All of them together, with the user's own, are ``scoper.library.registry.library()``.
"""

from scoper.library.criteria import CriteriaScheme, CriterionSpec
from scoper.library.in_use import criteria_scheme, criteria_scheme_ids, default_roles
from scoper.library.packs import TEMPLATES, Pack, read_toml
from scoper.library.roles import RolePack, RoleSpec
from scoper.library.samples import sample

__all__ = [
    "TEMPLATES",
    "CriteriaScheme",
    "CriterionSpec",
    "Pack",
    "RolePack",
    "RoleSpec",
    "criteria_scheme",
    "criteria_scheme_ids",
    "default_roles",
    "read_toml",
    "sample",
]
