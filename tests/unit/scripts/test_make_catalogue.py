"""data/models.json, what is said of it in data/README.md, and the file made from it."""

import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workers_ai.catalogue import models as module
from workers_ai.catalogue.model import TASKS, Limit, Model, Reasoning

ROOT = Path(__file__).resolve().parents[3]
DATA = json.loads((ROOT / "data" / "models.json").read_text("utf-8"))
README = (ROOT / "data" / "README.md").read_text("utf-8")
ROWS = {row["id"]: row for row in DATA["models"]}


def load_script() -> Any:
    spec = importlib.util.spec_from_file_location(
        "make_catalogue", ROOT / "scripts" / "make_catalogue.py"
    )
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


script = load_script()


def documented(title: str) -> set[str]:
    """The first column of the table under a heading of README."""
    section = README.split(f"### {title}\n")[1].split("\n#")[0]
    names = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    assert len(names) == len(set(names)), "documented twice"
    return set(names)


def used(row: dict[str, Any]) -> Iterator[str]:
    """The fields of a row, those of ``limits`` for any parameter."""
    for name, value in row.items():
        yield name
        if name == "limits":
            yield from {f"limits.*.{key}" for limit in value.values() for key in limit}
        elif isinstance(value, dict) and name != "price":
            yield from (f"{name}.{key}" for key in value)


# --- the data --------------------------------------------------------------------------------


def test_ids_are_unique_and_the_counts_are_those_of_the_sources() -> None:
    assert len(ROWS) == len(DATA["models"]) == 125
    statuses = Counter(row["status"] for row in ROWS.values())
    assert statuses["current"] + statuses["paid_only"] == 68
    assert statuses["paid_only"] == 7
    assert statuses["retired"] == 50
    old = [row for row in ROWS.values() if "added_on" not in row]
    live = [row for row in old if row["status"] in ("current", "paid_only")]
    assert len(live) == 65
    assert sum(row["task"] == "Text Generation" for row in live) == 31
    assert sum(row.get("beta", False) for row in live) == 9
    assert sum(row.get("partner", False) for row in live) == 10
    assert sum(row.get("realtime", False) for row in live) == 6


@pytest.mark.parametrize(
    ("title", "in_use"),
    [
        ("The file", set(DATA)),
        ("A model", {name for row in ROWS.values() for name in used(row)}),
        ("Statuses", {row["status"] for row in ROWS.values()}),
        ("Prices", {unit for row in ROWS.values() for unit in row.get("price", ())}),
    ],
)
def test_readme_documents_the_fields_in_use_and_no_others(title: str, in_use: set[str]) -> None:
    assert documented(title) == in_use


def test_a_limit_is_on_an_input_or_documented() -> None:
    others = set()
    for row in ROWS.values():
        inputs = {*row.get("inputs", ()), *row.get("form_fields", ())}
        if inputs:
            others |= set(row.get("limits", ())) - inputs
    assert others == documented("Limits that are not inputs")


def test_successor_bases_are_documented() -> None:
    bases = {row["successor"]["basis"] for row in ROWS.values() if "successor" in row}
    text = next(line for line in README.splitlines() if line.startswith("| `successor.basis`"))
    assert bases == set(re.findall(r"`([a-z_]+)`", text))


def test_retired_rows_hold_only_what_is_promised() -> None:
    allowed = {"id", "task", "status", "retired_on", "successor", "notes"}
    for row in ROWS.values():
        if row["status"] in ("retired", "aliased"):
            assert set(row) <= allowed, row["id"]


def test_successors_are_live_and_retired_text_models_have_one_for_the_free_plan() -> None:
    for row in ROWS.values():
        heirs = [ROWS[name] for name in row.get("successor", {}).get("ids", ())]
        assert all(heir["status"] in ("current", "paid_only") for heir in heirs), row["id"]
        assert all(heir["task"] == row["task"] for heir in heirs), row["id"]
        if row["status"] == "retired" and row["task"] == "Text Generation":
            assert any(heir["status"] == "current" for heir in heirs), row["id"]


