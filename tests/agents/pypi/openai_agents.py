import os

from openai import AsyncOpenAI
from pydantic import BaseModel

from agents import (
    Agent,
    OpenAIChatCompletionsModel,
    Runner,
    function_tool,
    set_default_openai_client,
    set_tracing_disabled,
)

client = AsyncOpenAI(
    base_url=os.environ["BASE_URL"] + "/v1", api_key=os.environ["API_KEY"], max_retries=0
)
set_default_openai_client(client)
set_tracing_disabled(True)


class Town(BaseModel):
    name: str
    people: int


@function_tool
def add(a: int, b: int) -> str:
    """Adds"""
    return str(a + b)


def agent(model="gpt-5-mini", **more):
    return Agent(name="Agent", model=model, **more)


async def responses_chat(prompt):
    return (await Runner.run(agent(), prompt)).final_output


async def responses_stream(prompt):
    events = Runner.run_streamed(agent(), prompt).stream_events()
    raw = [event.data async for event in events if event.type == "raw_response_event"]
    return [event.delta for event in raw if event.type == "response.output_text.delta"]


async def responses_tools(prompt):
    return (await Runner.run(agent(tools=[add]), prompt)).final_output


async def responses_json(prompt):
    return (await Runner.run(agent(output_type=Town), prompt)).final_output.model_dump()


async def previous_tools(prompt):
    """The second question goes to a conversation that only the server remembers."""
    first = await Runner.run(agent(), "Hello")
    again = agent(tools=[add])
    result = await Runner.run(again, prompt, previous_response_id=first.last_response_id)
    return result.final_output


async def chat_tools(prompt):
    model = OpenAIChatCompletionsModel("gpt-5-mini", openai_client=client)
    return (await Runner.run(agent(model, tools=[add]), prompt)).final_output
