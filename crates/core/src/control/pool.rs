//! AWS's pool of public IPv4 addresses, as this model fills it: documentation ranges first, so that no real host is meant (`I8`).

use crate::addr::Ipv4Addr;
use crate::model::network::Network;

/// 203.0.113.1 to .254, 192.0.2.1 to .254, then the benchmark range 198.18.0.0/15. 198.51.100.0/24 is for hosts of the internet,
/// and the last 8,192 are the outer ends of VPN tunnels.
const SMALL: u32 = 254;
const BENCHMARK: u32 = (1 << 17) - (1 << 13);
const SIZE: u32 = 2 * SMALL + BENCHMARK;

/// The address at a place of the pool.
fn at(place: u32) -> Ipv4Addr {
    let first = match place {
        0..SMALL => u32::from(Ipv4Addr::new(203, 0, 113, 1)) + place,
        SMALL..508 => u32::from(Ipv4Addr::new(192, 0, 2, 1)) + (place - SMALL),
        _ => u32::from(Ipv4Addr::new(198, 18, 0, 0)) + (place - 2 * SMALL) % BENCHMARK,
    };
    Ipv4Addr::from(first)
}

/// The next free address after `drawn` draws, and the count of draws after it.
pub(super) fn draw(network: &Network, drawn: u32) -> Option<(Ipv4Addr, u32)> {
    (0..SIZE).find_map(|step| {
        let place = drawn.saturating_add(step);
        let ip = at(place % SIZE);
        (!network.has_public_ip(ip)).then_some((ip, place.saturating_add(1)))
    })
}

/// Whether the pool has given this address out before and nobody has it now (`A30`).
pub(super) fn was_released(network: &Network, ip: Ipv4Addr) -> bool {
    (0..network.public_ips_drawn().min(SIZE)).any(|place| at(place) == ip) && !network.has_public_ip(ip)
}
