"""``customs``: tariff codes for goods names, and declarations checked before they are sent (报关)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, help="Tariff codes for goods names, and declarations checked before sending.")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="goods with their lists (bolanggu-1039/1) or a draft, JSON")],
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False,
) -> None:
    """Check a declaration: verdict, findings, merged items. A draft is checked field by field."""
    from bolanggu.interfaces.cli.output import bad_input, emit
    from bolanggu.lexicon.hs_terms.nomenclature import subheadings
    from bolanggu.market.customs.checking import check as judge
    from bolanggu.market.customs.filling import check_filling
    from bolanggu.market.customs.filling_spec import FORMAT as DRAFT
    from bolanggu.market.customs.reading import read_consignment
    from bolanggu.market.customs.reading_draft import read_draft

    with bad_input():
        document = read_document(file)
        if isinstance(document, dict) and document.get("format") == DRAFT:
            draft = read_draft(document, str(file))
            answer = filling_answer(draft, check_filling(draft, subheadings()))
        else:
            answer = judge(read_consignment(document, str(file)), subheadings()).as_dict()
    emit(answer, as_json, _report)


@app.command()
def draft(
    file: Annotated[Path, typer.Argument(help="goods with their lists, JSON in the form bolanggu-1039/1")],
    out: Annotated[Path | None, typer.Option(help="write the draft alone to this file")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False,
) -> None:
    """Draft a declaration: the fields of the filling specification, with what is wrong or still missing."""
    import json

    from bolanggu.interfaces.cli.output import bad_input, emit
    from bolanggu.lexicon.hs_terms.nomenclature import subheadings
    from bolanggu.market.customs.checking import check as judge
    from bolanggu.market.customs.draft_declaration import draft_declaration
    from bolanggu.market.customs.filling import check_filling
    from bolanggu.market.customs.reading import read_consignment
    from bolanggu.market.customs.reading_draft import read_particulars

    with bad_input():
        document = read_document(file)
        consignment = read_consignment(document, str(file))
        particulars = read_particulars(document, str(file))
    judged = judge(consignment, subheadings())
    made = draft_declaration(consignment, judged.items, particulars)
    answer = filling_answer(made, check_filling(made, subheadings()))
    findings = [finding.as_dict() for finding in judged.findings] + answer["findings"]
    verdict = "refused" if "refused" in (judged.verdict, answer["verdict"]) else max(judged.verdict, answer["verdict"])
    if out:
        with bad_input():
            write_text(out, json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    emit(answer | {"verdict": verdict, "findings": findings, "draft": made}, as_json, _report)


@app.command()
def risk(
    file: Annotated[Path, typer.Argument(help="records of declarations, JSON in the form bolanggu-risk/1")],
    top: Annotated[int, typer.Option(min=1, help="how many of the riskiest")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False,
) -> None:
    """Score declarations by the risk indicators: reasons and evidence rows. A signal asks for a look, no more."""
    from bolanggu.engines.risk.scoring import assess
    from bolanggu.interfaces.cli.django_setup import start
    from bolanggu.interfaces.cli.output import bad_input, emit
    from bolanggu.market.customs.reading_risk import read_records

    with bad_input():
        records = read_records(read_document(file), str(file))
    start()
    from bolanggu.market.customs.risk_records import as_dict, weights

    fitted, yellow, red = weights()
    found = assess(records, fitted, yellow=yellow, red=red)
    lanes = {lane: sum(one.lane == lane for one in found) for lane in ("red", "yellow", "green")}
    emit({"declarations": len(found), "lanes": lanes, "rows": [as_dict(one) for one in found[:top]]}, as_json, _risks)


def _risks(document: dict[str, Any]) -> str:
    lanes = ", ".join(f"{count} {lane}" for lane, count in document["lanes"].items())
    lines = [f"{document['declarations']} declarations: {lanes}"]
    for row in document["rows"]:
        lines.append(f"{row['score']:.3f}  {row['lane']:<6}  {row['declaration']}")
        for reason in row["reasons"]:
            lines.append(f"        {reason['indicator']}  {reason['reason']}")
            lines.append(f"               {', '.join(reason['evidence'][:6])}")
    return "\n".join(lines)


def filling_answer(draft: dict[str, Any], findings: list[Any]) -> dict[str, Any]:
    """Verdict, findings and items of a draft, in the form of ``customs check``."""
    effects = {finding.effect for finding in findings}
    return {
        "verdict": next((verdict for verdict in ("refused", "review") if verdict in effects), "ok"),
        "findings": [finding.as_dict() for finding in findings],
        "items": [
            {"hs": item.get("hs10", ""), "value_usd": item.get("total", ""), "kinds": 1} for item in draft["items"]
        ],
    }


def read_document(file: Path) -> Any:
    """Read a JSON document with exact numbers, or raise a Fault that names the file and the place."""
    from bolanggu.engines.rules.exact import read_json
    from bolanggu.engines.rules.facts import RuleFault
    from bolanggu.values.fault import Fault

    try:
        return read_json(read_text(file))
    except RuleFault as fault:
        raise Fault(str(file), fault.message, column=fault.place) from None


def write_text(file: Path, text: str) -> None:
    """Write a UTF-8 file, or raise a Fault that names it."""
    from bolanggu.values.fault import Fault

    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Fault(str(file), f"cannot be written: {error.strerror}") from None


@app.command()
def classify(
    file: Annotated[Path, typer.Option(help="goods names, CSV with text[,text_zh]")],
    top: Annotated[int, typer.Option(min=1, max=100, help="how many candidates a row")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False,
) -> None:
    """Find HS six-digit codes for goods names in English, Chinese or both, with calibrated scores."""
    from bolanggu.engines.classifying.standard import classifier
    from bolanggu.interfaces.cli.output import bad_input, emit
    from bolanggu.lexicon.hs_terms.loading import note_text

    with bad_input():
        titles = _titles(file)
    engine = classifier()
    rows = []
    for row, (text, text_zh) in enumerate(titles, 1):
        answer = engine.classify(text, text_zh, top=top)
        found = [
            {
                "hs6": one.hs6,
                "score": round(one.score, 4),
                "why": one.why,
                "text": engine.vocabulary.texts[one.hs6],
                "name_zh": engine.vocabulary.names_zh.get(one.hs6, ""),
                "note": note_text(one.hs6),
            }
            for one in answer.candidates
        ]
        rows.append({"row": row, "text": text or text_zh, "sure": answer.sure, "candidates": found})
    emit({"rows": rows}, as_json, _candidates)


def _titles(file: Path) -> list[tuple[str, str]]:
    import csv
    import io

    from bolanggu.values.fault import Fault

    reader = csv.DictReader(io.StringIO(read_text(file)))
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if "text" not in names:
        raise Fault(str(file), f"has no such column; found {', '.join(names) or 'nothing'}", column="text")
    reader.fieldnames = names
    return [((row["text"] or "").strip(), (row.get("text_zh") or "").strip()) for row in reader]


def read_text(file: Path) -> str:
    """Read a UTF-8 file, or raise a Fault that names it."""
    from bolanggu.values.fault import Fault

    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Fault(str(file), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Fault(str(file), "is not UTF-8 text") from None


def _candidates(document: dict[str, Any]) -> str:
    lines = []
    for row in document["rows"]:
        lines.append(f"{row['row']:>4}  {row['text']}{'' if row['sure'] else '   (unsure: choose)'}")
        lines += [
            f"      {one['hs6']}  {one['score']:.2f}  {one['text'][:70]}  {one['name_zh']}  ({one['why']})"
            for one in row["candidates"]
        ]
        lines += [f"      note: {one['note']}" for one in row["candidates"][:1] if one["note"]]
    return "\n".join(lines)


def _report(document: dict[str, Any]) -> str:
    rows = [f"verdict: {document['verdict']}"]
    for finding in document["findings"]:
        source = finding["source"]
        note = "" if source["status"] == "verified" else f" [{source['status']}]"
        rows.append(f"  {finding['effect']:<8} {finding['rule']:<10} {finding['message']}")
        rows.append(f"           {source['text']}, {source['article']}{note}")
        rows += [f"           would pass: {change}" for change in finding.get("would_pass", ())]
    rows.append("items")
    rows += [f"  {item['hs']}  USD {item['value_usd']:>12}  kinds {item['kinds']}" for item in document["items"]]
    return "\n".join(rows)
