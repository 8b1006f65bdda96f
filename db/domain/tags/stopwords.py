"""Words that say nothing of what a paper is about: those of English, and those of every abstract."""

from __future__ import annotations

STOPWORDS = frozenset(
    "about above across after again against all along also although among and another any are around because been "
    "before being below between both but can cannot could did does doing down due during each either even every few "
    "for from further furthermore get give given gives had has have having hence her here his how however into its "
    "itself just least less like made make makes making many may might more moreover most much must near need needs "
    "nor not now off often once one only onto other others our out over own per rather same several shall should "
    "show shows shown since some still such than that the their them then there therefore these they this those "
    "three through thus too toward towards two under until upon use used uses using very via was well were what when "
    "where whether which while who whose why will with within without would yet you your "
    "able achieve achieves aim aims analysis applied apply approach approaches available based benchmark benchmarks "
    "best better call called challenge challenges challenging code common compared comparable competitive complex "
    "compare demonstrate demonstrates design develop developed different effective effectively efficient enable "
    "enables evaluate evaluation existing experiment experiments experimental explore extensive find findings first "
    "framework general high highly higher important improve improved improvement improvements improves include "
    "including increase introduce introduced introduces investigate issue issues key known large leading learn "
    "lead leads limited low lower main method methods model models new novel number obtain offer outperform "
    "outperforms paper papers perform performance performs possible potential present presents previous prior problem "
    "problems promising proposed propose proposes provide provides recent recently reduce related release report "
    "require requires research result results second set setting settings significant significantly simple single "
    "small state art strong studies study task tasks technique techniques term terms test time various work works wide "
    "work yield yields data dataset datasets system systems process processes solution solutions".split()
)
