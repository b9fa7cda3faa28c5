"""Reception's pages: the diary with its panel, and what hangs on it."""
