import os

from pydantic import BaseModel
from pydantic_ai import Agent
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.output import NativeOutput
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider

BASE_URL, API_KEY = os.environ["BASE_URL"], os.environ["API_KEY"]
provider = OpenAIProvider(base_url=BASE_URL + "/v1", api_key=API_KEY)
openai = OpenAIChatModel("gpt-5-mini", provider=provider)
responses = OpenAIResponsesModel("gpt-5-mini", provider=provider)
claude = AnthropicModel(
    "claude-sonnet-5", provider=AnthropicProvider(base_url=BASE_URL, api_key=API_KEY)
)


class Town(BaseModel):
    name: str
    people: int


def add(a: int, b: int) -> str:
    """Adds"""
    return str(a + b)


async def ask(model, prompt, **more):
    return (await Agent(model, **more).run(prompt)).output


async def pieces(model, prompt):
    async with Agent(model).run_stream(prompt) as result:
        return [piece async for piece in result.stream_text(delta=True, debounce_by=None)]


async def openai_chat(prompt):
    return await ask(openai, prompt)


async def openai_stream(prompt):
    return await pieces(openai, prompt)


async def openai_tools(prompt):
    return await ask(openai, prompt, tools=[add])


async def openai_json(prompt):
    """By a call of a tool that is required."""
    return (await ask(openai, prompt, output_type=Town)).model_dump()


async def openai_schema_json(prompt):
    return (await ask(openai, prompt, output_type=NativeOutput(Town))).model_dump()


async def responses_chat(prompt):
    return await ask(responses, prompt)


async def responses_stream(prompt):
    return await pieces(responses, prompt)


async def responses_tools(prompt):
    return await ask(responses, prompt, tools=[add])


async def responses_json(prompt):
    return (await ask(responses, prompt, output_type=Town)).model_dump()


async def anthropic_chat(prompt):
    return await ask(claude, prompt)


async def anthropic_stream(prompt):
    return await pieces(claude, prompt)


async def anthropic_tools(prompt):
    return await ask(claude, prompt, tools=[add])


async def anthropic_json(prompt):
    return (await ask(claude, prompt, output_type=Town)).model_dump()
