import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support.events import BROKEN, feed_one_by_one, reasoning_of, text_of
from support.pieces import cut, cuts, every_cut
from support.steps import CountedText, assert_linear
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolStart, Usage
from workers_ai.text.stages.thinking import Thinking


def thinking(opened: bool = False, whole: bool = False, may_think: bool = False) -> Thinking:
    return Thinking(opened=opened, limit=100, whole=whole, may_think=may_think)


@pytest.mark.parametrize(
    ("text", "thought", "said"),
    [
        ("<think>Hm.</think>Yes", "Hm.", "Yes"),
        ("<think>\nHm.\n\nWell.\n</think>\n\nYes\n", "Hm.\n\nWell.", "Yes\n"),
        ("\n <think>Hm.</think> Yes", "Hm.", "Yes"),
        ("<think>\n\n</think>\n\nYes", "", "Yes"),
        ("<think></think>", "", ""),
        ("<think>a < b </ think> c</think>d", "a < b </ think> c", "d"),
        ("<think>a<think>b</think>c</think>d", "a<think>b", "c</think>d"),
        ("<think>Hm.</think>a<think>b</think>c", "Hm.", "a<think>b</think>c"),
        ("<think>never closed </thi", "never closed </thi", ""),
        ("<think>", "", ""),
        ("<|channel>thought\nHm.\n<channel|>Yes", "Hm.", "Yes"),
        ("<|channel>thought\n<channel|></think>", "", "</think>"),
        ("<|inner_prefix|>Hm. </think><|inner_suffix|>Yes", "Hm. </think>", "Yes"),
        ("<|channel>thou", "", "<|channel>thou"),
        ("  <thin", "", "  <thin"),
        ("<thinking>no</thinking>", "", "<thinking>no</thinking>"),
        ("Yes", "", "Yes"),
        (" \n Yes ", "", " \n Yes "),
        ("a <think>b</think>", "", "a <think>b</think>"),
        ("a</think>b", "", "a</think>b"),
        ("", "", ""),
    ],
)
def test_reads_tagged_thinking(text: str, thought: str, said: str) -> None:
    for whole in (False, True):
        for pieces in every_cut(text):
            events = feed_one_by_one(thinking(whole=whole), *pieces)
            assert (reasoning_of(events), text_of(events)) == (thought, said)


@pytest.mark.parametrize(
    ("text", "thought", "said"),
    [
        ("Hm.</think>Yes", "Hm.", "Yes"),
        ("\nHm.\n</think>\n\nYes\n", "Hm.", "Yes\n"),
        ("\n</think>\n\nYes", "", "Yes"),
        ("</think>Yes", "", "Yes"),
        ("<think>Hm.</think>Yes", "Hm.", "Yes"),
        ("\n<think>\nHm.</think>Yes", "Hm.", "Yes"),
        ("a<think>b</think>c", "a<think>b", "c"),
        ("a</thi</think>b", "a</thi", "b"),
    ],
)
def test_reads_thinking_opened_by_the_template(text: str, thought: str, said: str) -> None:
    for whole in (False, True):
        for pieces in every_cut(text):
            events = feed_one_by_one(thinking(opened=True, whole=whole), *pieces)
            assert (reasoning_of(events), text_of(events)) == (thought, said)


@pytest.mark.parametrize("text", ["The answer.\n", " <thin", "a</thin", "\n\n", ""])
def test_returns_the_text_of_a_model_that_did_not_think(text: str) -> None:
    """The template opened it, but the model answered at once and ended by itself."""
    for pieces in every_cut(text):
        events = feed_one_by_one(thinking(opened=True), *pieces, Usage(5, 99))
        assert text_of(events) == text
        assert text.strip().startswith(reasoning_of(events))
    assert feed_one_by_one(thinking(opened=True, whole=True), text, Usage(5, 99)) == [
        Usage(5, 99),
        *([text] if text else []),
    ]


@pytest.mark.parametrize("end", [Usage(5, 100), Finish("length")])
def test_keeps_truncated_thinking_as_reasoning(end: Event) -> None:
    for whole in (False, True):
        for pieces in every_cut("\nHm. Well </th"):
            events = feed_one_by_one(thinking(opened=True, whole=whole), *pieces, end)
            assert (reasoning_of(events), text_of(events)) == ("Hm. Well </th", "")
            assert end in events


def test_thinking_is_streamed() -> None:
    stage = thinking(opened=True)
    assert stage.feed(["Hm"]) == [Reasoning("Hm")]
    assert stage.feed([" well", " <"]) == [Reasoning(" well")]
    assert stage.feed(["3"]) == [Reasoning(" <3")]
    assert stage.feed(["</think>"]) == []
    assert stage.feed(["Yes", " "]) == ["Yes", " "]


