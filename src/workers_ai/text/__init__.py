"""Text generation: inputs, answers, streams, stages."""
