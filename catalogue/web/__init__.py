"""Door: the public pages of the catalogue."""
