"""Routes of cadres: each topic's addresses are a module of `addresses`."""

from luoshi.cadres.addresses import commendations, merits, postings

app_name = "cadres"
urlpatterns = [*merits.urlpatterns, *postings.urlpatterns, *commendations.urlpatterns]
