import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.events import BROKEN, feed_one_by_one, reasoning_of, text_of
from support.pieces import cut, cuts, every_cut
from support.steps import CountedText, assert_linear
from workers_ai.text.events import Event, Reasoning, ToolStart, Usage
from workers_ai.text.stages.channels import Channels

TO_BASH = '<|channel|>commentary to=functions.bash <|constrain|>json<|message|>{"a":1}<|call|>'
TO_BASH_BY_ROLE = (
    '<|start|>assistant to=functions.bash<|channel|>commentary json<|message|>{"a":1}<|call|>'
)


@pytest.mark.parametrize(
    ("text", "thought", "said"),
    [
        (
            "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>"
            "Yes <b>|<|return|>",
            "Hm.",
            "Yes <b>|",
        ),
        ("<|channel|>analysis Hm.<|channel|>final Yes", " Hm.", " Yes"),
        ("<|channel|>analysis<|channel|>finalYes", "", "Yes"),
        ("<|start|>assistant<|channel|>final<|message|>Yes", "", "Yes"),
        ("\n<|channel|>final <|constrain|>json<|message|>{}", "", "{}"),
        ("<|channel|>final<|message|>a<|channel|>b", "", "a<|channel|>b"),
        ("<|channel|>analysis<|message|>a<|end|>\n<|start|>assis", "a", ""),
        (f"<|channel|>analysis<|message|>a<|end|><|start|>assistant{TO_BASH}", "a",
         f"<|start|>assistant{TO_BASH}"),
        (f"<|channel|>commentary<|message|>I'll look.<|end|>{TO_BASH_BY_ROLE}", "",
         f"I'll look.{TO_BASH_BY_ROLE}"),
        (f"{TO_BASH}<|channel|>final<|message|>Yes", "", f"{TO_BASH}Yes"),
        ('<|channel|>commentary to=functions.bash {"a":1}', "",
         '<|channel|>commentary to=functions.bash {"a":1}'),
        ("<|channel|>commentary to=functions.bash", "",
         "<|channel|>commentary to=functions.bash"),
        ("<|channel|>final<|message|>a<|end|><|start|>user<|message|>b", "",
         "a<|start|>user<|message|>b"),
        ("<|channel|>other<|message|>a", "", "<|channel|>other<|message|>a"),
        ("The mark <|channel|>final<|message|> begins it.", "",
         "The mark <|channel|>final<|message|> begins it."),
        (" <|chan", "", " <|chan"),
        ("<|channel|>final<|message|>a <|en", "", "a <|en"),
        ("Yes", "", "Yes"),
        (" ", "", " "),
    ],
)  # fmt: skip
def test_separates_channels(text: str, thought: str, said: str) -> None:
    for pieces in every_cut(text):
        events = feed_one_by_one(Channels(), *pieces, Usage(1, 1))
        assert (reasoning_of(events), text_of(events)) == (thought, said)


def test_separates_channels_in_what_the_service_takes_for_reasoning() -> None:
    text = (
        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes"
    )
    for pieces in every_cut(text):
        events = feed_one_by_one(Channels(), *map(Reasoning, pieces))
        assert (reasoning_of(events), text_of(events)) == ("Hm.", "Yes")
    events = feed_one_by_one(Channels(), Reasoning("Hm <|ch"), Reasoning("annel"), "Yes")
    assert (reasoning_of(events), text_of(events)) == ("Hm <|channel", "Yes")


def test_ordinary_answers_are_not_delayed() -> None:
    stage = Channels()
    assert stage.feed([Reasoning("Hm"), "Y", "es"]) == [Reasoning("Hm"), "Y", "es"]
    events: list[Event] = ["<|channel|>final"]
    assert stage.feed(events) is events


def test_streams_messages() -> None:
    stage = Channels()
    assert stage.feed(["<|channel|>analysis<|message|>Hm"]) == [Reasoning("Hm")]
    assert stage.feed([" <", "b"]) == [Reasoning(" "), Reasoning("<b")]


def test_releases_what_is_held_before_other_events() -> None:
    call = ToolStart(0, "a", "f")
    assert feed_one_by_one(Channels(), "<|ch", call, "b") == ["<|ch", call, "b"]
    assert feed_one_by_one(Channels(), "<|ch", BROKEN, close=False) == ["<|ch", BROKEN]


parts = st.sampled_from(
    ["<|start|>", "<|channel|>", "<|message|>", "<|end|>", "<|return|>", "<|call|>", "assistant"]
    + ["analysis", "commentary", "final", " to=functions.f", "<|constrain|>", "json", " ", "{", "a"]
)


@given(st.lists(parts, max_size=10).map("".join), cuts)
def test_channels_do_not_depend_on_the_pieces(text: str, cuts: list[int]) -> None:
    one = feed_one_by_one(Channels(), text)
    many = feed_one_by_one(Channels(), *cut(text, cuts))
    assert (reasoning_of(one), text_of(one)) == (reasoning_of(many), text_of(many))


@pytest.mark.parametrize("opening", ["", "<|channel|>final<|message|>", "<|channel|>analysis"])
@pytest.mark.parametrize(
    "block",
    ["a", " ", "<|", "<|end|>", "<|start|>", "<|channel|>", "<|start|>assistant", TO_BASH, " to="]
    + ["<|channel|>final", "<|channel|>commentary to=", "<|end|>\n"],
)
@pytest.mark.parametrize("whole", [False, True])
def test_takes_steps_linear_in_the_answer(whole: bool, block: str, opening: str) -> None:
    def read(size: int) -> None:
        text = opening + (block * size)[:size]
        pieces = [CountedText(text)] if whole else map(CountedText, text)
        feed_one_by_one(Channels(), *pieces)

    assert_linear(read, 1000)
