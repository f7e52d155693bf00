//! Noise on the way in: a folder of describe output, damaged at random in bytes and in structure, is refused or becomes a sound world.
//!
//! A few hundred folders by default; `ENI_NOISE_SECONDS=600` goes on for ten minutes and tells how long the slowest took. `ENI_NOISE_SEED`
//! begins elsewhere, at the seed that a failure names.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests say plainly that something must be there")]

use eni_playground::scenario::{import, load, save};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

type Files = Vec<(String, Vec<u8>)>;

/// Folders that are tried when no time is given.
const FOLDERS: u64 = 300;

/// Numbers that look random and are the same each time (xorshift).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

fn files() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/describe");
    let read = |path: std::path::PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
    let mut files: Files = std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect();
    files.sort();
    files
}

/// Damages bytes: changes, takes out, doubles, cuts off, or puts in what tends to hurt.
fn damage_bytes(noise: &mut Noise, bytes: &mut Vec<u8>) {
    let at = noise.below(bytes.len() + 1);
    let until = (at + noise.below(40)).min(bytes.len());
    let nasty: [&[u8]; 10] = [
        b"\0",
        b"\xff\xfe",
        b"[[[[[[[[",
        b"\"",
        b"\\ud800",
        b"1e999",
        b"-0",
        b"{\"format\":\"eni-playground\"}",
        b"99999999999999999999",
        "é̂".as_bytes(),
    ];
    match noise.below(5) {
        0 if at < bytes.len() => bytes[at] = noise.next() as u8,
        1 => _ = bytes.drain(at..until),
        2 => {
            let again = bytes[at..until].to_vec();
            bytes.splice(at..at, again);
        }
        3 => bytes.truncate(at),
        _ => {
            let what = nasty[noise.below(nasty.len())];
            bytes.splice(at..at, what.iter().copied());
        }
    }
}

/// Damages one place in a value: somewhere below it, chosen at random.
fn damage_value(noise: &mut Noise, value: &mut Value, ids: &[String]) {
    let stop = noise.below(4) == 0;
    match value {
        Value::Object(members) if !stop && !members.is_empty() => {
            let name = members.keys().nth(noise.below(members.len())).unwrap().clone();
            match noise.below(12) {
                0 => _ = members.remove(&name),
                1 => _ = members.insert("Extra".to_owned(), json!({"Password": "x", "deep": [1, [2, [3]]]})),
                _ => damage_value(noise, &mut members[&name], ids),
            }
        }
        Value::Array(values) if !stop && !values.is_empty() => {
            let at = noise.below(values.len());
            match noise.below(12) {
                0 => _ = values.remove(at),
                1 => values.push(values[at].clone()),
                2 => values.swap(0, at),
                _ => damage_value(noise, &mut values[at], ids),
            }
        }
        value => *value = odd_value(noise, ids),
    }
}

fn odd_value(noise: &mut Noise, ids: &[String]) -> Value {
    let texts = [
        "",
        "10.20.0.0/16",
        "10.20.1.0/33",
        "0.0.0.0/0",
        "255.255.255.255",
        "::/0",
        "banana",
        "-1",
        "eu-west-1a",
        "default",
        "amazon",
        "<b>",
    ];
    match noise.below(9) {
        0 => Value::Null,
        1 => json!(noise.next() % 70_000),
        2 => json!(-1),
        3 => json!(u64::MAX),
        4 => json!(noise.below(2) == 0),
        5 => json!([]),
        6 => json!({}),
        7 => json!(texts[noise.below(texts.len())]),
        _ => json!(ids[noise.below(ids.len())]),
    }
}

/// Every id that the folder names, to be put where others stand.
fn ids(files: &Files) -> Vec<String> {
    let text: String = files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    text.split('"').filter(|word| word.contains("-0000")).map(str::to_owned).collect()
}

fn damaged(noise: &mut Noise, whole: &Files, ids: &[String]) -> Files {
    let mut files = whole.clone();
    for _ in 0..=noise.below(3) {
        let at = noise.below(files.len());
        match noise.below(8) {
            0 if files.len() > 1 => _ = files.remove(at),
            1 => damage_bytes(noise, &mut files[at].1),
            2 => {
                // One output after the other in one file.
                let more = files[noise.below(files.len())].1.clone();
                files[at].1.extend(more);
            }
            _ => {
                if let Ok(mut value) = serde_json::from_slice::<Value>(&files[at].1) {
                    damage_value(noise, &mut value, ids);
                    files[at].1 = value.to_string().into_bytes();
                }
            }
        }
    }
    files
}

/// Refused in words, or sound: then its document is read again as the same.
fn check(files: &Files, seed: u64) -> bool {
    match import(files) {
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty(), "seed {seed}");
            false
        }
        Ok((scenario, _)) => {
            assert_eq!(scenario.network.check_invariants(), Vec::<String>::new(), "seed {seed}");
            let text = save(&scenario);
            assert!(!text.contains("Password"), "seed {seed}");
            let again = load(text.as_bytes()).unwrap_or_else(|refusal| panic!("seed {seed}: {refusal}"));
            assert_eq!(save(&again.0), text, "seed {seed}");
            true
        }
    }
}

#[test]
fn damaged_folders_are_refused_or_sound() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (whole, begun, time) = (files(), Instant::now(), number("ENI_NOISE_SECONDS").map(Duration::from_secs));
    let ids = ids(&whole);
    let (mut tried, mut sound, mut slowest) = (0u64, 0u64, Duration::ZERO);
    let first = number("ENI_NOISE_SEED").unwrap_or(1);
    while time.map_or(tried < FOLDERS, |time| begun.elapsed() < time) {
        let seed = first + tried;
        let mut noise = Noise(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let folder = damaged(&mut noise, &whole, &ids);
        let at = Instant::now();
        sound += u64::from(check(&folder, seed));
        slowest = slowest.max(at.elapsed());
        tried += 1;
    }
    println!("{tried} folders, {sound} of them sound, the slowest took {slowest:?}");
    assert!(sound > 0 && sound < tried, "both happen: {sound} of {tried}");
}
