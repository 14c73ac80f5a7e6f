"""What an article says about the network and the market."""
