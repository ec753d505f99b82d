from . import demo, models
from .hooks import post_init_hook, pre_init_hook, uninstall_hook

__all__ = ["demo", "models", "post_init_hook", "pre_init_hook", "uninstall_hook"]
