"""Data kept between requests, in Cloudflare's own stores and in the isolate."""
