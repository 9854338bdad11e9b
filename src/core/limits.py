"""Every limit that a request can meet.

README's section on limits is made from this module: the ending of a name is its unit, its docstring
the row. Limits that an operator chooses are in :mod:`core.settings`.
"""

from untrusted import json_text

# --- time ------------------------------------------------------------------------------------

STORE_SECONDS = 2
"""A call of D1, KV or R2. What takes longer is worked without, or answered with 503 where it is the
store that was asked for."""

# --- bodies ----------------------------------------------------------------------------------

# The interpreter's memory must not pass 64 MB, as it never shrinks: `make bench` measures both.
JSON_BODY_BYTES = 5 * 1024 * 1024
"""The JSON of a request, images and files in base64 included; a larger one is rejected with
413."""

# More than any model's context. In Python it may become twenty times as much.
JSON_TEXT_BYTES = 3 * 512 * 1024
"""The JSON of a request without what is in base64; more is rejected with 413."""

JSON_DEPTH = json_text.MAX_DEPTH
"""Levels of nested arrays and objects in JSON; deeper JSON is rejected with 400."""

FORM_BODY_BYTES = 25 * 1024 * 1024
"""A form with images; a larger one is rejected with 413."""

# Each is compared with every key of the setting.
KEY_CANDIDATES = 32
"""Keys that one request tries, wherever they stand; what follows them is not read."""

# Parsing takes time for each of them.
FORM_FIELDS = 1_000
"""Fields of a query or of a form; more are rejected with 400."""

# --- text and embeddings ---------------------------------------------------------------------

# The text of an answer is held back for as long as it may be the beginning of one.
STOP_SEQUENCES = 16
"""Stop sequences of a request; more are rejected with 400."""

STOP_CHARACTERS = 256
"""A stop sequence; a longer one is rejected with 400."""

# OpenAI takes 64, Anthropic 128. An answer's text is looked through for them.
TOOL_NAME_CHARACTERS = 256
"""The name of a tool; a longer one is rejected with 400."""

# A model that makes more of them has begun to repeat itself.
TOOL_CALLS = 256
"""Tool calls of one answer; an answer with more is rejected with 502, and what a model writes as
text beyond them stays text."""

# Every chunk of a stream repeats it, and One API reads lines of at most 64 KiB.
MODEL_NAME_CHARACTERS = 512
"""The name of a model; a longer one is rejected with 400."""

CHOICES = 4
"""`n` of a chat; more are rejected with 400."""

# Each is a call, and the Free plan limits the calls of a request.
COMPLETION_CHOICES = 24
"""Prompts of a text completion times `n`; more are rejected with 400."""

EMBEDDING_INPUTS = 2_048
"""Texts of an embeddings request; more are rejected with 400."""

MODERATION_INPUTS = 32
"""Texts of a moderation; more are rejected with 400."""

RERANK_DOCUMENTS = 1_000
"""Documents to rank; more are rejected with 400."""

# A whole answer of the longest, with each of its characters as \uXXXX.
STREAM_EVENT_BYTES = 2 * 1024 * 1024
"""One event of a model's stream; a larger one ends the stream with an error."""

# Each of its tokens is kept until then.
HELD_CHARACTERS = 500_000
"""Text of a streamed answer that is held back, or may have to be sent again, as it may turn out to
be a tool call, or no thinking; more is taken for what it is presumed to be."""

STREAM_SILENCE_SECONDS = 30
"""Silence of a model in the middle of a stream; after more the stream ends with an error."""

# Proxies and clients give up a connection that is idle for 60 seconds, some for 30.
KEEP_ALIVE_SECONDS = 15
"""Silence of a stream towards its client, while the model thinks or is waited for; after more a
keep-alive is sent: `ping` to Messages, a comment line in OpenAI's event streams."""

# Wide enough for 4,000 tokens with 20 likely ones each, or a hundred vectors.
ANSWER_BYTES = 8 * 1024 * 1024
"""A model's whole answer: text, vectors or scores as JSON; a larger one is given up with 502."""

# A row of D1 has room for two million.
RESPONSE_BYTES = 1_900_000
"""A Response as it is stored, with its input and without images; a larger one is not stored, and
its `store` is false."""

