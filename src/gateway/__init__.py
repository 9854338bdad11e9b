"""A request's steps: locate, authenticate, admit, answer, finish."""
