"""The formats of calls in text: which models write them, how they begin and end, who reads them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from workers_ai.text.call_formats.declared import Call, DeclaredTools
from workers_ai.text.call_formats.elements import read_arg_values, read_functions, read_invoke
from workers_ai.text.call_formats.endings import BracketEnd, Ending, TagEnd
from workers_ai.text.call_formats.json_calls import (
    json_behind_name,
    read_json_calls,
    read_named_objects,
)
from workers_ai.text.call_formats.loose import read_gemma, read_pythonic

GLANCE = 400
"""Characters that are enough to see whether a text begins as a call does, but for a tool's name."""


class Head(NamedTuple):
    """What a call begins with: ``before``, a declared name and one of ``enders``; without enders
    ``before`` alone is enough. White space does not count."""

    before: str
    enders: Sequence[str] = ()


class Format(NamedTuple):
    """A row of the table.

    ``openings``: what a call begins with; none: only an answer that is nothing but calls has this
    format. ``begins``: what follows then. ``end`` makes what finds the end of a call that began
    with an opening; ``is_cut_unsafe``: a call that lacks its end may lack arguments, too.
    ``repeats``: another call may follow without an opening. ``source``: where it is published.
    """

    name: str
    openings: Sequence[str]
    begins: Sequence[Head]
    end: Callable[[str], Ending]
    read: Callable[[str, DeclaredTools], list[Call]]
    source: str
    is_cut_unsafe: bool = False
    repeats: bool = False

    def matches(self, text: str, tools: DeclaredTools) -> bool | None:
        """Whether a text, its white space taken out, begins as such a call of a declared tool
        does; None if that is still open."""
        is_open = False
        for before, enders in self.begins:
            if text.startswith(before):
                if not enders:
                    return True
                fits = tools.begins_with_name(text[len(before) :], enders)
                if fits:
                    return True
                is_open |= fits is None
            else:
                is_open |= before.startswith(text)
        return None if is_open else False


def _tag(closings: Mapping[str, str], quotes: str = "") -> Callable[[str], Ending]:
    return lambda opening: TagEnd(closings[opening], quotes)


def _bracket(openings: str, quotes: str = '"') -> Callable[[str], Ending]:
    return lambda _: BracketEnd(openings, quotes, GLANCE)


_JSON = [
    *(
        Head(bracket + '{"' + key, ('"',))
        for bracket in ("", "[")
        for key in ('name":"', 'function":"', 'function":{"name":"')
    ),
    *(
        Head(bracket + '{"' + key)
        for bracket in ("", "[")
        for key in ('type":"function"', 'id":"', 'arguments":', 'parameters":')
    ),
]
_IN_TAGS = {
    "<tool_call>": "</tool_call>",
    "<tools>": "</tools>",
    "<function_call>": "</function_call>",
    "<TOOLCALL>": "</TOOLCALL>",
}
_TOOL_CALL = {"<tool_call>": "</tool_call>"}
_FUNCTION = {"<function=": "</function>"}
_INVOKE = {
    "<invoke": "</invoke>",
    "<｜DSML｜invoke": "</｜DSML｜invoke>",
    "<|DSML|invoke": "</|DSML|invoke>",
    "<｜｜DSML｜｜ invoke": "</｜｜DSML｜｜ invoke>",
}
_GEMMA = {"<|tool_call>": "<tool_call|>"}
_DEEPSEEK = {"<｜tool▁call▁begin｜>": "<｜tool▁call▁end｜>"}
_FENCE = {"```": "```"}
_HARMONY_ENDERS = ("<|constrain|>", "<|message|>", "json<|message|>", "code<|message|>")
_HARMONY = [
    Head(start + channel + "to=", _HARMONY_ENDERS)
    for start in ("", "assistant<|channel|>")
    for channel in ("commentary", "analysis", "final")
]
_HARMONY_READER = json_behind_name(
    r"(?:assistant)?(?:<\|channel\|>)?(?:commentary|analysis|final)?to=([^<]+)"
    r"(?:<\|channel\|>(?:commentary|analysis))?(?:<\|constrain\|>)?(?:json|code)?(?:<\|message\|>)?"
)
_MISTRAL_READER = json_behind_name(r"([^\[{]+)(?:\[CALL_ID\][^\[]*)?(?:\[ARGS\])?")

_HUGGING_FACE = "https://huggingface.co/"
_HARMONY_GUIDE = "https://cookbook.openai.com/articles/openai-harmony"

