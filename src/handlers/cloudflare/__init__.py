"""Cloudflare's own REST paths."""
