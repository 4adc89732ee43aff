"""Loaded by dask-worker --preload: makes a worker slow, or lets it die, when it opens a shard.

KEFU_SLOW=SECONDS: it waits so long before it opens a file of the name *.db. KEFU_POISON=WORD: it
dies at once when the name holds the word, as if the system had killed it.
"""

import os
import sys
import time

SLOW_SECONDS = float(os.environ.get("KEFU_SLOW", "0"))
POISON = os.environ.get("KEFU_POISON")


def on_event(event: str, arguments: tuple) -> None:
    if event == "sqlite3.connect" and ".db" in str(arguments[0]):
        if POISON and POISON in str(arguments[0]):
            os._exit(9)
        time.sleep(SLOW_SECONDS)


sys.addaudithook(on_event)
