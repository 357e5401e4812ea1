//! `Include/dictobject.h`: dicts.
