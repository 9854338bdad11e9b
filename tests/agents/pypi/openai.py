import json
import os

from openai import OpenAI, pydantic_function_tool
from pydantic import BaseModel

MODEL = "gpt-5-mini"
client = OpenAI(
    base_url=os.environ["BASE_URL"] + "/v1", api_key=os.environ["API_KEY"], max_retries=0
)


class Town(BaseModel):
    name: str
    people: int


class add(BaseModel):
    a: int
    b: int


def chat(prompt):
    messages = [{"role": "user", "content": prompt}]
    answer = client.chat.completions.create(model=MODEL, messages=messages)
    return answer.choices[0].message.content


def chat_stream(prompt):
    messages = [{"role": "user", "content": prompt}]
    with client.chat.completions.stream(model=MODEL, messages=messages) as stream:
        pieces = [event.delta for event in stream if event.type == "content.delta"]
        assert stream.get_final_completion().choices[0].message.content == "".join(pieces)
    return pieces


def chat_tools(prompt):
    messages = [{"role": "user", "content": prompt}]
    while True:
        answer = client.chat.completions.parse(
            model=MODEL, messages=messages, tools=[pydantic_function_tool(add)]
        )
        message = answer.choices[0].message
        if not message.tool_calls:
            return message.content
        messages.append(message)
        for call in message.tool_calls:
            given = call.function.parsed_arguments
            result = {"role": "tool", "tool_call_id": call.id, "content": str(given.a + given.b)}
            messages.append(result)


def chat_json(prompt):
    messages = [{"role": "user", "content": prompt}]
    answer = client.chat.completions.parse(model=MODEL, messages=messages, response_format=Town)
    return answer.choices[0].message.parsed.model_dump()


def responses_chat(prompt):
    return client.responses.create(model=MODEL, input=prompt).output_text


def responses_stream(prompt):
    with client.responses.stream(model=MODEL, input=prompt) as stream:
        pieces = [event.delta for event in stream if event.type == "response.output_text.delta"]
        assert stream.get_final_response().output_text == "".join(pieces)
    return pieces


def responses_tools(prompt):
    """The items of the answer go back as they are, and nothing is stored."""
    schema = pydantic_function_tool(add)["function"]["parameters"]
    tools = [{"type": "function", "name": "add", "parameters": schema, "strict": True}]
    items = [{"role": "user", "content": prompt}]
    while True:
        answer = client.responses.create(model=MODEL, input=items, tools=tools, store=False)
        items += answer.output
        calls = [item for item in answer.output if item.type == "function_call"]
        if not calls:
            return answer.output_text
        for call in calls:
            output = str(sum(json.loads(call.arguments).values()))
            items.append(
                {"type": "function_call_output", "call_id": call.call_id, "output": output}
            )


def responses_json(prompt):
    answer = client.responses.parse(model=MODEL, input=prompt, text_format=Town)
    return answer.output_parsed.model_dump()
