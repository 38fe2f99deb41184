"""A witness of the ledger, made up for the tests: its key is no secret."""

from aics_tlog import cosignature_vkey, format_vkey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME = "witness.example.org/w1"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VKEY = cosignature_vkey(NAME, KEY.public_key())
CONFIG = f'[ledger]\nwitnesses = ["{format_vkey(VKEY)}"]\n'
