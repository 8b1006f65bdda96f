"""The reference library without a screen."""
