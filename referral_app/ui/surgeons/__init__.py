"""The surgeon directory on screen: filters, list, detail, and the dialog of one entry."""
