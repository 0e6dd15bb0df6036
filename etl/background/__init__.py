"""Work that people queue on a page and that the jobs' part of the product does."""
