"""Ready questions: one query each, what it asks for, and its columns in Chinese."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from ..plan.errors import UsageError


@dataclass(frozen=True, slots=True)
class Question:
    """`of`: what --of names, None if the question takes nothing."""

    name: str
    asks: str
    of: str | None
    sql: str


QUESTIONS: dict[str, Question] = {
    question.name: question
    for question in (
        Question(
            "indicator",
            "一个指标在各地、各版规划中的数值",
            "指标名称，如 耕地保有量",
            """
SELECT d.region AS 行政区, d.title AS 规划, v.region AS 对象, v.year AS 年份, v.role AS 作用, v.op AS 关系, v.value AS 数值,
       v.unit AS 单位, r.name AS 指标, r.attribute AS 属性, coalesce(v.page, r.page) AS 页, r.paragraph AS 段, v.raw AS 原文
FROM requirements r JOIN amounts v ON v.document = r.document AND v.id = r.id JOIN documents d ON d.document = r.document
WHERE r.rowid IN (
    SELECT rowid FROM requirements WHERE mode IN ('indicator', 'boundary') AND name = :of
    UNION SELECT rowid FROM requirements WHERE concept IN
        (SELECT concept FROM requirements WHERE mode IN ('indicator', 'boundary') AND name = :of AND concept IS NOT NULL)
)
ORDER BY d.region_code, d.start, d.title, d.document, r.position, v.position""",
        ),
        Question(
            "entry",
            "哪些规划写到某个保护地、项目或其他名录条目",
            "条目名称或其中一部分，如 九龙峰",
            """
SELECT d.region AS 行政区, d.title AS 规划, l.register AS 名录, l.name AS 条目, l.type AS 类型, l.grade AS 级别, l.area AS 面积,
       l.area_unit AS 单位, r.binds AS 所在地, r.page AS 页, r.paragraph AS 段, r.quote AS 原文
FROM lists l JOIN requirements r ON r.document = l.document AND r.id = l.id JOIN documents d ON d.document = l.document
WHERE instr(l.name, :of)
ORDER BY d.region_code, d.start, d.title, d.document, r.position""",
        ),
        Question(
            "zones",
            "哪些县（市、区、乡镇）属于某类分区",
            "分区类型，如 重点生态功能区",
            """
SELECT z.unit AS 单元, z.unit_part AS 部分, z.type AS 类型, z.system AS 体系, z.overlays AS 叠加, d.region AS 行政区,
       d.title AS 规划, r.page AS 页, r.paragraph AS 段
FROM zones z JOIN requirements r ON r.document = z.document AND r.id = z.id JOIN documents d ON d.document = z.document
WHERE z.type = :of
ORDER BY d.region_code, d.start, d.title, d.document, r.position""",
        ),
        Question(
            "unanswered",
            "没有一份下位规划落实的上位要求（先运行 archive check）",
            None,
            """
SELECT d.title AS 上位规划, r.mode AS 方式, r.name AS 名称, r.text AS 要求, r.page AS 页, r.paragraph AS 段, count(*) AS 适用规划数
FROM verdicts v JOIN requirements r ON r.document = v.upper AND r.id = v.requirement
JOIN documents d ON d.document = v.upper
WHERE v.applies
GROUP BY v.upper, v.requirement
HAVING sum(v.verdict IN ('fulfilled', 'refined', 'partial', 'weakened', 'conflict', 'exempt')) = 0
   AND sum(v.verdict = 'missing') > 0
ORDER BY d.title, v.upper, r.position""",
        ),
        Question(
            "verdicts",
            "各下位规划对上位规划的结论（先运行 archive check）",
            None,
            """
SELECT u.title AS 上位规划, d.region AS 行政区, d.title AS 下位规划, v.verdict AS 结论, count(*) AS 条数
FROM verdicts v JOIN documents d ON d.document = v.lower LEFT JOIN documents u ON u.document = v.upper
WHERE v.applies
GROUP BY v.upper, v.lower, v.verdict
ORDER BY u.title, v.upper, d.region_code, d.title, v.lower, v.verdict""",
        ),
    )
}


def asked(db: sqlite3.Connection, name: str, of: str | None) -> sqlite3.Cursor:
    """The answer to a ready question."""
    if name not in QUESTIONS:
        known = "、".join(f"{question.name}（{question.asks}）" for question in QUESTIONS.values())
        raise UsageError(f"--ready {name}：没有这个现成问题；可用的有 {known}。")
    question = QUESTIONS[name]
    if question.of and not of:
        raise UsageError(f"--ready {name}：还要用 --of 给出{question.of}。")
    return db.execute(question.sql, {"of": of})


def queried(db: sqlite3.Connection, sql: str) -> sqlite3.Cursor:
    """The answer to a user's own SQL. It may only read; raises UsageError with SQLite's words if it is wrong."""
    db.set_authorizer(_only_reading)
    try:
        return db.execute(sql)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise UsageError(f"SQL 有误：{error}；表和列见 docs/archive.md。") from None


def _only_reading(action: int, *details: Any) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    if action == sqlite3.SQLITE_FUNCTION and details[1] in ("load_extension", "writefile", "readfile", "edit"):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY
