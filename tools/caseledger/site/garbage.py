"""When memory that nobody needs any more is looked for while a site is built.

Nearly all is needed to the end, and looking through it again and again takes long
(https://docs.python.org/3/library/gc.html).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left() -> Iterator[None]:
    """Look for none meanwhile, nor later among what is there in the end."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


def settle() -> None:
    """Let a process of a pool look for some, but seldom: what it makes is gone once it is handed over."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
