"""The commands of the chat, the same in Telegram and at the terminal."""
