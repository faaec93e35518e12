"""What our API adds to HSDS 3.0, for whoever reads it: the answer of `/hsds/profile`."""

from __future__ import annotations

from services_directory.hsds.api.shape import Json

PROFILE: Json = {
    "name": "Sanad",
    "based_on": "HSDS 3.0",
    "description": "Services for children and women in Morocco, as the assistant Sanad names them. "
    "Everything is HSDS 3.0; what stands here comes on top, nothing is taken away or narrowed.",
    "additions": {
        "service.source": "Where the entry comes from: url, date (a year, month or day), "
        "publisher; dated is false where the page has no date and date says when it was read.",
        "service.x_slug": "The entry's short name in Sanad's guide.",
        "service.x_kind": "hotline, service, mechanism, incubator, finance or market.",
        "service.x_status": "Of a call, a fund or a programme: open, by_call, closed, unknown.",
        "service.x_verified_on": "The day on which somebody last confirmed the entry.",
    },
    "languages": "Accept-Language chooses fr (the default), ar, ary (Darija in Arabic letters) or "
    "ary-Latn (Darija in Latin letters). A text without a translation stands in the nearest "
    "language there is, French at last; Content-Language says what was chosen.",
    "schedule": "opens_at and closes_at are local times of Morocco (Africa/Casablanca), without an "
    "offset: Morocco's changes in Ramadan.",
    "service_area": "extent holds codes of Morocco's administrative map: ISO 3166-2 (MA-SAL) for "
    "regions, provinces and prefectures, x-CAS-... for the arrondissement prefectures of "
    "Casablanca, codes of the HCP (04.441.01.03) for communes.",
    "confidential": "Of services whose address protects people, shelters, no location is given.",
    "parameters": "Unknown parameters are refused. postcode and proximity are answered from the "
    "addresses of the directory. Lists are ordered by id.",
}
