"""The door for a WSGI server: granian --interface wsgi memorial.wsgi:application"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
application = get_wsgi_application()
