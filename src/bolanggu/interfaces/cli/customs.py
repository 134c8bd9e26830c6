"""``customs``: tariff codes for goods names, and declarations checked before they are sent (报关)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, help="Tariff codes for goods names, and declarations checked before sending.")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="declaration with its lists, JSON in the form bolanggu-1039/1")],
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False,
) -> None:
    """Check a market-procurement declaration: verdict, findings, merged items."""
    from bolanggu.engines.rules.exact import read_json
    from bolanggu.engines.rules.facts import RuleFault
    from bolanggu.interfaces.cli.output import bad_input, emit
    from bolanggu.lexicon.hs_terms.nomenclature import subheadings
    from bolanggu.market.customs.checking import check as judge
    from bolanggu.market.customs.reading import read_consignment
    from bolanggu.values.fault import Fault

    with bad_input():
        try:
            document = read_json(read_text(file))
        except RuleFault as fault:
            raise Fault(str(file), fault.message, column=fault.place) from None
        consignment = read_consignment(document, str(file))
    emit(judge(consignment, subheadings()).as_dict(), as_json, _report)


def read_text(file: Path) -> str:
    """Read a UTF-8 file, or raise a Fault that names it."""
    from bolanggu.values.fault import Fault

    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Fault(str(file), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Fault(str(file), "is not UTF-8 text") from None


def _report(document: dict[str, Any]) -> str:
    rows = [f"verdict: {document['verdict']}"]
    for finding in document["findings"]:
        source = finding["source"]
        note = "" if source["status"] == "verified" else f" [{source['status']}]"
        rows.append(f"  {finding['effect']:<8} {finding['rule']:<10} {finding['message']}")
        rows.append(f"           {source['text']}, {source['article']}{note}")
        rows += [f"           would pass: {change}" for change in finding["would_pass"]]
    rows.append("items")
    rows += [f"  {item['hs']}  USD {item['value_usd']:>12}  kinds {item['kinds']}" for item in document["items"]]
    return "\n".join(rows)
