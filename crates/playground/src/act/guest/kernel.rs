//! `sysctl` and `iptables` as changes of a guest (`G18`, `G19`).

use super::routing::{ALL, Devices, block, said};
use super::{GuestChange, GuestCommandError};
use eni_core::addr::Ipv4Net;
use eni_core::id::EniId;
use eni_core::model::by_hand::{ByHand, Masquerade, RpFilter};
use eni_core::model::instance::Guest;
use std::fmt;

/// How many rules of masquerading somebody may set in one guest.
const MOST: usize = 100;

/// Whose reverse path filter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterOf {
    /// `net.ipv4.conf.*.rp_filter`: every interface's, those to come and `all`.
    Everything,
    /// `net.ipv4.conf.all.rp_filter`: of this and an interface's own the higher one holds.
    All,
    /// `net.ipv4.conf.default.rp_filter`: that of interfaces to come, which is not kept here; those that are there keep theirs.
    Default,
    /// That of one interface.
    Interface(EniId),
}

/// What a rule of the table `nat` masquerades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nat {
    /// `-A POSTROUTING … -j MASQUERADE`.
    Append(Masquerade),
    /// `-D POSTROUTING … -j MASQUERADE`.
    Delete(Masquerade),
    /// `-F [POSTROUTING]`.
    Flush,
}

/// Reads what stands behind `sysctl`: one key with its value.
pub(super) fn sysctl(words: &[&str], devices: Devices<'_>) -> Option<Result<GuestChange, GuestCommandError>> {
    let given: String = words.iter().filter(|word| !matches!(**word, "-w" | "-q" | "-qw" | "-wq")).copied().collect();
    let (key, value) = given.split_once('=')?;
    let key = key.trim().replace('/', ".");
    if key == "net.ipv4.ip_forward" {
        return flag(value).map(|on| Ok(GuestChange::Forwarding(on)));
    }
    let name = key.strip_prefix("net.ipv4.conf.")?.strip_suffix(".rp_filter")?;
    let filter = match value.trim() {
        "0" => RpFilter::Off,
        "1" => RpFilter::Strict,
        "2" => RpFilter::Loose,
        _ => return Some(Err(said(1, format!("sysctl: setting key \"{key}\": Invalid argument")))),
    };
    let of = match name {
        "*" => Some(FilterOf::Everything),
        "all" => Some(FilterOf::All),
        "default" => Some(FilterOf::Default),
        name => devices(name).map(FilterOf::Interface),
    };
    let missing = || said(1, format!("sysctl: cannot stat /proc/sys/{}: No such file or directory", key.replace('.', "/")));
    Some(of.map(|of| GuestChange::ReversePathFilter(of, filter)).ok_or_else(missing))
}

fn flag(value: &str) -> Option<bool> {
    match value.trim() {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

/// Reads what stands behind `iptables`; only masquerading of what is forwarded is here.
pub(super) fn iptables(words: &[&str], devices: Devices<'_>) -> Option<Result<Nat, GuestCommandError>> {
    let mut words = words.iter().copied();
    let (mut table, mut verb, mut target) = ("filter", None, None);
    let mut rule = Masquerade { out: None, from: ALL };
    while let Some(word) = words.next() {
        match word {
            "-t" | "--table" => table = words.next()?,
            "-A" | "--append" | "-I" | "--insert" | "-D" | "--delete" => verb = Some((word, words.next()?)),
            "-F" | "--flush" => verb = Some((word, words.next().unwrap_or("POSTROUTING"))),
            "-o" | "--out-interface" => {
                let name = words.next()?;
                // iptables takes the name of an interface that is not there, and its rule fits nothing.
                rule.out = Some(match devices(name) {
                    Some(eni) => eni,
                    None => return Some(Err(said(1, format!("iptables: there is no interface {name} here.")))),
                });
            }
            "-s" | "--source" => rule.from = words.next()?.parse::<Ipv4Net>().ok()?.trunc(),
            "-j" | "--jump" => target = Some(words.next()?),
            "-m" | "--match" | "--comment" => drop(words.next()?),
            _ => return None,
        }
    }
    Some(Ok(match (table, verb?, target) {
        ("nat", ("-F" | "--flush", "POSTROUTING"), None) => Nat::Flush,
        ("nat", ("-D" | "--delete", "POSTROUTING"), Some("MASQUERADE")) => Nat::Delete(rule),
        ("nat", (_, "POSTROUTING"), Some("MASQUERADE")) => Nat::Append(rule),
        _ => return None,
    }))
}

impl Nat {
    pub(super) fn carry_out(self, hand: &mut ByHand) -> Result<(), GuestCommandError> {
        match self {
            Nat::Append(_) if hand.masquerades.len() >= MOST => return Err(said(4, "iptables: Memory allocation problem.")),
            Nat::Append(rule) => hand.masquerades.push(rule),
            Nat::Delete(rule) => {
                let missing = || said(1, "iptables: Bad rule (does a matching rule exist in that chain?).");
                let at = hand.masquerades.iter().position(|other| *other == rule).ok_or_else(missing)?;
                hand.masquerades.remove(at);
            }
            Nat::Flush => hand.masquerades.clear(),
        }
        Ok(())
    }
}

impl fmt::Display for Nat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, rule) = match self {
            Nat::Flush => return f.write_str("iptables -t nat -F POSTROUTING"),
            Nat::Append(rule) => ("-A", rule),
            Nat::Delete(rule) => ("-D", rule),
        };
        write!(f, "iptables -t nat {verb} POSTROUTING")?;
        if rule.from != ALL {
            write!(f, " -s {}", rule.from)?;
        }
        if let Some(out) = rule.out {
            write!(f, " -o {out}")?;
        }
        f.write_str(" -j MASQUERADE")
    }
}

