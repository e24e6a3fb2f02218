"""Benchmarks: each measures one thing on this machine and says what it is compared with."""

import os

from sandbox.synth import node_binary

# CDK's library reads these when it is first imported.
_NODE, _MAJOR = node_binary()
os.environ.setdefault("JSII_NODE", _NODE)
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", str(_MAJOR))
