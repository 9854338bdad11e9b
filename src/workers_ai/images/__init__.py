"""Image generation: inputs and answers."""
