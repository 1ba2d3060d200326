"""The settings of the site with the addresses of _floor.py."""

from memorial.settings import *  # noqa: F403

ROOT_URLCONF = "_floor"
