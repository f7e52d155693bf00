//! What the programs share that ask over the network: whom they mean, and how the words of their options are read.

use super::{Guest, failed, guest, names};
use crate::act::Asking;
use crate::shell::{Failure, Host};
use crate::world::name_of;
use crate::world::told::{How, Told};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::guest::{METADATA, configured_on};
use eni_core::dataplane::internet::service_at;
use eni_core::model::endpoint::public_name_of;
use eni_core::model::instance::ListenerProtocol;
use eni_core::sim::client::Echo;
use eni_core::sim::host;
use eni_core::time::{Duration, Instant};

/// How long a guest takes to answer itself.
const WITHIN: Duration = Duration::from_micros(30);

/// When a system gives up a name server that says nothing: it asks twice.
pub const RESOLVER_GIVES_UP: Duration = Duration::from_secs(10);

/// Which addresses a program is told to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// Those that the system prefers.
    #[default]
    Any,
    /// Those of IPv4.
    Four,
    /// Those of IPv6.
    Six,
}

impl Family {
    /// What `-4` and `-6` mean, alone or among other letters.
    pub fn of_letters(letters: &str, before: Family) -> Family {
        if letters.contains('6') {
            Family::Six
        } else if letters.contains('4') {
            Family::Four
        } else {
            before
        }
    }
}

/// A program on an instance.
pub struct Program<'h> {
    /// Where it runs.
    pub host: &'h mut dyn Host,
    /// The instance, as it was typed.
    pub instance: &'h str,
}

