"""Assay in Telegram: updates in, answers out. Importing this loads the library, so it is done late."""