FORMATS: Sequence[Format] = (
    Format(
        # Also Granite 4, and what models without tools are told to write.
        "Hermes, Qwen, Nemotron",
        tuple(_IN_TAGS),
        _JSON,
        _tag(_IN_TAGS, '"'),
        read_json_calls,
        "https://github.com/NousResearch/Hermes-Function-Calling",
    ),
    Format(
        "Qwen3-Coder, Nemotron 3, in tags",
        ("<tool_call>",),
        (Head("<function=", (">",)),),
        _tag(_TOOL_CALL),
        read_functions,
        _HUGGING_FACE + "Qwen/Qwen3-Coder-30B-A3B-Instruct (chat_template.jinja)",
        is_cut_unsafe=True,
    ),
    Format(
        # Llama 3.1 writes JSON inside.
        "Qwen3-Coder, Llama 3.1",
        ("<function=",),
        (Head("", (">",)),),
        _tag(_FUNCTION),
        read_functions,
        "https://www.llama.com/docs/model-cards-and-prompt-formats/llama3_1/",
        is_cut_unsafe=True,
    ),
    Format(
        "GLM",
        ("<tool_call>",),
        (Head("", ("<arg_key>", "</tool_call>")),),
        _tag(_TOOL_CALL),
        read_arg_values,
        _HUGGING_FACE + "zai-org/GLM-4.7-Flash (chat_template.jinja)",
        is_cut_unsafe=True,
    ),
    Format(
        "gpt-oss",
        ("<|channel|>", "<|start|>"),
        (*_HARMONY, Head("assistantto=", ("<|channel|>", *_HARMONY_ENDERS))),
        _bracket("{"),
        _HARMONY_READER,
        _HARMONY_GUIDE,
    ),
    Format(
        "Gemma 4",
        ("<|tool_call>",),
        (Head("call:", ("{",)),),
        _tag(_GEMMA),
        read_gemma,
        _HUGGING_FACE + "google/gemma-4-26b-a4b-it (chat_template.jinja)",
    ),
    Format(
        "Granite 3",
        ("<|tool_call|>",),
        _JSON,
        _bracket("[{"),
        read_json_calls,
        _HUGGING_FACE + "ibm-granite/granite-3.3-8b-instruct (tokenizer_config.json)",
        repeats=True,
    ),
    Format(
        "Mistral 7B to Small 3.1",
        ("[TOOL_CALLS]",),
        _JSON,
        _bracket("[{"),
        read_json_calls,
        "https://github.com/mistralai/mistral-common (tokens/tokenizers/instruct.py)",
        repeats=True,
    ),
    Format(
        "Mistral since Small 3.2",
        ("[TOOL_CALLS]",),
        (Head("", ("[ARGS]", "[CALL_ID]", "{")),),
        _bracket("{"),
        _MISTRAL_READER,
        "https://github.com/mistralai/mistral-common (tokens/tokenizers/instruct.py)",
    ),
    Format(
        "Llama 3",
        ("<|python_tag|>",),
        _JSON,
        _bracket("[{"),
        read_json_calls,
        "https://www.llama.com/docs/model-cards-and-prompt-formats/llama3_3/",
        repeats=True,
    ),
    Format(
        "Llama 3, built-in tools",
        ("<|python_tag|>",),
        (Head("", (".call(",)),),
        _bracket("(", "\"'"),
        read_pythonic,
        "https://www.llama.com/docs/model-cards-and-prompt-formats/llama3_3/",
    ),
    Format(
        "Llama 4",
        ("<|python_start|>",),
        (Head("[", ("(",)),),
        _bracket("[", "\"'"),
        read_pythonic,
        "https://www.llama.com/docs/model-cards-and-prompt-formats/llama4/",
    ),
    Format(
        # R1 says "function" before the name and puts a fence around the JSON, V3.1 does not.
        "DeepSeek R1 to V3.1",
        ("<｜tool▁call▁begin｜>",),
        (Head("function<｜tool▁sep｜>", ("```",)), Head("", ("<｜tool▁sep｜>",))),
        _tag(_DEEPSEEK, '"'),
        json_behind_name(r"(?:function<｜tool▁sep｜>([^`]+)```json|([^<]+)<｜tool▁sep｜>)"),
        _HUGGING_FACE + "deepseek-ai/DeepSeek-V3.1 (assets/chat_template.jinja)",
    ),
    Format(
        # The tags without marks are MiniMax's, and GLM's when it errs.
        "DeepSeek V3.2 and V4, MiniMax",
        tuple(_INVOKE),
        (Head('name="', ('"',)),),
        _tag(_INVOKE),
        read_invoke,
        _HUGGING_FACE + "deepseek-ai/DeepSeek-V3.2 (encoding/encoding_dsv32.py)",
        is_cut_unsafe=True,
    ),
    Format(
        "Kimi K2",
        ("<|tool_call_begin|>",),
        (Head("", ("<|tool_call_argument_begin|>",)),),
        _bracket("{"),
        json_behind_name(r"([^<]+)<\|tool_call_argument_begin\|>"),
        _HUGGING_FACE + "moonshotai/Kimi-K2-Instruct (docs/tool_call_guidance.md)",
    ),
    Format(
        "Apertus",
        ("<|tools_prefix|>",),
        (Head('[{"', ('":',)),),
        _bracket("["),
        read_named_objects,
        "https://github.com/swiss-ai/apertus-format (docs/format.md)",
    ),
    Format(
        "Code fences",
        ("```",),
        [
            Head(language + before, enders)
            for language in ("", "json", "tool_call", "tool_calls", "tool_use")
            for before, enders in _JSON
        ],
        _tag(_FENCE, '"'),
        read_json_calls,
        "https://github.com/cloudflare/ai/issues/560",
    ),
    Format(
        "Gemma 3, SEA-LION",
        ("```",),
        [Head("tool_code" + before, ("(",)) for before in ("", "[", "print(")],
        _tag(_FENCE, "\"'"),
        read_pythonic,
        "https://ai.google.dev/gemma/docs/capabilities/function-calling",
    ),
    # What remains of a call if the service takes the special tokens out of an answer.
    Format(
        "JSON alone",
        (),
        [Head(name + before, enders) for name in ("", "json") for before, enders in _JSON],
        _bracket("[{"),
        read_json_calls,
        "https://github.com/cloudflare/ai/issues/560",
    ),
    Format(
        "Python alone",
        (),
        (Head("[", ("(",)),),
        _bracket("[", "\"'"),
        read_pythonic,
        "https://www.llama.com/docs/model-cards-and-prompt-formats/llama3_2/",
    ),
    Format(
        "Mistral without a marker",
        (),
        (Head("", ("[ARGS]", "[CALL_ID]")),),
        _bracket("{"),
        _MISTRAL_READER,
        "https://github.com/mistralai/mistral-common (tokens/tokenizers/instruct.py)",
    ),
    Format(
        "GLM without a tag",
        (),
        (Head("", ("<arg_key>",)),),
        lambda _: TagEnd("</tool_call>"),
        read_arg_values,
        _HUGGING_FACE + "zai-org/GLM-4.7-Flash (chat_template.jinja)",
        is_cut_unsafe=True,
    ),
    Format(
        "Gemma without a marker",
        (),
        (Head("call:", ("{",)),),
        _bracket("{"),
        read_gemma,
        _HUGGING_FACE + "google/gemma-4-26b-a4b-it (chat_template.jinja)",
    ),
    Format(
        "gpt-oss without markers",
        (),
        (*(Head(f"{channel}to=", (*_HARMONY_ENDERS, "json{"))
           for channel in ("commentary", "analysis")),
         Head("to=", ("<|channel|>", *_HARMONY_ENDERS))),
        _bracket("{"),
        _HARMONY_READER,
        _HARMONY_GUIDE,
    ),
)  # fmt: skip

