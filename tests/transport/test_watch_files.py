"""Alerts and dashboard say what can be found, and each alert says what to do; names and labels are a closed list."""

import re
import tomllib
from typing import get_args

import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot import VERSION
from bot.commands import app
from bot.figures import Figures
from bot.inbound import Did
from bot.ingress import beats, election
from bot.outcomes import Verdict
from bot.settings import Settings
from bot.watching.exposition import About, Exposition, Snapshot
from bot.watching.names import COUNTERS
from bot.watching.probes import Finding, Report
from tests.transport.watch_files import ROOT, dashboard, expressions, named, rules
from workflows.store.soundness import Measures, Waiting
from workflows.store.values import Delivered, Rejected, RetryLater, Unreachable

LABELS = {
    "kind": {
        "text",
        "press",
        "command",
        "attachment",
        "blocked",
        "unblocked",
        "elsewhere",
        "service",
        "unknown",
        "talk",
        "bulk",
    },
    "reason": {"failed", "unreadable"},
    "result": {"sent"} | {verdict.value for verdict in Verdict},
    "outcome": {"delivered", "later", "unreachable", "rejected", "unreadable"},
    "cause": {"uncertain", "inherited", "busy", "other", "key"},
    "lease": {election.POLLER, election.SENDER, beats.LEASE, beats.ANNOUNCING},
    "check": {"loop", "clerk", "courier", "receiver", "stopping", "disk", "database", "schema"},
    "state": {"queued", "claimed", "uncertain"},
    "engine": {"sqlite", "postgresql"},
    "receive": {"poll", "serve"},
}
SCRAPED: dict[str, set[str]] = {"job": {"rafiq"}}
"""What Prometheus adds to `up`, by ops/prometheus.yaml."""
"""Every label there may be, with all it may say; `version` and the bounds of histograms beside them."""
UNITS = ("_seconds", "_total", "_bytes", "_ratio", "_info")


def page_of(figures: Figures) -> str:
    live = Report(
        "alive", {part: Finding(ok=True, said="runs") for part in ("loop", "clerk", "courier", "receiver")}
    )
    ready = Report(
        "ready", {each: Finding(ok=False, said="") for each in ("stopping", "disk", "database", "schema")}
    )
    waiting = tuple(Waiting(state, bulk, 2, 7.5) for state in LABELS["state"] for bulk in (True, False))
    snapshot = Snapshot({}, Measures(waiting, 3, 4.0), ready, {"backup": float("inf"), "restore_test": 1.0})
    exposition = Exposition(figures, About("1.2.3", "sqlite", "poll"), lambda: live, lambda: 40.0)
    return exposition.page(snapshot).decode()


def test_labels_are_a_closed_list_whatever_the_rooms_count() -> None:
    figures = Figures()
    figures.counts |= {"لبنان": 1, "Layla": 2, "answer to question 1a": 3, "lease LB": 4, "answer parked": 5}
    page = page_of(figures)
    for family in text_string_to_metric_families(page):
        assert family.documentation.endswith(".") or family.name.startswith("process_"), family.name
        for sample in family.samples:
            for label, value in sample.labels.items():
                assert label in LABELS | {"version": "", "le": ""}, sample
                assert label in {"version", "le"} or value in LABELS[label], sample
    assert not {"Layla", "لبنان", "LB"} & set(re.findall(r"\w+", page))


def test_what_the_rooms_count_has_its_place() -> None:
    counted = {name for counter in COUNTERS for name in counter.counts.values()}
    assert {kind.__name__ for kind in get_args(Did)} <= counted
    assert {kind.__name__ for kind in (Delivered, RetryLater, Unreachable, Rejected)} <= counted
    assert {f"answer {verdict.value}" for verdict in Verdict} <= counted
    assert {f"lease {name}" for name in LABELS["lease"]} <= counted
    places = [name for counter in COUNTERS for name in counter.counts.values() if name != "uncertain"]
    assert len(places) == len(set(places)), "two figures under one name are one figure"


def test_the_version_is_the_one_of_the_package() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION


def test_names_follow_the_conventions() -> None:
    for family in text_string_to_metric_families(page_of(Figures())):
        if family.name.startswith("process_"):
            continue
        assert re.fullmatch(r"rafiq(_[a-z]+)+", family.name)
        assert family.type != "counter" or all(
            sample.name.endswith(("_total", "_created")) for sample in family.samples
        )
        assert family.type != "histogram" or family.name.endswith("_seconds")
        assert family.type != "gauge" or not family.name.endswith("_total")


