"""Routes of the site with the blueprint's pages, whether or not the site's own list has them yet."""

from bolanggu.interfaces.web import urls as site
from bolanggu.interfaces.web.blueprint.urls import urlpatterns as own

urlpatterns = [*own, *site.urlpatterns]
handler404 = site.handler404
