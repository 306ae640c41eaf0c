"""Tawatur (تواتر): an Arabic-first news engine."""

__version__ = "0.1.0"
