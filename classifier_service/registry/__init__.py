"""The registry where signed models and rules are published, at one address: a directory, `s3://` or `gs://`."""
