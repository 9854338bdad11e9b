"""``/v1/images``."""
