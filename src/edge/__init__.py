"""The only package that touches JavaScript: requests, responses, streams and bindings.

What is measured here and why it is done so: a body crosses as bytes, small inputs through
``JSON.parse``, nothing as a list of ints; a stream is read in few, large pieces by synchronous
callbacks. Nothing JavaScript outlives the request it was made in.
"""
