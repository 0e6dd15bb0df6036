"""Where models and rules are published, signed, by one address: a directory, `s3://` or `gs://`."""