# Each is a row that D1 reads.
RESPONSE_CHAIN = 250
"""Stored Responses that a request continues or refers to; more are rejected with 400."""

RESPONSES_USED_CHARACTERS = 1_000_000
"""The items of these together, as JSON; more are rejected with 400."""

# --- images and audio ------------------------------------------------------------------------

IMAGE_BYTES = 4 * 1024 * 1024
"""An image from a client, as a data URL or from an address; a larger one is rejected with 400."""

IMAGE_ADDRESSES = 20
"""Addresses of images in a conversation; more are rejected with 400."""

IMAGE_FETCH_SECONDS = 15
"""What fetching all images of a conversation may take, with their redirects; if it takes more, the
request is rejected with 400."""

IMAGES_BYTES = 6 * 1024 * 1024
"""All images of a conversation that are fetched from addresses, in base64; more are rejected with
413."""

IMAGE_REDIRECTS = 3
"""Redirects of an image's address that are followed; more are rejected with 400."""

# OpenAI's.
IMAGE_PROMPT_CHARACTERS = 32_000
"""The prompt of an image, where the model itself sets no lower limit; a longer one is rejected with
400."""

IMAGES = 10
"""`n` of an image request; more are rejected with 400."""

AUDIO_FILE_BYTES = 25 * 1024 * 1024
"""A recording to transcribe; a larger one is rejected with 413."""

SPEECH_CHARACTERS = 4_096
"""A text to speak; a longer one is rejected with 400."""

# Four hours of speech, with a time for each word.
TRANSCRIPT_BYTES = 16 * 1024 * 1024
"""A model's transcript as JSON; a larger one is given up with 502."""

# In base64: five minutes of speech as wav, or an image of 15 MB.
MEDIA_ANSWER_BYTES = 20 * 1024 * 1024
"""A model's image, or its speech as JSON, or any JSON of `/ai/run`; a larger one is given up with
502."""

# --- translation -----------------------------------------------------------------------------

# 90,000 characters, as \uXXXX each.
TRANSLATION_BODY_BYTES = 640 * 1024
"""A translation request; a larger one is rejected with 413."""

DEEPL_BODY_BYTES = 128 * 1024
"""A request to DeepL's `/v2/translate`, as DeepL's own; a larger one is rejected with 413."""

# This and the next three are DeepL's own.
DEEPL_TEXTS = 50
"""Texts of a request to `/v2/translate`; more are rejected with 400."""

DEEPL_GLOSSARIES = 5
"""Glossaries of a request to `/v2/translate`; more are rejected with 400."""

DEEPL_INSTRUCTIONS = 10
"""`custom_instructions` of a request; more are rejected with 400."""

INSTRUCTION_CHARACTERS = 300
"""One of the `custom_instructions`; a longer one is rejected with 400."""

TRANSLATION_TEXTS = 1_000
"""Texts of a translation, whatever the client; more are rejected with 413."""

# Each is taken out of its text, and the text put together again around it.
TRANSLATION_SIGNS = 2_500
"""Lines, tags, entities and placeholders in all texts of a translation, or of a detection; more are
rejected with 413."""

# The Free plan has 50 subrequests, and the memory needs some.
TRANSLATION_CALLS = 45
"""Calls to models that one translation may take, enough for some 450 texts or 90,000 characters; a
request that would take more is rejected with 413."""

GLOSSARY_BODY_BYTES = 1024 * 1024
"""A request that makes or changes a glossary; a larger one is rejected with 413."""

# A row of D1 has room for two million.
GLOSSARY_BYTES = 1_000_000
"""The entries of a glossary together; more are rejected with 400."""

GLOSSARIES_USED_CHARACTERS = 1_000_000
"""The entries for its two languages, of all glossaries that a translation uses, as JSON; more are
rejected with 400."""

# Every request looks each of them up in its texts.
GLOSSARY_ENTRIES = 2_000
"""Entries of a glossary's dictionary; more are rejected with 400."""

GLOSSARY_TERM_CHARACTERS = 1_024
"""A term of a glossary or its translation; a longer one is rejected with 400."""

GLOSSARY_NAME_CHARACTERS = 1_024
"""The name of a glossary; a longer one is rejected with 400."""
