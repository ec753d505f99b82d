"""What the engine raises; models put it into words for people."""


class CatalogueError(Exception):
    """A declaration of an addon is wrong: for whoever writes the addon."""
