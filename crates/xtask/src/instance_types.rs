//! `cargo xtask generate-instance-types FOLDER`: writes `crates/core/src/model/instance_type/table.rs`, and `bandwidth.rs` beside it.
//!
//! FOLDER holds `instance-types.json` and `instance-extra.json`: facts from moto and amazon-vpc-cni-k8s, see LICENSE-NOTICE. The table is kept
//! small in the page: the types share about a hundred rows of limits, and the names are one text.

use crate::root;
use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the command takes.
#[derive(Args)]
pub struct Options {
    /// The folder with instance-types.json and instance-extra.json
    folder: PathBuf,
}

/// The limits of a type: ENIs, IPv4 and IPv6 addresses an ENI, cards, and what it has: Nitro, a short TCP time-out, ENA, EFA.
type Limits = (u64, u64, u64, u64, [bool; 4]);

/// How many names lie between two entries of the table's index.
const BLOCK: usize = 32;

/// Reads the two files, writes the table.
pub fn run(options: &Options) -> Result<ExitCode> {
    let types = read(&options.folder.join("instance-types.json"))?;
    let extra = read(&options.folder.join("instance-extra.json"))?;
    let table = table(&limits_by_name(&types, &extra)?)?;
    let path = root()?.join("crates/core/src/model/instance_type/table.rs");
    std::fs::write(&path, table).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {} types to {}", types.len(), path.display());
    let path = path.with_file_name("bandwidth.rs");
    std::fs::write(&path, bandwidth(&types, &extra)?).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not a list of types", path.display()))
}

fn limits_by_name(types: &[Value], extra: &[Value]) -> Result<BTreeMap<String, Limits>> {
    let name = |row: &Value| row.get("type").and_then(Value::as_str).map(str::to_owned).context("a row without a type");
    let number = |row: &Value, member: &str| row.get(member).and_then(Value::as_u64).with_context(|| format!("a row without {member}"));
    let extra: BTreeMap<String, &Value> = extra.iter().map(|row| Ok((name(row)?, row))).collect::<Result<_>>()?;
    let mut limits = BTreeMap::new();
    for row in types {
        let name = name(row)?;
        let more = extra.get(&name);
        let nitro = match more.and_then(|row| row.get("hypervisor")).and_then(Value::as_str) {
            Some(hypervisor) => hypervisor != "xen",
            // Retired types that the second file leaves out: these are built on Nitro, the others are older.
            None => ["dl1.", "g4ad.", "u-"].iter().any(|family| name.starts_with(family)),
        };
        let short = more.and_then(|row| row.get("tcp_established_timeout")).and_then(Value::as_u64) == Some(350);
        let has_ena = |row: &Value| row.get("ena").and_then(Value::as_str) == Some("supported");
        let has_efa = |row: Option<&&Value>| row.and_then(|row| row.get("efa")).and_then(Value::as_bool).unwrap_or(false);
        let counts = (number(row, "max_enis")?, number(row, "ipv4_per_eni")?, number(row, "ipv6_per_eni")?, number(row, "network_cards")?);
        limits.insert(name, (counts.0, counts.1, counts.2, counts.3, [nitro, short, nitro || has_ena(row), has_efa(more)]));
    }
    Ok(limits)
}

fn table(limits: &BTreeMap<String, Limits>) -> Result<String> {
    let mut rows: Vec<Limits> = limits.values().copied().collect();
    rows.sort_unstable();
    rows.dedup();
    let mut text = String::from(
        "//! Made by `cargo xtask generate-instance-types`; do not edit. Facts from moto and amazon-vpc-cni-k8s, see LICENSE-NOTICE.\n\n\
         use super::Limits;\n\n",
    );
    writeln!(text, "/// The rows of limits that types share.\n#[rustfmt::skip]\npub static LIMITS: [Limits; {}] = [", rows.len())?;
    for (enis, ipv4, ipv6, cards, [nitro, short, ena, efa]) in &rows {
        writeln!(text, "    Limits::new({enis}, {ipv4}, {ipv6}, {cards}, [{nitro}, {short}, {ena}, {efa}]),")?;
    }
    write_rows(&mut text, limits, &rows)?;
    write_names(&mut text, limits)?;
    Ok(text)
}

/// The table of bandwidths: AWS's word for each type, and what one network card of it has, in Mbit/s; 0 where nobody says or cards differ.
fn bandwidth(types: &[Value], extra: &[Value]) -> Result<String> {
    let name = |row: &Value| row.get("type").and_then(Value::as_str).map(str::to_owned).context("a row without a type");
    let extra: BTreeMap<String, &Value> = extra.iter().map(|row| Ok((name(row)?, row))).collect::<Result<_>>()?;
    let mut of_type: BTreeMap<String, (String, u64, u64)> = BTreeMap::new();
    for row in types {
        let name = name(row)?;
        let word = row.get("network_performance").and_then(Value::as_str).unwrap_or_default().to_owned();
        let card = |member: &str| extra.get(&name).map_or(0, |more| megabits(more.get(member)));
        let figures = (word, card("card_baseline_gbps"), card("card_peak_gbps"));
        of_type.insert(name, figures);
    }
    let mut rows: Vec<&(String, u64, u64)> = of_type.values().collect();
    rows.sort_unstable();
    rows.dedup();
    let mut text = String::from(
        "//! Made by `cargo xtask generate-instance-types`; do not edit. Facts from moto and amazon-vpc-cni-k8s, see LICENSE-NOTICE.\n\n",
    );
    text.push_str("/// What types share: AWS's word, and baseline and peak of one network card in Mbit/s, 0 where it is not known.\n");
    writeln!(text, "#[rustfmt::skip]\npub static FIGURES: [(&str, u32, u32); {}] = [", rows.len())?;
    for (word, baseline, peak) in &rows {
        writeln!(text, "    ({word:?}, {baseline}, {peak}),")?;
    }
    writeln!(text, "];\n\n/// Each type's figures, by name.\n#[rustfmt::skip]\npub static FIGURES_OF: [u8; {}] = [", of_type.len())?;
    let places: Vec<u8> = of_type.values().map(|row| Ok(u8::try_from(rows.binary_search(&row).unwrap_or(0))?)).collect::<Result<_>>()?;
    write_list(&mut text, &places)?;
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text)
}

