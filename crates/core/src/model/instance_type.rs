//! The limits of the instance types (`E84`, `E85`), from a generated table.

mod table;

use std::fmt;

/// An instance type: a row of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceType(u16);

impl InstanceType {
    /// The type with this name.
    pub fn find(name: &str) -> Option<InstanceType> {
        let at = table::ROWS.binary_search_by(|row| row.name.cmp(name)).ok()?;
        u16::try_from(at).ok().map(InstanceType)
    }

    /// Every type, by name.
    pub fn all() -> impl Iterator<Item = InstanceType> {
        (0..table::ROWS.len()).filter_map(|at| u16::try_from(at).ok().map(InstanceType))
    }

    fn row(self) -> &'static table::Row {
        static NOTHING: table::Row = table::Row::none();
        table::ROWS.get(usize::from(self.0)).unwrap_or(&NOTHING)
    }

    /// Its name, as `t3.small`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// How many ENIs it takes, over all network cards (`E85`).
    pub fn max_enis(self) -> u16 {
        self.row().max_enis
    }

    /// How many IPv4 addresses and prefixes an ENI on it may have (`E61`).
    pub fn ipv4_per_eni(self) -> u16 {
        self.row().ipv4_per_eni
    }

    /// How many IPv6 addresses and prefixes an ENI on it may have (`E75`).
    pub fn ipv6_per_eni(self) -> u16 {
        self.row().ipv6_per_eni
    }

    /// How many network cards it has.
    pub fn network_cards(self) -> u16 {
        self.row().network_cards
    }

    /// How many ENIs one network card takes (`E27`).
    pub fn max_enis_on_card(self, card: u16) -> u16 {
        let row = self.row();
        match card {
            _ if card >= row.network_cards => 0,
            _ if row.network_cards == 1 => row.max_enis,
            _ => row.enis_per_card,
        }
    }

    /// Whether it is built on Nitro: prefixes need that (`E67`).
    pub fn is_nitro(self) -> bool {
        self.row().nitro
    }

    /// The default idle time-out of an established TCP connection in seconds: 432,000, or 350 on the newest types (`S42`).
    pub fn tcp_established_secs(self) -> u32 {
        self.row().tcp_established_secs
    }
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
