"""Patients on screen: search, list, the patient's own values and referrals, and the dialog to change them."""
