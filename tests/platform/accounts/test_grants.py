"""Deny by default: an act needs a declared grant, and a party's things need an actor for that party."""

import importlib
import inspect
import pkgutil

import pytest

import bolanggu.market
import bolanggu.platform
from bolanggu.data import read_yaml
from bolanggu.platform.accounts.grants import Actor, NotGranted, allowed, may, needs_of, requires, standing, undeclared

BROKER = Actor("a broker", frozenset({"broker"}), parties=frozenset({"P1"}))


@requires("declaration", "send")
def send_it(*, by):
    return by.name


def test_a_granted_role_may():
    assert send_it(by=BROKER) == "a broker"


def test_an_actor_without_the_role_may_not():
    with pytest.raises(NotGranted, match="may not send declaration; granted to: broker, world"):
        send_it(by=Actor("a buyer", frozenset({"buyer"})))


def test_nobody_may_what_no_role_grants():
    with pytest.raises(NotGranted, match="granted to: nobody"):
        allowed(BROKER, "moon", "sell")


def test_a_call_without_an_actor_is_refused():
    with pytest.raises(NotGranted, match="needs by="):
        send_it(by="broker")


def test_a_partys_things_need_an_actor_for_that_party():
    assert may(BROKER, "declaration", "send", party="P1")
    assert not may(BROKER, "declaration", "send", party="P2")
    assert may(Actor("operator", frozenset({"broker"}), everywhere=True), "declaration", "send", party="P2")


def test_every_role_of_the_table_is_a_map_of_things_to_actions():
    for role, things in read_yaml("grants/roles.yaml")["roles"].items():
        for thing, actions in things.items():
            assert isinstance(actions, list), (role, thing)
            assert all(role in standing()[thing, action] for action in actions)


def services():
    """Every act that a link or mechanism offers: what its ``services`` module or package names in public."""
    for package in (bolanggu.market, bolanggu.platform):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if module.name.rsplit(".", 1)[1] in {"journal", "numbering", "schema"}:
                continue  # inner acts: only services call them, inside their own granted act
            try:
                offered = importlib.import_module(f"{module.name}.services")
            except ModuleNotFoundError:
                continue
            own = getattr(offered, "__all__", None) or [
                name
                for name, f in inspect.getmembers(offered, inspect.isfunction)
                if f.__module__ == offered.__name__ and not name.startswith("_")
            ]
            for name in own:
                act = getattr(offered, name)
                if inspect.isfunction(act) and "by" in inspect.signature(act).parameters:
                    yield act


def test_every_service_declares_what_it_needs():
    assert undeclared(services()) == []


def test_every_need_is_granted_to_somebody():
    for act in services():
        assert needs_of(act) in standing(), f"{act.__module__}.{act.__name__} needs what no role holds"
