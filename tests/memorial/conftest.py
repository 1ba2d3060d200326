import pytest

from tests.memorial.signing import Role, forget_tries, keeper


@pytest.fixture
def tries(db):
    """Nobody has tried to sign in yet."""
    forget_tries()
    yield
    forget_tries()


@pytest.fixture
def editor(tries):
    return keeper(Role.EDITOR, name="editor")


@pytest.fixture
def administrator(tries):
    return keeper(Role.ADMINISTRATOR, name="administrator")


@pytest.fixture
def nobody(tries):
    """A user without a role."""
    return keeper(None, name="nobody")
