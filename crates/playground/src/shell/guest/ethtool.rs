//! `ethtool -S INTERFACE`: what the driver of a network card has counted since it found the card (`W5`).

use super::link::links;
use super::net::Program;
use super::{Ended, failed};
use crate::shell::{Failure, said};
use eni_core::observe::metric::Traffic;
use eni_core::observe::metrics::CONNECTIONS_LEFT as LEFT;

/// `-S` prints what is counted, under the names that the driver of AWS's cards has; they have one queue here.
pub(super) fn ethtool(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let (["-S" | "--statistics", name] | [name, "-S" | "--statistics"]) = words else {
        return Err(failed(1, said::ETHTOOL_USAGE));
    };
    let eni = program.on(|guest| links(guest).into_iter().find(|link| link.name == *name).map(|link| (link.eni.id, guest.nitro())))?;
    let Some((eni, true)) = eni else {
        let why = if eni.is_some() || *name == "lo" { "Operation not supported" } else { "No such device" };
        return Err(failed(96, &format!("Cannot get stats strings information: {why}")));
    };
    let nic = program.host.nic(eni);
    let mut text = "NIC statistics:\n".to_owned();
    let mut line = |name: &str, number: u64| text.push_str(&format!("     {name}: {number}\n"));
    for (name, number) in nic.exceeded() {
        line(name, number);
    }
    // AWS tells it of every instance; here only one that somebody limited has something to tell (`S45`).
    if let Some(left) = program.host.connections_left(eni) {
        line(LEFT, u64::from(left));
    }
    for (name, what) in [
        ("queue_0_tx_cnt", Traffic::PacketsOut),
        ("queue_0_tx_bytes", Traffic::BytesOut),
        ("queue_0_rx_cnt", Traffic::PacketsIn),
        ("queue_0_rx_bytes", Traffic::BytesIn),
    ] {
        line(name, nic.total(what));
    }
    Ok(text.into())
}
