"""The client of the classifier service, for jobs and other programs; it needs neither numpy nor scikit-learn."""

from classifier_service.client.client import ClassifierClient
from classifier_service.client.connection import ClientTls

__all__ = ["ClassifierClient", "ClientTls"]
