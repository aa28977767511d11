"""What only a code opens, and what only the store that opened an assessment opens.

Drafts of members are shut with a key that follows from their code (PBKDF2, AES-GCM). Files of
the form are sealed for a key pair that is made when the assessment opens: HPKE (RFC 9180, base
mode, P-256, HKDF-SHA256, AES-256-GCM), which the form does with the browser's own Web Crypto.
`cryptography` is imported where something is shut or opened, since few commands do.
"""

import os
from hashlib import pbkdf2_hmac, sha256
from typing import Any, Final

from assess.invitation import plain_code

ASK_AGAIN: Final = "Ask for the file once more, as an attachment or in an archive."
"""What to do with a file whose seal does not open."""

DRAFT_ROUNDS: Final = 600_000
"""What OWASP asks of PBKDF2 with SHA-256; the form's own drafts take as many."""
_STEP: Final = 4096
_NONCE: Final = 12


def draw_lock(code: str, salt: bytes) -> bytes:
    """Return the key of a member's draft: 32 bytes, of which half name the draft."""
    # The salt of the kept hashes makes another key, so that neither leads to the other.
    return pbkdf2_hmac("sha256", plain_code(code).encode(), b"draft" + salt, DRAFT_ROUNDS, 48)


def shut(lock: bytes, text: str) -> bytes:
    """Return a text that only this key opens; its length is told in steps of 4 KiB."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    data = text.encode()
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(lock).encrypt(nonce, data + b" " * (-len(data) % _STEP), None)


def unshut(lock: bytes, box: bytes) -> str:
    """Return the text in a box.

    Raises:
        ValueError: The key is another, or the box was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(lock).decrypt(box[:_NONCE], box[_NONCE:], None).decode().rstrip(" ")
    except InvalidTag as error:
        raise ValueError("The key does not fit.") from error


def make_key() -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32)


def public_key(private: bytes) -> bytes:
    """Return what the form seals for: an uncompressed point, which every browser reads."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(
        _load(private).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )


def fingerprint(public: bytes) -> str:
    """Return what people compare of a key: it tells a form of ours from another's."""
    digits = sha256(public).hexdigest()[:12].upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def unseal(private: bytes, info: str, box: bytes) -> bytes:
    """Return what was sealed for a key and a purpose.

    Raises:
        ValueError: It was sealed for another, or was changed or cut.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    try:
        return bytes(suite.decrypt(box, _load(private), info.encode()))
    except InvalidTag as error:
        raise ValueError("The seal does not fit.") from error


def _load(private: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.derive_private_key(int.from_bytes(private), ec.SECP256R1())
