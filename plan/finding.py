"""What is wrong, as a value: a code, how grave, one sentence, all its places (codes: DOMAIN §3.3, docs/findings.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

from .span import Record, Span

Severity = Literal["error", "warning", "info"]
Category = Literal["指标符合性", "空间布局符合性", "图数一致性", "图文一致性", "名录", "规则", "格式", "读取"]


class Place(Span):
    """A span with the part it plays in the finding: `label` 正文, 附表1, 上位规划 …, `value` what stands there."""

    label: str | None = None
    value: str | None = None

    @classmethod
    def at(cls, span: Span, label: str | None = None, value: str | None = None) -> Place:
        return cls(**{name: getattr(span, name) for name in Span.model_fields}, label=label, value=value)


class Finding(Record):
    """Findings with one cause are one finding with all its places (CONTRACT §2)."""

    id: str
    code: str
    severity: Severity
    category: Category
    message: str
    where: tuple[Place, ...] = ()


def finding(code: str, severity: Severity, category: Category, message: str, where: Iterable[Place] = ()) -> Finding:
    """A finding whose id follows from what it says, so the same file gives the same id."""
    places = tuple(where)
    ground = "\n".join([code, message, *(f"{place.page}|{place.paragraph}|{place.quote}" for place in places)])
    return Finding(
        id="f-" + hashlib.sha256(ground.encode()).hexdigest()[:12],
        code=code,
        severity=severity,
        category=category,
        message=message,
        where=places,
    )
