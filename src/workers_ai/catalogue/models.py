"""The catalogue's rows, written by scripts/make_catalogue.py from data/models.json.

Do not edit: change the JSON, then run the script.
"""

# fmt: off
from workers_ai.catalogue.model import Limit, Model, Reasoning


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


AS_OF = "2026-09-28"
USD_PER_1000_NEURONS = 0.011

_TEXT_GENERATION = "Text Generation"
_AUTOMATIC_SPEECH_RECOGNITION = "Automatic Speech Recognition"
_TEXT_TO_SPEECH = "Text-to-Speech"
_TEXT_EMBEDDINGS = "Text Embeddings"
_TEXT_TO_IMAGE = "Text-to-Image"
_TRANSLATION = "Translation"
_TEXT_CLASSIFICATION = "Text Classification"
_IMAGE_CLASSIFICATION = "Image Classification"
_IMAGE_TO_TEXT = "Image-to-Text"
_VOICE_ACTIVITY_DETECTION = "Voice Activity Detection"
_DECISION = "Decision"
_OBJECT_DETECTION = "Object Detection"
_SUMMARIZATION = "Summarization"

_INPUTS_1 = _names("""frequency_penalty functions lora max_tokens messages presence_penalty prompt
    raw repetition_penalty requests response_format seed stream temperature tools top_k top_p""")
_INPUTS_2 = _names("""frequency_penalty functions max_tokens messages presence_penalty prompt raw
    repetition_penalty response_format seed stream temperature tools top_k top_p""")
_INPUTS_3 = _names("""audio chat_template_kwargs frequency_penalty function_call functions
    logit_bias logprobs max_completion_tokens max_tokens messages metadata modalities model n
    parallel_tool_calls prediction presence_penalty reasoning_effort response_format seed
    service_tier stop store stream stream_options temperature tool_choice tools top_logprobs top_p
    user web_search_options""")
_INPUTS_4 = _names("""frequency_penalty functions lora max_tokens messages presence_penalty prompt
    raw repetition_penalty response_format seed stream temperature tools top_k top_p""")
_INPUTS_5 = _names("""frequency_penalty functions guided_json max_tokens messages presence_penalty
    prompt raw repetition_penalty seed stream temperature tools top_k top_p""")
_INPUTS_6 = _names("""audio chat_template_kwargs frequency_penalty function_call functions
    logit_bias logprobs max_completion_tokens max_tokens messages metadata modalities model n
    parallel_tool_calls prediction presence_penalty response_format seed service_tier stop store
    stream stream_options temperature tool_choice tools top_logprobs top_p user
    web_search_options""")
_INPUTS_7 = _names("""audio background chat_template_kwargs conversation frequency_penalty
    function_call functions include input instructions logit_bias logprobs max_completion_tokens
    max_output_tokens max_tokens messages metadata modalities model n parallel_tool_calls prediction
    presence_penalty previous_response_id prompt_cache_key reasoning reasoning_effort
    response_format safety_identifier seed service_tier stop store stream stream_options temperature
    text tool_choice tools top_logprobs top_p truncation user web_search_options""")
_INPUTS_8 = _names("""audio""")
_INPUTS_9 = _names("""bit_rate container encoding sample_rate speaker text""")
_INPUTS_10 = _names("""pooling requests text""")
_INPUTS_11 = _names("""text""")
_INPUTS_12 = _names("""multipart""")
_INPUTS_13 = _names("""guidance height image image_b64 mask negative_prompt num_steps prompt seed
    strength width""")
_INPUTS_14 = _names("""model questions state""")
_LIMITS_1 = {"max_tokens": Limit(default=256), "temperature": Limit(min=0, max=5, default=0.6),
    "top_p": Limit(min=0.001, max=1), "top_k": Limit(min=1, max=50), "seed": Limit(min=1,
    max=9999999999), "frequency_penalty": Limit(min=-2, max=2), "presence_penalty": Limit(min=-2,
    max=2), "repetition_penalty": Limit(min=0, max=2)}
_LIMITS_2 = {"max_tokens": Limit(default=256)}
_LIMITS_3 = {"batch": Limit(max=100), "text_chars": Limit(min=1)}
_LIMITS_4 = {"steps": Limit(min=4, max=4, default=4), "input_images": Limit(max=4),
    "input_image_side_px": Limit(max=511)}
_LIMITS_5 = {"width": Limit(min=256, max=2048), "height": Limit(min=256, max=2048),
    "num_steps": Limit(max=20, default=20), "guidance": Limit(default=7.5),
    "strength": Limit(default=1)}
_REASONING_1 = Reasoning(supported=False)
_REASONING_2 = Reasoning(supported=True, can_disable=False, thinks_first=True)
_REASONING_3 = Reasoning(supported=True, control={"reasoning_effort": ("max", "high", "low",
    "none"), "chat_template_kwargs.enable_thinking": (True, False)},
    default={"reasoning_effort": "high", "chat_template_kwargs.enable_thinking": True},
    can_disable=True, aliases={"minimal": "low", "medium": "high", "xhigh": "high"})
