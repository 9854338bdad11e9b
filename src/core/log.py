"""The Worker's log: what may be in it, and what must not."""

import sys


def log_exception(error: BaseException) -> None:
    """Logs the kind of an unforeseen error and where it was raised. Not its message, which may hold
    a prompt."""
    import traceback  # costs every start 3 ms, and is needed only when something is wrong

    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name} {frame.filename}:{frame.lineno}" for frame in frames[::-1])
    print(f"{type(error).__name__} in {where}", file=sys.stderr)
