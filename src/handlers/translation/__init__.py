"""The dialects of translation clients, all over one service: one module each."""
