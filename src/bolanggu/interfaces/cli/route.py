"""``bolanggu route``: all non-dominated journeys over a network folder, by arrival, cost and CO2e."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bolanggu.engines.routing.search import Router


def command(
    network: Annotated[Path, typer.Option(help="folder with nodes.csv, services.csv, departures.csv, road.csv")],
    origin: Annotated[str, typer.Option("--from", help="code of the first place")],
    destination: Annotated[str, typer.Option("--to", help="code of the last place")],
    depart: Annotated[str, typer.Option(help="when the cargo is ready, such as 2026-03-20T14:30Z")],
    teu: Annotated[float, typer.Option(min=0, help="TEU that every departure must have free")] = 1.0,
    epsilon: Annotated[float, typer.Option(min=0, max=10, help="0 exact; 0.01 may drop what is within 1 %")] = 0.0,
    why_not: Annotated[Path | None, typer.Option(help="JSON with legs: say why this journey is not in the set")] = None,
    until: Annotated[str, typer.Option(help="search for every ready time from --depart to this one")] = "",
    delays: Annotated[Path | None, typer.Option(help="CSV service_id,delay_h,count: reliability too")] = None,
    repeat: Annotated[int, typer.Option(min=0, help="search again N times and print the times")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False,
) -> None:
    """Find every non-dominated journey by arrival, cost and CO2e, with cargo cut-offs."""
    gc.disable()  # a short-lived process that makes no cycles: collecting would take a fifth of the reading
    from bolanggu.engines.routing.reading import read
    from bolanggu.engines.routing.search import Router
    from bolanggu.interfaces.cli.output import bad_input, emit
    from bolanggu.interfaces.cli.route_files import read_delays, read_named
    from bolanggu.values.fault import Fault

    with bad_input():
        ready = _time("--depart", depart)
        last = _time("--until", until) if until else None
        net, named = read(network), read_named(why_not) if why_not else None
        late = read_delays(delays) if delays else None
        for option, code in (("--from", origin), ("--to", destination)):
            if code not in net.index:
                raise Fault(option, f'"{code}" is not a node of nodes.csv')
    router = Router(net, teu)
    journeys = router.search(origin, destination, ready, epsilon=epsilon)
    document: dict[str, Any] = {"journeys": [_journey(router, journey) for journey in journeys]}
    if named is not None:
        document["why_not"] = _answer(router, (origin, destination, ready), named)
    if last is not None:
        document["spans"] = _spans(router, (origin, destination, ready), last)
    if late is not None:
        document["reliable"] = _reliable(router, (origin, destination, ready), late)
    if repeat:
        document["query_ms"] = _times(router, (origin, destination, ready, epsilon), repeat)
    emit(document, as_json, _human)


def _journey(router: Router, journey: Any) -> dict[str, Any]:
    from bolanggu.engines.routing.cells import stamp

    legs = [_leg(router, leg) for leg in journey.legs]
    return {"arrive": stamp(journey.arrive), "cost": journey.cost / 100, "co2e_g": journey.co2e, "legs": legs}


def _leg(router: Router, leg: Any) -> dict[str, Any]:
    from bolanggu.engines.routing.cells import stamp

    nodes = router.network.nodes
    document: dict[str, Any] = {
        "kind": leg.kind,
        "from": nodes[leg.origin].code,
        "to": nodes[leg.destination].code,
        "depart": stamp(leg.depart),
        "arrive": stamp(leg.arrive),
        "cost": leg.cost / 100,
        "co2e_g": leg.co2e,
    }
    if leg.service is not None:
        service = router.network.services[leg.service]
        document |= {"service_id": service.id, "mode": service.mode, "carrier": service.carrier}
        document |= {"run": leg.run, "cutoff": stamp(leg.cutoff)}
    return document


def _time(option: str, text: str) -> int:
    from bolanggu.engines.routing.cells import minutes
    from bolanggu.values.fault import Fault

    try:
        return minutes(text)
    except ValueError as why:
        raise Fault(option, str(why)) from None


def _answer(router: Router, query: tuple[str, str, int], named: Any) -> dict[str, Any]:
    from bolanggu.engines.routing.naming import why_not

    answer = why_not(router, *query, named)
    journey = answer.journey and _journey(router, answer.journey)
    by = [_journey(router, other) for other in answer.by]
    return {"verdict": answer.verdict, "why": answer.why, "journey": journey, "by": by}


def _spans(router: Router, query: tuple[str, str, int], last: int) -> list[dict[str, Any]]:
    from bolanggu.engines.routing.cells import stamp
    from bolanggu.engines.routing.spans import search_window

    return [
        {
            "since": stamp(span.since),
            "until": stamp(span.until),
            "journeys": [_journey(router, each) for each in span.journeys],
        }
        for span in search_window(router, *query, last)
    ]


def _reliable(router: Router, query: tuple[str, str, int], late: Any) -> list[dict[str, Any]]:
    from bolanggu.engines.routing.cells import stamp
    from bolanggu.engines.routing.reliability import ReliableRouter

    return [
        _journey(router, each.journey)
        | {
            "chance": round(each.chance, 4),
            "arrive_p50": stamp(each.arrive_p50),
            "arrive_p90": stamp(each.arrive_p90),
        }
        for each in ReliableRouter(router.network, late, router.teu).search(*query)
    ]


def _times(router: Router, query: tuple[str, str, int, float], repeat: int) -> list[float]:
    from time import perf_counter_ns

    origin, destination, ready, epsilon = query
    times = []
    for _ in range(repeat):
        start = perf_counter_ns()
        router.search(origin, destination, ready, epsilon=epsilon)
        times.append((perf_counter_ns() - start) / 1e6)
    return times


def _human(document: dict[str, Any]) -> str:
    lines = [f"{len(document['journeys'])} journeys, none of them beaten in arrival, cost and CO2e at once"]
    for journey in document["journeys"]:
        chain = [
            *(leg["from"] for leg in journey["legs"][:1]),
            *(f"{leg.get('mode', 'road')} {leg['to']}" for leg in journey["legs"]),
        ]
        figures = f"{journey['arrive']}  {journey['cost']:>12.2f}  {journey['co2e_g'] / 1000:>10.1f} kg"
        lines.append(f"{figures}  {' > '.join(chain)}" if journey["legs"] else figures)
    if answer := document.get("why_not"):
        lines.append(f"the named journey: {answer['verdict']}; {answer['why']}")
    lines += [f"ready {s['since']} to {s['until']}: {len(s['journeys'])} journeys" for s in document.get("spans", ())]
    for each in document.get("reliable", ()):
        lines.append(
            f"{each['chance']:7.1%} on plan, P90 {each['arrive_p90']}  {each['arrive']}  {each['cost']:>12.2f}"
        )
    if times := sorted(document.get("query_ms", [])):
        lines.append(f"search: median {times[len(times) // 2]:.2f} ms, worst {times[-1]:.2f} ms of {len(times)}")
    return "\n".join(lines)
