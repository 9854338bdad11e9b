"""Aliases: model names that programs have built in, and the models that serve them here.

A name that ends in ``*`` stands for all names that begin so. An exact name precedes a prefix, a
longer prefix a shorter one. Every target runs on the Workers Free plan with its 10,000 neurons a
day; so price decides between models that can do the same.
"""

from collections.abc import Mapping

# Takes images, calls tools, and 10,000 neurons are 367k tokens of output.
VISION = "@cf/google/gemma-4-26b-a4b-it"
# The reasoning models that know OpenAI's `reasoning_effort`.
REASONING = "@cf/openai/gpt-oss-120b"
SMALL_REASONING = "@cf/openai/gpt-oss-20b"
# The cheapest model that calls tools: 984k tokens of output a day.
CHEAP = "@cf/ibm-granite/granite-4.0-h-micro"
TRANSCRIPTION = "@cf/openai/whisper-large-v3-turbo"
# 537 minutes of speech a day; the aura voices are better, but 10,000 neurons buy only 7,300
# characters of aura-1, so that they are left to the name that asks for quality.
SPEECH = "@cf/myshell-ai/melotts"
GOOD_SPEECH = "@cf/deepgram/aura-1"
# 58 neurons an image, but of one fixed size and from a prompt alone.
IMAGE = "@cf/black-forest-labs/flux-1-schnell"
# 104 neurons an image of 1024x1024; takes the sizes and input images that gpt-image clients send.
EDITABLE_IMAGE = "@cf/black-forest-labs/flux-2-klein-4b"
MODERATION = "@cf/meta/llama-guard-3-8b"
RERANKING = "@cf/baai/bge-reranker-base"
# Both cost 1,075 neurons per million tokens. bge-m3 takes 100 strings a call; the vectors of the
# other may be shortened, which clients of the large models ask for with `dimensions`.
EMBEDDING = "@cf/baai/bge-m3"
SHORTENABLE_EMBEDDING = "@cf/qwen/qwen3-embedding-0.6b"

ALIASES: Mapping[str, str] = {
    # Chat. Clients of these send images.
    "gpt-4o": VISION,
    "gpt-4o-mini": VISION,
    "gpt-4o*": VISION,
    "chatgpt-4o-latest": VISION,
    "gpt-4.1": VISION,
    "gpt-4.1-mini": VISION,
    "gpt-4.1*": VISION,
    "gpt-4-turbo": VISION,
    "gpt-4": VISION,
    "gpt-4*": VISION,
    "claude-*": VISION,
    "gemini-*": VISION,
    "command-*": VISION,
    # Chat for those who ask for a cheap model.
    "gpt-4.1-nano": CHEAP,
    "gpt-4.1-nano*": CHEAP,
    "gpt-3.5-turbo": CHEAP,
    "gpt-3.5-turbo*": CHEAP,
    "text-davinci-*": CHEAP,
    "davinci-002": CHEAP,
    "babbage-002": CHEAP,
    # Reasoning.
    "gpt-6": REASONING,
    "gpt-6*": REASONING,
    "gpt-6-mini*": SMALL_REASONING,
    "gpt-6-nano*": SMALL_REASONING,
    "codex-*": REASONING,
    "gpt-5": REASONING,
    "gpt-5*": REASONING,
    "gpt-5-mini": SMALL_REASONING,
    "gpt-5-mini*": SMALL_REASONING,
    "gpt-5-nano": SMALL_REASONING,
    "gpt-5-nano*": SMALL_REASONING,
    "o1": REASONING,
    "o1*": REASONING,
    "o1-mini": SMALL_REASONING,
    "o1-mini*": SMALL_REASONING,
    "o3": REASONING,
    "o3*": REASONING,
    "o3-mini": SMALL_REASONING,
    "o3-mini*": SMALL_REASONING,
    "o4*": REASONING,
    "o4-mini": SMALL_REASONING,
    "o4-mini*": SMALL_REASONING,
    # Embeddings. No model here has OpenAI's 1536 or 3072 dimensions, so vectors of the two never
    # mix.
    "text-embedding-3-small": EMBEDDING,
    "text-embedding-3-large": SHORTENABLE_EMBEDDING,
    "text-embedding-ada-002": EMBEDDING,
    "text-embedding-00*": EMBEDDING,
    "text-multilingual-embedding-*": EMBEDDING,
    "gemini-embedding-*": SHORTENABLE_EMBEDDING,
    "embed-*": EMBEDDING,
    "jina-embeddings-*": SHORTENABLE_EMBEDDING,
    "voyage-*": SHORTENABLE_EMBEDDING,
    # Reranking: Cohere's, Voyage's and Jina's names.
    "rerank-*": RERANKING,
    "jina-reranker-*": RERANKING,
    "jina-colbert-*": RERANKING,
    # Speech to text; the dated names of the same models too, or `gpt-4o*` would take them.
    "whisper-1": TRANSCRIPTION,
    "whisper-large-v3": TRANSCRIPTION,
    "gpt-transcribe*": TRANSCRIPTION,
    "gpt-4o-transcribe": TRANSCRIPTION,
    "gpt-4o-transcribe*": TRANSCRIPTION,
    "gpt-4o-mini-transcribe": TRANSCRIPTION,
    "gpt-4o-mini-transcribe*": TRANSCRIPTION,
    # Text to speech.
    "tts-1": SPEECH,
    "tts-1-hd": GOOD_SPEECH,
    "gpt-4o-mini-tts": SPEECH,
    "gpt-4o-mini-tts*": SPEECH,
    "gemini-2.5-flash-preview-tts": SPEECH,
    "gemini-2.5-pro-preview-tts": GOOD_SPEECH,
    # Images.
    "dall-e-2": IMAGE,
    "dall-e-3": IMAGE,
    "imagen-*": IMAGE,
    "gpt-image-1": EDITABLE_IMAGE,
    "gpt-image-*": EDITABLE_IMAGE,
    "chatgpt-image-latest": EDITABLE_IMAGE,
    "gemini-2.5-flash-image*": EDITABLE_IMAGE,
    "gemini-3-pro-image*": EDITABLE_IMAGE,
    "gemini-3.1-flash-image*": EDITABLE_IMAGE,
    # Moderation.
    "omni-moderation-latest": MODERATION,
    "omni-moderation*": MODERATION,
    "text-moderation-latest": MODERATION,
    "text-moderation-stable": MODERATION,
}

EDITING_ALIASES: Mapping[str, str] = {"dall-e-2": EDITABLE_IMAGE, "dall-e-3": EDITABLE_IMAGE}
"""What precedes :data:`ALIASES` where the model is to work on an image."""


def find_exact(table: Mapping[str, str], name: str) -> str | None:
    """Returns the target of ``name``, case-insensitive. ``*`` is only ever the end of a prefix."""
    name = name.lower()
    if name.endswith("*"):
        return None
    if name in table:
        return table[name]
    return next((target for key, target in table.items() if key.lower() == name), None)


def find_prefix(table: Mapping[str, str], name: str) -> str | None:
    """Returns the target of the longest prefix of ``name`` in the table, case-insensitive."""
    name = name.lower()
    stems = [key for key in table if key.endswith("*") and name.startswith(key[:-1].lower())]
    return table[max(stems, key=len)] if stems else None
