"""kefu, KPIs of customer service, for a connection of sqlite3.

    import sqlite3, sqlite_kefu
    db = sqlite3.connect("shop.db")
    sqlite_kefu.load(db)
"""

import os

__version__ = "@VERSION@"


def loadable_path():
    """The library's path without its suffix, as load_extension() takes it."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "kefu")


def load(connection):
    """Loads kefu on this connection; loading of other extensions is off afterwards."""
    connection.enable_load_extension(True)
    try:
        connection.load_extension(loadable_path())
    finally:
        connection.enable_load_extension(False)
