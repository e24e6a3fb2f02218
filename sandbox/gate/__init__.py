"""The gate: may this caller make this call, by the policies that the account holds."""
