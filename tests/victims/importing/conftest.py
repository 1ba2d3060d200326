"""What tests of importing share: a file with what it holds."""

import pytest


@pytest.fixture
def file(tmp_path, request):
    """Write bytes or text to a file, and return its path; the module's ``FILE`` names it if nothing else does."""

    def made(content, file_name=None):
        path = tmp_path / (file_name or getattr(request.module, "FILE", "book.jsonl"))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return made
