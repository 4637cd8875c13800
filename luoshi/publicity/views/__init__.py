"""The pages and acts of this room."""

from luoshi.publicity.views.pages import experiences, post, posts
from luoshi.publicity.views.public import public_post, public_posts
from luoshi.publicity.views.publishing import give_back, publish, review, stamp, widen, withdraw
from luoshi.publicity.views.spreading import adopt, adoption_void, outlet, outlet_void, say_none
from luoshi.publicity.views.writing import correct, edit, new, submit, void

__all__ = [
    "adopt", "adoption_void", "correct", "edit", "experiences", "give_back", "new", "outlet", "outlet_void", "post",
    "posts", "public_post", "public_posts", "publish", "review", "say_none", "stamp", "submit", "void", "widen",
    "withdraw",
]  # fmt: skip
