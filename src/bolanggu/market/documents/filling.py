"""Filling of an export declaration (报关单填制): each field with its code and name, and a check of its own.

Fields and codes: GACC announcement 18 of 2019 (filling specification) and the national parameter tables; item numbers
are recalled. Weights: announcement 30 of 2024. Remarks under 1039: announcement 54 of 2014, article 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bolanggu.data import read_csv, read_yaml
from bolanggu.market.documents.facts import Box, Declaration, Facts
from bolanggu.market.documents.papers.parts import numbered, runs
from bolanggu.market.documents.sheet import Words, kilograms
from bolanggu.values.code import is_container_number, is_uscc

MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: its item number and key, the code that is sent, what is printed, and what is wrong with it."""

    number: str
    key: str
    en: str
    zh: str
    code: str
    shown: str
    fault: Words | None = None
    wide: bool = False


def entries(facts: Facts, declaration: Declaration, boxes: Sequence[Box]) -> list[Entry]:
    """Every header field of the form, in its order."""
    return [
        *_parties(facts),
        *_carriage(facts, declaration),
        *_regime(facts, declaration),
        *_quantities(facts, declaration),
        *_rest(facts, declaration, boxes),
    ]


def faults_of(filled: Sequence[Entry], declaration: Declaration) -> list[Words]:
    """What is wrong, field by field and line by line; empty for a form that is ready to be sent."""
    return [*(_named(entry) for entry in filled if entry.fault), *_line_faults(declaration)]


def _named(entry: Entry) -> Words:
    assert entry.fault is not None
    return Words(f"{entry.en}: {entry.fault.en}", f"{entry.zh}：{entry.fault.zh}")


def fixed_codes() -> tuple[str, str, str]:
    """Codes that are the same on every line here: country of origin, district of origin, way of levying duty."""
    codes = _codes()
    return codes["exporting_country"]["alpha3"], codes["origin_district"]["CNYIW"][0], next(iter(codes["duty_mode"]))


def _codes() -> dict[str, Any]:
    codes: dict[str, Any] = read_yaml("codes/customs_declaration.yaml")
    return codes


MISSING = Words("is missing", "未填")


def _entry(
    number: str,
    key: str,
    en: str,
    zh: str,
    code: str,
    name: str = "",
    *,
    fault: Words | None = None,
    wide: bool = False,
) -> Entry:
    shown = f"{name}（{code}）" if name and code and name != code else name or code
    return Entry(number, key, en, zh, code, shown, fault, wide)


def _required(number: str, key: str, en: str, zh: str, code: str, name: str = "", *, wide: bool = False) -> Entry:
    return _entry(number, key, en, zh, code, name, fault=None if code else MISSING, wide=wide)


def _uscc_fault(code: str) -> Words | None:
    return (
        None
        if is_uscc(code)
        else Words(f"{code or 'nothing'} is not a credit code", f"“{code}”不是有效的统一社会信用代码")
    )


def _parties(facts: Facts) -> Iterator[Entry]:
    yield _entry("1", "PreEntryId", "Pre-entry no.", "预录入编号", "", "–")
    yield _entry("2", "EntryId", "Customs no.", "海关编号", "", "–")
    operator, buyer, broker = facts.roles.operator, facts.roles.buyer, facts.roles.broker
    name = operator.name_zh or operator.name_en
    yield _entry(
        "3",
        "ConsigneeScc",
        "Domestic consignor",
        "境内发货人",
        operator.uscc,
        name,
        fault=_uscc_fault(operator.uscc),
        wide=True,
    )
    yield _required(
        "8", "OverseasConsigneeName", "Overseas consignee", "境外收货人", buyer.name_en or buyer.name_zh, wide=True
    )
    yield _entry(
        "13",
        "OwnerName",
        "Producer or seller",
        "生产销售单位",
        operator.uscc,
        name,
        fault=_uscc_fault(operator.uscc),
        wide=True,
    )
    yield _required("50", "AgentName", "Declaring unit", "申报单位", broker.name_zh or broker.name_en, wide=True)


def _carriage(facts: Facts, declaration: Declaration) -> Iterator[Entry]:
    main = facts.booking.main if facts.booking else None
    code, name = _codes()["transport"].get(main.mode if main else "", ("", ""))
    port = declaration.exit_port
    wrong = None if re.fullmatch(r"\d{4}", port) else Words(f"{port} is not four digits", f"{port}不是四位关区代码")
    yield _entry("4", "IEPort", "Exit customs", "出境关别", port, fault=wrong)
    yield _entry("5", "IEDate", "Export date", "出口日期", "", "–")
    yield _required("6", "DDate", "Declaration date", "申报日期", declaration.declared_on)
    yield _entry("7", "ManualNo", "Record no.", "备案号", "", "–")
    yield _required("9", "TrafMode", "Transport mode", "运输方式", code, name)
    yield _required("10", "TrafName", "Conveyance and voyage", "运输工具名称及航次号", declaration.vessel)
    yield _required("11", "BillNo", "Bill of lading no.", "提运单号", declaration.bl_no)
    yield _required("21", "DistinatePort", "Port of destination", "指运港", main.destination if main else "")
    yield _required("22", "EntyPortCode", "Port of departure", "离境口岸", main.origin if main else "")


