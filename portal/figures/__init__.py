"""Pure functions from a dataset to a figure, as a plain dictionary that plotly draws."""
