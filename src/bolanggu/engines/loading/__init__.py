"""Container loading (装柜): which carton stands where, so that a crew can really load it.

`load` fills one container, `fill` finds the cheapest mix of containers for a consignment, `replan` plans the rest
of one in which cartons stand already, `pairs` pairs boxes on rail, `validate` checks any plan.
"""

from .certificate import Certificate, Violation
from .containers import PLAIN, Profile, container, container_names, profile
from .mixing import fill
from .model import CartonType, ContainerType, Left, Mix, Offer, Placement, Plan, Reserved
from .pairing import Pair, pairs
from .planning import load
from .replanning import as_found, replan
from .ticks import Ticks
from .validating import validate

__all__ = [
    "PLAIN",
    "CartonType",
    "Certificate",
    "ContainerType",
    "Left",
    "Mix",
    "Offer",
    "Pair",
    "Placement",
    "Plan",
    "Profile",
    "Reserved",
    "Ticks",
    "Violation",
    "as_found",
    "container",
    "container_names",
    "fill",
    "load",
    "pairs",
    "profile",
    "replan",
    "validate",
]
