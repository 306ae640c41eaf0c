"""Chains: hops of one source, and the graph over many articles."""

from tawatur.analysis.chain import chain_of, chains_of, info_sources
from tawatur.analysis.chains import Report, who_carries_whom
from tawatur.model.analysis import Analysis, InformationSource, InformationSourceKind


def source(
    name: str, *hops: str, kind: InformationSourceKind = "official", registry: str | None = None
) -> InformationSource:
    return InformationSource(
        name=name,
        kind=kind,
        anonymous=False,
        via=hops[0] if hops else None,
        hops=hops,
        evidence=name,
        field="body",
        start=0,
        end=len(name),
        registry=registry,
    )


def report(identifier: str, outlet: str, *sources: InformationSource) -> Report:
    return Report(analysis=Analysis(id=identifier, made_by="test", sources=sources), outlet=outlet)


def test_a_chain_goes_from_the_speaker_to_the_outlet() -> None:
    chain = chain_of(source("ديمتري بيسكوف", "تاس"), credited="البوابة نيوز", outlet="أخبار المدينة")
    assert [(hop.name, hop.role) for hop in chain] == [
        ("ديمتري بيسكوف", "speaker"),
        ("تاس", "carrier"),
        ("البوابة نيوز", "credited"),
        ("أخبار المدينة", "outlet"),
    ]


def test_two_names_of_one_outlet_are_one_hop() -> None:
    chain = chain_of(source("عمر", "وكالة تاس الروسية"), credited="تاس")
    assert [hop.name for hop in chain] == ["عمر", "وكالة تاس الروسية"]
    agency = source("رويترز", kind="agency", registry="reuters")
    assert [hop.name for hop in chain_of(agency, credited="وكالة رويترز", outlet="الغد")] == ["رويترز", "الغد"]


def test_like_names_of_which_the_registry_has_one_are_one_hop() -> None:
    chain = chain_of(source("عمر", "الأنادول"), credited="الأناضول", outlet="الغد")
    assert [hop.name for hop in chain] == ["عمر", "الأنادول", "الغد"]


def test_like_names_of_two_agencies_are_two_hops() -> None:
    chain = chain_of(source("عمر", "سانا"), credited="سونا")
    assert [hop.registry for hop in chain] == [None, "sana", "suna"]


def test_a_chain_stands_once() -> None:
    assert len(chains_of([source("عمر", "تاس"), source("عمر", "تاس")])) == 1


def test_hops_are_told_in_the_terms_of_ninjs() -> None:
    told = info_sources(chains_of([source("عمر", "تاس"), source("زيد", "تاس")], credited="البوابة نيوز"))
    assert [(one["name"], one["role"]) for one in told] == [
        ("عمر", "speaker"),
        ("تاس", "carrier"),
        ("البوابة نيوز", "credited"),
        ("زيد", "speaker"),
    ]
    assert next(one for one in told if one["name"] == "تاس")["literal"] == "tass"
    assert all(set(one) <= {"name", "role", "literal"} for one in told)


def test_who_carries_whom_is_counted_by_article() -> None:
    reports = [
        report("1", "عكاظ", source("عمر", "رويترز"), source("زيد", "وكالة رويترز")),
        report("2", "عكاظ", source("رويترز", kind="agency", registry="reuters")),
        report("3", "عكاظ", source("عمر", "بيان")),
    ]
    links = who_carries_whom(reports)
    assert [(link.origin, link.carrier, link.articles) for link in links] == [("reuters", "okaz", 2)]


def test_nothing_carries_nothing() -> None:
    assert who_carries_whom([]) == ()
