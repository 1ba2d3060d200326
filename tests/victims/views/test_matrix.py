"""The pages keep to the matrix of role, action and status: who sees what, and what the others are answered."""

import pytest

from tests.victims.test_permissions import MATRIX, records, who  # noqa: F401
from victims.permissions import Action

pytestmark = pytest.mark.django_db
#: What everybody is answered who may not see the record itself.
OTHERWISE = {"draft": 404, "foreign": 404, "left": 404, "withdrawn": 410, "merged": 301}


@pytest.mark.parametrize("name", MATRIX)
def test_each_role_sees_the_pages_that_the_matrix_says_and_no_other(client, records, name):  # noqa: F811
    if name != "nobody":
        client.force_login(who(name))
    for status, victim in records.items():
        sees = status not in ("withdrawn", "merged") and Action.VIEW in MATRIX[name].get(status, ())
        answer = client.get(f"/en/victims/{victim.public_id}/")
        expected = 200 if sees else OTHERWISE[status]
        if status == "merged" and "draft" not in MATRIX[name]:  # into a draft, which is not betrayed
            expected = 404
        assert answer.status_code == expected, status
        listed = client.get("/en/victims/", {"surname": victim.surname or "Флоренский"}).content.decode()
        assert (f"/en/victims/{victim.public_id}/" in listed) == sees, status
