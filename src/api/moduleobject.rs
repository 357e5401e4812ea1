//! `Include/moduleobject.h`: module objects.
