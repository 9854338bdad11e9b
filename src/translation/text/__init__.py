"""Text before and after a model: segments, masks, sentences, terms."""
