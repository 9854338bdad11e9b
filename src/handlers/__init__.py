"""One module per endpoint family: its dialect in, its dialect out."""
