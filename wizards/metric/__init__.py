from . import client_class_wizard
