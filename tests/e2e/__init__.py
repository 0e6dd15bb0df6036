"""The portal in a real browser, over a small made-up desk."""
