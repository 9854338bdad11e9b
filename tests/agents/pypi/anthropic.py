import os

from anthropic import Anthropic, AsyncAnthropic, beta_async_tool, beta_tool
from pydantic import BaseModel

TO = {"base_url": os.environ["BASE_URL"], "api_key": os.environ["API_KEY"], "max_retries": 0}
client = Anthropic(**TO)


class Town(BaseModel):
    name: str
    people: int


def ask(prompt):
    messages = [{"role": "user", "content": prompt}]
    return {"model": "claude-sonnet-5", "max_tokens": 4000, "messages": messages}


def text_of(message):
    return message.content[-1].text


@beta_tool
def add(a: int, b: int) -> str:
    """Adds"""
    return str(a + b)


@beta_async_tool(name="add")
async def async_add(a: int, b: int) -> str:
    """Adds"""
    return str(a + b)


def messages_chat(prompt):
    return text_of(client.messages.create(**ask(prompt)))


def messages_stream(prompt):
    with client.messages.stream(**ask(prompt)) as stream:
        pieces = list(stream.text_stream)
        assert stream.get_final_text() == "".join(pieces)
    return pieces


def messages_tools(prompt):
    runner = client.beta.messages.tool_runner(**ask(prompt), tools=[add])
    return text_of(runner.until_done())


def messages_stream_tools(prompt):
    runner = client.beta.messages.tool_runner(**ask(prompt), tools=[add], stream=True)
    for stream in runner:
        message = stream.get_final_message()
    return text_of(message)


async def async_messages_tools(prompt):
    runner = AsyncAnthropic(**TO).beta.messages.tool_runner(**ask(prompt), tools=[async_add])
    return text_of(await runner.until_done())


def messages_json(prompt):
    return client.messages.parse(**ask(prompt), output_format=Town).parsed_output.model_dump()
