"""Patterns compiled with shared classes find what they find without."""

from __future__ import annotations

import re
from importlib import import_module

from chuandao.plan.character_classes import share_classes

PATTERNS = (r"[一-龥]{2,4}[镇乡]", r"[^，。；]+", r"[A-Za-z一-龥\d]+", r"(?i)[a-z一-龥]+", r"[\s　]|[^\W\d_]")
TEXT = "到2035年，甲镇、乙乡 Park不少于３处；"


def test_shared_classes_match_the_same() -> None:
    """Each pattern has the same matches before and after; asked twice, nothing is wrapped twice."""
    compiler = import_module("re._compiler")
    before = compiler._optimize_charset
    re.purge()
    expected = [re.compile(pattern).findall(TEXT) for pattern in PATTERNS]
    try:
        share_classes()
        shared = compiler._optimize_charset
        share_classes()
        assert compiler._optimize_charset is shared
        re.purge()
        assert [re.compile(pattern).findall(TEXT) for pattern in (*PATTERNS, *PATTERNS)] == [*expected, *expected]
    finally:
        compiler._optimize_charset = before
