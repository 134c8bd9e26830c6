"""UBL CertificateOfOrigin (原产地证书): the application, not yet endorsed by any authority."""

from __future__ import annotations

from lxml.etree import _Element as Element  # type: ignore[import-untyped]

from bolanggu.market.documents.exchange import ubl
from bolanggu.market.documents.facts import Facts, Party
from bolanggu.market.documents.papers import Paper
from bolanggu.market.documents.setting import Issue

#: Whoever endorses is not known while the application is a draft.
AUTHORITY = Party("pending", "Issuing authority, to be named by the applicant", "签证机构（由申请人填写）")


def certificate(paper: Paper, issue: Issue) -> bytes:
    """The application with the declared items; its endorsement stands as pending."""
    facts, sheet = paper.facts, paper.sheet
    roles = facts.roles
    root = ubl.document("CertificateOfOrigin", sheet.number, sheet.day, Note=f"version {issue.version}")
    ubl.party(root, "ExporterParty", roles.operator)
    ubl.party(root, "ImporterParty", roles.consignee)
    application = ubl.part(root, "CertificateOfOriginApplication")
    ubl.put(application, "ReferenceID", sheet.number)
    ubl.put(application, "CertificateType", "non-preferential")
    ubl.put(application, "ApplicationStatusCode", "draft")
    ubl.put(application, "OriginalJobID", facts.trade)
    shipment = ubl.shipment(application, facts, value_cents=ubl.value_of(facts))
    _items(shipment, facts)
    _endorser(application)
    ubl.party(application, "PreparationParty", roles.agent)
    ubl.party(application, "IssuerParty", AUTHORITY)
    ubl.put(ubl.part(application, "IssuingCountry"), "IdentificationCode", "CN")
    endorsement = ubl.part(root, "IssuerEndorsement")
    ubl.put(endorsement, "DocumentID", sheet.number)
    ubl.put(endorsement, "ApprovalStatus", "pending")
    _endorser(endorsement)
    return ubl.written(root)


def _items(shipment: Element, facts: Facts) -> None:
    for item in facts.items:
        made = ubl.part(shipment, "GoodsItem")
        ubl.put(made, "ID", item.position)
        ubl.amount(made, "FreeOnBoardValueAmount", item.value_cents, "USD")
        ubl.mass(made, "NetWeightMeasure", item.net_g)
        ubl.count(made, "Quantity", item.pieces)
        ubl.item(made, item.name_en, item.name_zh, "", item.hs10)


def _endorser(parent: Element) -> None:
    made = ubl.part(parent, "EndorserParty")
    ubl.put(made, "RoleCode", "issuer")
    ubl.put(made, "SequenceNumeric", 1)
    ubl.party(made, "Party", AUTHORITY)
    ubl.put(ubl.part(made, "SignatoryContact"), "Name", "pending")
