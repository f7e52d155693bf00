//! The limits of the instance types (`E84`, `E85`), from a generated table.

mod bandwidth;
mod table;

use std::fmt;

/// An instance type: a place in the table, which is ordered by name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceType(u16);

/// What a type takes. Many types share a row of limits.
#[derive(Clone, Copy)]
struct Limits {
    max_enis: u8,
    ipv4_per_eni: u8,
    ipv6_per_eni: u8,
    network_cards: u8,
    nitro: bool,
    short_tcp_timeout: bool,
    ena: bool,
    efa: bool,
}

impl Limits {
    /// The last are: built on Nitro, a short time-out of TCP, ENA, EFA.
    const fn new(max_enis: u8, ipv4_per_eni: u8, ipv6_per_eni: u8, network_cards: u8, has: [bool; 4]) -> Limits {
        let [nitro, short_tcp_timeout, ena, efa] = has;
        Limits { max_enis, ipv4_per_eni, ipv6_per_eni, network_cards, nitro, short_tcp_timeout, ena, efa }
    }
}

impl InstanceType {
    /// The type with this name.
    pub fn find(name: &str) -> Option<InstanceType> {
        let block = table::STARTS.partition_point(|start| names_from(*start).next().is_some_and(|first| first <= name)).checked_sub(1)?;
        let start = *table::STARTS.get(block)?;
        let place = names_from(start).take(table::BLOCK).position(|other| other == name)?;
        u16::try_from(block * table::BLOCK + place).ok().map(InstanceType)
    }

    /// Every type, by name.
    pub fn all() -> impl Iterator<Item = InstanceType> {
        (0..table::ROW_OF.len()).filter_map(|at| u16::try_from(at).ok().map(InstanceType))
    }

    fn limits(self) -> &'static Limits {
        static NOTHING: Limits = Limits::new(0, 0, 0, 0, [false; 4]);
        table::ROW_OF.get(usize::from(self.0)).and_then(|row| table::LIMITS.get(usize::from(*row))).unwrap_or(&NOTHING)
    }

    /// Its name, as `t3.small`.
    pub fn name(self) -> &'static str {
        let place = usize::from(self.0);
        let start = table::STARTS.get(place / table::BLOCK).copied().unwrap_or_default();
        names_from(start).nth(place % table::BLOCK).unwrap_or_default()
    }

    /// The part of its name before the point, as `t3`.
    pub fn family(self) -> &'static str {
        self.name().split('.').next().unwrap_or_default()
    }

    /// Whether its family has ARM processors: a `g` after its number says so, as `t4g` or `c7gn`; `a1` was the first.
    pub fn is_arm(self) -> bool {
        let family = self.family();
        let rest = family.trim_start_matches(|one: char| one.is_ascii_alphabetic()).trim_start_matches(|one: char| one.is_ascii_digit());
        family == "a1" || rest.starts_with('g')
    }

    fn figures(self) -> (&'static str, u32, u32) {
        bandwidth::FIGURES_OF
            .get(usize::from(self.0))
            .and_then(|row| bandwidth::FIGURES.get(usize::from(*row)))
            .copied()
            .unwrap_or_default()
    }

    /// AWS's word for its bandwidth, as `Up to 10 Gigabit`: that of all of its ENIs together, however many there are (`E31`). Nothing where no
    /// public source says.
    pub fn network_performance(self) -> Option<&'static str> {
        Some(self.figures().0).filter(|word| !word.is_empty())
    }

    /// What one of its network cards can always do, and what at best, in Mbit/s; nothing where no public source says.
    pub fn card_bandwidth(self) -> Option<(u32, u32)> {
        let (_, baseline, peak) = self.figures();
        (baseline > 0 && peak > 0).then_some((baseline, peak))
    }

    /// Whether it has 32 vCPUs and more (`E88`): a size `Nxlarge` has four times N, a whole machine has more, with few exceptions.
    pub fn is_large(self) -> bool {
        let (family, size) = self.name().split_once('.').unwrap_or_default();
        match size.strip_suffix("xlarge") {
            Some(times) => times.parse::<u32>().is_ok_and(|times| times >= 8) && self.name() != "hpc7a.12xlarge",
            None => size.starts_with("metal") && family != "a1" && !family.starts_with("mac"),
        }
    }

    /// How many ENIs it takes, over all network cards (`E85`).
    pub fn max_enis(self) -> u16 {
        self.limits().max_enis.into()
    }

    /// How many IPv4 addresses and prefixes an ENI on it may have (`E61`).
    pub fn ipv4_per_eni(self) -> u16 {
        self.limits().ipv4_per_eni.into()
    }

    /// How many IPv6 addresses and prefixes an ENI on it may have (`E75`).
    pub fn ipv6_per_eni(self) -> u16 {
        self.limits().ipv6_per_eni.into()
    }

    /// How many network cards it has.
    pub fn network_cards(self) -> u16 {
        self.limits().network_cards.into()
    }

    /// How many ENIs one network card takes (`E27`). Where the sum does not divide evenly, the first cards take one more.
    pub fn max_enis_on_card(self, card: u16) -> u16 {
        let (enis, cards) = (self.max_enis(), self.network_cards());
        if card >= cards { 0 } else { enis / cards + u16::from(card < enis % cards) }
    }

    /// Whether it is built on Nitro: prefixes need that (`E67`).
    pub fn is_nitro(self) -> bool {
        self.limits().nitro
    }

    /// AWS's word for whether its ENIs are Elastic Network Adapters: on Nitro they have to be.
    pub fn ena_support(self) -> &'static str {
        match self.limits() {
            Limits { nitro: true, .. } => "required",
            Limits { ena: true, .. } => "supported",
            _ => "unsupported",
        }
    }

    /// Whether it takes an Elastic Fabric Adapter.
    pub fn has_efa(self) -> bool {
        self.limits().efa
    }

    /// The default idle time-out of an established TCP connection in seconds: 432,000, or 350 on the newest types (`S42`).
    pub fn tcp_established_secs(self) -> u32 {
        if self.limits().short_tcp_timeout { 350 } else { 432_000 }
    }
}

