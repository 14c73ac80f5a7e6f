"""Telegram in: updates to commands and button presses."""
