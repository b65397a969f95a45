"""Help: every topic is there, and every link leads to one."""

from __future__ import annotations

import re

import pytest

from referral_app.paths import resource
from referral_app.ui.help.window import TOPICS


@pytest.mark.parametrize("topic", list(TOPICS))
def test_a_topic_has_a_text_whose_links_lead_somewhere(topic: str) -> None:
    text = resource(f"help/{topic}.md").read_text("utf-8")
    assert text.startswith("# ")
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert link.removesuffix(".md") in TOPICS
