"""The physio's own pages: today on a phone between two patients, and what only the treating team reads."""
