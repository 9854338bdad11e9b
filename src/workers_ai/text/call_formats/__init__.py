"""Formats in which models write tool calls as text: a table of them, and what reads them.

``table`` has a row for each format, ``scanner`` finds calls in a text that arrives in pieces. The
readers are ``json_calls``, ``elements`` and ``loose``; each is given what stands between the
opening and the closing of a call and returns its calls, or raises :class:`ValueError`.
"""
