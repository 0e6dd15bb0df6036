"""Work that people queue: asked for on a page, done in the background, told of on the page again."""