_REASONING_4 = Reasoning(supported=True, control={"chat_template_kwargs.enable_thinking": (True,
    False)}, default={"chat_template_kwargs.enable_thinking": True}, can_disable=True)
_REASONING_5 = Reasoning(supported=True, control={"reasoning_effort": ("low", "medium", "high"),
    "reasoning.effort": ("low", "medium", "high"), "chat_template_kwargs.enable_thinking": (True,)},
    default={"reasoning_effort": "medium", "reasoning.effort": "medium",
    "chat_template_kwargs.enable_thinking": True}, can_disable=False)
_REASONING_6 = Reasoning(supported=True, control={"reasoning_effort": ("max", "high", "low"),
    "chat_template_kwargs.enable_thinking": (True,)}, default={"reasoning_effort": "max",
    "chat_template_kwargs.enable_thinking": True}, can_disable=False, aliases={"none": "max",
    "minimal": "max", "medium": "max", "xhigh": "max"})
_DETAILS_1 = {"async_batch": True}
_DETAILS_2 = {"matryoshka": True}
_DETAILS_3 = {"form_fields": ("prompt", "steps", "guidance", "width", "height", "seed",
    "input_image_0", "input_image_1", "input_image_2", "input_image_3"),
    "editing": {"images": ("input_image_0", "input_image_1", "input_image_2", "input_image_3")}}
_DETAILS_4 = {"image_formats": ("jpeg", "png"), "side_multiple": 8, "output": {"kind": "binary",
    "content_type": "image/png"}}
_SUCCESSORS_1 = ("@cf/zai-org/glm-4.7-flash", "@cf/google/gemma-4-26b-a4b-it")
_SUCCESSORS_2 = ("@cf/zai-org/glm-4.7-flash", "@cf/google/gemma-4-26b-a4b-it",
    "@cf/moonshotai/kimi-k2.6")
_SUCCESSORS_3 = ("@cf/meta/llama-3.1-8b-instruct-fp8",)

