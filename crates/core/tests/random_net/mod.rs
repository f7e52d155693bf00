//! Random networks and random packets, for judges that are held against each other.
//!
//! A network is a list of pieces. Pieces name each other by number, and one whose other end is missing is left out, so any part of a list is a
//! network as well: that is how a difference is shrunk to the few pieces that make it.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
#![allow(missing_docs, reason = "names say it")]

pub mod built;
pub mod draw;
pub mod estate;
pub mod naive;
pub mod probe;

/// A piece of a network.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// 10.N.0.0/16.
    Vpc {
        vpc: usize,
        gateway: bool,
    },
    /// 2600:1f18:0:N00::/56, of which each subnet that comes later has 2600:1f18:0:NSS::/64.
    Ipv6 {
        vpc: usize,
    },
    EgressOnly {
        vpc: usize,
    },
    /// A virtual private gateway with a connection to an office, 192.168.0.0/16.
    Vpn {
        vpc: usize,
    },
    Peering {
        one: usize,
        other: usize,
        active: bool,
    },
    /// It denies everything.
    Acl {
        acl: usize,
        vpc: usize,
    },
    /// As `in 100 allow tcp 22 0.0.0.0/0`.
    Entry {
        acl: usize,
        text: String,
    },
    /// It has the local route.
    Table {
        table: usize,
        vpc: usize,
    },
    Route {
        table: usize,
        to: To,
        by: By,
    },
    /// A table of what comes in by a gateway.
    Edge {
        table: usize,
        vpc: usize,
        by: By,
    },
    /// A route that a virtual private gateway told a table of.
    Told {
        table: usize,
        block: String,
    },
    /// 10.VPC.N.0/24; without its own ACL or table it has the VPC's.
    Subnet {
        subnet: usize,
        vpc: usize,
        acl: usize,
        table: usize,
    },
    List {
        list: usize,
        blocks: Vec<String>,
    },
    Group {
        group: usize,
        vpc: usize,
    },
    /// As `in tcp 443`, and a peer.
    Rule {
        group: usize,
        text: &'static str,
        peer: Peer,
    },
    Instance {
        instance: usize,
        vpc: usize,
        guest: Habits,
        runs: bool,
    },
    /// 10.VPC.SUBNET.(10+N), and .(100+N) as well if it has a second address; 203.0.113.(10+N) and .(100+N) in public; ::N+1 of its subnet.
    Eni {
        eni: usize,
        subnet: usize,
        groups: Vec<usize>,
        check: bool,
        second: bool,
        public: bool,
        ipv6: bool,
        instance: Option<usize>,
    },
    /// The ENI of an interface endpoint, or of a mount target: 10.VPC.SUBNET.(150+N).
    Service {
        service: usize,
        subnet: usize,
        groups: Vec<usize>,
        files: bool,
    },
    /// 10.VPC.SUBNET.(200+N); 203.0.113.(200+N) in public.
    Nat {
        nat: usize,
        subnet: usize,
        public: bool,
    },
}

impl Piece {
    /// A rule or an entry that says nothing in the place of this one: ids come from counters, and all others keep theirs.
    pub fn silent(&self) -> Piece {
        match self {
            Piece::Rule { group, .. } => Piece::Rule { group: *group, text: "in 254", peer: Peer::Block("192.0.2.1/32".to_owned()) },
            Piece::Entry { acl, text } => {
                let way: Vec<&str> = text.split(' ').take(2).collect();
                Piece::Entry { acl: *acl, text: format!("{} deny 254 192.0.2.1/32", way.join(" ")) }
            }
            other => other.clone(),
        }
    }
}

/// Where a route leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum To {
    Block(String),
    List(usize),
}

/// What a route leads through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum By {
    Gateway,
    Nat(usize),
    Eni(usize),
    Peering,
    EgressOnly,
    Vpn,
    /// An ENI that there is not.
    Nothing,
}

/// The other end that a rule of a group speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Peer {
    Block(String),
    Group(usize),
    List(usize),
}

/// How a guest behaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habits {
    pub policy_routing: bool,
    pub forwards: bool,
    pub masquerades: bool,
    /// 0 off, 1 strict, 2 loose, as Linux counts.
    pub reverse_path: u8,
    pub configures_secondaries: bool,
}

/// The smallest part of a list that is still `bad`: pieces are taken away, many at once first, until none can be.
pub fn shrink(pieces: &[Piece], mut bad: impl FnMut(&[Piece]) -> bool) -> Vec<Piece> {
    let mut left = pieces.to_vec();
    let mut size = left.len().div_ceil(2).max(1);
    loop {
        let before = left.len();
        let mut at = 0;
        while at < left.len() {
            let mut fewer = left.clone();
            fewer.drain(at..(at + size).min(left.len()));
            if bad(&fewer) {
                left = fewer;
            } else {
                at += size;
            }
        }
        if size == 1 && left.len() == before {
            return left;
        }
        size = (size / 2).max(1);
    }
}

/// A network, a piece a line.
pub fn lines(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| format!("{piece:?}\n")).collect()
}
