"""Permissions: what the roles of the template are allowed, against what they used."""
