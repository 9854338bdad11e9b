"""Texts that are, or look like, URLs."""

from hypothesis import strategies as st

pieces = st.sampled_from(
    [
        "http://",
        "https://",
        "//",
        "/",
        "\\",
        "@",
        ":",
        "%",
        "[",
        "]",
        ".",
        "#",
        "?",
        "0x",
        "::",
        "80",
    ]
    + [
        "127.0.0.1",
        "10",
        "localhost",
        "example",
        "com",
        "internal",
        "data:",
        "image/png",
        ";base64",
    ]
    + [",", "iVBORw0KGgo", "=", " ", "\t", "é", "１", "。", "\u00ad", "\ud800", "\0"]
)
urls = (
    st.text() | st.lists(pieces).map("".join) | st.lists(pieces).map("".join).map("http://".__add__)
)
