#!/bin/sh
# Builds the oracle for crates.io with Debian's librust-semver-dev, offline, and runs it.
set -eu
folder=${TMPDIR:-/tmp}/ossruntime-crates-oracle
semver=$(ls -d /usr/share/cargo/registry/semver-1.* | tail -1)
mkdir -p "$folder/src"
cat > "$folder/Cargo.toml" <<TOML
[package]
name = "oracle"
version = "0.0.0"
edition = "2021"
[dependencies]
semver = { path = "$semver", default-features = false, features = ["std"] }
TOML
cat > "$folder/src/main.rs" <<'RUST'
use std::{cmp::Ordering, io::BufRead};

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (left, right) = line.split_once(' ').unwrap();
        let answer = match (parse(left), parse(right)) {
            (Some(a), Some(b)) => match a.cmp(&b) { Ordering::Less => "<", Ordering::Equal => "=", Ordering::Greater => ">" },
            _ => "!",
        };
        println!("{answer}");
    }
}

/// Without the metadata, which does not count in the precedence of the specification.
fn parse(text: &str) -> Option<semver::Version> {
    semver::Version::parse(text).ok().map(|version| semver::Version { build: semver::BuildMetadata::EMPTY, ..version })
}
RUST
cd "$folder" && cargo build --release --offline --quiet 2>build.log && exec target/release/oracle
