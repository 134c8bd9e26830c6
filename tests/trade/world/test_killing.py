"""A build that is killed, and two at once, end in the same city as one that is left alone."""

import signal
import subprocess
import sys
import time

import pytest
from tests import homes

pytestmark = pytest.mark.slow

BUILD = """
import sys, time, hashlib, json
from bolanggu.data import read_yaml
read_yaml("assumptions/city.yaml")["sizes"]["values"]["village"] = {"shops": 30, "parties": 110}
from bolanggu.interfaces.cli.django_setup import start
start()
from bolanggu.market.goods import search_index
from bolanggu.market.goods.models import Booth, Pending, Product, Shop
from bolanggu.platform.parties.models import Party
from bolanggu.trade.world import build
build.SHOPS_AT_ONCE = 1
written = build.write_goods
def slowly(*args):
    written(*args)
    print("chunk", flush=True)
    time.sleep(float(sys.argv[1]))
build.write_goods = slowly
build.ensure("village")
state = [
    list(Party.objects.order_by("number").values_list("number", "kind", "name_zh")),
    list(Booth.objects.order_by("number").values_list("district__code", "number", "shop__merchant__number")),
    list(Product.objects.order_by("code").values_list("code", "shop__number", "title_zh", "tiers", "carton_gross_g")),
]
assert not Pending.objects.exists()
assert search_index.index().count() == Product.objects.count() == 750
print("digest", hashlib.sha256(json.dumps(state).encode()).hexdigest())
"""


def start(home, pause=0.0):
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(pause)],
        env=homes.environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def digest(process):
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out.split("digest ")[1].strip()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return digest(start(tmp_path_factory.mktemp("whole")))


@pytest.mark.parametrize("chunks", [1, 17])
def test_a_killed_build_is_taken_up_and_ends_in_the_same_city(tmp_path, whole, chunks):
    process = start(tmp_path, pause=0.05)
    for _ in range(chunks):
        assert process.stdout.readline() == "chunk\n"
    time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert digest(start(tmp_path)) == whole


def test_two_builds_at_once_make_one_city(tmp_path, whole):
    first, second = start(tmp_path, pause=0.02), start(tmp_path, pause=0.02)
    assert digest(first) == digest(second) == whole
