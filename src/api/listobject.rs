//! `Include/listobject.h`: lists.
