"""The referral desk of a Headache Center."""

__version__ = "0.1.0"
