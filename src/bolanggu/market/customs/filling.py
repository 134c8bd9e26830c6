"""Filling (填制规范): a draft declaration checked field by field against the filling specification and its code lists.

The draft is plain data: ``{"format", "mode", "header": {…}, "items": [{…}], "containers": [{…}]}``, every value text,
an absent one blank. What each field must hold is data (``rules/declaration_fields.yaml``); what two fields must hold
together is in `filling_sums`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from bolanggu.market.customs.code_lists import code_list
from bolanggu.market.customs.filling_spec import NUMBER, PARTS, Draft, FieldFinding, finding, spec
from bolanggu.market.customs.filling_sums import check_together
from bolanggu.values.code import is_container_number, is_uscc

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def check_filling(draft: Draft, nomenclature: Collection[str]) -> list[FieldFinding]:
    """Check every field of a draft alone, then those that belong together; all findings, in the order of the form.

    Parameters
    ----------
    draft
        The declaration as plain data, see the module.
    nomenclature
        The six-digit codes of the Harmonized System in force.
    """
    mode = draft["mode"]
    found: list[FieldFinding] = []
    for part in PARTS:
        rows = [draft[part]] if part == "header" else draft[part]
        for place, row in enumerate(rows, 1):
            for name, rule in spec()[part].items():
                wrong = _wrong(rule, row.get(name, ""), mode, nomenclature)
                found += [finding(part, place, name, effect, message) for effect, message in wrong]
    return found + list(check_together(draft))


def _wrong(rule: Mapping[str, Any], value: str, mode: str, nomenclature: Collection[str]) -> Iterator[tuple[str, str]]:
    required = rule.get("required", False)
    if not value:
        if required is True or (required and mode in required):
            yield "refused", f"is missing{_form(rule)}"
        return
    if mode in rule.get("empty", ()):
        yield "refused", f"stays blank in mode {mode}; found {value}"
    if "pattern" in rule and not re.fullmatch(rule["pattern"], value):
        yield "refused", f"{value!r} has another form{_form(rule)}"
    elif "check" in rule:
        yield from _CHECKS[rule["check"]](value, nomenclature)
    if "list" in rule and value not in code_list(rule["list"]).codes:
        table = code_list(rule["list"])
        yield "review", f"{value!r} is not in the table {table.zh} ({table.article})"
    if rule.get("scale") is not None or rule.get("positive"):
        yield from _number(rule, value)
    wanted = rule.get("equals", {}).get(mode)
    if wanted is not None and value != wanted:
        yield "review", f"is {value}; {wanted} in mode {mode} ({rule['equals_status']})"


def _form(rule: Mapping[str, Any]) -> str:
    return f"; write {rule['form']}" if "form" in rule else ""


def _number(rule: Mapping[str, Any], value: str) -> Iterator[tuple[str, str]]:
    if not NUMBER.fullmatch(value):
        yield "refused", f"{value!r} is not a decimal number"
        return
    if rule.get("positive") and Fraction(value) <= 0:
        yield "refused", f"{value} is not more than 0"
    scale = rule.get("scale")
    if scale is not None and len(value.partition(".")[2]) > scale:
        yield "refused", f"{value} has more than {scale} decimals"


def _uscc(value: str, _: Collection[str]) -> Iterator[tuple[str, str]]:
    if not is_uscc(value):
        yield "refused", f"{value} is no unified social credit code (18 characters, GB 32100 check character)"


def _hs(value: str, nomenclature: Collection[str]) -> Iterator[tuple[str, str]]:
    if value[:6] not in nomenclature:
        yield "refused", f"{value[:6]} is no subheading of HS 2022"


def _chinese(value: str, _: Collection[str]) -> Iterator[tuple[str, str]]:
    if not _CHINESE.search(value):
        yield "refused", f"{value!r} is not a Chinese name"


def _iso6346(value: str, _: Collection[str]) -> Iterator[tuple[str, str]]:
    if not is_container_number(value):
        yield "refused", f"{value} is no container number (ISO 6346 check digit)"


def _specification(value: str, _: Collection[str]) -> Iterator[tuple[str, str]]:
    brand, _, rest = value.partition("|")
    benefit = rest.partition("|")[0]
    for name, code in (("brand_types", brand), ("export_benefits", benefit)):
        if code not in code_list(name).codes:
            yield (
                "refused",
                f"opens with {code!r}, no code of {code_list(name).zh}; write 品牌类型|出口享惠情况|elements",
            )


_CHECKS: Mapping[str, Callable[[str, Collection[str]], Iterator[tuple[str, str]]]] = {
    "uscc": _uscc,
    "hs": _hs,
    "chinese": _chinese,
    "iso6346": _iso6346,
    "specification": _specification,
}
