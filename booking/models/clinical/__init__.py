"""What only the treating team reads: answers, consent, what was done, how it went, and what is planned."""
