"""Routes of the pages with those of the stowage view."""

from bolanggu.interfaces.web.stowage.urls import urlpatterns as stowage
from bolanggu.interfaces.web.urls import handler400, handler403, handler404, handler500
from bolanggu.interfaces.web.urls import urlpatterns as pages

urlpatterns = [*stowage, *pages]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
