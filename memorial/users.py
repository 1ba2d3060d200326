"""Users in the administration site: an administrator makes accounts, gives roles, helps who lost a telephone."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from knox.models import AuthToken

from memorial.accounts import Role, give_role, has_second_factor, role_given, role_of


def register(site) -> None:
    """Put our page of users in place of the pages that the libraries bring."""
    for model in (User, Group, EmailAddress, EmailConfirmation, Authenticator, AuthToken):
        if site.is_registered(model):
            site.unregister(model)
    site.register(User, Accounts)


class WithRole(forms.Form):
    """Asks for the role, which the group of its name keeps."""

    role = forms.TypedChoiceField(
        label=gettext_lazy("Role"),
        coerce=Role,
        empty_value=None,
        required=False,
        help_text=gettext_lazy(
            "An archivist enters drafts of the sources of the appointments; an editor keeps all records; "
            "an administrator keeps accounts as well."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [(str(role), _(role.label)) for role in reversed(Role)]
        self.fields["role"].choices = [("", _("no role")), *chosen]
        if self.instance.pk:
            self.fields["role"].initial = role_given(self.instance)


class ChangedAccount(WithRole, UserChangeForm):
    pass


class NewAccount(WithRole, BaseUserCreationForm):
    pass


class Accounts(UserAdmin):
    """Nothing is deleted here: the log names who changed a record, so an account is made inactive."""

    form, add_form = ChangedAccount, NewAccount
    fieldsets = (
        (None, {"fields": ("username", "password", "role", "is_active")}),
        (gettext_lazy("The person"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "role", "email")}),)
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "full_name", "role", "second_factor", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    actions = ("remove_second_factor", "revoke_tokens")

    def _administers(self, request) -> bool:
        return role_of(request.user) == Role.ADMINISTRATOR

    def has_module_permission(self, request):
        return self._administers(request)

    def has_view_permission(self, request, obj=None):
        return self._administers(request)

    def has_add_permission(self, request):
        return self._administers(request)

    def has_change_permission(self, request, obj=None):
        return self._administers(request) and (obj is None or self._within_reach(request, obj))

    def has_delete_permission(self, request, obj=None):
        return False

    def _within_reach(self, request, user) -> bool:
        """Return whether this administrator may change that account: a superuser's only as one."""
        return request.user.is_superuser or not user.is_superuser

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "role" in form.cleaned_data and not obj.is_superuser:
            give_role(obj, form.cleaned_data["role"])

    @admin.display(description=gettext_lazy("full name"))
    def full_name(self, user):
        return user.get_full_name() or "—"

    @admin.display(description=gettext_lazy("Role"))
    def role(self, user):
        role = role_given(user)
        return _(role.label) if role else "—"

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, user):
        return has_second_factor(user)

    @admin.action(description=gettext_lazy("Remove the second factor"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        """For who lost telephone and recovery codes: the password alone signs in until a new one is set up."""
        chosen = self._chosen(request, queryset)
        Authenticator.objects.filter(user__in=chosen).delete()
        self._tell(request, chosen, ngettext("%d account changed.", "%d accounts changed.", len(chosen)))

    @admin.action(description=gettext_lazy("Revoke all API tokens"), permissions=["change"])
    def revoke_tokens(self, request, queryset):
        chosen = self._chosen(request, queryset)
        AuthToken.objects.filter(user__in=chosen).delete()
        self._tell(request, chosen, ngettext("%d account changed.", "%d accounts changed.", len(chosen)))

    def _chosen(self, request, queryset) -> list[User]:
        return [user for user in queryset if self._within_reach(request, user)]

    def _tell(self, request, chosen, text) -> None:
        """Tell how many accounts an action changed, and keep it in the log of the accounts."""
        for user in chosen:
            self.log_change(request, user, str(dict(self.get_action_choices(request))[request.POST["action"]]))
        messages.success(request, text % len(chosen))
