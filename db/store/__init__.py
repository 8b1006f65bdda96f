"""The only importer of SQLAlchemy: functions take a Session first and never commit; rows never leave."""
