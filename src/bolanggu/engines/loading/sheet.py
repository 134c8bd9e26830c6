"""Crew sheet (装柜作业单): steps, drawings and the load report of a plan on one page, in Chinese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from .distributing import Distribution, distribution
from .drawing import isometric, layers
from .model import CartonType, Plan
from .steps import Step, steps

#: words of the sheet: English and Chinese
WORDS = {
    "title": ("Loading sheet", "装柜作业单"),
    "cartons": ("cartons", "箱"),
    "fill": ("fill", "装载率"),
    "cargo": ("cargo", "货重"),
    "tare": ("tare", "皮重"),
    "vgm": ("verified gross mass", "核实总重 VGM"),
    "weight": ("Weight distribution", "重量分布"),
    "front": ("front half", "前半箱"),
    "left": ("left half, facing the door", "左半箱（面向箱门）"),
    "off": ("centre of gravity off the middle of the length", "重心偏离箱长中点"),
    "high": ("height of the centre of gravity", "重心高度"),
    "metres": ("kg on each metre from the front wall", "自前壁起每米重量 kg"),
    "steps": ("Steps from the front wall to the door", "自前壁至箱门的步骤"),
    "number": ("step", "步骤"),
    "key": ("carton", "货箱"),
    "group": ("group", "货主"),
    "count": ("pieces", "件数"),
    "place": ("place x, y, z, mm", "位置 x, y, z, mm"),
    "edges": ("as placed, mm", "摆放尺寸 mm"),
    "turned": ("turned", "转向"),
    "layers": ("Layers from the floor, seen from above", "自箱底起各层俯视图"),
    "left_behind": ("Left behind", "未装"),
    "checked": ("Checked rules", "已校验规则"),
    "bound": ("bound of volume", "体积上界"),
    "gap": ("gap", "差距"),
    "broken": ("Broken rules", "违反规则"),
}
_STYLE = (
    "body{font:14px/1.5 sans-serif;margin:1.5rem;color:#211d19}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #cbc4b8;padding:.2rem .5rem;text-align:start}h2{margin:1.4rem 0 .4rem}"
    "svg{max-width:100%;height:auto}.layers svg,tr{break-inside:avoid}"
)


def crew_sheet(plan: Plan, cartons: Sequence[CartonType]) -> str:
    """One HTML page for the crew: what to load in which order, drawings, masses, and the certificate.

    Examples
    --------
    >>> from .model import ContainerType
    >>> from .planning import load
    >>> types = [CartonType("a", 50, 50, 50, 8)]
    >>> page = crew_sheet(load(types, ContainerType("box", 100, 100, 100), seconds=0.1), types)
    >>> "装柜作业单" in page, page.count("<svg")
    (True, 3)
    """
    parts = [
        f"<h1>{_both('title')} · {escape(plan.container.name)}</h1>",
        _sums(plan),
        isometric(plan, cartons),
        _weights(distribution(plan, cartons)),
        _steps(steps(plan, cartons)),
        f'<h2>{_both("layers")}</h2><div class="layers">',
        *(f"<h3>{height} mm</h3>{drawing}" for height, drawing in layers(plan, cartons).items()),
        "</div>",
        _left(plan),
        _certificate(plan),
    ]
    head = f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>{_both("title")}</title>'
    return f"{head}<style>{_STYLE}</style><body>{''.join(parts)}</body></html>"


def _both(word: str) -> str:
    english, chinese = WORDS[word]
    return f"{chinese} {english}"


def _sums(plan: Plan) -> str:
    box = plan.container
    facts = [
        f"{len(plan.placements)} {_both('cartons')}",
        f"{_both('fill')} {plan.fill_percent:.1f} %",
        f"{_both('cargo')} {plan.gross_g / 1000:.1f} kg",
        f"{_both('tare')} {box.tare_g / 1000:.0f} kg",
        f"{_both('vgm')} {(plan.gross_g + box.tare_g) / 1000:.1f} kg",
    ]
    return f"<p>{' · '.join(facts)}</p>"


def _weights(found: Distribution) -> str:
    rows = [
        (_both("front"), f"{found.front_share:.0%}"),
        (_both("left"), f"{found.left_share:.0%}"),
        (_both("off"), f"{found.off_length:+.1%}"),
        (_both("high"), f"{found.height_share:.0%}"),
        (_both("metres"), ", ".join(f"{mass / 1000:.0f}" for mass in found.metres)),
    ]
    return f"<h2>{_both('weight')}</h2>{_table((), rows)}"


def _steps(made: Sequence[Step]) -> str:
    columns = [_both(word) for word in ("number", "key", "group", "count", "place", "edges", "turned")]
    rows = [
        (
            f"{step.number} ({step.first}–{step.last})",
            step.key,
            step.group,
            str(step.count),
            ", ".join(map(str, step.box[:3])),
            " × ".join(map(str, step.edges)),
            "↻" if step.turned else "",
        )
        for step in made
    ]
    return f"<h2>{_both('steps')}</h2>{_table(columns, rows)}"


def _left(plan: Plan) -> str:
    rows = [(item.key, str(item.quantity), item.reason) for item in plan.left]
    return f"<h2>{_both('left_behind')}</h2>{_table((), rows)}" if rows else ""


def _certificate(plan: Plan) -> str:
    told = plan.certificate
    broken = Counter(str(violation) for violation in told.violations)
    text = f"<h2>{_both('checked')}</h2><p>{', '.join(told.checked)}</p>"
    text += f"<p>{_both('bound')} {told.bound / 1e9:.2f} m³ · {_both('gap')} {told.gap:.1%}</p>"
    text += "".join(f"<p>{escape(note)}</p>" for note in told.notes)
    return text + (f"<h2>{_both('broken')}</h2>{_table((), [(line,) for line in broken])}" if broken else "")


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = f"<tr>{''.join(f'<th>{escape(column)}</th>' for column in columns)}</tr>" if columns else ""
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{head}{body}</table>"
