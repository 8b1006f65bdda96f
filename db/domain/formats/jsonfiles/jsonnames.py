"""What archives and services call the parts of a paper; names are compared without case, `_` and `-`."""

from __future__ import annotations

from functools import lru_cache

TITLE = ("title", "titles", "displayname", "papertitle", "headline")
ABSTRACT = (
    "abstract", "abstracts", "abstracttext", "abstractnote", "paperabstract", "summary", "descriptions", "description",
    "shortabstract",
)  # fmt: skip
AUTHORS = (
    "authors", "author", "creators", "authorships", "authorsparsed", "authorlist", "authorstring", "authornames", "by",
)  # fmt: skip
SURE_DATES = (
    "publishedat", "published", "publicationdate", "publisheddate", "datepublished", "publishedonline", "pubdate",
    "issued", "submitted", "submittedat", "submitteddate", "preprintdate", "date", "dates", "publicationyear", "cdate",
    "created", "createdat", "versions",
)  # fmt: skip
YEARS = ("year", "pubyear", "yearpublished", "submittedondailyat", "updated", "updatedate")
ARXIV = ("arxivid", "arxiv", "eprint", "paperid", "id", "arxiveprints", "entryid", "identifiers", "identifier")
DOI = ("doi", "dois")
VENUE = (
    "containertitle", "journal", "journaltitle", "publicationtitle", "venue", "booktitle", "proceeding", "conference",
    "hostvenue", "journalref", "source",
)  # fmt: skip
URLS = (
    "url", "urls", "link", "links", "paperurl", "urlabs", "urlpdf", "pdfurl", "pdflink", "absurl", "entryid",
    "landingpageurl", "downloadurl", "ee", "htmlurl", "arxivurl", "hfurl", "projecturl", "codeurl", "repourl",
    "githuburl",
)  # fmt: skip
GITHUB = ("githubrepo", "github", "githuburl", "repo", "repourl", "code", "codeurl")
STARS = ("githubstars", "stars")
PROJECT = ("projectpage", "project", "projecturl", "homepage")
SUMMARY = ("aisummary", "tldr", "tldrsummary")
KEYWORDS = (
    "aikeywords", "keywords", "tags", "subjects", "subject", "tasks", "concepts", "fieldsofstudy", "categories",
)  # fmt: skip
COMMENTS = ("numcomments", "comments", "commentcount", "commentscount", "ncomments")
UPVOTES = ("upvotes", "numupvotes", "upvotecount", "likes", "votes")
COUNT = ("authorcount", "numauthors", "nauthors", "authorscount")
ORGANISATION = ("organization", "submitterorganization", "organisation")
SUBMITTER = ("submittedby", "submittedondailyby", "submitter")
TYPES = {
    "journal-article": "article", "journalarticle": "article", "article": "article", "article-journal": "article",
    "proceedings-article": "inproceedings", "conferencepaper": "inproceedings", "paper-conference": "inproceedings",
    "book-chapter": "incollection", "bookchapter": "incollection", "book": "book", "monograph": "book",
    "dissertation": "phdthesis", "thesis": "phdthesis", "report": "techreport", "techreport": "techreport",
}  # fmt: skip
"""Kinds of work as services write them, and the entry types that stand for them."""

WRAPPERS = (
    "paper", "info", "attributes", "source", "bibjson", "metadata", "content", "work", "article", "publication",
    "document", "node", "item", "record", "data", "fields",
)  # fmt: skip
"""Keys under which the paper itself stands, with votes, scores or comments around it."""

APART = frozenset(
    "references reference citations cited cites related relateditems relatedpapers similar similarpapers"
    " recommendations relation referencedworks relatedworks"
    " collections linkedmodels linkeddatasets linkedspaces".split()
)
"""Keys of other papers that a paper only points to."""

FIELDS = {
    "volume": "volume", "number": "number", "issue": "number", "pages": "pages", "page": "pages",
    "publisher": "publisher", "language": "language", "isbn": "isbn", "issn": "issn", "pmid": "pmid",
    "license": "license", "comment": "comment", "arxivcomment": "comment", "journalref": "journal_ref",
    "reportno": "report_number", "primarycategory": "primary_category", "categories": "categories",
    "series": "series", "edition": "edition", "location": "location", "openreviewid": "openreview",
    "tldr": "summary", "note": "note",
}  # fmt: skip
"""What has no place of its own in a record, and the name of the field it goes to."""


@lru_cache(4096)
def bare(name: str) -> str:
    """Return a key in small letters without `_`, `-`, `:` and blanks, as the tables have them."""
    found = name.lower()
    for mark in "_-: .":
        found = found.replace(mark, "")
    return found
