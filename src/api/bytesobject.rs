//! `Include/bytesobject.h`: bytes.
