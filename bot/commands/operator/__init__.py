"""The commands of this bot's operators: how the service does, and what only they may change. For all others they do not exist."""
