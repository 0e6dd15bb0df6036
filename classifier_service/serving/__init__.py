"""The gRPC server of the classifier: it converts messages, delegates the work, and swaps models without a pause."""
