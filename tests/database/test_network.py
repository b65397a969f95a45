"""Folders beyond this computer are refused by what they are on; disks of this computer are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_app.database import network
from referral_app.database.problems import NetworkFolder

HERE = [
    ("/", "ext4"),
    ("/home", "btrfs"),
    ("/boot/efi", "vfat"),
    ("/media/stick", "fuseblk"),
    ("/tmp", "tmpfs"),
]


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "afpfs", "9p", "fuse.rclone", "ceph",
     "fuse.gvfsd-fuse"],
)  # fmt: skip
def test_a_folder_on_a_server_is_named_by_its_kind(kind: str) -> None:
    assert network.found(Path("/home/office/data"), [*HERE, ("/home/office", kind)]) == kind


@pytest.mark.parametrize(
    "folder", ["/home/office/data", "/media/stick/data", "/data", "/tmp/data", "/homestead"]
)
def test_a_folder_on_a_disk_of_this_computer_is_none(folder: str) -> None:
    assert network.found(Path(folder), [*HERE, ("/home/server", "nfs"), ("/home2", "cifs")]) == ""


def test_what_is_mounted_over_a_server_counts_and_not_the_server() -> None:
    mounted = [("/", "ext4"), ("/srv", "nfs"), ("/srv/local", "ext4")]
    assert network.found(Path("/srv/local/data"), mounted) == ""
    assert network.found(Path("/srv/other/data"), mounted) == "nfs"


def test_what_a_container_runs_from_is_its_own_disk() -> None:
    assert network.found(Path("/data"), [("/", "9p")]) == ""
    assert network.found(Path("/shared/data"), [("/", "9p"), ("/shared", "9p")]) == "9p"


def test_a_link_to_a_server_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "server")
    assert (
        network.found(tmp_path / "link" / "data", [("/", "ext4"), (str(tmp_path / "server"), "cifs")])
        == "cifs"
    )


def test_this_computer_tells_what_is_mounted(tmp_path: Path) -> None:
    assert [kind for point, kind in network.mounts() if point == "/"]
    network.refuse(tmp_path)


def test_the_refusal_says_why_and_what_to_do() -> None:
    said = str(NetworkFolder(Path("/srv/office"), "nfs"))
    assert "/srv/office is on a network (nfs)" in said
    assert "Choose a folder on a disk of this computer" in said
