"""The long form: as many requests as there is time for, by the clock of Pyodide."""

import json
import time
from collections.abc import Callable
from typing import Any

from hostile.cases import CORPUS, Case, corpus
from hostile.run import Result, run_case, run_seed

SLOW_SECONDS, SLOW_BYTES = 0.1, 100_000
"""No input of fewer bytes may take longer."""
LEAST_BYTES = 4_000
"""Smaller inputs count as if they had so many, as every request has its price."""


class Campaign:
    """``report`` is called with what is about to run, so that somebody else can see a hang.
    ``clock`` gives seconds of this thread's own, which others do not take part in."""

    def __init__(self, report: Callable[[str], object], clock: Callable[[], float]) -> None:
        self._report = report
        self._clock = clock
        self._seconds = 0.0
        self.count = 0
        self.statuses: dict[int, int] = {}
        self.costs: dict[str, tuple[float, str]] = {}
        """Seconds per byte of the worst input, and which it was, by endpoint."""
        self.slowest = (0.0, "")
        self.findings: dict[str, str] = {}

    def run_corpus(self) -> None:
        for path in corpus():
            self._report(path.name)
            case = Case.read(path)
            self._judge(case, run_case(case, self._measure), path.name)

    def run_seeds(self, seed: int, seconds: float) -> int:
        """Returns the seed that comes next."""
        end = time.time() + seconds
        while time.time() < end:
            self._report(f"SEED={seed}")
            self._judge(*run_seed(seed, self._measure), f"SEED={seed}")
            seed += 1
        return seed

    def _measure(self, work: Callable[[], object]) -> None:
        started, own = time.perf_counter(), self._clock()
        work()
        self._seconds = time.perf_counter() - started
        if self._seconds > SLOW_SECONDS / 2:  # the other clock ticks every few milliseconds
            self._seconds = min(self._seconds, self._clock() - own)

    def _measure_again(self, case: Case) -> float:
        run_case(case, self._measure)
        return self._seconds

    def _judge(self, case: Case, result: Result, name: str) -> None:
        seconds, problem = self._seconds, result.problem
        if seconds > SLOW_SECONDS / 2 and case.size < SLOW_BYTES:
            # Caches are filled by now, and the interpreter is warm.
            seconds = min(seconds, self._measure_again(case), self._measure_again(case))
            if seconds > SLOW_SECONDS:
                problem = problem or f"{seconds * 1000:.0f} ms for {case.size} bytes"
        self.count += 1
        self.statuses[result.status] = self.statuses.get(result.status, 0) + 1
        cost = seconds / max(case.size, LEAST_BYTES)
        self.costs[case.endpoint] = max(self.costs.get(case.endpoint, (0.0, "")), (cost, name))
        if case.size < SLOW_BYTES:
            self.slowest = max(self.slowest, (seconds, f"{name}, {case.endpoint}"))
        if problem:
            self._keep(case, problem, name)

    def _keep(self, case: Case, problem: str, name: str) -> None:
        """Keeps a case that was slow or wrong; one of a kind is enough."""
        kind = problem[:20] if "bytes" not in problem else "slow"
        kind = f"{case.endpoint} {kind}"
        if kind in self.findings:
            return
        self.findings[kind] = f"{name}: {problem}"
        self._report(f"FOUND {case.endpoint}, {name}: {problem}")
        if not name.endswith(".json"):
            case.note = f"{name}: {problem[:200]}"
            case.write(CORPUS / f"{name.lower().replace('=', '-')}.json")

    def write_json(self) -> str:
        """What was found, and the worst cost of each endpoint in µs per byte."""
        costs = sorted(self.costs.items(), key=lambda item: -item[1][0])
        summary: dict[str, Any] = {
            "count": self.count,
            "statuses": self.statuses,
            "slowest": [self.slowest[0] * 1000, self.slowest[1]],
            "costs": [[endpoint, cost * 1e6, name] for endpoint, (cost, name) in costs],
            "findings": list(self.findings.values()),
        }
        return json.dumps(summary)
