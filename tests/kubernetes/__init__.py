"""The Kubernetes manifests as kustomize puts them together, and what must agree between them and the code."""
