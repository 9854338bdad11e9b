import os

from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.core.tools import FunctionTool
from llama_index.llms.openai_like import OpenAILike
from llama_index.postprocessor.cohere_rerank import CohereRerank
from llama_index.postprocessor.jinaai_rerank import JinaRerank
from pydantic import BaseModel

BASE_URL, API_KEY = os.environ["BASE_URL"], os.environ["API_KEY"]
llm = OpenAILike(
    model="gpt-5-mini",
    api_base=BASE_URL + "/v1",
    api_key=API_KEY,
    is_chat_model=True,
    is_function_calling_model=True,
    max_retries=0,
)


class Town(BaseModel):
    name: str
    people: int


def add(a: int, b: int) -> str:
    """Adds"""
    return str(a + b)


def chat(prompt):
    return llm.complete(prompt).text


def stream(prompt):
    return [chunk.delta for chunk in llm.stream_complete(prompt) if chunk.delta]


def tools(prompt):
    """One round by hand."""
    from llama_index.core.llms import ChatMessage

    tool = FunctionTool.from_defaults(add)
    messages = [ChatMessage(role="user", content=prompt)]
    first = llm.chat_with_tools([tool], chat_history=messages, allow_parallel_tool_calls=True)
    messages.append(first.message)
    for call in llm.get_tool_calls_from_response(first):
        output = str(tool(**call.tool_kwargs))
        more = {"tool_call_id": call.tool_id}
        messages.append(ChatMessage(role="tool", content=output, additional_kwargs=more))
    return llm.chat_with_tools([tool], chat_history=messages).message.content


def json(prompt):
    return llm.as_structured_llm(Town).complete(prompt).raw.model_dump()


def ranked(reranker, query):
    texts = ["a car", "an apple, a fruit"]
    nodes = [NodeWithScore(node=TextNode(text=text)) for text in texts]
    best = reranker.postprocess_nodes(nodes, query_str=query)
    return [texts.index(node.text) for node in best]


def cohere_rerank(prompt):
    reranker = CohereRerank(model="rerank-v3.5", base_url=BASE_URL, api_key=API_KEY, top_n=2)
    return ranked(reranker, prompt)


def jina_rerank(prompt):
    to = {"base_url": BASE_URL + "/v1", "api_key": API_KEY}
    return ranked(JinaRerank(model="jina-reranker-v2-base-multilingual", top_n=2, **to), prompt)
