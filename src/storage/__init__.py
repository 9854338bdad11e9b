"""What is kept between requests, in Cloudflare's own stores and in the isolate."""
