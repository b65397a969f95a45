"""The colors of the three looks; `tests/ui/test_theme.py` computes their contrast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """One look: each color by what it is used for."""

    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    disabled: str
    border: str
    hairline: str
    accent: str
    accent_text: str
    accent_soft: str
    focus: str
    emergency: str
    emergency_soft: str
    warning: str
    warning_soft: str
    ok: str
    ok_soft: str
    info: str
    info_soft: str
    selection: str
    selection_text: str


LIGHT = Tokens(
    window="#F6F7F9",
    surface="#FFFFFF",
    sunken="#EDF0F3",
    text="#17202A",
    muted="#55616E",
    disabled="#55616E",
    border="#808B97",
    hairline="#D9DEE4",
    accent="#0B6470",
    accent_text="#FFFFFF",
    accent_soft="#DDEFF1",
    focus="#0B6470",
    emergency="#B3261E",
    emergency_soft="#FBE9E7",
    warning="#8A5200",
    warning_soft="#FFF1DB",
    ok="#1B6B3A",
    ok_soft="#E3F3E8",
    info="#2B5FA8",
    info_soft="#E6EFFA",
    selection="#0B6470",
    selection_text="#FFFFFF",
)
DARK = Tokens(
    window="#14181D",
    surface="#1C2128",
    sunken="#101418",
    text="#E8ECF1",
    muted="#A3AFBC",
    disabled="#A3AFBC",
    border="#76828F",
    hairline="#2F3740",
    accent="#5CC4CF",
    accent_text="#0C2227",
    accent_soft="#173A3F",
    focus="#5CC4CF",
    emergency="#FF9A91",
    emergency_soft="#43201D",
    warning="#F2BC6B",
    warning_soft="#3F2E12",
    ok="#7FD19B",
    ok_soft="#17361F",
    info="#8FB8F2",
    info_soft="#1B2E4A",
    selection="#2A7F89",
    selection_text="#FFFFFF",
)
CONTRAST = Tokens(
    window="#000000",
    surface="#000000",
    sunken="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    disabled="#A6A6A6",
    border="#FFFFFF",
    hairline="#FFFFFF",
    accent="#FFE600",
    accent_text="#000000",
    accent_soft="#000000",
    focus="#00E5FF",
    emergency="#FF8A80",
    emergency_soft="#000000",
    warning="#FFD180",
    warning_soft="#000000",
    ok="#B9F6CA",
    ok_soft="#000000",
    info="#82B1FF",
    info_soft="#000000",
    selection="#FFE600",
    selection_text="#000000",
)
