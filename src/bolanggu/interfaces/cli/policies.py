"""``policies``: which policies an entity may draw on, and the conditions that decide (政策匹配)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, help="Policies as data: who is eligible, and why.")


@app.callback()
def policies() -> None:
    """Policies as data: who is eligible, and why."""


@app.command()
def evaluate(
    policies: Annotated[Path, typer.Option(help="policies, YAML or JSON in the form bolanggu-policies/1")],
    entities: Annotated[Path, typer.Option(help="entities with their facts, JSON")],
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False,
) -> None:
    """Judge every entity under every policy."""
    from bolanggu.engines.rules.exact import read_json, read_yaml
    from bolanggu.engines.rules.policies import evaluate as judge
    from bolanggu.engines.rules.policies import read_entities, read_policies
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        policy_set = _read(policies, lambda text: read_policies(read_yaml(text)))
        known = _read(entities, lambda text: read_entities(read_json(text), policy_set.types))
    answers = [judge(policy, entity) for entity in known for policy in policy_set.policies]
    emit({"rows": [answer.as_dict() for answer in answers]}, as_json, _table)


def _read(file: Path, reader: Any) -> Any:
    """Read a file; what is wrong becomes a Fault that names the file and the place."""
    from bolanggu.engines.rules.facts import RuleFault
    from bolanggu.values.fault import Fault

    try:
        return reader(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Fault(str(file), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Fault(str(file), "is not UTF-8 text") from None
    except RuleFault as fault:
        raise Fault(str(file), fault.message, column=fault.place) from None


def _table(document: dict[str, Any]) -> str:
    rows = []
    for row in document["rows"]:
        why = ", ".join(f"{reason['condition']} {reason['status']}" for reason in row["reasons"])
        rows.append(f"{row['entity']:<14} {row['policy']:<20} {row['verdict']:<11} {why}")
    return "\n".join(rows)