def _regime(facts: Facts, declaration: Declaration) -> Iterator[Entry]:
    codes = _codes()
    mode, levy = declaration.mode, "101"
    terms = codes["terms"].get(facts.terms.incoterm)
    fault = None if terms else Words(f"{facts.terms.incoterm} has no customs code", f"{facts.terms.incoterm}无对应代码")
    yield _required("14", "TradeMode", "Supervision mode", "监管方式", mode, codes["supervision_mode"].get(mode, ""))
    yield _entry("15", "CutMode", "Nature of levy", "征免性质", levy, codes["levy"][levy])
    yield _entry("16", "LicenseNo", "Licence no.", "许可证号", "", "–")
    yield _entry("18", "ContrNo", "Contract no.", "合同协议号", facts.trade)
    yield _entry("27", "TransMode", "Terms of sale", "成交方式", *(terms or ("", "")), fault=fault)
    yield _country("19", "TradeAreaCode", "Trading country", "贸易国（地区）", declaration.destination)
    yield _country("20", "TradeCountry", "Country of arrival", "运抵国（地区）", declaration.destination)


def _country(number: str, key: str, en: str, zh: str, code: str) -> Entry:
    known = {row["alpha3"]: row["alpha2"] for row in read_csv("codes/countries.csv")}
    if code not in known:
        return _entry(number, key, en, zh, code, fault=Words(f"{code} is not a country", f"{code}不是国别代码"))
    return _entry(number, key, en, zh, code, country_name(known[code]))


def country_name(alpha2: str) -> str:
    """Chinese name of a country (CLDR)."""
    from babel import Locale

    return str(Locale("zh").territories.get(alpha2, alpha2))


def _quantities(facts: Facts, declaration: Declaration) -> Iterator[Entry]:
    wrap, name = _codes()["wrap"]["carton"]
    heavy = declaration.gross_g >= declaration.net_g > 0
    weights = None if heavy else Words("net mass exceeds gross mass", "净重大于毛重")
    none = None if declaration.packages >= 1 else MISSING
    freight = facts.terms.incoterm in {"CIF", "CIP", "CFR", "CPT", "DAP", "DPU", "DDP"}
    due = Words("is required under these terms", "按成交方式须填报")
    insured = facts.terms.incoterm in {"CIF", "CIP", "DAP", "DPU", "DDP"}
    yield _entry("23", "WrapType", "Kind of packing", "包装种类", wrap, name)
    yield _entry("24", "PackNo", "Packages", "件数", f"{declaration.packages}", fault=none)
    yield _entry("25", "GrossWt", "Gross mass kg", "毛重（千克）", kilograms(declaration.gross_g), fault=weights)
    yield _entry("26", "NetWt", "Net mass kg", "净重（千克）", kilograms(declaration.net_g), fault=weights)
    yield _entry("28", "FeeMark", "Freight", "运费", "", "–", fault=due if freight else None)
    yield _entry("29", "InsurMark", "Insurance", "保费", "", "–", fault=due if insured else None)
    yield _entry("30", "OtherMark", "Other charges", "杂费", "", "–")


def _rest(facts: Facts, declaration: Declaration, boxes: Sequence[Box]) -> Iterator[Entry]:
    sizes = _codes()["container"]
    shown = "; ".join(f"{box.number} ({sizes[box.type][0]}, {box.tare_g // 1000} kg, seal {box.seal})" for box in boxes)
    wrong = [box.number for box in boxes if not is_container_number(box.number)]
    bad = (
        Words(f"{', '.join(wrong)}: check digit (ISO 6346)", f"{'、'.join(wrong)}：校验位不符（ISO 6346）")
        if wrong
        else None
    )
    buyer = facts.roles.buyer
    remarks = f"{facts.mark}；采购商 {buyer.name_en} {declaration.destination} 护照 {buyer.identity}"
    unnamed = declaration.mode == "1039" and not (buyer.name_en and buyer.identity)
    why = Words("names the buyer with nationality and passport", "须注明采购商名称、国籍及护照号") if unnamed else None
    yield _entry(
        "31",
        "DocuCode",
        "Attached documents",
        "随附单证",
        f"{numbered(facts, 'commercial_invoice')}, {numbered(facts, 'packing_list')}",
        wide=True,
    )
    yield _entry(
        "",
        "ContainerId",
        "Containers (no., size code, tare, seal)",
        "集装箱（箱号、规格、自重、铅封）",
        shown,
        fault=bad,
        wide=True,
    )
    yield _entry("32", "MarkNo", "Marks and remarks", "标记唛码及备注", remarks, fault=why, wide=True)
    yield _entry("47", "PromiseItmes", "Confirmations", "其他事项确认", "9999", "出口不填")
    yield _entry("49", "DeclTrnRel", "Self-declaring and paying", "自报自缴", "", "–")


def _line_faults(declaration: Declaration) -> Iterator[Words]:
    items = declaration.items
    if len(items) > MOST_LINES:
        yield Words(f"{len(items)} lines, at most {MOST_LINES}", f"共{len(items)}项，超过{MOST_LINES}项")
    for item in items:
        if not re.fullmatch(r"\d{10}(\d{3})?", item.hs10):
            yield Words(
                f"line {item.position}: {item.hs10} is not ten digits", f"第{item.position}项：商品编号应为十位"
            )
        if not (item.name_zh and item.pieces > 0 and item.net_g > 0 and item.value_cents > 0):
            yield Words(f"line {item.position}: name, quantity, mass or value", f"第{item.position}项：要素缺失")
    assumed = [item.position for item in items if item.hs_status != "confirmed"]
    if assumed:
        which = runs(assumed)
        yield Words(f"lines {which}: codes are assumed, confirm them", f"第{which}项：编码为推定，须报关员确认")
