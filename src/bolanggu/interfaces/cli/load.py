"""``bolanggu load``: the plan of a container (装柜) from a consignment or a problem of the literature."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bolanggu.engines.loading import CartonType, Mix, Plan


def command(
    file: Annotated[Path, typer.Argument(help="JSON consignment, or the literature's text with --format br")],
    format_: Annotated[str, typer.Option("--format", help="json or br")] = "json",
    instance: Annotated[int, typer.Option(help="Number of the instance in a br file, from 1")] = 1,
    seconds: Annotated[float, typer.Option(help="Budget in seconds of one core")] = 5.0,
    support: Annotated[str, typer.Option(help="full, none, or a share such as 0.75")] = "full",
    seed: Annotated[int, typer.Option(help="Chooses among equal searches")] = 0,
    svg: Annotated[Path | None, typer.Option(help="Write the drawing of the plan here")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write the crew's sheet of the plan here, HTML")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document")] = False,
) -> None:
    """Where each carton stands: checked plans of one container, or of the cheapest mix."""
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        wanted = _support(support, str(file))
        _positive(seconds, str(file))
        text = _read(file)
        if format_ == "br":
            document, plans, cartons = _load_problem(text, str(file), instance, seconds, wanted, seed)
        elif format_ == "json":
            document, plans, cartons = _load_consignment(text, str(file), seconds, wanted, seed)
        else:
            from bolanggu.values.fault import Fault

            raise Fault(str(file), f"format {format_} is unknown; write json or br")
    if svg is not None:
        _draw(svg, plans, cartons)
    if sheet is not None:
        _write_sheets(sheet, plans, cartons)
    emit(document, as_json, _told)


def _support(text: str, file: str) -> str | float:
    from bolanggu.engines.loading.validating import share
    from bolanggu.values.fault import Fault

    try:
        wanted: str | float = text if text in ("full", "none") else float(text)
        share(wanted)
    except ValueError:
        raise Fault(file, f"--support {text} is neither full nor none nor a share between 0 and 1") from None
    return wanted


def _positive(seconds: float, file: str) -> None:
    from bolanggu.values.fault import Fault

    if not 0 < seconds < 1e6:
        raise Fault(file, f"--seconds {seconds} must be above 0")


def _read(file: Path) -> str:
    from bolanggu.values.fault import Fault

    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Fault(str(file), "there is no such file") from None
    except UnicodeDecodeError as error:
        raise Fault(str(file), f"is not UTF-8 text: byte {error.start}") from None
    except OSError as error:
        raise Fault(str(file), f"cannot be read: {error.strerror}") from None


def _load_problem(
    text: str, file: str, number: int, seconds: float, support: str | float, seed: int
) -> tuple[dict[str, Any], list[Plan], Sequence[CartonType]]:
    import time

    from bolanggu.engines.loading import load
    from bolanggu.engines.loading.thpack import read_thpack
    from bolanggu.values.fault import Fault

    instances = read_thpack(text, file)
    if not 1 <= number <= len(instances):
        raise Fault(file, f"there is no instance {number}; the file has 1 to {len(instances)}")
    case = instances[number - 1]
    begun = time.thread_time()
    plan = load(case.cartons, case.container, seconds=seconds, support=support, seed=seed)
    document = plan.as_dict() | {"instance": number, "seconds": round(time.thread_time() - begun, 3)}
    for placement in document["placements"]:
        placement["type"] = int(placement["type"])
    return document, [plan], case.cartons


def _load_consignment(
    text: str, file: str, seconds: float, support: str | float, seed: int
) -> tuple[dict[str, Any], list[Plan], Sequence[CartonType]]:
    import time

    from bolanggu.engines.loading import fill, load, pairs, replan
    from bolanggu.engines.loading.consignments import read_consignment

    asked = read_consignment(text, file)
    begun = time.thread_time()
    options: dict[str, Any] = {"seconds": seconds, "support": support, "seed": seed, "profile": asked.profile}
    if asked.container is not None:
        if asked.standing:
            plan = replan(asked.cartons, asked.container, asked.standing, **options)
        else:
            plan = load(asked.cartons, asked.container, **options)
        return plan.as_dict() | {"seconds": round(time.thread_time() - begun, 3)}, [plan], asked.cartons
    mix = fill(asked.cartons, asked.offers, **options)
    made, alone = pairs(mix.plans, asked.profile)
    document = _mix(mix) | {"seconds": round(time.thread_time() - begun, 3)}
    document["pairs"] = [[pair.first + 1, pair.second + 1, pair.difference_g] for pair in made]
    document["notes"] = [str(violation) for violation in alone]
    return document, list(mix.plans), asked.cartons


def _write_sheets(path: Path, plans: Sequence[Plan], cartons: Sequence[CartonType]) -> None:
    """Write the sheet of each plan; of several the file's name gets a number."""
    from bolanggu.engines.loading.sheet import crew_sheet
    from bolanggu.interfaces.cli.output import note

    for number, plan in enumerate(plans, 1):
        target = path if len(plans) == 1 else path.with_stem(f"{path.stem}-{number}")
        target.write_text(crew_sheet(plan, cartons), encoding="utf-8")
        note(f"sheet: {target}")


def _draw(path: Path, plans: Sequence[Plan], cartons: Sequence[CartonType]) -> None:
    """Write the isometric view of each plan; of several the file's name gets a number."""
    from bolanggu.engines.loading.drawing import isometric
    from bolanggu.interfaces.cli.output import note

    for number, plan in enumerate(plans, 1):
        target = path if len(plans) == 1 else path.with_stem(f"{path.stem}-{number}")
        target.write_text(isometric(plan, cartons), encoding="utf-8")
        note(f"drawing: {target}")


def _mix(mix: Mix) -> dict[str, Any]:
    first = mix.plans[0].as_dict() if mix.plans else {"container": None, "fill_percent": 0.0, "placements": []}
    return {
        "container": first["container"],
        "fill_percent": first["fill_percent"],
        "placements": first["placements"],
        "containers": [plan.as_dict() for plan in mix.plans],
        "cost_minor": mix.cost_minor,
        "lower_bound_minor": mix.lower_bound_minor,
        "gap": round(mix.gap, 6),
        "left": [{"key": item.key, "quantity": item.quantity, "reason": item.reason} for item in mix.leftovers],
    }


def _told(document: dict[str, Any]) -> str:
    plans = document.get("containers", [document])
    lines = [
        f"{plan['container']['type']}: {len(plan['placements'])} cartons, {plan['fill_percent']:.2f} % full, "
        f"{plan['gross_g'] / 1000:.1f} kg"
        for plan in plans
    ]
    if "cost_minor" in document:
        lines.append(f"cost {document['cost_minor']}, bound {document['lower_bound_minor']}, gap {document['gap']:.1%}")
    lines += document.get("notes", [])
    lines += [f"left: {item['quantity']} x {item['key']}: {item['reason']}" for item in document["left"]]
    return "\n".join(lines)
