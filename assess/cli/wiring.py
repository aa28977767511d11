"""The real parts: the library, the store, the asker, the screen."""

from assess.cli.settings import Settings
from assess.library import Library


def open_library(settings: Settings) -> Library:
    """Return the library with the person's own data folder, if there is one, in front."""
    return Library(settings.data)
