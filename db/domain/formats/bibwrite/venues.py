"""Venues: short names, and whether a work that appeared there is an article or stands in proceedings.

`FACTS` knows those that papers on machine learning name again and again; of others the words decide.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PROCEEDINGS = """
NeurIPS|Advances in Neural Information Processing Systems|Conference on Neural Information Processing Systems|NIPS
ICML|International Conference on Machine Learning
ICLR|International Conference on Learning Representations
AAAI|AAAI Conference on Artificial Intelligence
IJCAI|International Joint Conference on Artificial Intelligence
AISTATS|International Conference on Artificial Intelligence and Statistics
UAI|Conference on Uncertainty in Artificial Intelligence|Uncertainty in Artificial Intelligence
COLT|Conference on Learning Theory
CoRL|Conference on Robot Learning
COLM|Conference on Language Modeling
MLSys|Conference on Machine Learning and Systems|Machine Learning and Systems
KDD|ACM SIGKDD Conference on Knowledge Discovery and Data Mining
WWW|The Web Conference|International World Wide Web Conference
SIGIR|International ACM SIGIR Conference on Research and Development in Information Retrieval
CIKM|ACM International Conference on Information and Knowledge Management
WSDM|ACM International Conference on Web Search and Data Mining
RecSys|ACM Conference on Recommender Systems
CVPR|IEEE/CVF Conference on Computer Vision and Pattern Recognition
ICCV|IEEE/CVF International Conference on Computer Vision|International Conference on Computer Vision
ECCV|European Conference on Computer Vision
WACV|IEEE/CVF Winter Conference on Applications of Computer Vision|Winter Conference on Applications of Computer Vision
BMVC|British Machine Vision Conference
MICCAI|Medical Image Computing and Computer Assisted Intervention
ACL|Annual Meeting of the Association for Computational Linguistics
EMNLP|Conference on Empirical Methods in Natural Language Processing|Empirical Methods in Natural Language Processing
NAACL|Conference of the North American Chapter of the Association for Computational Linguistics
EACL|Conference of the European Chapter of the Association for Computational Linguistics
AACL|Conference of the Asia-Pacific Chapter of the Association for Computational Linguistics
COLING|International Conference on Computational Linguistics
CoNLL|Conference on Computational Natural Language Learning
LREC|International Conference on Language Resources and Evaluation
Interspeech|Conference of the International Speech Communication Association
ICASSP|IEEE International Conference on Acoustics, Speech and Signal Processing
ICRA|IEEE International Conference on Robotics and Automation
IROS|IEEE/RSJ International Conference on Intelligent Robots and Systems
SIGGRAPH
CHI|CHI Conference on Human Factors in Computing Systems
FAccT|ACM Conference on Fairness, Accountability, and Transparency
"""
_JOURNALS = """
JMLR|Journal of Machine Learning Research
TMLR|Transactions on Machine Learning Research
TACL|Transactions of the Association for Computational Linguistics
TPAMI|IEEE Transactions on Pattern Analysis and Machine Intelligence
IJCV|International Journal of Computer Vision
JAIR|Journal of Artificial Intelligence Research
TIP|IEEE Transactions on Image Processing
TNNLS|IEEE Transactions on Neural Networks and Learning Systems
TOG|ACM Transactions on Graphics
PVLDB|Proceedings of the VLDB Endowment
PNAS|Proceedings of the National Academy of Sciences
"""
ARTICLE, INPROCEEDINGS, MISC = "article", "inproceedings", "misc"
_BEFORE = re.compile(
    r"^(?:in )?(?:the )?(?:proceedings|proc\.?)(?: of)? (?:the )?"
    r"|\b(?:19|20)\d\d\b|\b\d+(?:st|nd|rd|th)\b|'\d\d\b|\([^()]*\)"
)
_NO_LETTERS = re.compile(r"[^\w/]+")
_PREPRINT = re.compile(
    r"arxiv|\bcorr\b|preprint|(?:bio|med|chem|psy)rxiv|\bssrn\b|open ?review|under review|submitted|in submission", re.I
)
_UNPUBLISHED = re.compile(
    r"hugging ?face|github|gitlab|\bblog|\bmedium\b|substack|web ?site|web ?page|zenodo|youtube|twitter|\bnews\b"
    r"|^https?:|^www\.",
    re.I,
)
_MEETS = re.compile(
    r"\b(?:conference|conf|workshops?|symposium|meeting|congress|colloquium|proceedings|proc|findings|track|summit)\b"
    r"|advances in neural",
    re.I,
)
_YEAR_OF = re.compile(r"\b[A-Z]\w*[A-Z]\w* ?(?:'\d\d|(?:19|20)\d\d)\b")
"""A short name with a year, like `VLDB 2023` or `ICDE'24`."""


def _facts(text: str, kind: str) -> list[tuple[str, tuple[str, ...], str]]:
    lines = (line.split("|") for line in text.split("\n") if line)
    return [(short, tuple(names), kind) for short, *names in lines]


FACTS = (*_facts(_PROCEEDINGS, INPROCEEDINGS), *_facts(_JOURNALS, ARTICLE))
"""Short name, long names (the usual one first), and the type of entry that works of the venue are."""


def abbreviations() -> dict[str, str]:
    """Return the short name of each long one that is known here."""
    return {name: short for short, names, _kind in FACTS for name in names}


@lru_cache(maxsize=10_000)
def norm(venue: str) -> str:
    """Return a venue as venues are compared: without case, years, numbers and `Proceedings of the`."""
    return _NO_LETTERS.sub(" ", _BEFORE.sub(" ", venue.lower())).strip()


_KINDS = {norm(name): kind for short, names, kind in FACTS for name in (short, *names)}
_SHORT = {norm(name): short for short, names, _kind in FACTS for name in (short, *names)}


def is_same(venue: str, other: str) -> bool:
    """Say whether two names are of one venue, as far as it is known here; else they must be alike as they stand."""
    one, two = norm(venue), norm(other)
    return _SHORT.get(one, one) == _SHORT.get(two, two)


@lru_cache(maxsize=10_000)
def is_preprint(venue: str) -> bool:
    """Say whether a venue is a place for papers that are not published yet, like `arXiv preprint`."""
    return norm(venue) not in _KINDS and _PREPRINT.search(venue) is not None


@lru_cache(maxsize=10_000)
def kind(venue: str) -> str:
    """Return the type of entry for a work of this venue; misc when it is no publication.

    Of a venue that is not known here the words decide; a name without any word of a meeting is a journal.
    """
    if known := _KINDS.get(norm(venue)):
        return known
    if is_preprint(venue) or _UNPUBLISHED.search(venue):
        return MISC
    return INPROCEEDINGS if _MEETS.search(venue) or _YEAR_OF.search(venue) else ARTICLE
