from . import client_class_wizard
from . import client_lost_wizard
