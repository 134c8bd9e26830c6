"""Search (寻路): every non-dominated journey by arrival, cost and CO2e, exactly."""

from __future__ import annotations

from collections import OrderedDict

from bolanggu.engines.routing.bounds import bound
from bolanggu.engines.routing.field import Field, pack, pack_rows
from bolanggu.engines.routing.journeys import Journey, trace
from bolanggu.engines.routing.network import Network
from bolanggu.engines.routing.scan import points, scan
from bolanggu.engines.routing.timetable import prepare
from bolanggu.engines.routing.workspace import Query, Workspace, workspace

#: A journey must end within this many minutes of its start: 60 days.
HORIZON = 86_400
#: Destinations whose bounds a router keeps.
KEPT = 8


class Router:
    """Answers queries on one network at one number of TEU. One router serves one thread at a time.

    Parameters
    ----------
    network
        Places, departures and roads.
    teu
        Free TEU that every row of a ride must have.

    Examples
    --------
    >>> from bolanggu.engines.routing.sample import two_ports
    >>> router = Router(two_ports())
    >>> [(j.arrive, j.cost, j.co2e) for j in router.search("NGB", "RTM", 0)]
    [(2000, 90000, 9000000), (44000, 12000, 800000)]
    """

    def __init__(self, network: Network, teu: float = 1.0) -> None:
        self.network, self.teu = network, teu
        self.table = prepare(network, teu)
        self._rows = pack_rows(self.table.rows)
        self._fields: OrderedDict[int, Field] = OrderedDict()
        self._sizes = [4096, 64, 4096, 256]
        self._work = self._workspace()

    def search(
        self, origin: str, destination: str, ready: int, *, horizon: int = HORIZON, epsilon: float = 0.0
    ) -> list[Journey]:
        """All non-dominated journeys, by arrival, cost, CO2e; each point once.

        Parameters
        ----------
        origin, destination
            Node codes of the network.
        ready
            When the cargo is ready, minutes since 1970-01-01T00:00Z.
        horizon
            Longest time under way, minutes, inclusive.
        epsilon
            With 0 the set is exact. With ε every exact point has one in the answer that is at most 1 + ε times its time
            under way, cost and CO2e.

        Raises
        ------
        KeyError
            A code that the network does not have.
        """
        start, end = self.network.index[origin], self.network.index[destination]
        if start == end:
            return [Journey(ready, 0, 0, ())]
        query = Query(start, end, ready, ready + horizon, round(epsilon * 1_000_000))
        found = self._run(self._field(end), query)
        return [trace(self.network, self.table, self._work.pool, last) for *_, last in points(self._work, found)]

    def _field(self, destination: int) -> Field:
        """What depends on the network and the destination alone, kept for the last few destinations."""
        if destination not in self._fields:
            bounds = bound(self.network, self.table, destination)
            self._fields[destination] = pack(self.table, self._rows, bounds)
            while len(self._fields) > KEPT:
                self._fields.popitem(last=False)
        self._fields.move_to_end(destination)
        return self._fields[destination]

    def _run(self, field: Field, query: Query) -> int:
        while (found := scan(field, query, self._work)) < 0:
            self._sizes[-found - 1] *= 2
            self._work = self._workspace()
        return found

    def _workspace(self) -> Workspace:
        parts = int(self.table.rows.part.max(initial=-1)) + 1
        pool, shelf, riders, front = self._sizes
        return workspace(len(self.network.nodes), parts, (pool, shelf, riders, front))
