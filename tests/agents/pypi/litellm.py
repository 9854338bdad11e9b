import json
import os

import litellm
from pydantic import BaseModel

BASE_URL, API_KEY = os.environ["BASE_URL"], os.environ["API_KEY"]
OPENAI = {"model": "openai/gpt-5-mini", "api_base": BASE_URL + "/v1", "api_key": API_KEY}
CLAUDE = {"model": "anthropic/claude-sonnet-5", "api_base": BASE_URL, "api_key": API_KEY}
TOOL = {
    "type": "function",
    "function": {
        "name": "add",
        "description": "Adds",
        "parameters": {
            "type": "object",
            "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
            "required": ["a", "b"],
        },
    },
}


class Town(BaseModel):
    name: str
    people: int


def user(prompt):
    return [{"role": "user", "content": prompt}]


def rounds(to, prompt, **more):
    messages = user(prompt)
    while True:
        answer = litellm.completion(**to, messages=messages, tools=[TOOL], **more)
        if more.get("stream"):
            answer = litellm.stream_chunk_builder(list(answer), messages=messages)
        message = answer.choices[0].message
        if not message.tool_calls:
            return message.content
        messages.append(message.model_dump())
        for call in message.tool_calls:
            output = str(sum(json.loads(call.function.arguments).values()))
            messages.append({"role": "tool", "tool_call_id": call.id, "content": output})


def pieces(to, prompt):
    chunks = litellm.completion(**to, messages=user(prompt), stream=True)
    deltas = (chunk.choices[0].delta.content for chunk in chunks)
    return [text for text in deltas if text]


def openai_chat(prompt):
    return litellm.completion(**OPENAI, messages=user(prompt)).choices[0].message.content


def openai_stream(prompt):
    return pieces(OPENAI, prompt)


def openai_tools(prompt):
    return rounds(OPENAI, prompt)


def openai_stream_tools(prompt):
    return rounds(OPENAI, prompt, stream=True)


def openai_json(prompt):
    answer = litellm.completion(**OPENAI, messages=user(prompt), response_format=Town)
    return json.loads(answer.choices[0].message.content)


def anthropic_chat(prompt):
    return litellm.completion(**CLAUDE, messages=user(prompt)).choices[0].message.content


def anthropic_stream(prompt):
    return pieces(CLAUDE, prompt)


def anthropic_tools(prompt):
    return rounds(CLAUDE, prompt)


def anthropic_json(prompt):
    answer = litellm.completion(**CLAUDE, messages=user(prompt), response_format=Town)
    return json.loads(answer.choices[0].message.content)


def responses_chat(prompt):
    answer = litellm.responses(**OPENAI, input=prompt)
    return "".join(
        part.text for item in answer.output if item.type == "message" for part in item.content
    )


def cohere_rerank(prompt):
    """Cohere's client appends /v2/rerank itself."""
    documents = ["a car", "an apple, a fruit"]
    to = {"api_base": BASE_URL + "/v2/rerank", "api_key": API_KEY}
    answer = litellm.rerank(model="cohere/rerank-v3.5", query=prompt, documents=documents, **to)
    return [result["index"] for result in answer.results]
