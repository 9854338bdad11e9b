"""What a request uses of Workers AI."""


class Consumption:
    """Added to by whoever reads an answer of a model; seen by :mod:`gateway.finish`.

    ``models``: the ids that have answered, each once. ``neurons`` is None until an answer says what
    it cost.
    """

    __slots__ = ("completion_tokens", "models", "neurons", "prompt_tokens")

    def __init__(self) -> None:
        self.models: list[str] = []
        self.prompt_tokens = 0
        self.completion_tokens = 0
        self.neurons: float | None = None

    def add(
        self,
        model: str,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
        neurons: float | None = None,
    ) -> None:
        """Adds one call. Tokens are counted or estimated, neurons never estimated."""
        if model not in self.models:
            self.models.append(model)
        self.prompt_tokens += prompt_tokens
        self.completion_tokens += completion_tokens
        if neurons is not None:
            self.neurons = (self.neurons or 0.0) + neurons