/// The one figure of a list of gigabits, in megabits; 0 where there is none, or several.
fn megabits(cards: Option<&Value>) -> u64 {
    let cards: Vec<&Value> = cards.and_then(Value::as_array).into_iter().flatten().collect();
    let first = cards.first().filter(|first| cards.iter().all(|card| card == *first));
    let text = first.and_then(|figure| figure.as_f64()).map(|figure| format!("{:.0}", figure * 1_000.0));
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn write_rows(text: &mut String, limits: &BTreeMap<String, Limits>, rows: &[Limits]) -> Result<()> {
    writeln!(text, "];\n\n/// Each type's row, by name.\n#[rustfmt::skip]\npub static ROW_OF: [u8; {}] = [", limits.len())?;
    let places: Vec<u8> = limits.values().map(|row| Ok(u8::try_from(rows.binary_search(row).unwrap_or(0))?)).collect::<Result<_>>()?;
    write_list(text, &places)
}

fn write_names(text: &mut String, limits: &BTreeMap<String, Limits>) -> Result<()> {
    let mut starts = Vec::new();
    let mut names = String::new();
    let mut lines = String::new();
    let mut family = "";
    for (at, name) in limits.keys().enumerate() {
        if at % BLOCK == 0 {
            starts.push(u16::try_from(names.len())?);
        }
        let own = name.split('.').next().unwrap_or_default();
        if own != family {
            lines.push_str("\\\n");
            family = own;
        }
        write!(names, "{name} ")?;
        write!(lines, "{name} ")?;
    }
    writeln!(text, "/// How many names lie between two starts.\npub const BLOCK: usize = {BLOCK};\n")?;
    writeln!(text, "/// Where every block of names starts.\n#[rustfmt::skip]\npub static STARTS: [u16; {}] = [", starts.len())?;
    write_list(text, &starts)?;
    writeln!(text, "/// The names in order, each with a space after it.\n#[rustfmt::skip]\npub static NAMES: &str = \"{lines}\";")?;
    Ok(())
}

fn write_list<N: std::fmt::Display>(text: &mut String, numbers: &[N]) -> Result<()> {
    for line in numbers.chunks(24) {
        let line: Vec<_> = line.iter().map(ToString::to_string).collect();
        writeln!(text, "    {},", line.join(", "))?;
    }
    text.push_str("];\n\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_with_the_same_limits_share_a_row() {
        let types = serde_json::json!([
            {"type": "b1.large", "max_enis": 3, "ipv4_per_eni": 10, "ipv6_per_eni": 10, "network_cards": 1},
            {"type": "a1.large", "max_enis": 3, "ipv4_per_eni": 10, "ipv6_per_eni": 10, "network_cards": 1},
            {"type": "a1.nano", "max_enis": 2, "ipv4_per_eni": 2, "ipv6_per_eni": 0, "network_cards": 1},
        ]);
        let extra = serde_json::json!([
            {"type": "a1.large", "hypervisor": "nitro", "tcp_established_timeout": 350, "efa": false},
            {"type": "b1.large", "hypervisor": "nitro", "tcp_established_timeout": 350},
            {"type": "a1.nano", "hypervisor": "xen", "tcp_established_timeout": 432_000},
        ]);
        let text = table(&limits_by_name(types.as_array().unwrap(), extra.as_array().unwrap()).unwrap()).unwrap();
        let figures = bandwidth(
            serde_json::json!([{"type": "a", "network_performance": "High"}, {"type": "b", "network_performance": "High"}, {"type": "c"}])
                .as_array()
                .unwrap(),
            serde_json::json!([
                {"type": "a", "card_baseline_gbps": [0.032, 0.032], "card_peak_gbps": [5.0, 5.0]},
                {"type": "b", "card_baseline_gbps": [1.0, 2.0], "card_peak_gbps": [5.0, 5.0]},
            ])
            .as_array()
            .unwrap(),
        );
        let figures = figures.unwrap();
        assert!(figures.contains("(\"High\", 32, 5000)") && figures.contains("(\"High\", 0, 5000)"), "{figures}");
        assert!(figures.contains("FIGURES_OF: [u8; 3] = [\n    2, 1, 0,\n]"), "{figures}");
        assert!(text.contains("LIMITS: [Limits; 2]"), "{text}");
        assert!(text.contains("Limits::new(3, 10, 10, 1, [true, true, true, false])"), "{text}");
        assert!(text.contains("ROW_OF: [u8; 3] = [\n    1, 0, 1,\n]"), "{text}");
        assert!(text.contains("a1.large a1.nano \\\nb1.large \";"), "{text}");
    }
}