def test_a_model_that_does_not_think_is_not_delayed() -> None:
    stage = thinking()
    assert stage.feed(["H"]) == ["H"]
    assert stage.feed(["<think>", "i"]) == ["<think>", "i"]


def test_passes_what_the_service_itself_separates() -> None:
    events: list[Event] = [Reasoning("Hm"), "</think> is a tag", Usage(1, 1)]
    for opened in (False, True):
        for whole in (False, True):
            assert feed_one_by_one(thinking(opened, whole, True), *events) == events
            tokens: list[Event] = [Token("Yes", {}), Usage(1, 1)]
            assert feed_one_by_one(thinking(opened, whole, True), *tokens) == tokens


def test_releases_held_text_before_other_events() -> None:
    call = ToolStart(0, "a", "f")
    assert feed_one_by_one(thinking(), " <th", call) == [" <th", call]
    assert feed_one_by_one(thinking(), " <th", BROKEN, close=False) == [" <th", BROKEN]
    assert feed_one_by_one(thinking(), "<think>a </th", BROKEN, close=False) == [
        Reasoning("a"),
        Reasoning(" </th"),
        BROKEN,
    ]
    assert feed_one_by_one(thinking(opened=True), "a </th", BROKEN, close=False) == [
        Reasoning("a"),
        Reasoning(" </th"),
        BROKEN,
    ]
    assert feed_one_by_one(thinking(opened=True, whole=True), "a", call, "b") == [call, "ab"]
    assert feed_one_by_one(thinking(), "<think>a</think>\n", call, "b") == [
        Reasoning("a"),
        call,
        "b",
    ]


def test_a_closing_tag_alone_on_its_line_is_enough_in_a_whole_answer() -> None:
    def read(text: str, **more: bool) -> tuple[str, str]:
        events = feed_one_by_one(thinking(whole=True, **more), text)
        return reasoning_of(events), text_of(events)

    assert read("Hm.\n</think>\n\nYes", may_think=True) == ("Hm.", "Yes")
    assert read("Hm.\n</think>", may_think=True) == ("Hm.", "")
    inside = "The tag `</think>` ends it.\n</think >"
    assert read(inside, may_think=True) == ("", inside)
    assert read("Hm.\n</think>\n\nYes") == ("", "Hm.\n</think>\n\nYes")


tags = st.sampled_from(["<think>", "</think>", "<", "<th", "</", "think>", " ", "\n", "a", "Yes"])
tagged = st.lists(tags, max_size=10).map("".join)


@given(tagged, cuts, st.booleans(), st.sampled_from([Usage(5, 9), Usage(5, 100)]))
@example("<think>a<think>b", [8], False, Usage(5, 9))
def test_thinking_does_not_depend_on_the_pieces(
    text: str, cuts: list[int], opened: bool, end: Usage
) -> None:
    (one, many, whole) = (
        feed_one_by_one(stage, *pieces, end)
        for stage, pieces in (
            (thinking(opened), [text]),
            (thinking(opened), cut(text, cuts)),
            (thinking(opened, whole=True), [text]),
        )
    )
    assert text_of(one) == text_of(many) == text_of(whole)
    assert reasoning_of(one).rstrip() == reasoning_of(many).rstrip()
    if not (opened and "</think>" not in text):
        assert reasoning_of(one) == reasoning_of(whole)
    if not opened and not text.lstrip().startswith("<think>"):
        assert text_of(one) == text


@pytest.mark.parametrize("opening", ["", "<think>", "<think>Hm", "Well,", "</think>"])
@pytest.mark.parametrize(
    "block", [" ", "\n", "a", "<", "</think", "</think>", "\n</think>\n", " <", "a  ", "<think>"]
)
@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("whole", [False, True])
def test_takes_steps_linear_in_the_answer(
    whole: bool, opened: bool, block: str, opening: str
) -> None:
    def read(size: int) -> None:
        text = opening + (block * size)[:size]
        pieces = [CountedText(text)] if whole else map(CountedText, text)
        stage = Thinking(opened=opened, limit=9, whole=whole, may_think=True)
        feed_one_by_one(stage, *pieces)

    assert_linear(read, 1000)


@pytest.mark.parametrize("proof", ["</think>", ""])
def test_what_is_too_long_to_be_sent_again_is_thinking(
    monkeypatch: pytest.MonkeyPatch, proof: str
) -> None:
    monkeypatch.setattr("workers_ai.text.stages.thinking.HELD_CHARACTERS", 100)
    stage = Thinking(opened=True, limit=9, whole=False, may_think=True)
    events = feed_one_by_one(stage, *["Hm, "] * 40, f"well.{proof}")
    assert reasoning_of(events) == "Hm, " * 40 + "well."
    assert text_of(events) == ""