/// The names from a place in the text on.
fn names_from(start: u16) -> impl Iterator<Item = &'static str> {
    table::NAMES.get(usize::from(start)..).unwrap_or_default().split_terminator(' ')
}

impl fmt::Display for InstanceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for InstanceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // rules: E84 E85 E27
    #[test]
    fn the_examples_of_the_rulebook() {
        let examples = [
            ("t3.nano", 2, 2, 1),
            ("t3.micro", 2, 2, 1),
            ("t2.micro", 2, 2, 1),
            ("t3.small", 3, 4, 1),
            ("t3.medium", 3, 6, 1),
            ("t3.large", 3, 12, 1),
            ("t3.xlarge", 4, 15, 1),
            ("m5.large", 3, 10, 1),
            ("c5.large", 3, 10, 1),
            ("m5.24xlarge", 15, 50, 1),
            ("c6in.32xlarge", 16, 50, 2),
            ("p4d.24xlarge", 60, 50, 4),
            ("p5.48xlarge", 64, 50, 32),
        ];
        for (name, enis, ipv4, cards) in examples {
            let kind = InstanceType::find(name).unwrap();
            assert_eq!((kind.max_enis(), kind.ipv4_per_eni(), kind.network_cards()), (enis, ipv4, cards), "{name}");
        }
        let two_cards = InstanceType::find("c6in.32xlarge").unwrap();
        assert_eq!([0, 1, 2].map(|card| two_cards.max_enis_on_card(card)), [8, 8, 0]);
        let uneven = InstanceType::find("i7ie.48xlarge").unwrap();
        assert_eq!([0, 1].map(|card| uneven.max_enis_on_card(card)), [8, 7]);
    }

    // rules: E84
    #[test]
    fn every_type_is_found_by_its_name() {
        assert_eq!(InstanceType::all().count(), 1_414);
        let names: Vec<_> = InstanceType::all().map(InstanceType::name).collect();
        assert!(names.is_sorted());
        for kind in InstanceType::all() {
            assert_eq!(InstanceType::find(kind.name()), Some(kind));
            assert!(kind.max_enis() > 0 && kind.ipv4_per_eni() > 0 && kind.network_cards() > 0, "{kind}");
        }
        for wrong in ["", "a", "t3", "t3.", "t3.micro ", "zzz", "t3.Micro", " "] {
            assert_eq!(InstanceType::find(wrong), None, "{wrong:?}");
        }
    }

    // rules: E31 J16
    #[test]
    fn bandwidth_is_a_matter_of_the_type() {
        let of = |name: &str| InstanceType::find(name).map(|kind| (kind.network_performance(), kind.card_bandwidth())).unwrap();
        assert_eq!(of("a1.2xlarge"), (Some("Up to 10 Gigabit"), Some((2_500, 10_000))));
        assert_eq!(of("t3.micro").0, Some("Up to 5 Gigabit"));
        // A card that differs from the others, and a type of which nobody tells.
        assert_eq!(of("p6-b300.48xlarge").1, None);
        assert_eq!(of("f1.2xlarge").1, None);
        assert!(InstanceType::all().filter(|kind| kind.network_performance().is_some()).count() > 1_390);
    }

    // rules: E88
    #[test]
    fn large_types_have_32_vcpus() {
        let large = |name: &str| InstanceType::find(name).unwrap().is_large();
        assert!(["m5.8xlarge", "c5n.18xlarge", "m5.metal", "m7i.metal-24xl"].into_iter().all(large));
        assert!(!["t3.micro", "m5.4xlarge", "m5.xlarge", "a1.metal", "mac2.metal", "hpc7a.12xlarge"].into_iter().any(large));
    }

    // rules: S42 E67
    #[test]
    fn time_outs_and_generations() {
        let newest = InstanceType::all().filter(|kind| kind.tcp_established_secs() == 350).count();
        assert_eq!(newest, 476);
        assert!(InstanceType::find("m5.large").unwrap().is_nitro());
        assert!(!InstanceType::find("t2.micro").unwrap().is_nitro());
    }
}
