"""The CloudFormation stacks: one construct per concern, derived from the catalogue."""
