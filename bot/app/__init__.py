"""Builds everything and connects it: the one place where settings become parts and parts become a service."""
