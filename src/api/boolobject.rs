//! `Include/boolobject.h`: truth values.