def test_a_histogram_counts_each_time_once_and_upwards() -> None:
    figures = Figures()
    for seconds in (0.0, 0.001, 0.0011, 0.3, 5.0, 77.0):
        figures.writing.note(seconds)
    found = {
        sample.labels.get("le", sample.name): sample.value
        for family in text_string_to_metric_families(page_of(figures))
        if family.name == "rafiq_commit_seconds"
        for sample in family.samples
    }
    assert found["0.001"] == 2
    assert found["0.0025"] == 3
    assert found["0.5"] == 4
    assert found["5.0"] == 5
    assert found["+Inf"] == found["rafiq_commit_seconds_count"] == 6
    assert found["rafiq_commit_seconds_sum"] == sum((0.0, 0.001, 0.0011, 0.3, 5.0, 77.0))


def test_every_alert_says_what_to_do_and_where_it_is_explained() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text("utf-8")
    commands = {command.name for command in app.registered_commands}
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names)) > 15
    for rule in rules():
        notes = rule["annotations"]
        assert rule.keys() == {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"\d+[mh]", rule["for"])
        assert rule["labels"]["severity"] in {"warning", "critical"}
        assert re.fullmatch(r"Rafiq[A-Z][A-Za-z]+", rule["alert"])
        assert len(notes["summary"]) > 20
        assert len(notes["todo"]) > 20
        assert notes["runbook"] == f"docs/operations.md#{rule['alert'].lower()}"
        assert f"\n### {rule['alert']}\n" in manual
        for command in re.findall(r"\./rafiq (\w+)", notes["todo"]):
            assert command in commands, f"{rule['alert']}: there is no ./rafiq {command}"


def test_the_dashboard_can_be_imported() -> None:
    board = dashboard()
    assert board["schemaVersion"] >= 36
    assert board["uid"] == "rafiq"
    panels = board["panels"]
    ids = [panel["id"] for panel in panels]
    assert len(ids) == len(set(ids))
    places: set[tuple[int, int]] = set()
    for panel in panels:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        assert panel["title"]
        if panel["type"] == "row":
            continue
        assert panel["targets"]
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
        assert panel["datasource"]["uid"] == "${datasource}"
        squares = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not squares & places, f"{panel['title']} lies over another panel"
        places |= squares


def test_expressions_are_whole_and_use_only_labels_that_exist() -> None:
    for expression in expressions():
        for opening, closing in ("()", "[]", "{}"):
            assert expression.count(opening) == expression.count(closing), expression
        assert expression.count('"') % 2 == 0
        assert named(expression), expression
        for group in re.findall(r"\bby \(([^)]*)\)", expression):
            assert {label.strip() for label in group.split(",")} <= LABELS.keys() | {"le", "instance"}, (
                expression
            )
        for label, values in re.findall(r'(\w+)=~?"([^"]*)"', expression):
            if label != "instance":
                assert set(values.split("|")) <= (LABELS | SCRAPED)[label], expression


def test_prometheus_reaches_the_replicas_of_compose_and_its_alerts_name_that_job() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    (job,) = yaml.safe_load((ROOT / "ops" / "prometheus.yaml").read_text("utf-8"))["scrape_configs"]
    (names,) = job["dns_sd_configs"]
    settings = compose["services"]["rafiq"]["environment"]
    assert {job["job_name"]} == SCRAPED["job"]
    assert (names["names"], names["type"], str(names["port"])) == (
        ["rafiq"],
        "A",
        settings["RAFIQ_PROBE_PORT"],
    )
    (down,) = [rule["expr"] for rule in rules() if rule["alert"] == "RafiqDown"]
    assert f'up{{job="{job["job_name"]}"}} == 0' in down
    assert "absent(" in down
    assert [rule["alert"] for rule in rules() if "absent(rafiq_backup_age_seconds)" in rule["expr"]]


def test_what_compose_sets_is_a_setting_and_backups_have_a_volume() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    replica = compose["services"]["rafiq"]
    mounted = {volume.partition(":")[2]: volume.partition(":")[0] for volume in replica["volumes"]}
    assert mounted[replica["environment"]["RAFIQ_BACKUP_FOLDER"]] in compose["volumes"]
    assert replica["environment"]["RAFIQ_BACKUP_KEY"].startswith("${RAFIQ_BACKUP_KEY:?")
    assert {f"RAFIQ_{name.upper()}" for name in Settings.model_fields} >= replica["environment"].keys()
    image = (ROOT / "Dockerfile").read_text("utf-8")
    for folder in mounted:
        assert re.search(rf"install --directory .*--owner=10001.* {folder}\b", image), folder
