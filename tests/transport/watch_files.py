"""The files in ops/ as the tests read them: alerts, and the panels of the dashboard."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
ALERTS = ROOT / "ops" / "alerts.yaml"
DASHBOARD = ROOT / "ops" / "dashboard.json"
_QUOTED = re.compile(r'"[^"]*"')
_METRIC = re.compile(r"\b(?:rafiq|process)_[a-z_]+\b")


def rules() -> list[dict[str, Any]]:
    """Every alert."""
    document = yaml.safe_load(ALERTS.read_text("utf-8"))
    return [rule for group in document["groups"] for rule in group["rules"]]


def dashboard() -> dict[str, Any]:
    """The dashboard."""
    found: dict[str, Any] = json.loads(DASHBOARD.read_text("utf-8"))
    return found


def expressions() -> list[str]:
    """Every expression in either file."""
    asked = [target["expr"] for panel in dashboard()["panels"] for target in panel.get("targets", [])]
    asked += [each["query"]["query"] for each in dashboard()["templating"]["list"] if each["type"] == "query"]
    return [*asked, *(rule["expr"] for rule in rules())]


def named(expression: str) -> set[str]:
    """The metrics that an expression names."""
    return set(_METRIC.findall(_QUOTED.sub('""', expression)))
