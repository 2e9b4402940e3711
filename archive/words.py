"""What a person reads of an archive, and the same for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..plan.matrix import Matrix
from ..plan.requirement import MODE_NAMES
from ..plan.verdict import VERDICT_NAMES
from .checks import Checked
from .ledger import Ledger, Row
from .reasons import REASONS, STATUSES
from .runner import Summary
from .search import Hit

MOST = 20
"""Files that are listed one by one."""


def counted(statuses: dict[str, int]) -> str:
    """完成 12、失败 1 …"""
    return "、".join(f"{word} {statuses[name]}" for name, word in STATUSES.items() if statuses.get(name)) or "没有文件"


def run_record(summary: Summary) -> dict[str, Any]:
    """What `archive --json` prints."""
    return {
        "files": summary.files, "statuses": summary.statuses, "reasons": summary.reasons, "read": summary.read,
        "pages": summary.pages, "seconds": round(summary.seconds, 1), "complete": summary.complete,
    }  # fmt: skip


def run_words(summary: Summary) -> str:
    """The end of a run in a few lines."""
    minutes, seconds = divmod(round(summary.seconds), 60)
    took = f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"
    lines = [
        f"档案：{summary.files} 个文件：{counted(summary.statuses)}",
        f"本次读取 {summary.read} 份、{summary.pages} 页，用时 {took}",
    ]
    for reason, count in summary.reasons.items():
        lines.append(f"  · {reason} {count} 个：{REASONS.get(reason, '')}")
    if summary.reasons:
        lines.append("逐个查看：chuandao archive status；再试一次：chuandao archive retry")
    return "\n".join(lines) + "\n"


def row_record(row: Row) -> dict[str, Any]:
    """A row as `archive status --json` prints it."""
    return {
        "path": row.path, "status": row.status, "reason": row.reason, "detail": row.detail, "sha256": row.sha256,
        "size": row.size, "pages": list(row.pages), "page_count": row.page_count, "requirements": row.requirements,
    }  # fmt: skip


def status_record(ledger: Ledger) -> dict[str, Any]:
    """The whole ledger, by path."""
    return {
        "statuses": ledger.counts(),
        "reasons": ledger.reasons(),
        "files": [row_record(row) for row in sorted(ledger.rows(), key=lambda row: row.raw)],
    }


def status_words(ledger: Ledger) -> str:
    """Counts, then what needs somebody's eye, one a line."""
    lines = [f"档案：{counted(ledger.counts())}"]
    wanting = [row for row in ledger.rows() if row.status in ("failed", "partial", "waiting")]
    for row in sorted(wanting, key=lambda row: row.raw)[:MOST]:
        pages = (
            f"，第 {'、'.join(map(str, row.pages[:10]))}{' …' if len(row.pages) > 10 else ''} 页" if row.pages else ""
        )
        why = row.detail or REASONS.get(row.reason or "", row.reason or "")
        lines.append(f"  · {STATUSES[row.status]} {row.path}：{row.reason}{pages}：{why}")
    if len(wanting) > MOST:
        lines.append(f"  · ……另有 {len(wanting) - MOST} 个，用 --json 全部列出。")
    return "\n".join(lines) + "\n"


LIST = """
SELECT d.title AS 规划, d.region AS 行政区, d.level AS 层级, d.start || '—' || d."end" AS 期限, d.version AS 版本, d.pages AS 页数,
       (SELECT count(*) FROM requirements r WHERE r.document = d.document) AS 要求, d.status AS 状态, d.path AS 原文件,
       d.document AS 编号
FROM documents d
ORDER BY d.region_code, d.start, d.title, d.document"""


def hits_words(hits: Sequence[Hit]) -> str:
    """Hits with their places."""
    lines = []
    for number, hit in enumerate(hits, start=1):
        place = f"第{hit.page}页" if hit.page else f"第{hit.paragraph}段" if hit.paragraph is not None else ""
        printed = f"（印刷页码 {hit.printed_page}）" if hit.printed_page and hit.printed_page != str(hit.page) else ""
        lines.append(f"{number}. {hit.title} {place}{printed} {MODE_NAMES[hit.mode]} {hit.section}")
        lines.append(f"   {hit.quote}")
    return "\n".join(lines or ["没有找到。"]) + "\n"


def matrix_words(matrix: Matrix, checked: Checked) -> str:
    """How each plan stands, and the sums that do not keep to the total."""
    lines = [
        f"上位规划：{matrix.upper}　下位规划 {len(matrix.plans)} 份（本次核对 {checked.done} 份），要求 {len(matrix.rows)} 条"
    ]
    alike = Counter((plan.region.name, plan.title, plan.version) for plan in matrix.plans)
    for at, plan in enumerate(matrix.plans):
        file = f"（{plan.path}）" if alike[plan.region.name, plan.title, plan.version] > 1 else ""
        counts = Counter(cell.verdict for row in matrix.rows if (cell := row.cells[at]) is not None)
        tally = "、".join(f"{word} {counts[name]}" for name, word in VERDICT_NAMES.items() if counts[name])
        lines.append(f"  {plan.region.name}　{plan.title}{file}：{tally or '没有适用的要求'}")
    broken = [line for line in matrix.sums if line.kept is False]
    lines.append(
        f"各地之和：{len(matrix.sums)} 项，不符合 {len(broken)} 项，数据不全 {sum(line.kept is None for line in matrix.sums)} 项"
    )
    for line in broken:
        year = f"{line.year} 年" if line.year else ""
        lines.append(f"  · {line.name}{year}：各地之和 {line.sum}，上位 {line.total} {line.unit}，差 {line.difference}")
    lines += matrix.notes
    return "\n".join(lines) + "\n"
