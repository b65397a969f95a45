"""The preview of a letter or packet, as it will be printed."""
