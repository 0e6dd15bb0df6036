"""Parts of pages that two topics or more use."""
