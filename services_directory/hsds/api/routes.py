"""The directory as an open, read-only API: HSDS 3.0 under `/hsds`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from sqlalchemy import Connection, Select

from services_directory.hours import RABAT
from services_directory.hsds.api import forms, lists, near
from services_directory.hsds.api.answers import Route, answer, page, stream
from services_directory.hsds.api.forms import Form
from services_directory.hsds.api.languages import chosen
from services_directory.hsds.api.lists import Listing
from services_directory.hsds.api.parameters import (
    Asked,
    Links,
    Listed,
    OneOrganization,
    Organizations,
    Services,
    Terms,
)
from services_directory.hsds.api.profile import PROFILE
from services_directory.hsds.api.shape import Json, modified, shaped
from services_directory.records import Locale

VERSION = "3.0"
BATCH = 200
"""Things that a stream holds at once."""
LONGEST_ID = 64

Read = Callable[[], AbstractContextManager[Connection]]
Id = Annotated[str, Path(alias="id", description="A UUID as a rule.")]
Nothing = Annotated[Asked, Query()]
REFUSED: dict[int | str, dict[str, str]] = {
    "4XX": {"description": "Refused, or not there; `detail` says why in one sentence."}
}


def morocco() -> date:
    """Today, where the services are."""
    return datetime.now(RABAT).date()


def router(
    read: Read, *, url: Callable[[], str | None], today: Callable[[], date] = morocco
) -> APIRouter:
    """`read` opens a connection for one answer; `url` is where the world finds this server, if it
    is known."""
    api = _Api(read, url, today)
    routes = APIRouter(prefix="/hsds", route_class=Route, tags=["HSDS"], responses=REFUSED)
    routes.add_api_route("", api.meta, summary="The version of HSDS, and where to read on")
    routes.add_api_route("/", api.meta, include_in_schema=False)
    for path, handler, summary in (
        ("/profile", api.profile, "What stands here beyond HSDS"),
        ("/services", api.services, "Services"),
        ("/services/{id}", api.service, "One service with everything nested"),
        ("/organizations", api.organizations, "Organizations that stand behind services"),
        ("/organizations/{id}", api.organization, "One organization with everything nested"),
        ("/service_at_locations", api.links, "Services at locations"),
        ("/service_at_locations/{id}", api.link, "One service at one location"),
        ("/taxonomies", api.taxonomies, "Taxonomies"),
        ("/taxonomies/{id}", api.taxonomy, "One taxonomy"),
        ("/taxonomy_terms", api.terms, "Taxonomy terms"),
        ("/taxonomy_terms/{id}", api.term, "One taxonomy term"),
    ):
        routes.add_api_route(path, handler, summary=summary)
    return routes


@dataclass(frozen=True, slots=True)
class _Api:
    read: Read
    url: Callable[[], str | None]
    today: Callable[[], date]

    def meta(self, request: Request, asked: Nothing) -> Response:
        base = (self.url() or str(request.base_url)).rstrip("/")
        body = {
            "version": VERSION, "profile": f"{base}/hsds/profile",
            "openapi_url": f"{base}/openapi.json",
        }  # fmt: skip
        return answer(request, body, language="en")

    def profile(self, request: Request, asked: Nothing) -> Response:
        return answer(request, PROFILE, language="en")

    def services(self, request: Request, asked: Annotated[Services, Query()]) -> Response:
        form = forms.SERVICE if asked.full else forms.SERVICE_LIST
        listing = lists.services(self._day(), asked)
        whole = None if asked.minimal else form
        return self._list(request, asked, listing, whole, size=asked.size)

    def service(self, request: Request, own: Id, asked: Nothing) -> Response:
        return self._one(request, own, lists.services(self._day()), forms.SERVICE)

    def organizations(self, request: Request, asked: Annotated[Organizations, Query()]) -> Response:
        form = forms.ORGANIZATION if asked.full else forms.ORGANIZATION_LIST
        if asked.full_service:
            form = forms.ORGANIZATION_WITH_SERVICES
        return self._list(request, asked, lists.organizations(self._day(), asked), form)

    def organization(
        self, request: Request, own: Id, asked: Annotated[OneOrganization, Query()]
    ) -> Response:
        form = forms.ORGANIZATION_WITH_SERVICES if asked.full_service else forms.ORGANIZATION
        return self._one(request, own, lists.organizations(self._day()), form)

    def links(self, request: Request, asked: Annotated[Links, Query()]) -> Response:
        middle = None
        if asked.proximity is not None:
            with self.read() as conn:
                middle = near.middle(conn, asked.postcode, today=self._day())
            if middle is None:
                raise HTTPException(400, "proximity: nobody here knows where this postcode lies.")
        form = forms.LINK if asked.full else forms.LINK_LIST
        return self._list(request, asked, lists.links(self._day(), asked, middle=middle), form)

    def link(self, request: Request, own: Id, asked: Nothing) -> Response:
        return self._one(request, own, lists.links(self._day()), forms.LINK)

    def taxonomies(self, request: Request, asked: Annotated[Listed, Query()]) -> Response:
        listing = lists.taxonomies(self._day(), asked)
        return self._list(request, asked, listing, forms.TAXONOMY_LIST)

    def taxonomy(self, request: Request, own: Id, asked: Nothing) -> Response:
        return self._one(request, own, lists.taxonomies(self._day()), forms.TAXONOMY)

    def terms(self, request: Request, asked: Annotated[Terms, Query()]) -> Response:
        return self._list(request, asked, lists.terms(self._day(), asked), forms.TERM_LIST)

    def term(self, request: Request, own: Id, asked: Nothing) -> Response:
        return self._one(request, own, lists.terms(self._day()), forms.TERM)

    def _day(self) -> str:
        return self.today().isoformat()

    def _list(
        self, request: Request, asked: Listed, listing: Listing, form: Form | None,
        *, size: int | None = None,
    ) -> Response:  # fmt: skip
        locale = chosen(request.headers.get("accept-language"))
        if asked.format == "ndjson":
            return stream(self._all(listing, form, locale), language=locale)
        size = size or asked.per_page
        with self.read() as conn:
            total = listing.count(conn)
            contents = _made(conn, listing, form, listing.page(asked.page, size), locale)
        made = page(contents, number=asked.page, size=size, total=total)
        return answer(request, made, language=locale)

    def _all(self, listing: Listing, form: Form | None, locale: Locale) -> Iterator[Json]:
        """Everything, a connection a batch: whoever reads slowly holds none."""
        last = ""
        while True:
            with self.read() as conn:
                ids = listing.read(conn, listing.after(last, BATCH))
                made = _made(conn, listing, form, ids, locale)
            if not ids:
                return
            yield from made
            last = ids[-1]

    def _one(self, request: Request, own: str, listing: Listing, form: Form) -> Response:
        locale = chosen(request.headers.get("accept-language"))
        with self.read() as conn:
            # What is no id is not looked for: PostgreSQL takes no NUL.
            there = len(own) <= LONGEST_ID and own.isprintable() and listing.holds(conn, own)
            made = _made(conn, listing, form, [own], locale) if there else []
        if not made:
            raise HTTPException(404, "There is nothing with this id here.")
        return answer(request, made[0], language=locale, modified=made[0].get("last_modified"))


def _made(
    conn: Connection,
    listing: Listing,
    form: Form | None,
    ids: Sequence[str] | Select[Any],
    locale: Locale,
) -> list[Json]:
    """Without a form only when they were modified."""
    if form is None:
        return modified(conn, ids, today=listing.today)
    several = listing.read(conn, ids) if isinstance(ids, Select) else ids
    return shaped(conn, form, several, today=listing.today, locale=locale)
