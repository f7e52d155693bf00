//! Placeholder table.

/// A row.
pub struct Row {
    pub name: &'static str,
    pub max_enis: u16,
    pub ipv4_per_eni: u16,
    pub ipv6_per_eni: u16,
    pub network_cards: u16,
    pub enis_per_card: u16,
    pub nitro: bool,
    pub tcp_established_secs: u32,
}

impl Row {
    /// No row.
    pub const fn none() -> Row {
        Row {
            name: "",
            max_enis: 0,
            ipv4_per_eni: 0,
            ipv6_per_eni: 0,
            network_cards: 0,
            enis_per_card: 0,
            nitro: false,
            tcp_established_secs: 432_000,
        }
    }
}

/// The rows by name.
pub static ROWS: &[Row] = &[
    Row {
        name: "t3.micro",
        max_enis: 2,
        ipv4_per_eni: 2,
        ipv6_per_eni: 2,
        network_cards: 1,
        enis_per_card: 2,
        nitro: true,
        tcp_established_secs: 432_000,
    },
    Row {
        name: "t3.small",
        max_enis: 3,
        ipv4_per_eni: 4,
        ipv6_per_eni: 4,
        network_cards: 1,
        enis_per_card: 3,
        nitro: true,
        tcp_established_secs: 432_000,
    },
];
