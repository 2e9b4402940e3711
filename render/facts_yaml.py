"""The facts form as YAML, for those who would rather write text than fill cells."""

from __future__ import annotations

import yaml

from ..plan.facts import Facts

HEAD = """\
# {region}本地情况表（facts/1）。在各行 answers 中填写，键名见该表 fields；required 列出的键不填，草案中显示为【待补充】。
# 数值照原样写成带引号的数字（如 "158.62"），单位以 unit 为准。
"""


def facts_yaml(facts: Facts) -> bytes:
    """The form as UTF-8 YAML; the same form gives the same bytes."""
    data = facts.model_dump(mode="json", by_alias=True)
    written = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=140)
    return (HEAD.format(region=facts.region.name) + written).encode()
