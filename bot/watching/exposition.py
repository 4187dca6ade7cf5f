"""The exposition: figures as Prometheus reads them, gathered when it asks and never before."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.figures import Figures, Spread
from bot.watching.names import COUNTERS, GAUGES, SPREADS, Counted
from bot.watching.probes import Report
from workflows.immutable import Immutable
from workflows.store.soundness import Measures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Snapshot(Immutable):
    """What only the loop can tell: the gauges of the rooms, what waits in the database (None while it is away).

    `ages` are in seconds: of the newest backup, and of the newest one that was opened to try it.
    """

    gauges: dict[str, float]
    measures: Measures | None
    ready: Report | None
    ages: dict[str, float]


class About(Immutable):
    """What this process is: its version, its engine and how it receives."""

    version: str
    engine: str
    receive: str


class Exposition:
    """Writes the metrics page. `live` and `disk_free` are asked for each page."""

    def __init__(
        self,
        figures: Figures,
        about: About,
        live: Callable[[], Report],
        disk_free: Callable[[], float],
    ) -> None:
        self._figures = figures
        self._about = about
        self._live = live
        self._disk_free = disk_free
        self._process = CollectorRegistry()
        ProcessCollector(registry=self._process)

    def page(self, snapshot: Snapshot | None) -> bytes:
        """The page in the text format; without what the loop tells where it told nothing."""
        registry = CollectorRegistry()
        registry.register(_Once([*self._own(), *self._told(snapshot)]))
        return generate_latest(registry) + generate_latest(self._process)

    def _own(self) -> Iterator[Metric]:
        figures = self._figures
        for counted in COUNTERS:
            yield _counter(counted, figures)
        for name, words, attribute in SPREADS:
            yield _histogram(name, words, getattr(figures, attribute))
        yield _gauge(
            "rafiq_loop_lag_seconds", "Longest lag of the loop within the last minute.", figures.worst_lag()
        )
        yield _gauge(
            "rafiq_disk_free_ratio", "Free part of the disk that holds the data.", self._disk_free() / 100
        )
        about = GaugeMetricFamily(
            "rafiq_build_info", "What runs here; always 1.", labels=["version", "engine", "receive"]
        )
        about.add_metric([self._about.version, self._about.engine, self._about.receive], 1)
        yield about
        yield _checks("rafiq_live_check", "1 where a check of /livez went well.", self._live())

    def _told(self, snapshot: Snapshot | None) -> Iterator[Metric]:
        if snapshot is None:
            return
        for measured in GAUGES:
            if (value := snapshot.gauges.get(measured.figure)) is not None:
                yield _gauge(measured.name, measured.words, value)
        if snapshot.ready is not None:
            yield _checks("rafiq_ready_check", "1 where a check of /readyz went well.", snapshot.ready)
        if snapshot.measures is not None:
            yield from _waiting(snapshot.measures)
        for name, age in snapshot.ages.items():
            words = (
                "Age of the newest backup."
                if name == "backup"
                else "Age of the newest backup that was opened."
            )
            yield _gauge(f"rafiq_{name}_age_seconds", words, age)


class _Once(Collector):
    """Gives metrics that are made already."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _counter(counted: Counted, figures: Figures) -> Metric:
    if not counted.label:
        (name,) = counted.counts.values()
        return CounterMetricFamily(counted.name, counted.words, value=figures.counts[name])
    family = CounterMetricFamily(counted.name, counted.words, labels=[counted.label])
    for value, name in counted.counts.items():
        family.add_metric([value], figures.counts[name])
    return family


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _checks(name: str, words: str, report: Report) -> Metric:
    family = GaugeMetricFamily(name, words, labels=["check"])
    for check, finding in report.checks.items():
        family.add_metric([check], float(finding.ok))
    return family


def _histogram(name: str, words: str, spread: Spread) -> Metric:
    buckets: list[tuple[str, float]] = []
    total = 0
    for bound, count in zip((*spread.bounds, None), list(spread.counts), strict=True):
        total += count
        buckets.append(("+Inf" if bound is None else repr(bound), total))
    return HistogramMetricFamily(name, words, buckets=buckets, sum_value=spread.total)


def _waiting(measures: Measures) -> Iterator[Metric]:
    letters = GaugeMetricFamily(
        "rafiq_outbox_letters", "Letters that wait in the outbox.", labels=["state", "kind"]
    )
    oldest = GaugeMetricFamily(
        "rafiq_outbox_oldest_seconds",
        "For how long the first waiting letter has been due.",
        labels=["kind"],
    )
    found = {(each.state, each.bulk): each.letters for each in measures.waiting}
    for kind, bulk in (("talk", False), ("bulk", True)):
        for state in ("queued", "claimed", "uncertain"):
            letters.add_metric([state, kind], found.get((state, bulk), 0))
        oldest.add_metric(
            [kind], max((each.late for each in measures.waiting if each.bulk is bulk), default=0)
        )
    yield letters
    yield oldest
    yield _gauge("rafiq_reminders_due", "Reminders that are due and not said yet.", measures.reminders)
    yield _gauge(
        "rafiq_reminders_late_seconds",
        "For how long the first of them has been due.",
        measures.reminders_late,
    )
