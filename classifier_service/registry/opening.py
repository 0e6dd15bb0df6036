"""The registry that the settings name."""

from classifier_service.registry.registry import Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.settings import RegistrySettings


def open_registry(settings: RegistrySettings) -> Registry:
    """Open the registry with the key that was given, or else with the key in the key file.

    Raises:
        SettingsError: If the key is not valid.
        RegistryError: If the address cannot be used.
    """
    return Registry.open(settings.url, SigningKey.named_by(settings))
