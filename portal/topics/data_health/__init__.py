"""Everything that the Data health page is made of."""
