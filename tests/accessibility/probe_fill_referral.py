"""Fills a whole referral from outside, saves and signs it: `probe_fill_referral.py PLAN.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from screen_reader import Missing, Screen, act, application, hear, wait_until


class Form:
    """The form of a referral as somebody meets it who sees nothing of it."""

    def __init__(self, screen: Screen) -> None:
        """Work in a window."""
        self.screen = screen
        self._parts: dict[tuple[str, ...], Screen] = {(): screen}

    def part(self, names: tuple[str, ...]) -> Screen:
        """Return a group of fields, or a row in it, by the names on the way there."""
        if names not in self._parts:
            self._parts[names] = self.part(names[:-1]).part(names[-1])
        return self._parts[names]

    def do(self, task: dict[str, Any]) -> None:
        """Do one task of the plan."""
        card, label = self.part(tuple(task["where"])), task["label"]
        if task["do"] == "press":
            card.press("push button", label)
        elif task["do"] == "take":
            card.take(label, task["list"], task["words"])
        elif isinstance(task["words"], list):
            for words in task["words"]:
                card.turn_on("check box", f"{label}: {words}")
        else:
            self.answer(card, label, task["words"])

    def answer(self, card: Screen, label: str, words: str) -> None:
        """Answer a question, whatever kind of field asks it."""
        choice = f"{label}: {words}"
        kinds = ("combo box", label, "radio button", choice, "text", label)
        role = wait_until(f"field {label!r}", lambda: card.look(*kinds)).get_role_name()
        if role == "radio button":
            card.turn_on(role, choice)
        elif role == "combo box":
            card.choose(label, words)
        else:
            card.type(label, words)


def main() -> None:
    """Follow the plan."""
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    screen = Screen(application("referral-app"))
    screen.press("push button", "New referral")
    for number, step in enumerate(plan, start=1):
        form = Form(screen)
        for task in step["tasks"]:
            try:
                form.do(task)
            except Missing as error:
                raise Missing(f"Step {number}, {task}: {error}") from error
        sys.stdout.write(f"{step['name']}: {len(step['tasks'])} things done\n")
        if number < len(plan):
            screen.press("push button", f"Next: {plan[number]['name']}")
    save_and_sign(screen)


def save_and_sign(screen: Screen) -> None:
    """Save, read the reference number, and sign."""
    screen.press("push button", "Save")
    number = hear(screen.root, r"Referral \w{4}-\w{4}-\w")
    act(screen.find("push button", "Sign referral"))
    screen.press("push button", "Sign now")
    hear(screen.root, r"Signed by .*")
    sys.stdout.write(f"Signed: {number}\n")


if __name__ == "__main__":
    main()
