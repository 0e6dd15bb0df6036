"""The gRPC side of the classifier: a server that converts, delegates and swaps models without a pause."""
