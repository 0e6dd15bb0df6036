"""Programs that run in the environments of rival servers, beside the benchmark that starts them."""
