"""The address on this computer at which editors ask for citations: 127.0.0.1 only, with a token, off by default.

`request` reads HTTP, `gate` says who may ask, `server` listens. Qt's own sockets serve it within the event loop: there
is no thread, a client that hangs up is noticed at once, and closing the window closes it.
"""
