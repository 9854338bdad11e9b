"""Translation: languages, detection, segments, engines."""
