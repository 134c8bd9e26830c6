"""Declared records move their indicators, and each figure leads to its records."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from bolanggu.blueprint import records, selectors, services
from bolanggu.blueprint.models import Indicator, Observation
from bolanggu.market.orders.services import AcceptedLine, GroupOpened, TermsOffered, place
from bolanggu.platform.parties.services import Roles, agree, register
from bolanggu.trade.world.cast import WORLD

PLACED = datetime(2026, 3, 31, 17, tzinfo=UTC)  # the first of April in the city


@pytest.fixture
def orders(city):
    for number, kind in {"B1": "buyer", "A1": "agent"}.items():
        register(by=WORLD, at=PLACED, number=number, kind=kind, name_en=number)
    merchants = [register(by=WORLD, at=PLACED, number=f"M{n}", kind="merchant", name_en="m") for n in (1, 2)]
    roles = Roles("B1", "A1", "B1", "A1", "B1", "B1", "A1", "A1")
    who = agree(by=WORLD, at=PLACED, number="E1", roles=roles, commission_buyer_bp=0, commission_merchant_bp=0)
    group = GroupOpened("T1", "T1", who.principal_id, who.pk, "USD", [])
    lines = [AcceptedLine(f"Q{m.pk}", m.pk, "CNY", f"L{m.pk}", "P", 10, 10, 1234) for m in merchants]
    return place(by=WORLD, at=PLACED, group=group, terms=TermsOffered(), lines=lines)


@pytest.mark.parametrize("code", list(records.declared()))
def test_every_declaration_names_fields_that_exist(code):
    one = records.declared()[code]
    table = apps.get_model(one.records)
    for path in filter(None, [one.at, one.id, one.source, one.sum, one.distinct, one.count, *one.where]):
        model = table
        for step in path.removesuffix("__in").split("__"):
            if step == "pk":
                continue
            try:
                field = model._meta.get_field(step)
            except FieldDoesNotExist:
                pytest.fail(f"{code}: {path} is not a field of {one.records}")
            model = field.related_model or model


def test_orders_move_their_indicators_in_the_citys_own_month(orders, first, at):
    services.measure(by=first, at=at, periods=["2026-03", "2026-04"])
    values = {o.indicator.code: o for o in Observation.objects.filter(origin__startswith="records:")}
    assert values["MARKET_ORDERS"].value == 2
    assert values["MARKET_ORDER_VALUE"].value == Decimal("246.80")
    assert {o.period for o in values.values()} == {"2026-04"}


def test_what_rests_on_simulated_records_says_so(orders, first, at):
    services.measure(by=first, at=at, periods=["2026-04"])
    assert {o.source for o in Observation.objects.filter(origin__startswith="records:")} == {"simulated"}


def test_measuring_again_changes_nothing_until_the_records_do(orders, first, at):
    assert services.measure(by=first, at=at, periods=["2026-04"])
    assert not services.measure(by=first, at=at, periods=["2026-04"])
    orders.orders.filter(number="T1-002").update(state="cancelled", reason="sold out")
    again = services.measure(by=first, at=at, periods=["2026-04"])
    assert {o.indicator.code: o.origin for o in again}["MARKET_ORDERS"] == "records:MARKET_ORDERS:2"


def test_the_later_vintage_is_shown_and_the_earlier_one_kept(orders, first, at):
    services.measure(by=first, at=at, periods=["2026-04"])
    orders.orders.filter(number="T1-002").update(state="cancelled", reason="sold out")
    services.measure(by=first, at=at.replace(day=25), periods=["2026-04"])
    (point,) = selectors.series(Indicator.objects.get(code="MARKET_ORDERS"))
    assert point["shown"].value == 1
    assert [how.value for _, how in point["others"]] == ["earlier vintage"]


def test_a_period_that_is_not_over_is_provisional(orders, first, at):
    services.measure(by=first, at=datetime(2026, 4, 15, tzinfo=UTC), periods=["2026-04"])
    assert Observation.objects.get(indicator__code="MARKET_ORDERS").status == "P"
    services.measure(by=first, at=at, periods=["2026-04"])
    assert Observation.objects.filter(indicator__code="MARKET_ORDERS", status="A").count() == 1


def test_a_measured_figure_leads_to_its_records(orders):
    one = records.declared()["MARKET_ORDERS"]
    assert records.numbers(one, "2026-04") == ["T1-001", "T1-002"]
    assert list(records.months(one)) == ["2026-04"]


def test_no_record_is_no_value(city, first, at):
    assert services.measure(by=first, at=at, periods=["2001"]) == []
