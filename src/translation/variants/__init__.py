"""Written forms of a language: Traditional Chinese, Serbian in Latin letters."""
