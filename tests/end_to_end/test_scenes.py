"""The demo's scenes, on the synthesized template, under the functions' own roles."""

import pytest

from cli.playing import play
from cli.scenes import SCENES


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.title)
def test_a_scene_ends_as_intended(stage, scene):
    played = play(scene, stage)
    assert played.failures == []
    assert played.equal == scene.equal
    assert played.ends == scene.ends
    assert (played.alerts, played.outcomes) == (scene.alerts, scene.outcomes)
    assert played.as_intended
