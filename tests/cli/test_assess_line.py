"""A line of `snapback assess`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import json

from cli.assess_line import given
from lambdas.policy.power import NAMES_PRINCIPALS


def test_a_policy_that_names_principals_is_judged_and_is_an_error():
    deny = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}
    line = given(json.dumps({"identity": [{"Statement": deny}]}))
    assert line.errors == (f"identity policy {NAMES_PRINCIPALS}",)
    assert [len(power.identity) for power in line.powers] == [1, 1]
