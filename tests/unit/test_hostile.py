"""The short form of ``make hostile``: what was found before, and some requests more, by steps."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.routes import ROUTES
from hostile.cases import Case, File, Given, corpus
from hostile.grammar import GRAMMARS
from hostile.run import run_case, run_seed
from support.steps import count_steps

STEPS, STEPS_PER_BYTE = 20_000, 25
"""What a request may take: a first amount, and an amount for each byte from outside."""
SEEDS = 400


def test_every_route_has_a_grammar_and_no_other() -> None:
    assert GRAMMARS.keys() == {(route.method, route.path) for route in ROUTES}


class Steps:
    def __init__(self) -> None:
        self.count = 0

    def measure(self, work: Callable[[], object]) -> None:
        self.count = count_steps(work)

    def check(self, case: Case) -> None:
        most = STEPS + STEPS_PER_BYTE * case.size
        if self.count > most:
            run_case(case, self.measure)  # once more, as what is made but once is made by now
        assert self.count <= most, f"{self.count} steps for {case.size} bytes"


@pytest.mark.parametrize("path", corpus(), ids=lambda path: path.stem)
def test_what_was_found_before(path: Path) -> None:
    case, steps = Case.read(path), Steps()
    assert not run_case(case, steps.measure).problem
    steps.check(case)


@pytest.mark.parametrize("first", range(0, SEEDS, 20))
def test_generated_requests(first: int) -> None:
    """A failure is repeated, and a longer search made, by ``make hostile SEED=…``."""
    for seed in range(first, first + 20):
        steps = Steps()
        case, result = run_seed(seed, steps.measure)
        assert not result.problem, f"SEED={seed}"
        steps.check(case)


def test_a_case_survives_its_file(tmp_path: Path) -> None:
    form: list[tuple[str, str | File]] = [("a", "b"), ("f", File("n", "image/png", b"\xff\x00"))]
    given = [Given(b"\xff" * 9, 500), Given(b"data: x", 200, "text/event-stream", 7)]
    case = Case("POST", "/x?y", {"a": None}, b"\xe9" * 999, form, given, False, note="n")
    case.write(tmp_path / "case.json")
    assert Case.read(tmp_path / "case.json") == case


def test_a_seed_is_a_case_and_its_answers_are_kept() -> None:
    for seed in range(50):
        first, result = run_seed(seed)
        again, _ = run_seed(seed)
        assert first == again
        assert run_case(first).status == result.status
