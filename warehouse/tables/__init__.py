"""Every table of the warehouse, one module per schema."""
