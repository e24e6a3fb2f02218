"""What runs in AWS: one import root for every function."""
