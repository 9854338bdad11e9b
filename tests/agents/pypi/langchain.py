import os

from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import BaseModel

BASE_URL, API_KEY = os.environ["BASE_URL"], os.environ["API_KEY"]
TO = {"base_url": BASE_URL + "/v1", "api_key": API_KEY, "max_retries": 0}
openai = ChatOpenAI(model="gpt-5-mini", **TO)
responses = ChatOpenAI(model="gpt-5-mini", use_responses_api=True, **TO)
claude = ChatAnthropic(
    model="claude-sonnet-5", base_url=BASE_URL, api_key=API_KEY, max_retries=0, max_tokens=4000
)


class Town(BaseModel):
    name: str
    people: int


@tool
def add(a: int, b: int) -> str:
    """Adds"""
    return str(a + b)


def rounds(model, prompt):
    messages = [HumanMessage(prompt)]
    while True:
        message = model.bind_tools([add]).invoke(messages)
        if not message.tool_calls:
            return message.text
        messages += [message, *(add.invoke(call) for call in message.tool_calls)]


def pieces(model, prompt):
    return [chunk.text for chunk in model.stream(prompt) if chunk.text]


def openai_chat(prompt):
    return openai.invoke(prompt).text


def openai_stream(prompt):
    return pieces(openai, prompt)


def openai_tools(prompt):
    return rounds(openai, prompt)


def openai_json(prompt):
    return openai.with_structured_output(Town).invoke(prompt).model_dump()


def responses_chat(prompt):
    return responses.invoke(prompt).text


def responses_stream(prompt):
    return pieces(responses, prompt)


def responses_tools(prompt):
    return rounds(responses, prompt)


def responses_json(prompt):
    return responses.with_structured_output(Town).invoke(prompt).model_dump()


def anthropic_chat(prompt):
    return claude.invoke(prompt).text


def anthropic_stream(prompt):
    return pieces(claude, prompt)


def anthropic_tools(prompt):
    return rounds(claude, prompt)


def anthropic_json(prompt):
    """By a call of a tool that is forced."""
    return claude.with_structured_output(Town).invoke(prompt).model_dump()


def anthropic_schema_json(prompt):
    return claude.with_structured_output(Town, method="json_schema").invoke(prompt).model_dump()


def embeddings(prompt):
    """Without the check, texts are sent rather than numbers of tokens."""
    model = OpenAIEmbeddings(model="text-embedding-3-small", check_embedding_ctx_length=False, **TO)
    return len(model.embed_query(prompt))
