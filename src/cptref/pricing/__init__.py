"""What Medicare pays, in decimal arithmetic."""
