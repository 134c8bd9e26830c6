"""Container loading (装柜): which carton stands where, so that a crew can really load it.

`load` fills one container, `fill` finds the cheapest mix of containers for a consignment, `validate` checks any plan.
"""

from .certificate import Certificate, Violation
from .containers import PLAIN, Profile, container, container_names, profile
from .mixing import fill
from .model import CartonType, ContainerType, Left, Mix, Offer, Placement, Plan
from .planning import load
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
    "Placement",
    "Plan",
    "Profile",
    "Ticks",
    "Violation",
    "container",
    "container_names",
    "fill",
    "load",
    "profile",
    "validate",
]
