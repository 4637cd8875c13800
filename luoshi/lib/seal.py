"""Keyed digests (HMAC-SM3) and sealed values (AES-256-GCM): thin words over well-kept libraries."""

from __future__ import annotations

import hmac
import json
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


def canonical(value: Any) -> str:
    """One spelling for one value: sorted keys, no spaces, text as it is.

    >>> canonical({"b": 1, "a": "落实"})
    '{"a":"落实","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def mac(key: bytes, text: str) -> str:
    """HMAC-SM3 of a text under a key, 64 hexadecimal digits.

    >>> mac(b"key", "落实")[:16]
    'ca6b655a36958823'
    """
    return hmac.digest(key, text.encode(), "sm3").hex()


def seal(key: bytes, plain: str, bound_to: str) -> bytes:
    """Encrypt a text, bound to the place it belongs to (table, key, field); nonce first.

    >>> unseal(b"0" * 32, seal(b"0" * 32, "张三", "org_user:1"), "org_user:1")
    '张三'
    """
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain.encode(), bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> str:
    """Decrypt what `seal` made; `cryptography.exceptions.InvalidTag` where it was altered or moved."""
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode()).decode()
