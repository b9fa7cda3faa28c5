"""PDF papers, set from plain facts by typst. No rows and no network: whoever asks hands over what it says."""
