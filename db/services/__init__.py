"""One use case, one function, one transaction: the doorway for the window, the command line and tests.

Modules load on first use, so that the window can be painted before SQLAlchemy is imported.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from . import addresses as addresses
    from . import alike as alike
    from . import backups as backups
    from . import bulkmerging as bulkmerging
    from . import changes as changes
    from . import checking as checking
    from . import cite_commands as cite_commands
    from . import citing as citing
    from . import collecting as collecting
    from . import completing as completing
    from . import documents as documents
    from . import dumpsets as dumpsets
    from . import editing as editing
    from . import enriching as enriching
    from . import exploring as exploring
    from . import exportchoices as exportchoices
    from . import exporting as exporting
    from . import faceting as faceting
    from . import figures as figures
    from . import files as files
    from . import flow as flow
    from . import home as home
    from . import importing as importing
    from . import keypatterns as keypatterns
    from . import kinds as kinds
    from . import library as library
    from . import libraryplace as libraryplace
    from . import liveanswers as liveanswers
    from . import livefiles as livefiles
    from . import liveforeseeing as liveforeseeing
    from . import merging as merging
    from . import overtime as overtime
    from . import ownwords as ownwords
    from . import parsing as parsing
    from . import parts as parts
    from . import picking as picking
    from . import previewing as previewing
    from . import progress as progress
    from . import pushing as pushing
    from . import reading as reading
    from . import recordchecks as recordchecks
    from . import rereading as rereading
    from . import retagging as retagging
    from . import saved as saved
    from . import searching as searching
    from . import sources as sources
    from . import splitting as splitting
    from . import suggesting as suggesting
    from . import tagging as tagging
    from . import tagmaps as tagmaps
    from . import tagpairs as tagpairs
    from . import toldapart as toldapart
    from . import undoing as undoing
    from . import unmerging as unmerging
    from . import venues as venues
    from . import versioning as versioning
    from . import wildcards as wildcards
    from . import zoteroplaces as zoteroplaces
else:
    MODULES = frozenset(
        "addresses alike backups bulkmerging changes checking cite_commands citing collecting completing documents "
        "dumpsets editing enriching exploring exportchoices exporting faceting figures files flow home importing "
        "keypatterns kinds library libraryplace liveanswers livefiles liveforeseeing merging overtime ownwords "
        "parsing parts picking previewing progress pushing reading recordchecks rereading retagging saved searching "
        "sources splitting suggesting tagging tagmaps tagpairs toldapart undoing unmerging venues versioning "
        "wildcards zoteroplaces".split()
    )

    def __getattr__(name: str) -> ModuleType:
        if name not in MODULES:
            raise AttributeError(name)
        return importlib.import_module(f"{__name__}.{name}")
