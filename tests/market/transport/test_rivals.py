"""Several that book the same departure at once: no space is given twice, and none is left while somebody asks."""

import pytest
from tests import homes
from tests.market.transport.rivals import SIZE

RIVALS = "tests.market.transport.rivals"


@pytest.mark.slow
def test_no_space_is_given_twice_and_none_is_left(tmp_path):
    home = tmp_path / "home"
    served = homes.at_once(home, [(RIVALS, name, 20, "book") for name in "abcd"])
    told = homes.at_once(home, [(RIVALS, "told", 0, "told")])[0]
    homes.remove(home)
    assert sum(each["served"] for each in served) == told["bookings"] == told["space"] // SIZE
    assert told["taken"] == told["bookings"] * SIZE <= told["space"]
