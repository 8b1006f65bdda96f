"""Words that say nothing of what a paper is about: of English, and of abstracts whatever their field."""

from __future__ import annotations

ENGLISH = """
a about above across actually after again against all almost along already also although always am among an and
another any anything are aren around as at away back be became because become becomes been before behind being
below beneath beside besides best better between beyond both but by came can cannot come could couldn did didn do
does doesn doing don done down due during each either else enough entire even ever every everything far few fewer
first five for former four from full further furthermore gave get gets getting give given gives giving go goes
going gone good got had hadn has hasn have haven having he hence her here hers herself high him himself his how
however i ie eg etc if in indeed inside instead into is isn it its itself just keep kept know known largely last
later least less let lets like likely little long longer lot low made mainly make makes making many may me mean
means meanwhile might mine more moreover most mostly much must mustn my myself namely near nearly need needed
needs neither never nevertheless new next no nobody none nor not nothing now of off often on once one ones only
onto or other others otherwise our ours ourselves out over own part per perhaps please possible possibly put
quite rather really regarding same second see seem seemed seems seen several shall she should shouldn show showed
showing shown shows side simply since six so some something sometimes somewhat soon still such take taken takes
taking ten than that the their theirs them themselves then there thereby therefore these they thing things third
this those though three through throughout thus till to together too toward towards try turn two under unless
unlike until up upon us use used uses using usually various very via want was wasn way ways we well went were
weren what whatever when where whereas whereby wherein whether which while who whole whom whose why will with
within without won would wouldn yes yet you your yours yourself yourselves
"""
ACADEMIC = """
ability able abstract accordingly achieve achieved achieves achieving additional additionally address addressed
addresses addressing aim aimed aims allow allowing allows alternative analyse analyze apply applied applying approach
approaches art article aspect aspects assess author authors available avoid based building built capable careful
carefully case cases certain challenge challenges challenging common commonly compare compared comparable comparison
compelling complete comprehensive conduct conducted consider considered considering consist consisting consists
consistent consistently constitute contain contains contribute contribution contributions correspond corresponding
crucial current currently demonstrate demonstrated demonstrates demonstrating describe described describes design
designed despite detail detailed details develop developed developing different difficult directly discuss easily easy
effect effective effectively effectiveness effort efforts employ employed enable enabled enables enabling enhance
enhanced enhances enhancing ensure ensures ensuring especially essential establish evaluate evaluated evaluating
examine example examples excellent existing experiment experimental experiments explore explored exploring extensive
extensively finally find finding findings focus focused focuses focusing follow followed following follows found
framework fundamental gain gains gap general generally github great greater greatly growing help helps highlight
highlighting highlights highly http https idea identify identified identifying impact important importantly improve
improved improvement improvements improves improving include included includes including incorporate incorporates
incorporating increase increased increases increasing increasingly insight insights introduce introduced introduces
introducing investigate investigated involve involves involving issue issues lack large larger lead leading leads
leverage leveraged leverages leveraging limit limitation limitations limited main major method methodology methods
mitigate namely necessary notable notably novel numerous observe observed obtain obtained obtaining offer offering
offers outperform outperformed outperforming outperforms overall overcome paper papers particular particularly perform
performance performances performed performing performs potential potentially powerful practical practice present
presented presenting presents prevalent previous previously primarily prior problem problems produce produced produces
producing project promising propose proposed proposes proposing prove proven provide provided provides providing
publicly range rapid rapidly reach reached recent recently reduce reduced reduces reducing related release released
rely relying relies remain remaining remains require required requires requiring research researchers respective
respectively result resulting results reveal revealing reveals review seek serve serves setting settings significance
significant significantly similar simple small solution solutions solve solving specific specifically strong stronger
studied studies study studying substantial substantially success successful successfully suggest suggests superior
support systematic systematically tackle technique techniques terms tested typically understand understanding unified
unique utilize utilizes utilizing validate validated variety well widely work world yield yielding yields
"""
PREFIXES = frozenset("pre post fine cross multi non re self zero few co inter intra sub semi".split())
"""First halves of words with a hyphen, which the same words are written without, too."""
DEPENDENT = PREFIXES | frozenset(
    """
    access agnostic al align aligned aligning amount automatic aware baseline behind benefit capability center
    change characteristic complex component concern condition core count day degree demand depend designing desired
    difference direct distinct diverse driven dynamic efficiency efficient emerge end encourage enhancement error et
    expected explicit external extra factor fall final free future generate generated generating global good grained
    group guide guided handle hard heavily ideal implicit individual initial input instance intensive internal item
    joint key learn learned level line local main match mechanism modal mode module multiple number object optimal
    optimize order original output pair part phase pipeline point poor position posed precise pressing progress property
    purpose rate ratio reach real reason reference relation relationship relative release respect rich robust role
    scale scheme score select selected sensitive series shed short shot signal size source specific stage standard
    step straightforward strategy structure style system target task thorough time top trained train tuned type typical
    unit unseen user value version view wide year
    """.split()
)
"""Words that say little alone and much beside another: fine, zero, level. They are no terms but parts of some."""
STOP = frozenset(f"{ENGLISH} {ACADEMIC}".split())
