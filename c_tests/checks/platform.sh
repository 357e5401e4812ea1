#!/bin/sh
# Lines that know a processor or an object format stand only in the files that ARCHITECTURE.md lists, and each of these has one.
. "$(dirname "$0")/tap.sh"
grep -rlE 'target_arch|target_env|asm!\(|\.fini_array|__x86_64__|__aarch64__' src csrc include | LC_ALL=C sort > "$work/found"
sed -n '/^- Platform line: /s/: [^`]*$//p' ARCHITECTURE.md | grep -o '`[^`]*`' | tr -d '`' | LC_ALL=C sort > "$work/listed"
same "lines that know a platform stand where ARCHITECTURE.md says" "$work/found" "$work/listed"
done_testing