def test_every_native_text_model_has_the_limits_of_the_native_schema() -> None:
    native = [
        row
        for row in ROWS.values()
        if row["task"] == "Text Generation" and {"top_k", "raw"} <= set(row.get("inputs", ()))
    ]
    assert len(native) == 17
    for row in native:
        limits = row["limits"]
        assert limits["max_tokens"] == {"default": 256}, row["id"]
        assert limits["temperature"] == {"min": 0, "max": 5, "default": 0.6}
        assert limits["top_p"] == {"min": 0.001, "max": 1}
        assert limits["top_k"] == {"min": 1, "max": 50}
        assert limits["seed"] == {"min": 1, "max": 9999999999}
        assert limits["frequency_penalty"] == limits["presence_penalty"] == {"min": -2, "max": 2}
        assert limits["repetition_penalty"] == {"min": 0, "max": 2}


def test_the_traits_that_no_schema_tells() -> None:
    names = {model.id.rpartition("/")[2]: model for model in module.MODELS}
    assert {name for name, model in names.items() if not model.system_role} == {
        *("gemma-2b-it-lora", "gemma-7b-it-lora", "mistral-7b-instruct-v0.2-lora"),
        "llama-guard-3-8b",
    }
    thinking = {name: model.reasoning for name, model in names.items() if model.reasoning}
    assert {name for name, reasoning in thinking.items() if reasoning.thinks_first} == {
        *("qwq-32b", "deepseek-r1-distill-qwen-32b"),
    }
    switches = {name: row.soft_switch for name, row in thinking.items() if row.soft_switch}
    assert switches == {"qwen3-30b-a3b-fp8": "/no_think"}
    tokens = {name: model.fim for name, model in names.items() if model.fim}
    coder = ("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>")
    assert tokens == {"qwen2.5-coder-32b-instruct": coder}


# --- the file --------------------------------------------------------------------------------


def test_the_file_is_up_to_date() -> None:
    assert script.FILE.read_text("utf-8") == script.generate(DATA)
    assert script.main(["--check"]) == 0


def test_check_notices_a_file_that_is_not_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "FILE", tmp_path / "models.txt")
    assert script.main(["--check"]) == 1
    assert script.main([]) == 0
    assert script.main(["--check"]) == 0
    (tmp_path / "models.txt").write_text("{}\n")
    assert script.main(["--check"]) == 1
    assert "run scripts/make_catalogue.py" in capsys.readouterr().out
    assert script.main(["--chekc"]) == 2


def expected(row: dict[str, Any]) -> Model:
    """A row of the JSON as a Model, made without the generator."""
    fields: dict[str, Any] = {key: row[key] for key in Model._fields if key in row}
    fields["inputs"] = frozenset(row.get("inputs", ()))
    fields["limits"] = {key: Limit(**limit) for key, limit in row.get("limits", {}).items()}
    fields["successors"] = tuple(row.get("successor", {}).get("ids", ()))
    if "fim" in row:
        fields["fim"] = tuple(row["fim"])
    if "reasoning" in row:
        values = {key: value for key, value in row["reasoning"].items() if key != "note"}
        if "control" in values:
            values["control"] = {key: tuple(v) for key, v in values["control"].items()}
        fields["reasoning"] = Reasoning(**values)
    details = {key: tuples(row[key]) for key in script.DETAILS if key in row}
    if row.get("output", {}).get("kind", "json") != "json":
        details["output"] = {k: row["output"][k] for k in row["output"] if k in OUTPUT}
    return Model(**fields, details=details)


def tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: tuples(item) for key, item in value.items()}
    return tuple(value) if isinstance(value, list) else value


OUTPUT = ("kind", "content_type")


def test_the_file_holds_every_row_of_the_data() -> None:
    assert [model.id for model in module.MODELS] == list(ROWS)
    for model in module.MODELS:
        assert model == expected(ROWS[model.id]), model.id
    assert module.AS_OF == DATA["as_of"]
    assert module.USD_PER_1000_NEURONS == DATA["usd_per_1000_neurons"]


def test_every_field_reaches_the_file_or_is_left_out_on_purpose() -> None:
    left_out = {"id", "task", "successor", "output", "notes"}
    fields = {name for row in ROWS.values() for name in row} - left_out
    assert fields == {*script.FIELDS, *script.DETAILS} - {"successors", "details"}


def test_shared_values_are_written_once() -> None:
    inputs = {id(model.inputs) for model in module.MODELS if model.inputs}
    assert len(inputs) == len({model.inputs for model in module.MODELS if model.inputs})


def test_the_tasks_in_use_have_an_endpoint() -> None:
    assert {row["task"] for row in ROWS.values()} == set(TASKS)
