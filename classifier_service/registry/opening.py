"""The registry that the settings name."""

from classifier_service.registry.registry import Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.settings import RegistrySettings


def open_registry(settings: RegistrySettings) -> Registry:
    """Open it with the key that was given, else with the one in the key file.

    Raises:
        SettingsError: If the key is none.
        RegistryError: If the address cannot be used.
    """
    return Registry.open(settings.url, SigningKey.named_by(settings))
