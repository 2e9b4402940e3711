"""Data that generation writes with: chapter sets, phrases, Word templates. Nothing here but what reads it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def data(name: str) -> Any:
    """The YAML file `name` of this folder."""
    return yaml.safe_load((files(__name__) / name).read_text(encoding="utf-8"))
