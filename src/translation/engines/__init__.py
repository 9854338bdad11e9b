"""The engines that translate: m2m100 and chat models."""
