"""Two trades of two sets of people, written as rows, and clients that are signed in as somebody."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from bolanggu.interfaces.uploads.models import Upload
from bolanggu.market.consolidation.models import Equipment, LoadPlan, Share
from bolanggu.market.customs.models import Declaration, DeclarationItem
from bolanggu.market.documents.models import Document
from bolanggu.market.goods.models import Product, Shop
from bolanggu.market.inquiries.models import Inquiry, InquiryLine
from bolanggu.market.orders.services import AcceptedLine, GroupOpened, TermsOffered, place
from bolanggu.market.settlement.models import PaymentPlan
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform import lineage
from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.accounts.services import give, register_user
from bolanggu.platform.parties.services import Roles, agree, register
from bolanggu.trade.models import Trade
from bolanggu.trade.world.cast import WORLD

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
OPERATOR = Actor("operator", frozenset({"market_operator"}), everywhere=True)
PASSWORD = "a long enough password"
A, B = "TAAAAAAAAAA", "TBBBBBBBBBB"
#: cartons of the two trades, with right check digits
SSCC = {"A": "100000000000000007", "B": "200000000000000004"}


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLANGGU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def trade(number: str, side: str, folder) -> None:
    """One trade of the people of a side: BUYER-A, AGENT-A, MERCHANT-A, STORE-A."""
    kinds = {
        "BUYER": "buyer", "AGENT": "agent", "MERCHANT": "merchant", "STORE": "warehouse", "FORWARDER": "forwarder",
        "BROKER": "broker", "CARRIER": "carrier",
    }  # fmt: skip
    people = {k: register(by=WORLD, at=AT, number=f"{k}-{side}", kind=v, name_en=k) for k, v in kinds.items()}
    buyer, agent = f"BUYER-{side}", f"AGENT-{side}"
    roles = Roles(buyer, agent, buyer, agent, buyer, buyer, agent, agent)
    engagement = agree(
        by=WORLD, at=AT, number=f"E-{side}", roles=roles, commission_buyer_bp=500, commission_merchant_bp=0
    )
    stated = {"source": "simulated", "stated_at": AT}
    played = {
        "warehouse": "STORE",
        "agent": "AGENT",
        "forwarder": "FORWARDER",
        "broker": "BROKER",
        "carrier": "CARRIER",
    }
    Trade.objects.create(
        number=number, key=number, list_sha256="0" * 64, destination="ESBCN", currency="USD", buyer=people["BUYER"],
        cast={role: f"{kind}-{side}" for role, kind in played.items()}, **stated,
    )  # fmt: skip
    inquiry = Inquiry.objects.create(
        number=number, buyer=people["BUYER"], list_name="list.csv", list_sha256="0" * 64, destination="ESBCN",
        currency="USD", **stated,
    )  # fmt: skip
    InquiryLine.objects.create(
        number=f"{number}-L0001", inquiry=inquiry, row=1, text="cup", quantity=12, state="matched", product=f"P-{side}"
    )
    group = GroupOpened(number, number, people["BUYER"].pk, engagement.pk, "USD", [])
    line = AcceptedLine(f"Q-{side}", people["MERCHANT"].pk, "CNY", f"{number}-L0001", f"P-{side}", 12, 12, 125)
    place(by=WORLD, at=AT, group=group, terms=TermsOffered(), lines=[line])
    goods(people["MERCHANT"], side)
    PaymentPlan.objects.create(
        group=number, buyer=buyer, agent=agent, currency="USD", deposit_bp=3000, balance_trigger="loading",
        incoterm="FOB", freight="collect", goods_minor=2100, deposit_minor=630, commission_minor=105, planned_at=AT,
    )  # fmt: skip
    goods_in_a_box(number, side, stated)
    file = folder / f"{number}.pdf"
    file.write_bytes(b"paper")
    Document.objects.create(
        number=f"{number}-packing_list",
        kind="packing_list",
        trade=number,
        file=str(file),
        media_type="application/pdf",
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        **stated,
    )


def goods(merchant, side: str) -> None:
    shop = Shop.objects.create(number=f"S-{side}", merchant=merchant, name_zh="店", name_en="Shop", category="toys")
    Product.objects.create(
        code=f"P-{side}", shop=shop, title_en="plastic cup", title_zh="塑料杯", category="toys", currency="CNY",
        tiers=[[1, 125]], moq=1, pieces_per_carton=12, carton_l_mm=400, carton_w_mm=300, carton_h_mm=300,
        carton_net_g=5000, carton_gross_g=6000,
    )  # fmt: skip


def goods_in_a_box(number: str, side: str, stated: dict) -> None:
    sscc = SSCC[side]
    size = {"l_mm": 400, "w_mm": 300, "h_mm": 300, "gross_g": 6000}
    promised = {f"promised_{name}": value for name, value in size.items()}
    Carton.objects.create(
        sscc=sscc, trade=number, order=f"{number}-001", warehouse=f"STORE-{side}", destination="ESBCN", mark="M",
        article="P", position=1, of=1, net_g=5000, state="loaded", **size, **promised, **stated,
    )  # fmt: skip
    plan = LoadPlan.objects.create(
        number=f"{number}-B01", shipment=number, destination="ESBCN", service="FCL", type="20GP",
        placements=[[sscc, 0, 0, 0, 400, 300, 300]], fill_percent=0.11, gross_g=6000, cartons=1, **stated,
    )  # fmt: skip
    Share.objects.create(plan=plan, trade=number, pieces=12, cartons=1, grams=6000, cubic_mm=36_000_000)
    Equipment.objects.create(
        number="BLGU0000013", plan=plan, type="20GP", owner="carrier", tare_g=2_000_000, payload_g=28_000_000,
        seal=f"SEAL-{side}", vgm_g=2_006_000, free_days=14, **stated,
    )  # fmt: skip
    declared = Declaration.objects.create(
        number=f"{number}-D01", trade=number, container=plan.number, mode="1039", state="released", verdict="ok",
        declared_at=AT, custom_master="2925", exit_port="3104", destination="ESP", operator_uscc="9" * 18, packages=1,
        pieces=12, net_g=5000, gross_g=6000, value_cents=2100, rates={}, **stated,
    )  # fmt: skip
    DeclarationItem.objects.create(
        declaration=declared, number=f"{number}-D01-1", position=1, hs10="3924100000", hs_status="assumed", kinds=1,
        pieces=12, net_g=5000, value_cents=2100,
    )  # fmt: skip
    lineage.record(
        [
            lineage.Edge("goods", "line", f"{number}-L0001", "carton", sscc, 12, 5000, 1500, "CNY"),
            lineage.Edge("goods", "carton", sscc, "container", plan.number, 12, 5000, 1500, "CNY"),
        ]
    )


@pytest.fixture
def two_trades(db, tmp_path):
    """Trades A and B, and a list that AGENT-A handed in."""
    trade(A, "A", tmp_path)
    trade(B, "B", tmp_path)
    Upload.objects.create(
        trade="TCCCCCCCCCC", key="agent-a:x", by="agent-A", party="AGENT-A", list_name="list.csv", sha256="1" * 64,
        destination="ESBCN", currency="USD", handed_in_at=AT,
    )  # fmt: skip
    return SimpleNamespace(a=A, b=B)


@pytest.fixture
def signed_in(db):
    """A client signed in as a role for a party, or for the whole market."""

    def sign_in(role: str, party: str = "", *, name: str = "", everywhere: bool = False) -> Client:
        name = name or f"{role}-{party or 'all'}"
        user = register_user(by=OPERATOR, at=AT, name=name)
        give(by=OPERATOR, at=AT, name=name, role=role, party=party, everywhere=everywhere)
        client = Client()
        client.force_login(user)
        return client

    return sign_in
