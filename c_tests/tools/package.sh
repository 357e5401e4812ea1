#!/bin/sh
# The package that `cargo package` makes is whole: it is unpacked, and builds, documents and serves a Rust program, without a
# warning. `use pycapsule::*` gives every symbol of abi/symbols.txt, and the documentation has no other function or object.
. "$(dirname "$0")/../checks/tap.sh"
cargo=${CARGO:-cargo}
export CARGO_TARGET_DIR="$work/target"

# quietly SENTENCE COMMAND...: the command succeeds and warns of nothing.
quietly() {
    sentence=$1
    shift
    "$@" > "$work/log" 2>&1
    status=$?
    check "$sentence" sh -c "test $status = 0 || { cat '$work/log'; false; }"
    check "$sentence: there is no warning" sh -c "! grep -A 5 '^warning' '$work/log'"
}

quietly "the package is made" "$cargo" package --offline --no-verify --allow-dirty
mkdir "$work/user" "$work/user/src"
tar -xmzf "$work"/target/package/pycapsule-*.crate -C "$work"
mv "$work"/pycapsule-*/ "$work/pycapsule"
cp "$work/pycapsule/Cargo.lock" "$work/user"
cd "$work/pycapsule" || exit 1
quietly "the package builds" "$cargo" build --offline
quietly "the package builds with each feature" "$cargo" check --offline --all-targets --all-features
quietly "the package is documented" env RUSTDOCFLAGS="-D warnings" "$cargo" doc --offline --no-deps
for page in "$work"/target/doc/pycapsule/fn.*.html "$work"/target/doc/pycapsule/static.*.html; do
    page=${page##*/}
    page=${page#*.}
    echo "${page%.html}"
done | LC_ALL=C sort > "$work/documented"
same "the documentation has the functions and objects of abi/symbols.txt" "$work/documented" "$root/abi/symbols.txt"

cat > "$work/user/Cargo.toml" <<'EOF'
[package]
name = "user"
version = "0.0.0"
edition = "2024"

[dependencies]
pycapsule = { path = "../pycapsule", features = ["std"] }

[profile.dev]
panic = "abort"
EOF
{
    cat <<'EOF'
use pycapsule::*;

fn main() {
    let mut meter = 41;
    // SAFETY: the name is static, `meter` outlives the capsule, and the only reference is dropped once.
    unsafe {
        let name = Name::new(c"water.meter");
        let capsule = PyCapsule_New((&raw mut meter).cast(), name, None);
        *PyCapsule_GetPointer(Obj::from_ptr(capsule), name).cast::<i32>() += 1;
        Py_DecRef(Ref::from_ptr(capsule));
    }
    let symbols: &[*const ()] = &[
EOF
    for page in "$work"/target/doc/pycapsule/*.html; do
        name=${page##*/}
        name=${name%.html}
        case $name in
        fn.*) echo "        ${name#fn.} as *const ()," ;;
        static.*) echo "        (&raw const ${name#static.}).cast()," ;;
        esac
    done
    echo '    ];'
    echo '    println!("{meter}, {} symbols", symbols.len());'
    echo '}'
} > "$work/user/src/main.rs"
echo "42, $(wc -l < "$root/abi/symbols.txt") symbols" > "$work/wanted"
cd "$work/user" || exit 1
quietly "a program that uses each symbol by 'use pycapsule::*' builds" "$cargo" build --offline
"$work/target/debug/user" > "$work/seen" 2>&1
same "the program runs" "$work/seen" "$work/wanted"
done_testing
