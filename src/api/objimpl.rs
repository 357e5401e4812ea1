//! `Include/objimpl.h`: object memory and the garbage collector.