impl FilterOf {
    /// Sets it in a guest.
    pub(super) fn set(self, guest: &mut Guest, filter: RpFilter) {
        if self == FilterOf::Everything {
            guest.rp_filter = filter;
        }
        let (own, usual) = (guest.rp_filter, guest.usual_filter_of_all());
        guest.change_by_hand(|hand| match self {
            FilterOf::Everything => {
                hand.filter_of_all = Some(filter).filter(|filter| *filter != usual);
                hand.filters.clear();
            }
            FilterOf::All => hand.filter_of_all = Some(filter).filter(|filter| *filter != usual),
            FilterOf::Default => {}
            FilterOf::Interface(eni) => {
                hand.filters.insert(eni, filter);
                if filter == own {
                    hand.filters.remove(&eni);
                }
            }
        });
    }
}

/// Writes `sysctl …`.
pub(super) fn write(f: &mut fmt::Formatter<'_>, of: FilterOf, filter: RpFilter) -> fmt::Result {
    let name = match of {
        FilterOf::Everything => "*".to_owned(),
        FilterOf::All => "all".to_owned(),
        FilterOf::Default => "default".to_owned(),
        FilterOf::Interface(eni) => eni.to_string(),
    };
    write!(f, "sysctl net.ipv4.conf.{name}.rp_filter={}", number(filter))
}

/// The kernel's number of a filter.
pub const fn number(filter: RpFilter) -> u8 {
    match filter {
        RpFilter::Off => 0,
        RpFilter::Strict => 1,
        RpFilter::Loose => 2,
    }
}

/// The commands that make the masquerading and the filters of `to` of those of `from`, the filter of interfaces apart.
pub(super) fn between(from: &ByHand, to: &ByHand, (own, usual_of_all): (RpFilter, RpFilter)) -> Vec<GuestChange> {
    let mut all = Vec::new();
    if from.masquerades != to.masquerades {
        all.extend((!from.masquerades.is_empty()).then_some(GuestChange::Nat(Nat::Flush)));
        all.extend(to.masquerades.iter().map(|rule| GuestChange::Nat(Nat::Append(*rule))));
    }
    if from.filter_of_all != to.filter_of_all {
        all.push(GuestChange::ReversePathFilter(FilterOf::All, to.filter_of_all.unwrap_or(usual_of_all)));
    }
    let new = to.filters.iter().filter(|(eni, filter)| from.filters.get(eni) != Some(filter)).map(|(eni, filter)| (*eni, *filter));
    let gone = from.filters.keys().filter(|eni| !to.filters.contains_key(*eni)).map(|eni| (*eni, own));
    all.extend(new.chain(gone).map(|(eni, filter)| GuestChange::ReversePathFilter(FilterOf::Interface(eni), filter)));
    all
}

/// A rule of masquerading as `iptables -S` writes it, interfaces under their names.
pub fn shown(rule: &Masquerade, name: &dyn Fn(EniId) -> String) -> String {
    let from = if rule.from == ALL { String::new() } else { format!(" -s {}", block(rule.from)) };
    let out = rule.out.map_or_else(String::new, |eni| format!(" -o {}", name(eni)));
    format!("-A POSTROUTING{from}{out} -j MASQUERADE\n")
}
