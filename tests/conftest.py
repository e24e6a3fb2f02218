"""What all tests share.

Property tests are judged by what they find, not by how long a busy machine takes.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

UNTIMED = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)  # others each time: a hundred of each would take as long as a tenth of all tests
settings.register_profile("untimed", UNTIMED)
settings.register_profile("thorough", UNTIMED, max_examples=1_000)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def assemblies(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of assemblies, which all processes of one run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "assemblies"
    folder.mkdir(exist_ok=True)
    return folder
