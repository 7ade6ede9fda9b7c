"""The payment adjustments, one rule a file; `claim` has them in their order."""
