"""What attacks need of a real portal: the same as the integration tests have."""

from tests.integration.conftest import database, migrated_template, postgres_server
from tests.integration.portal.conftest import accounts, password_hash, portal_at, real_pages

__all__ = ["accounts", "database", "migrated_template", "password_hash", "portal_at", "postgres_server", "real_pages"]
