"""Routes of appraisal, a module of `addresses` for each topic."""

from luoshi.appraisal.addresses import boards, comments, schemes, year

app_name = "appraisal"
urlpatterns = [*boards.urlpatterns, *schemes.urlpatterns, *comments.urlpatterns, *year.urlpatterns]
