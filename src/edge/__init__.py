"""Converts between Python and JavaScript: requests, responses, streams and bindings.

No other package touches JavaScript. Each operation on a JavaScript object is a *crossing* that
costs 5–75 µs in the runtime, so there should be few: bodies cross as bytes, small inputs through
``JSON.parse``, nothing as a list of ints; streams are read in few, large pieces by synchronous
callbacks. No JavaScript object outlives its request, except ``env``, its bindings and JavaScript's
own functions, which belong to the isolate.

Types of the JavaScript objects are in ``typings/``.
"""
