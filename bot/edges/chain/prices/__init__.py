"""What a bitcoin costs, one file for each service."""