LISTS: Mapping[str, str] = {
    "<|tool_calls_section_begin|>": "<|tool_calls_section_end|>",
    "<｜tool▁calls▁begin｜>": "<｜tool▁calls▁end｜>",
    "<｜DSML｜function_calls>": "</｜DSML｜function_calls>",
    "<｜DSML｜tool_calls>": "</｜DSML｜tool_calls>",
    "<|DSML|function_calls>": "</|DSML|function_calls>",
    "<|DSML|tool_calls>": "</|DSML|tool_calls>",
    "<｜｜DSML｜｜ calls>": "</｜｜DSML｜｜ calls>",
    "<function_calls>": "</function_calls>",
    "<tool_calls>": "</tool_calls>",
    "<minimax:tool_call>": "</minimax:tool_call>",
}
"""What stands around several calls. It goes with them."""

LEADS: Sequence[str] = (*LISTS, "<|end|>")
"""What goes if a call follows: gpt-oss ends one message before the next."""

CLOSINGS: Sequence[str] = (
    *LISTS.values(),
    *(_IN_TAGS | _FUNCTION | _GEMMA | _DEEPSEEK).values(),
    "<|tool_call_end|>",
    "<|/tool_call|>",
    "<|python_end|>",
    "<|tools_suffix|>",
    *("<|call|>", "<|end|>", "<|return|>"),
    *("<|eom_id|>", "<|eot_id|>", "<|im_end|>", "<|observation|>", "<|tool_response>"),
    *("<turn|>", "<end_of_turn>", "<｜end▁of▁sentence｜>", "</s>"),
)
"""What may be left of a template behind a call. It goes, too."""

skip_remains = re.compile(
    r"(?:\s+|" + "|".join(map(re.escape, sorted(CLOSINGS, key=len, reverse=True))) + ")*"
).match
"""Matches what may be left behind a call: white space and :data:`CLOSINGS`, also nothing."""
