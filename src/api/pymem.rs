//! `Include/pymem.h`: memory that is not an object's.
