//! IPv6 blocks of a script. Amazon chooses them: so a script asks which one came, and writes every number inside of it behind its beginning.

use eni_core::addr::{Ipv6Addr, Ipv6Net};
use eni_core::model::network::Network;
use eni_core::model::vpc::VPC_IPV6_LEN;
use eni_core::table::Table;

/// What stands at the end of such a block, and goes when numbers inside of it are written.
pub(super) const END: &str = "00::/56";

/// The blocks of a network's VPCs that a script can ask for.
pub(super) fn blocks(network: &Network) -> Vec<Ipv6Net> {
    let all = network.vpcs().flat_map(|vpc| vpc.ipv6_cidrs.iter().map(|block| block.cidr));
    all.filter(|cidr| cidr.prefix_len() == VPC_IPV6_LEN).collect()
}

/// An address, or a block by its first address and length.
fn read(text: &str) -> Option<(Ipv6Addr, Option<u8>)> {
    if !text.contains(':') {
        return None;
    }
    match text.split_once('/') {
        Some((ip, len)) => Some((ip.parse().ok()?, Some(len.parse().ok()?))),
        None => Some((text.parse().ok()?, None)),
    }
}

/// The block that an address or a block in this text lies in.
pub(super) fn block_of(blocks: &[Ipv6Net], text: &str) -> Option<Ipv6Net> {
    let (ip, len) = read(text)?;
    blocks.iter().find(|block| block.contains(&ip) && len.is_none_or(|len| len >= block.prefix_len())).copied()
}

/// What stands behind the beginning of its block: `01::/64` of 2001:db8:0:101::/64.
pub(super) fn rest(text: &str) -> Option<String> {
    let (ip, len) = read(text)?;
    let [_, _, _, group, a, b, c, d] = ip.segments();
    // Four groups that are not zero, so that what is left out can only stand behind them.
    let inner = Ipv6Addr::new(1, 1, 1, 1, a, b, c, d).to_string();
    let inner = inner.strip_prefix("1:1:1:1")?;
    let len = len.map_or_else(String::new, |len| format!("/{len}"));
    Some(format!("{:02x}{inner}{len}", group & 0xff))
}

/// The same number in the block that came instead.
pub(super) fn moved(blocks: &[Ipv6Net], new: &Table<String, String>, text: &str) -> Option<String> {
    let to: Ipv6Net = new.get(&block_of(blocks, text)?.to_string())?.parse().ok()?;
    let (ip, len) = read(text)?;
    let inside = u128::from(ip) & u128::from(to.hostmask());
    let ip = Ipv6Addr::from(u128::from(to.network()) | inside);
    Some(len.map_or_else(|| ip.to_string(), |len| format!("{ip}/{len}")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests say plainly that something must be there")]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_behind_the_beginning_of_their_block() {
        let blocks = ["2001:db8:0:100::/56".parse().unwrap()];
        let stem = "2001:db8:0:1";
        for text in [
            "2001:db8:0:100::/56",
            "2001:db8:0:101::/64",
            "2001:db8:0:1ff::5",
            "2001:db8:0:100::",
            "2001:db8:0:102:a:b:c:d",
            "2001:db8:0:102:0:b::/80",
            "2001:db8:0:102:a::",
        ] {
            assert_eq!(block_of(&blocks, text), Some(blocks[0]), "{text}");
            assert_eq!(format!("{stem}{}", rest(text).unwrap()), text);
        }
        assert_eq!(rest("2001:db8:0:100::/56").as_deref(), Some(END));
        for text in ["2001:db8:0:200::/56", "2001:db8::/32", "10.0.0.0/16", "10.0.0.1", "a text", "12:30", "::/0"] {
            assert_eq!(block_of(&blocks, text), None, "{text}");
        }
    }

    #[test]
    fn numbers_move_to_the_block_that_came() {
        let blocks = ["2001:db8:0:100::/56".parse().unwrap()];
        let new = Table::from_iter([("2001:db8:0:100::/56".to_owned(), "2600:1f18:12:ab00::/56".to_owned())]);
        for (old, expected) in [
            ("2001:db8:0:100::/56", "2600:1f18:12:ab00::/56"),
            ("2001:db8:0:103::/64", "2600:1f18:12:ab03::/64"),
            ("2001:db8:0:103::7", "2600:1f18:12:ab03::7"),
        ] {
            assert_eq!(moved(&blocks, &new, old).as_deref(), Some(expected));
        }
        assert_eq!(moved(&blocks, &new, "2001:db8:0:200::1"), None);
    }
}
