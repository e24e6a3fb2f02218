"""`snapback doctor`: whether Snapback is well, each check with why it matters and what mends it."""
