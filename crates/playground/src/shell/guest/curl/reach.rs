//! Whom curl reaches of the addresses of a name: where the system speaks both families, the second one is tried, too, when the first has said nothing for a
//! fifth of a second, or refuses.

use crate::shell::Failure;
use crate::shell::guest::net::Program;
use crate::world::told::{How, Told};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::guest::source_for;
use eni_core::time::Duration;

/// How long the first family is waited for alone.
const ALONE: Duration = Duration::from_millis(200);

/// How it went.
pub struct Reached {
    /// Who was asked last.
    pub to: IpAddr,
    /// What came of it, from the first question on.
    pub told: Told,
    /// Who was asked.
    pub tried: Vec<IpAddr>,
}

pub fn reach(
    program: &mut Program<'_>,
    from: Option<Ipv4Addr>,
    (all, port): (&[IpAddr], u16),
    patience: Duration,
) -> Result<Reached, Failure> {
    let first = all.first().copied().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let speaks = |to: &&IpAddr| program.on(|guest| source_for(guest.network(), guest.instance, **to).is_some()).unwrap_or(false);
    let second = all.iter().find(|other| other.is_ipv4() != first.is_ipv4()).filter(speaks).copied();
    let alone = if second.is_some() { ALONE.min(patience) } else { patience };
    let told = program.ask(from, first, ("tcp", port), alone)?;
    let Some(to) = second.filter(|_| !matches!(told.how, How::Answered(_)) && patience > alone) else {
        return Ok(Reached { to: first, told, tried: vec![first] });
    };
    program.wait_out(&told, alone);
    let left = patience.as_nanos().saturating_sub(program.now()?.since(told.asked).as_nanos());
    let then = program.ask(from, to, ("tcp", port), Duration::from_nanos(left))?;
    let is_silent = |told: &Told| matches!(told.how, How::Nothing | How::TooLong(..));
    // The first one may yet answer where the second refuses.
    let how = if is_silent(&told) && !matches!(then.how, How::Answered(_)) { How::Nothing } else { then.how };
    Ok(Reached { to, told: Told { asked: told.asked, how, ..then }, tried: vec![first, to] })
}
