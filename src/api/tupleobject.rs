//! `Include/tupleobject.h`: tuples.
