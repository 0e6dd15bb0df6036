"""Signatures: only files that were written by somebody with the key are opened."""

import contextlib
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import orjson

from analytics.errors import SettingsError
from classifier_service.errors import ArtefactRefusedError
from classifier_service.settings import RegistrySettings
from storage.given_file import read_given_text
from storage.private_files import make_private_directory

MIN_KEY_CHARACTERS: Final = 32
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A secret shared by the processes that publish and those that load.

    Attributes:
        secret: At least 32 bytes; never shown.
    """

    secret: bytes = field(repr=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the key that a setting holds.

        Raises:
            SettingsError: If the text is too short to be a key.
        """
        if len(text.strip()) < MIN_KEY_CHARACTERS:
            message = f"The classifier's signing key has fewer than {MIN_KEY_CHARACTERS} characters."
            hint = 'Make one with: python3 -c "import secrets; print(secrets.token_hex(32))"'
            raise SettingsError(message, hint)
        return cls(text.strip().encode())

    @classmethod
    def named_by(cls, settings: RegistrySettings) -> Self:
        """Return the key in the settings, or else the key in the key file.

        Raises:
            SettingsError: If the key is too short.
        """
        if settings.signing_key is None and settings.signing_key_file is not None:
            return cls.kept_at(settings.signing_key_file)
        return cls.from_text(settings.signing_key or "")

    @classmethod
    def kept_at(cls, kept: Path) -> Self:
        """Return the key in a file; the file is made once, even when several processes start at the same time.

        Raises:
            SettingsError: If the text in the file is too short to be a key.
        """
        if not kept.exists():
            make_private_directory(kept.parent)
            own = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")
            own.touch(mode=0o600, exist_ok=False)
            own.write_text(secrets.token_hex(32), encoding="ascii")
            with contextlib.suppress(FileExistsError):
                # A hard link appears with its whole content at once, and fails if another process was first.
                kept.hardlink_to(own)
            own.unlink()
        return cls.from_text(read_given_text(kept))

    def seal(self, purpose: str, payload: bytes) -> bytes:
        """Return the payload together with a signature for one purpose.

        Args:
            purpose: What the document is, for example `manifest of VERSION`. A signature for another purpose does not
                fit, so that one document cannot be put in the place of another.
            payload: UTF-8 text to sign.
        """
        return orjson.dumps({"format": _FORMAT, "payload": payload.decode(), "signature": self._sign(purpose, payload)})

    def unseal(self, purpose: str, sealed: bytes) -> bytes:
        """Return the payload if its signature fits.

        Raises:
            ArtefactRefusedError: If the document is damaged, or signed for another purpose or with another key.
        """
        try:
            fields = orjson.loads(sealed)
            seal_format, payload, signature = fields["format"], fields["payload"].encode(), fields["signature"]
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            message = f"The registry's {purpose} is damaged."
            raise ArtefactRefusedError(message, _PUBLISH_AGAIN) from error
        if seal_format != _FORMAT:
            message = f"The registry's {purpose} was written by another version of the product."
            raise ArtefactRefusedError(message, _PUBLISH_AGAIN)
        if not isinstance(signature, str) or not hmac.compare_digest(
            signature.encode(), self._sign(purpose, payload).encode()
        ):
            message = (
                f"The signature of the registry's {purpose} does not fit: it was altered, or another key signed it."
            )
            raise ArtefactRefusedError(message, "Check CLASSIFIER_SIGNING_KEY, then publish it again.")
        return bytes(payload)

    def _sign(self, purpose: str, payload: bytes) -> str:
        signed = f"support-analytics registry\n{purpose}\n".encode() + payload
        return hmac.new(self.secret, signed, hashlib.sha256).hexdigest()


_PUBLISH_AGAIN: Final = "Publish it again."
