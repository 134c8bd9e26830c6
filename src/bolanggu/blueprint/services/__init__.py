"""Acts on the blueprint: adopt a city's facts, load texts, propose, review and accept changes, measure, assign."""

from bolanggu.blueprint.services.accept import accept, refuse
from bolanggu.blueprint.services.adopt import adopt
from bolanggu.blueprint.services.assign import assign
from bolanggu.blueprint.services.load import load
from bolanggu.blueprint.services.measure import measure
from bolanggu.blueprint.services.propose import propose, read_changes
from bolanggu.blueprint.services.review import review

__all__ = ["accept", "adopt", "assign", "load", "measure", "propose", "read_changes", "refuse", "review"]
