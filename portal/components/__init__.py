"""Parts of pages: values in, Dash components out."""
