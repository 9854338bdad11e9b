"""DeepL's API, versions 2 and 3."""
