//! `Include/abstract.h`: calls, and the object, number, sequence and iterator protocols.