impl Program<'_> {
    /// Looks at what is there now.
    pub fn on<T>(&self, look: impl FnOnce(&Guest<'_>) -> T) -> Result<T, Failure> {
        let scenario = self.host.scenario().ok_or_else(|| failed(255, ""))?;
        guest(&scenario, self.instance).map(|guest| look(&guest))
    }

    /// The addresses of a name in the order in which the system wants them tried, or the one that the text is; none if nobody knows the name.
    pub fn addresses(&self, text: &str, family: Family) -> Result<Vec<IpAddr>, Failure> {
        match text.parse() {
            Ok(address) => Ok(vec![address]),
            Err(_) => self.on(|guest| names::addresses(guest, text, family)),
        }
    }

    /// The first of them.
    pub fn address(&self, text: &str, family: Family) -> Result<Option<IpAddr>, Failure> {
        self.addresses(text, family).map(|all| all.first().copied())
    }

    /// Why a name leads nowhere, in the system's words, with what is said behind a fault; until it is known the program waits as long as `most`.
    pub fn unresolved(&mut self, name: &str, most: Duration) -> Result<(&'static str, String), Failure> {
        let (why, is_waited_for) = self.on(|guest| names::fault(guest, name))?;
        if is_waited_for {
            self.host.wait(RESOLVER_GIVES_UP.min(most));
        }
        Ok((why, self.on(|guest| names::unknown(guest, name))?))
    }

    /// Whether the system lets a program send from an address: it is configured there, or the program asks for none.
    pub fn can_bind(&self, from: Option<Ipv4Addr>) -> Result<bool, Failure> {
        let Some(address) = from else { return Ok(true) };
        self.on(|guest| configured_on(guest.network(), guest.instance, address.into()).is_some())
    }

    /// Asks once, from an address of its own or from where the guest chooses, and waits for what comes of it.
    pub fn ask(&mut self, from: Option<Ipv4Addr>, to: IpAddr, what: (&str, u16), timeout: Duration) -> Result<Told, Failure> {
        self.ask_by((from, None), to, what, timeout)
    }

    /// Asks for an echo with an identifier, a number and a length of its own.
    pub fn ask_echo(&mut self, from: Option<Ipv4Addr>, to: IpAddr, echo: Echo, timeout: Duration) -> Result<Told, Failure> {
        self.ask_by((from, Some(echo)), to, ("icmp", 0), timeout)
    }

    fn ask_by(&mut self, how: (Option<Ipv4Addr>, Option<Echo>), to: IpAddr, what: (&str, u16), timeout: Duration) -> Result<Told, Failure> {
        let (from, echo) = how;
        if to.is_loopback() || to.is_unspecified() {
            return self.on_loopback(to, what);
        }
        let (source_ip, from) = (from, self.instance.to_owned());
        let timeout_ms = timeout.as_millis().max(1);
        let (protocol, port) = (what.0.to_owned(), what.1);
        let asking = Asking { from, to: to.to_string(), protocol, port, timeout_ms, source_ip, echo, ..Asking::default() };
        let told = self.host.ask(&asking).map_err(|why| failed(2, &why))?;
        // What a guest asks itself by an address of its own meets no network, and takes its time nevertheless.
        let is_own = told.at == told.asked && matches!(told.how, How::Answered(_));
        Ok(if is_own { Told { at: told.at + WITHIN, ..told } } else { told })
    }

    /// Waits for what does not come, until the program gives up.
    pub fn wait_out(&mut self, told: &Told, patience: Duration) {
        if matches!(told.how, How::Nothing | How::TooLong(..)) {
            self.host.wait(Duration::from_nanos(patience.as_nanos().saturating_sub(told.took().as_nanos())));
        }
    }

    /// Asks the guest itself, where no network is on the way: a service that waits there answers, and the system where it is asked for none.
    fn on_loopback(&self, to: IpAddr, (protocol, port): (&str, u16)) -> Result<Told, Failure> {
        let transport = if protocol == "udp" { ListenerProtocol::Udp } else { ListenerProtocol::Tcp };
        self.on(|guest| {
            let waits = guest.instance.guest.listeners.iter().any(|listener| {
                let is_there = listener.address.is_none_or(|address| IpAddr::V4(address) == to);
                listener.protocol == transport && listener.ports.contains(port) && is_there
            });
            let how = if waits || protocol == "icmp" { How::Answered(host::Host::Instance(guest.instance.id)) } else { How::Refused };
            Told { asked: guest.scenario.clock, at: guest.scenario.clock + WITHIN, how, seen_as: Some(to), hops: 0 }
        })
    }

    /// The moment.
    pub fn now(&self) -> Result<Instant, Failure> {
        self.host.scenario().map(|scenario| scenario.clock).ok_or_else(|| failed(255, ""))
    }

    /// What people call a host.
    pub fn called(&self, who: host::Host) -> Result<String, Failure> {
        self.on(|guest| match who {
            host::Host::Instance(id) => guest.network().instance(id).map_or_else(|| id.to_string(), |found| name_of(&found.tags, &id)),
            host::Host::Internet(address) | host::Host::Beyond(_, address) => service_at(guest.network(), address)
                .map_or_else(|| address.to_string(), |service| public_name_of(service, guest.network().region())),
            host::Host::Service(eni) => {
                let endpoint = guest.network().eni(eni).and_then(|eni| guest.network().endpoint_of(eni));
                endpoint.map_or_else(|| eni.to_string(), |endpoint| public_name_of(&endpoint.service, guest.network().region()))
            }
            host::Host::NatGateway(id) => id.to_string(),
            host::Host::Router(eni) => eni.to_string(),
            host::Host::Metadata(_) => METADATA.to_string(),
        })
    }
}

/// Seconds as options take them: `5`, `0.5`; from a millisecond to an hour.
pub fn seconds(word: &str) -> Option<Duration> {
    let seconds: f64 = word.parse().ok()?;
    if !(0.001..=3_600.0).contains(&seconds) {
        return None;
    }
    u64::try_from(std::time::Duration::from_secs_f64(seconds).as_millis()).ok().map(Duration::from_millis)
}

/// Microseconds as milliseconds with three places.
pub fn millis(micros: u64) -> String {
    format!("{}.{:03}", micros / 1_000, micros % 1_000)
}

/// A whole number of microseconds.
pub const fn micros(span: Duration) -> u64 {
    span.as_nanos() / 1_000
}
