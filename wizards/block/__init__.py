from . import client_block_wizard
