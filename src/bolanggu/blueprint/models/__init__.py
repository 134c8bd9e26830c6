"""Tables of the blueprint: documents, the tree, figures, the register of reforms, and reviewed changes."""

from bolanggu.blueprint.models.documents import Document, LoadedText
from bolanggu.blueprint.models.figures import Indicator, Observation, Serving, Target
from bolanggu.blueprint.models.register import Copy, Reform
from bolanggu.blueprint.models.review import Change, Proposal
from bolanggu.blueprint.models.tree import Mention, Node

__all__ = [
    "Change",
    "Copy",
    "Document",
    "Indicator",
    "LoadedText",
    "Mention",
    "Node",
    "Observation",
    "Proposal",
    "Reform",
    "Serving",
    "Target",
]
