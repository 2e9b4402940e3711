"""A plan JSON that chuandao wrote, read back."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from ...plan.errors import UnreadableInput
from ...plan.plan import SCHEMA, Plan, plan_from_json


def read_plan_json(path: Path) -> Plan:
    """The Plan in `path`; raises UnreadableInput if it is no plan/1 JSON, naming the first wrong key."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UnreadableInput(f"{path}：找不到文件；请核对路径。") from None
    except IsADirectoryError:
        raise UnreadableInput(f"{path}：是文件夹，不是规划文件；请给出其中的文件。") from None
    except OSError as error:
        raise UnreadableInput(f"{path}：打不开（{error.strerror}）；请核对权限。") from None
    except (ValueError, RecursionError):
        raise UnreadableInput(f"{path}：不是有效的 JSON 文件；请用 chuandao extract 重新生成。") from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        found = f"版本是 {schema}" if isinstance(schema, str) else "没有 schema 一项"
        raise UnreadableInput(f"{path}：不是 {SCHEMA} 格式的规划 JSON（{found}）；请用本版 chuandao extract 重新提取。")
    try:
        return plan_from_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UnreadableInput(f"{path}：{key} 一项不合 {SCHEMA} 格式；请改正，或重新提取。") from None
