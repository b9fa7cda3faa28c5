"""The demonstration clinic: what its people have written (TOML), and how it comes into an empty database."""