MODELS: tuple[Model, ...] = (
    Model("@cf/aisingapore/gemma-sea-lion-v4-27b-it", _TEXT_GENERATION, context_window=128000,
        wire="openai", tools=False, reasoning=_REASONING_1, inputs=_INPUTS_1, limits=_LIMITS_1,
        price={"per_m_input_tokens": 31876, "per_m_output_tokens": 50488}),
    Model("@cf/deepseek-ai/deepseek-r1-distill-qwen-32b", _TEXT_GENERATION, context_window=80000,
        wire="native", vision=False, tools=False, reasoning=_REASONING_2, inputs=_INPUTS_2,
        limits=_LIMITS_1, price={"per_m_input_tokens": 45170, "per_m_output_tokens": 443756}),
    Model("@cf/deepseek-ai/deepseek-v4-flash-0731", _TEXT_GENERATION, status="paid_only",
        context_window=1048576, wire="openai", vision=False, tools=True, reasoning=_REASONING_3,
        inputs=_INPUTS_3, price={"per_m_input_tokens": 40000, "per_m_cached_input_tokens": 1273,
        "per_m_output_tokens": 120000}),
    Model("@cf/deepseek-ai/deepseek-v4-pro-0813", _TEXT_GENERATION, status="paid_only",
        context_window=1048576, wire="openai", vision=False, tools=True, reasoning=_REASONING_3,
        inputs=_INPUTS_3, price={"per_m_input_tokens": 120000, "per_m_cached_input_tokens": 4000,
        "per_m_output_tokens": 360000}),
    Model("@cf/google/gemma-2b-it-lora", _TEXT_GENERATION, wire="native", vision=False, tools=False,
        system_role=False, reasoning=_REASONING_1, lora=True, beta=True, inputs=_INPUTS_4,
        limits=_LIMITS_1),
    Model("@cf/google/gemma-7b-it-lora", _TEXT_GENERATION, wire="native", vision=False, tools=False,
        system_role=False, reasoning=_REASONING_1, lora=True, beta=True, inputs=_INPUTS_4,
        limits=_LIMITS_1),
    Model("@cf/google/gemma-4-26b-a4b-it", _TEXT_GENERATION, context_window=256000, wire="openai",
        vision=True, tools=True, reasoning=_REASONING_4, inputs=_names("""audio chat_template_kwargs
        frequency_penalty function_call functions logit_bias logprobs max_completion_tokens
        max_tokens messages metadata modalities model n parallel_tool_calls prediction
        presence_penalty response_format seed service_tier skip_special_tokens stop store stream
        stream_options temperature tool_choice tools top_logprobs top_p user web_search_options"""),
        price={"per_m_input_tokens": 9091, "per_m_output_tokens": 27273}),
    Model("@cf/ibm-granite/granite-4.0-h-micro", _TEXT_GENERATION, context_window=131000,
        vision=False, tools=True, reasoning=_REASONING_1, inputs=_INPUTS_2, limits=_LIMITS_1,
        price={"per_m_input_tokens": 1542, "per_m_output_tokens": 10158}),
    Model("@cf/meta-llama/llama-2-7b-chat-hf-lora", _TEXT_GENERATION, wire="native", vision=False,
        tools=False, reasoning=_REASONING_1, lora=True, inputs=_INPUTS_4, limits=_LIMITS_1),
    Model("@cf/meta/llama-3.1-8b-instruct-fp8", _TEXT_GENERATION, context_window=32000,
        wire="native", vision=False, tools=False, reasoning=_REASONING_1, inputs=_INPUTS_2,
        limits=_LIMITS_1, price={"per_m_input_tokens": 13778, "per_m_output_tokens": 26128}),
    Model("@cf/meta/llama-3.2-11b-vision-instruct", _TEXT_GENERATION, context_window=128000,
        wire="native", vision=True, tools=False, reasoning=_REASONING_1,
        inputs=_names("""frequency_penalty functions image lora max_tokens messages presence_penalty
        prompt raw repetition_penalty seed stream temperature tools top_k top_p"""),
        limits=_LIMITS_1, price={"per_m_input_tokens": 4410, "per_m_output_tokens": 61493}),
    Model("@cf/meta/llama-3.2-1b-instruct", _TEXT_GENERATION, context_window=60000, wire="native",
        vision=False, tools=False, reasoning=_REASONING_1, inputs=_INPUTS_2, limits=_LIMITS_1,
        price={"per_m_input_tokens": 2457, "per_m_output_tokens": 18252}),
    Model("@cf/meta/llama-3.2-3b-instruct", _TEXT_GENERATION, context_window=80000, wire="native",
        vision=False, tools=False, reasoning=_REASONING_1, inputs=_INPUTS_2, limits=_LIMITS_1,
        price={"per_m_input_tokens": 4625, "per_m_output_tokens": 30475}),
    Model("@cf/meta/llama-3.3-70b-instruct-fp8-fast", _TEXT_GENERATION, context_window=24000,
        wire="native", vision=False, tools=True, reasoning=_REASONING_1, inputs=_INPUTS_1,
        limits=_LIMITS_1, price={"per_m_input_tokens": 26668, "per_m_output_tokens": 204805},
        details=_DETAILS_1),
    Model("@cf/meta/llama-4-scout-17b-16e-instruct", _TEXT_GENERATION, context_window=131000,
        wire="native", vision=True, tools=True, reasoning=_REASONING_1,
        inputs=_names("""frequency_penalty functions guided_json max_tokens messages
        presence_penalty prompt raw repetition_penalty requests response_format seed stream
        temperature tools top_k top_p"""), limits=_LIMITS_1, price={"per_m_input_tokens": 24545,
        "per_m_output_tokens": 77273}),
    Model("@cf/meta/llama-guard-3-8b", _TEXT_GENERATION, context_window=131072, wire="native",
        vision=False, tools=False, system_role=False, reasoning=_REASONING_1,
        inputs=_names("""max_tokens messages response_format temperature"""),
        limits={"max_tokens": Limit(default=256), "temperature": Limit(min=0, max=5, default=0.6)},
        price={"per_m_input_tokens": 44003, "per_m_output_tokens": 2730}),
    Model("@cf/mistral/mistral-7b-instruct-v0.2-lora", _TEXT_GENERATION, wire="native",
        vision=False, tools=False, system_role=False, reasoning=_REASONING_1, lora=True, beta=True,
        inputs=_INPUTS_4, limits=_LIMITS_1),
    Model("@cf/mistralai/mistral-small-3.1-24b-instruct", _TEXT_GENERATION, context_window=128000,
        wire="native", tools=True, reasoning=_REASONING_1, inputs=_INPUTS_5, limits=_LIMITS_1,
        price={"per_m_input_tokens": 31876, "per_m_output_tokens": 50488}),
    Model("@cf/moonshotai/kimi-k2.6", _TEXT_GENERATION, status="paid_only", context_window=262144,
        wire="openai", vision=True, tools=True, reasoning=Reasoning(supported=True,
        control={"reasoning_effort": ("high", "none"),
        "chat_template_kwargs.enable_thinking": (True, False)}, default={"reasoning_effort": "high",
        "chat_template_kwargs.enable_thinking": True}, can_disable=True, aliases={"low": "high",
        "medium": "high", "max": "high"}), inputs=_INPUTS_3, price={"per_m_input_tokens": 86364,
        "per_m_cached_input_tokens": 14545, "per_m_output_tokens": 363636}),
    Model("@cf/moonshotai/kimi-k2.7-code", _TEXT_GENERATION, status="paid_only",
        context_window=262144, wire="openai", vision=True, tools=True,
        reasoning=Reasoning(supported=True,
        control={"chat_template_kwargs.enable_thinking": (True,)},
        default={"chat_template_kwargs.enable_thinking": True}, can_disable=False),
        inputs=_INPUTS_6, price={"per_m_input_tokens": 86364, "per_m_cached_input_tokens": 17273,
        "per_m_output_tokens": 363636}),
    Model("@cf/nvidia/nemotron-3-120b-a12b", _TEXT_GENERATION, context_window=256000, wire="openai",
        vision=False, tools=True, reasoning=Reasoning(supported=True,
        control={"chat_template_kwargs.enable_thinking": (True, False),
        "chat_template_kwargs.low_effort": (True, False),
        "chat_template_kwargs.force_nonempty_content": (True, False)},
        default={"chat_template_kwargs.enable_thinking": True}, can_disable=True), inputs=_INPUTS_6,
        price={"per_m_input_tokens": 45455, "per_m_output_tokens": 136364}),
    Model("@cf/openai/gpt-oss-120b", _TEXT_GENERATION, context_window=128000, wire="responses",
        vision=False, tools=True, reasoning=_REASONING_5, inputs=_INPUTS_7, limits=_LIMITS_2,
        price={"per_m_input_tokens": 31818, "per_m_output_tokens": 68182}, details=_DETAILS_1),
    Model("@cf/openai/gpt-oss-20b", _TEXT_GENERATION, context_window=128000, wire="responses",
        vision=False, tools=True, reasoning=_REASONING_5, inputs=_INPUTS_7, limits=_LIMITS_2,
        price={"per_m_input_tokens": 18182, "per_m_output_tokens": 27273}),
    Model("@cf/qwen/qwen2.5-coder-32b-instruct", _TEXT_GENERATION, context_window=32768,
        wire="native", vision=False, tools=False, reasoning=_REASONING_1, fim=("<|fim_prefix|>",
        "<|fim_suffix|>", "<|fim_middle|>"), inputs=_INPUTS_4, limits=_LIMITS_1,
        price={"per_m_input_tokens": 60000, "per_m_output_tokens": 90909}),
    Model("@cf/qwen/qwen3-30b-a3b-fp8", _TEXT_GENERATION, context_window=32768, wire="openai",
        vision=False, tools=True, reasoning=Reasoning(supported=True, can_disable=True,
        soft_switch="/no_think"), inputs=_INPUTS_1, limits=_LIMITS_1,
        price={"per_m_input_tokens": 4625, "per_m_output_tokens": 30475}),
    Model("@cf/qwen/qwen3.8-27b", _TEXT_GENERATION, context_window=262144, wire="openai",
        vision=True, tools=True, reasoning=Reasoning(supported=True,
        control={"reasoning_effort": ("low", "medium", "xhigh"),
        "chat_template_kwargs.enable_thinking": (True, False)},
        default={"reasoning_effort": "xhigh", "chat_template_kwargs.enable_thinking": True},
        can_disable=True), inputs=_INPUTS_3, price={"per_m_input_tokens": 40909,
        "per_m_output_tokens": 290909}, details=_DETAILS_1),
    Model("@cf/qwen/qwq-32b", _TEXT_GENERATION, context_window=24000, wire="native", vision=False,
        tools=False, reasoning=_REASONING_2, inputs=_INPUTS_5, limits=_LIMITS_1,
        price={"per_m_input_tokens": 60000, "per_m_output_tokens": 90909}),
    Model("@cf/zai-org/glm-4.7-flash", _TEXT_GENERATION, context_window=131072, wire="openai",
        vision=False, tools=True, reasoning=_REASONING_4, inputs=_INPUTS_6,
        price={"per_m_input_tokens": 5500, "per_m_output_tokens": 36400}),
    Model("@cf/zai-org/glm-5.2", _TEXT_GENERATION, status="paid_only", context_window=262144,
        wire="openai", vision=False, tools=True, reasoning=Reasoning(supported=True,
        control={"reasoning_effort": ("max", "high", "none"),
        "chat_template_kwargs.enable_thinking": (True, False)}, default={"reasoning_effort": "max",
        "chat_template_kwargs.enable_thinking": True}, can_disable=True, aliases={"low": "high",
        "medium": "high", "xhigh": "max", "minimal": "none"}), inputs=_INPUTS_3,
        price={"per_m_input_tokens": 127273, "per_m_cached_input_tokens": 23636,
        "per_m_output_tokens": 400000}),
    Model("@cf/zai-org/glm-5.3", _TEXT_GENERATION, status="paid_only", context_window=1310720,
        wire="openai", vision=False, tools=True, reasoning=_REASONING_6, inputs=_INPUTS_3,
        price={"per_m_input_tokens": 127273, "per_m_cached_input_tokens": 23636,
        "per_m_output_tokens": 400000}),
    Model("@cf/zai-org/glm-5.3-flash", _TEXT_GENERATION, status="paid_only", context_window=1048576,
        wire="openai", vision=False, tools=True, reasoning=_REASONING_6, inputs=_INPUTS_3,
        price={"per_m_input_tokens": 13636, "per_m_cached_input_tokens": 2727,
        "per_m_output_tokens": 45455}),
    Model("@cf/openai/whisper", _AUTOMATIC_SPEECH_RECOGNITION, inputs=_INPUTS_8,
        price={"per_audio_minute": 41.14}),
    Model("@cf/openai/whisper-tiny-en", _AUTOMATIC_SPEECH_RECOGNITION, beta=True, inputs=_INPUTS_8),
    Model("@cf/openai/whisper-large-v3-turbo", _AUTOMATIC_SPEECH_RECOGNITION, inputs=_names("""audio
        beam_size compression_ratio_threshold condition_on_previous_text
        hallucination_silence_threshold initial_prompt language log_prob_threshold
        no_speech_threshold prefix task vad_filter"""), price={"per_audio_minute": 46.63}),
    Model("@cf/deepgram/nova-3", _AUTOMATIC_SPEECH_RECOGNITION, partner=True, realtime=True,
        inputs=_names("""audio channels custom_intent custom_intent_mode custom_topic
        custom_topic_mode detect_entities detect_language diarize dictation encoding endpointing
        extra filler_words interim_results keyterm keywords language measurements mip_opt_out mode
        multichannel numerals paragraphs profanity_filter punctuate redact replace search sentiment
        smart_format topics utt_split utterance_end_ms utterances vad_events"""),
        price={"per_audio_minute": 472.73, "per_audio_minute_websocket": 836.36}),
    Model("@cf/deepgram/flux", _AUTOMATIC_SPEECH_RECOGNITION, partner=True, realtime=True,
        inputs=_names("""eager_eot_threshold encoding eot_threshold eot_timeout_ms keyterm
        mip_opt_out sample_rate tag"""), price={"per_audio_minute_websocket": 700},
        details={"output": {"kind": "websocket"}}),
    Model("@cf/myshell-ai/melotts", _TEXT_TO_SPEECH, inputs=_names("""lang prompt"""),
        limits={"lang": Limit(default="en")}, price={"per_audio_minute": 18.63}),
    Model("@cf/deepgram/aura-1", _TEXT_TO_SPEECH, partner=True, realtime=True, inputs=_INPUTS_9,
        price={"per_1k_input_characters": 1363.64}, details={"speakers": ("angus", "asteria",
        "arcas", "orion", "orpheus", "athena", "luna", "zeus", "perseus", "helios", "hera",
        "stella"), "output": {"kind": "binary", "content_type": "audio/mpeg"}}),
    Model("@cf/deepgram/aura-2-en", _TEXT_TO_SPEECH, partner=True, realtime=True, inputs=_INPUTS_9,
        price={"per_1k_input_characters": 2727.27}, details={"async_batch": True,
        "speakers": ("amalthea", "andromeda", "apollo", "arcas", "aries", "asteria", "athena",
        "atlas", "aurora", "callista", "cora", "cordelia", "delia", "draco", "electra", "harmonia",
        "helena", "hera", "hermes", "hyperion", "iris", "janus", "juno", "jupiter", "luna", "mars",
        "minerva", "neptune", "odysseus", "ophelia", "orion", "orpheus", "pandora", "phoebe",
        "pluto", "saturn", "thalia", "theia", "vesta", "zeus"), "default_speaker": "luna",
        "output": {"kind": "binary", "content_type": "audio/mpeg"}}),
    Model("@cf/deepgram/aura-2-es", _TEXT_TO_SPEECH, partner=True, realtime=True, inputs=_INPUTS_9,
        price={"per_1k_input_characters": 2727.27}, details={"speakers": ("sirio", "nestor",
        "carina", "celeste", "alvaro", "diana", "aquila", "selena", "estrella", "javier"),
        "output": {"kind": "binary", "content_type": "audio/mpeg"}}),
    Model("@cf/baai/bge-small-en-v1.5", _TEXT_EMBEDDINGS, inputs=_INPUTS_10, limits=_LIMITS_3,
        dimensions=384, price={"per_m_input_tokens": 1841}),
    Model("@cf/baai/bge-base-en-v1.5", _TEXT_EMBEDDINGS, inputs=_INPUTS_10, limits=_LIMITS_3,
        dimensions=768, price={"per_m_input_tokens": 6058}),
    Model("@cf/baai/bge-large-en-v1.5", _TEXT_EMBEDDINGS, inputs=_INPUTS_10, limits=_LIMITS_3,
        dimensions=1024, price={"per_m_input_tokens": 18582}),
    Model("@cf/baai/bge-m3", _TEXT_EMBEDDINGS, context_window=60000, inputs=_names("""contexts query
        requests text truncate_inputs"""), limits=_LIMITS_3, dimensions=1024,
        price={"per_m_input_tokens": 1075}),
    Model("@cf/qwen/qwen3-embedding-0.6b", _TEXT_EMBEDDINGS, context_window=8192,
        inputs=_names("""documents instruction queries text"""), limits={"batch": Limit(max=32),
        "text_chars": Limit(min=1)}, dimensions=1024, price={"per_m_input_tokens": 1075},
        details=_DETAILS_2),
    Model("@cf/google/embeddinggemma-300m", _TEXT_EMBEDDINGS, inputs=_INPUTS_11, dimensions=768,
        details=_DETAILS_2),
    Model("@cf/pfnet/plamo-embedding-1b", _TEXT_EMBEDDINGS, inputs=_INPUTS_11, dimensions=2048,
        price={"per_m_input_tokens": 1689}),
    Model("@cf/black-forest-labs/flux-1-schnell", _TEXT_TO_IMAGE, inputs=_names("""prompt steps"""),
        limits={"prompt_chars": Limit(min=1, max=2048), "steps": Limit(max=8, default=4)},
        price={"per_tile_512": 4.8, "per_step": 9.6}, details={"closed_schema": True,
        "image_formats": ("jpeg",)}),
    Model("@cf/black-forest-labs/flux-2-dev", _TEXT_TO_IMAGE, partner=True, inputs=_INPUTS_12,
        limits={"steps": Limit(default=25), "width": Limit(min=256, max=1920, default=1024),
        "height": Limit(min=256, max=1920, default=768), "input_images": Limit(max=4),
        "input_image_side_px": Limit(max=511)}, price={"per_input_tile_512_per_step": 18.75,
        "per_output_tile_512_per_step": 37.5}, details=_DETAILS_3),
    Model("@cf/black-forest-labs/flux-2-klein-4b", _TEXT_TO_IMAGE, partner=True, inputs=_INPUTS_12,
        limits=_LIMITS_4, price={"per_input_tile_512": 5.37, "per_output_tile_512": 26.05},
        details=_DETAILS_3),
    Model("@cf/black-forest-labs/flux-2-klein-9b", _TEXT_TO_IMAGE, partner=True, inputs=_INPUTS_12,
        limits=_LIMITS_4, price={"per_first_megapixel": 1363.64, "per_further_megapixel": 181.82,
        "per_input_image_megapixel": 181.82}, details=_DETAILS_3),
    Model("@cf/leonardo/lucid-origin", _TEXT_TO_IMAGE, partner=True, inputs=_names("""guidance
        height num_steps prompt seed steps width"""), limits={"guidance": Limit(min=0, max=10,
        default=4.5), "width": Limit(min=0, max=2500, default=1120), "height": Limit(min=0,
        max=2500, default=1120), "num_steps": Limit(min=1, max=40), "steps": Limit(min=1, max=40),
        "seed": Limit(min=0)}, price={"per_tile_512": 636, "per_step": 12}),
    Model("@cf/leonardo/phoenix-1.0", _TEXT_TO_IMAGE, partner=True, inputs=_names("""guidance height
        negative_prompt num_steps prompt seed width"""), limits={"guidance": Limit(min=2, max=10,
        default=2), "width": Limit(min=0, max=2048, default=1024), "height": Limit(min=0, max=2048,
        default=1024), "num_steps": Limit(min=1, max=50, default=25), "seed": Limit(min=0),
        "negative_prompt_chars": Limit(min=1)}, price={"per_tile_512": 530, "per_step": 10},
        details={"image_formats": ("jpeg",), "output": {"kind": "binary",
        "content_type": "image/jpeg"}}),
    Model("@cf/stabilityai/stable-diffusion-xl-base-1.0", _TEXT_TO_IMAGE, beta=True,
        inputs=_INPUTS_13, limits=_LIMITS_5, details={"image_formats": ("png",), "side_multiple": 8,
        "output": {"kind": "binary", "content_type": "image/png"}}),
    Model("@cf/bytedance/stable-diffusion-xl-lightning", _TEXT_TO_IMAGE, beta=True,
        inputs=_INPUTS_13, limits=_LIMITS_5, details=_DETAILS_4),
    Model("@cf/lykon/dreamshaper-8-lcm", _TEXT_TO_IMAGE, beta=True, inputs=_INPUTS_13,
        limits=_LIMITS_5, details=_DETAILS_4),
    Model("@cf/runwayml/stable-diffusion-v1-5-inpainting", _TEXT_TO_IMAGE, beta=True,
        inputs=_INPUTS_13, limits=_LIMITS_5, details={"image_formats": ("png",), "side_multiple": 8,
        "editing": {"images": ("image_b64",), "mask": "mask"}, "output": {"kind": "binary",
        "content_type": "image/png"}}),
    Model("@cf/meta/m2m100-1.2b", _TRANSLATION, inputs=_names("""requests source_lang target_lang
        text"""), limits={"source_lang": Limit(default="en"), "batch": Limit(max=1)},
        price={"per_m_input_tokens": 31050, "per_m_output_tokens": 31050},
        details={"languages": ("english", "chinese", "french", "spanish", "arabic", "russian",
        "german", "japanese", "portuguese", "hindi")}),
    Model("@cf/ai4bharat/indictrans2-en-indic-1B", _TRANSLATION, inputs=_names("""target_language
        text"""), price={"per_m_input_tokens": 31050, "per_m_output_tokens": 31050},
        details={"target_languages": ("asm_Beng", "awa_Deva", "ben_Beng", "bho_Deva", "brx_Deva",
        "doi_Deva", "eng_Latn", "gom_Deva", "gon_Deva", "guj_Gujr", "hin_Deva", "hne_Deva",
        "kan_Knda", "kas_Arab", "kas_Deva", "kha_Latn", "lus_Latn", "mag_Deva", "mai_Deva",
        "mal_Mlym", "mar_Deva", "mni_Beng", "mni_Mtei", "npi_Deva", "ory_Orya", "pan_Guru",
        "san_Deva", "sat_Olck", "snd_Arab", "snd_Deva", "tam_Taml", "tel_Telu", "urd_Arab",
        "unr_Deva")}),
    Model("@cf/huggingface/distilbert-sst-2-int8", _TEXT_CLASSIFICATION, inputs=_INPUTS_11,
        price={"per_m_input_tokens": 2394}),
    Model("@cf/baai/bge-reranker-base", _TEXT_CLASSIFICATION, inputs=_names("""contexts query
        top_k"""), price={"per_m_input_tokens": 283}),
    Model("@cf/microsoft/resnet-50", _IMAGE_CLASSIFICATION, inputs=_names("""image"""),
        price={"per_m_images": 228055}),
    Model("@cf/llava-hf/llava-1.5-7b-hf", _IMAGE_TO_TEXT, beta=True,
        inputs=_names("""frequency_penalty image max_tokens messages presence_penalty prompt raw
        repetition_penalty seed temperature top_k top_p"""),
        limits={"max_tokens": Limit(default=512)}),
    Model("@cf/moondream/moondream3.1-9B-A2B", _IMAGE_TO_TEXT, vision=True,
        inputs=_names("""caption_length image max_objects max_tokens question reasoning stream
        target task temperature top_p"""), price={"per_m_input_tokens": 27273,
        "per_m_output_tokens": 90909}),
    Model("@cf/pipecat-ai/smart-turn-v2", _VOICE_ACTIVITY_DETECTION, realtime=True,
        inputs=_names("""audio dtype"""), price={"per_audio_minute": 0.51}),
    Model("@cf/cloudflare/clef", _DECISION, context_window=65536, inputs=_INPUTS_14,
        price={"per_m_input_tokens": 21818}, added_on="2026-10-01"),
    Model("@cf/cloudflare/clef-flash", _DECISION, context_window=65536, inputs=_INPUTS_14,
        price={"per_m_input_tokens": 3455}, added_on="2026-10-01"),
    Model("@cf/cloudflare/clef-omni", _DECISION, inputs=_INPUTS_14,
        price={"per_m_input_tokens": 13636}, added_on="2026-10-09"),
    Model("@cf/swiss-ai/apertus-v1.5-8b", _TEXT_GENERATION, status="gated", context_window=262144,
        vision=True, tools=True),
    Model("@cf/utter-project/eurollm-9b-it", _TEXT_GENERATION, status="gated", context_window=32000,
        tools=True),
    Model("@cf/nvidia/nemotron-speech-streaming-en-0.6b", _AUTOMATIC_SPEECH_RECOGNITION,
        status="typed_only", inputs=_names("""audio channels encoding sample_rate""")),
    Model("@cf/meta/llama-3.1-8b-instruct-fast", _TEXT_GENERATION, status="unlisted", wire="native",
        limits=_LIMITS_1),
    Model("@cf/meta/llama-3.1-8b-instruct-fp8-fast", _TEXT_GENERATION, status="unlisted",
        wire="native", limits=_LIMITS_1, price={"per_m_input_tokens": 4119,
        "per_m_output_tokens": 34868}),
    Model("@cf/meta/llama-3.1-70b-instruct-fp8-fast", _TEXT_GENERATION, status="unlisted",
        wire="native", limits=_LIMITS_1, price={"per_m_input_tokens": 26668,
        "per_m_output_tokens": 204805}),
    Model("@cf/runwayml/stable-diffusion-v1-5-img2img", _TEXT_TO_IMAGE, status="retired",
        successors=("@cf/stabilityai/stable-diffusion-xl-base-1.0",)),
    Model("@cf/facebook/detr-resnet-50", _OBJECT_DETECTION, status="retired"),
    Model("@hf/thebloke/zephyr-7b-beta-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@hf/thebloke/mistral-7b-instruct-v0.1-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@hf/thebloke/llama-2-13b-chat-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@hf/thebloke/openhermes-2.5-mistral-7b-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@hf/thebloke/neural-chat-7b-v3-1-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@hf/thebloke/llamaguard-7b-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=("@cf/meta/llama-guard-3-8b",)),
    Model("@hf/thebloke/deepseek-coder-6.7b-base-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@hf/thebloke/deepseek-coder-6.7b-instruct-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/deepseek-ai/deepseek-math-7b-instruct", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/openchat/openchat-3.5-0106", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/tiiuae/falcon-7b-instruct", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/thebloke/discolm-german-7b-v1-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/qwen/qwen1.5-0.5b-chat", _TEXT_GENERATION, status="retired", retired_on="2025-10-01",
        successors=_SUCCESSORS_1),
    Model("@cf/qwen/qwen1.5-7b-chat-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/qwen/qwen1.5-14b-chat-awq", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/tinyllama/tinyllama-1.1b-chat-v1.0", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/qwen/qwen1.5-1.8b-chat", _TEXT_GENERATION, status="retired", retired_on="2025-10-01",
        successors=_SUCCESSORS_1),
    Model("@hf/nexusflow/starling-lm-7b-beta", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/fblgit/una-cybertron-7b-v2-bf16", _TEXT_GENERATION, status="retired",
        retired_on="2025-10-01", successors=_SUCCESSORS_1),
    Model("@cf/moonshotai/kimi-k2.5", _TEXT_GENERATION, status="aliased", retired_on="2026-05-30",
        successors=("@cf/moonshotai/kimi-k2.6",)),
    Model("@hf/meta-llama/meta-llama-3-8b-instruct", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@cf/meta/llama-3-8b-instruct", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@cf/meta/llama-3-8b-instruct-awq", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@cf/meta/llama-3.1-8b-instruct", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_3),
    Model("@cf/meta/llama-3.1-8b-instruct-awq", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_3),
    Model("@cf/meta/llama-3.1-70b-instruct", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@cf/meta/llama-2-7b-chat-int8", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@cf/meta/llama-2-7b-chat-fp16", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@cf/mistral/mistral-7b-instruct-v0.1", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@hf/mistral/mistral-7b-instruct-v0.2", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@hf/google/gemma-7b-it", _TEXT_GENERATION, status="retired", retired_on="2026-05-30",
        successors=_SUCCESSORS_2),
    Model("@cf/google/gemma-3-12b-it", _TEXT_GENERATION, status="retired", retired_on="2026-05-30",
        successors=_SUCCESSORS_2),
    Model("@hf/nousresearch/hermes-2-pro-mistral-7b", _TEXT_GENERATION, status="retired",
        retired_on="2026-05-30", successors=_SUCCESSORS_2),
    Model("@cf/microsoft/phi-2", _TEXT_GENERATION, status="retired", retired_on="2026-05-30",
        successors=_SUCCESSORS_2),
    Model("@cf/defog/sqlcoder-7b-2", _TEXT_GENERATION, status="retired", retired_on="2026-05-30",
        successors=_SUCCESSORS_2),
    Model("@cf/unum/uform-gen2-qwen-500m", _IMAGE_TO_TEXT, status="retired",
        retired_on="2026-05-30", successors=("@cf/llava-hf/llava-1.5-7b-hf",)),
    Model("@cf/facebook/bart-large-cnn", _SUMMARIZATION, status="retired", retired_on="2026-05-30"),
    Model("@cf/deepseek-ai/deepseek-math-7b-base", _TEXT_GENERATION, status="retired",
        successors=_SUCCESSORS_1),
    Model("@cf/fblgit/una-cybertron-7b-v2-awq", _TEXT_GENERATION, status="retired",
        successors=_SUCCESSORS_1),
    Model("@hf/thebloke/codellama-7b-instruct-awq", _TEXT_GENERATION, status="retired",
        successors=_SUCCESSORS_1),
    Model("@cf/mistral/mistral-7b-instruct-v0.1-vllm", _TEXT_GENERATION, status="retired",
        successors=_SUCCESSORS_1),
    Model("@cf/openai/whisper-sherpa", _AUTOMATIC_SPEECH_RECOGNITION, status="retired",
        successors=("@cf/openai/whisper",)),
    Model("@cf/jpmorganchase/roberta-spam", _TEXT_CLASSIFICATION, status="retired"),
    Model("@cf/thebloke/yarn-mistral-7b-64k-awq", _TEXT_GENERATION, status="retired",
        successors=_SUCCESSORS_1),
    Model("@hf/baai/bge-base-en-v1.5", _TEXT_EMBEDDINGS, status="retired",
        successors=("@cf/baai/bge-base-en-v1.5",)),
    Model("@hf/sentence-transformers/all-minilm-l6-v2", _TEXT_EMBEDDINGS, status="retired"),
    Model("@hf/thebloke/openchat_3.5-awq", _TEXT_GENERATION, status="retired",
        successors=_SUCCESSORS_1),
    Model("@hf/thebloke/orca-2-13b-awq", _TEXT_GENERATION, status="retired",
        successors=_SUCCESSORS_1),
    Model("@hf/thebloke/starling-lm-7b-alpha-awq", _TEXT_GENERATION, status="retired",
        successors=_SUCCESSORS_1),
)
