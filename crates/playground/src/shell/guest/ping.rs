//! `ping`: echo requests, one a second, printed as iputils prints them. Where no number is given it stops after four, as nobody presses Ctrl-C here.

use super::link::{self, Link, links};
use super::net::{Family, Program, RESOLVER_GIVES_UP, micros, millis, seconds};
use super::{Ended, Guest, failed, names};
use crate::capture::hops_left;
use crate::shell::{Failure, said};
use crate::world::told::{How, Told};
use eni_core::addr::{IpAddr, Ipv4Addr, Ipv6Addr};
use eni_core::dataplane::guest::exit;
use eni_core::dataplane::too_long::INTERNET;
use eni_core::model::hosted_zone::RecordType;
use eni_core::order::sort;
use eni_core::sim::client::Echo;
use eni_core::sim::host::Host;
use eni_core::time::{Duration, Instant};

/// The most requests of one line.
const MOST: u16 = 1_000;
/// How long it waits for a last answer if none has come at all, and if some have.
const LINGER: Duration = Duration::from_secs(10);
const LINGER_ANSWERED: Duration = Duration::from_secs(1);

struct Options<'w> {
    count: u16,
    pause: Duration,
    wait: Option<Duration>,
    from: Option<Ipv4Addr>,
    is_quiet: bool,
    family: Family,
    /// Bytes behind the header of the echo.
    size: u16,
    /// What may be cut into pieces: nothing, not even here (`do`), what is longer than the way is known to take (`want`), everything (`dont`).
    cut: Cut,
    to: &'w str,
}

/// Who may cut a long packet into pieces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Nobody,
    Sender,
    Everybody,
}

pub(super) fn ping(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let options = read(words).ok_or_else(|| failed(2, said::PING_USAGE))?;
    let Some(to) = program.address(options.to, options.family)? else {
        let (why, hint) = program.unresolved(options.to, RESOLVER_GIVES_UP)?;
        return Err(failed(2, format!("ping: {}: {why}\n{hint}", options.to).trim_end()));
    };
    if !program.can_bind(options.from)? {
        return Err(failed(2, "ping: bind: Cannot assign requested address"));
    }
    // Nobody's address is one's own.
    let to = match to {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        to => to,
    };
    if program.on(|guest| is_broadcast(guest, to))? {
        return Err(failed(2, "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules"));
    }
    let shown = shown(program, &options, to)?;
    let whole = options.size + if to.is_ipv4() { 28 } else { 48 };
    let mut text = match to {
        IpAddr::V4(_) => format!("PING {} ({to}) {}({whole}) bytes of data.\n", options.to, options.size),
        IpAddr::V6(_) => format!("PING {}({shown}) {} data bytes\n", options.to, options.size),
    };
    let mut errors = String::new();
    let mut all: Vec<Told> = Vec::new();
    let id = identifier(program.now()?);
    // How long a packet may be, as far as is known: what the interface takes, and less once somebody on the way has said so.
    let mut known = program.on(|guest| link::size_towards(guest, options.from, to))?;
    for number in 1..=options.count {
        let is_last = number == options.count;
        let answered = all.iter().any(|told| matches!(told.how, How::Answered(_)));
        let linger = options.wait.unwrap_or(if answered { LINGER_ANSWERED } else { LINGER });
        let length = if options.cut == Cut::Nobody { whole } else { whole.min(known) };
        let echo = Echo { id, sequence: number, length, cut: length < whole };
        let patience = if is_last { linger } else { options.pause };
        let told = if echo.length > known {
            let now = program.now()?;
            let sign = if to.is_ipv4() { "=" } else { ": " };
            errors.push_str(&format!("ping: local error: message too long, mtu{sign}{known}\n"));
            Told { asked: now, at: now, how: How::TooLong(to, known), seen_as: None, hops: 0 }
        } else {
            let echo = Echo { length: if options.cut == Cut::Everybody { echo.length.min(INTERNET) } else { echo.length }, ..echo };
            program.ask_echo(options.from, to, echo, patience)?
        };
        if let (How::TooLong(who, limit), true) = (told.how, echo.length <= known) {
            text.push_str(&program.on(|guest| too_long(guest, (to, who), number, limit))?);
            known = limit;
        }
        if told.how == How::NoWay {
            return Err(failed(2, "ping: connect: Network is unreachable"));
        }
        if let (How::Answered(who), false) = (told.how, options.is_quiet) {
            text.push_str(&format!(
                "{} bytes from {shown}: icmp_seq={number} ttl={} time={} ms\n",
                options.size + 8,
                hops_left(matches!(who, Host::Internet(_)), told.hops),
                round_trip(&told)
            ));
        }
        // A program does not know at once that a packet is lost.
        let until = match told.how {
            How::Answered(_) | How::TooLong(..) if is_last => told.took(),
            _ if is_last => linger,
            _ => options.pause,
        };
        program.host.wait(Duration::from_nanos(until.as_nanos().saturating_sub(told.took().as_nanos())));
        all.push(told);
    }
    text.push_str(&statistics(options.to, &all));
    let exit = u8::from(!all.iter().any(|told| matches!(told.how, How::Answered(_))));
    Ok(Ended { text, exit, error: errors })
}

fn read<'w>(words: &[&'w str]) -> Option<Options<'w>> {
    let mut options = Options {
        count: 4,
        pause: Duration::from_secs(1),
        wait: None,
        from: None,
        is_quiet: false,
        family: Family::Any,
        size: 56,
        cut: Cut::Sender,
        to: "",
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "-c" => options.count = words.next()?.parse().ok().filter(|count| (1..=MOST).contains(count))?,
            "-i" => options.pause = seconds(words.next()?)?,
            "-W" => options.wait = Some(seconds(words.next()?)?),
            "-I" => options.from = Some(words.next()?.parse().ok()?),
            "-s" => options.size = words.next()?.parse().ok().filter(|size| (16..=65_507 - 28).contains(size))?,
            "-M" => {
                options.cut = match *words.next()? {
                    "do" | "probe" => Cut::Nobody,
                    "want" => Cut::Sender,
                    "dont" => Cut::Everybody,
                    _ => return None,
                }
            }
            "-q" => options.is_quiet = true,
            "-4" | "-6" => options.family = Family::of_letters(word, options.family),
            "-n" => {}
            to if options.to.is_empty() && !to.starts_with('-') => options.to = to,
            _ => return None,
        }
    }
    Some(options).filter(|options| !options.to.is_empty())
}

/// Whether an address is everybody's: of all there is, or of a subnet that the guest is in.
fn is_broadcast(guest: &Guest<'_>, to: IpAddr) -> bool {
    let is_end = |link: &Link<'_>| IpAddr::V4(link.subnet.cidr.broadcast()) == to;
    to == IpAddr::V4(Ipv4Addr::BROADCAST) || links(guest).iter().any(is_end)
}

/// The line of an echo that was too long on its way: IPv6 has a message of its own for it, and with an address of a link goes the interface.
fn too_long(guest: &Guest<'_>, (to, who): (IpAddr, IpAddr), number: u16, limit: u16) -> String {
    if to.is_ipv4() {
        return format!("From {who} icmp_seq={number} Frag needed and DF set (mtu = {limit})\n");
    }
    let is_near = matches!(who, IpAddr::V6(who) if who.is_unicast_link_local());
    let eni = exit(guest.network(), guest.instance, IpAddr::V6(Ipv6Addr::UNSPECIFIED), to).eni;
    let link = links(guest).into_iter().find(|link| is_near && eni.is_some_and(|eni| eni.id == link.eni.id));
    let scope = link.map_or_else(String::new, |link| format!("%{}", link.name));
    format!("From {who}{scope} icmp_seq={number} Packet too big: mtu={limit}\n")
}

/// The identifier of all echoes of one run, as the moment has it: no two runs of a guest begin at once.
fn identifier(now: Instant) -> u16 {
    u16::try_from(now.as_millis() % 65_521).unwrap_or(0) + 1
}

/// What stands behind `64 bytes from`: of somebody who was asked by name, the name of the address.
fn shown(program: &Program<'_>, options: &Options<'_>, to: IpAddr) -> Result<String, Failure> {
    if options.to.parse::<IpAddr>().is_ok() {
        return Ok(to.to_string());
    }
    let named = program.on(|guest| {
        let pointer = names::pointer(&to.to_string())?;
        names::records(guest, &pointer, RecordType::Ptr).first().map(names::value)
    })?;
    let named = named.unwrap_or_else(|| to.to_string());
    Ok(format!("{} ({to})", named.trim_end_matches('.')))
}

/// Three digits that tell something, as ping writes times.
fn round_trip(told: &Told) -> String {
    match micros(told.took()) {
        short @ ..1_000 => millis(short),
        short @ ..10_000 => format!("{}.{:02}", short / 1_000, short % 1_000 / 10),
        long @ ..100_000 => format!("{}.{}", long / 1_000, long % 1_000 / 100),
        long => (long / 1_000).to_string(),
    }
}

fn statistics(to: &str, all: &[Told]) -> String {
    let mut times: Vec<u64> = all.iter().filter(|told| matches!(told.how, How::Answered(_))).map(|told| micros(told.took())).collect();
    let (sent, received) = (all.len(), times.len());
    let begin = all.first().map(|told| told.asked);
    let end = all.last().map(|told| if matches!(told.how, How::Answered(_)) { told.at } else { told.asked });
    let time = begin.zip(end).map_or(0, |(begin, end)| end.since(begin).as_millis());
    let lost = percent(sent - received, sent);
    let wrong = all.iter().filter(|told| matches!(told.how, How::TooLong(..))).count();
    let wrong = if wrong == 0 { String::new() } else { format!(" +{wrong} errors,") };
    let mut text = format!(
        "\n--- {to} ping statistics ---\n{sent} packets transmitted, {received} received,{wrong} {lost}% packet loss, time {time}ms\n"
    );
    sort(&mut times);
    if let (Some(least), Some(most)) = (times.first(), times.last()) {
        let count = received as u64;
        let mean = times.iter().sum::<u64>() / count;
        let square = times.iter().map(|time| time * time).sum::<u64>() / count;
        let spread = square.saturating_sub(mean * mean).isqrt();
        text.push_str(&format!("rtt min/avg/max/mdev = {}/{}/{}/{} ms\n", millis(*least), millis(mean), millis(*most), millis(spread)));
    }
    text
}

/// A share as C prints it with `%g`: six digits at most, no zeros at its end.
fn percent(part: usize, whole: usize) -> String {
    let scaled = (part * 1_000_000 + whole / 2).checked_div(whole).unwrap_or(0);
    let (whole, rest) = (scaled / 10_000, scaled % 10_000);
    let text = format!("{whole}.{rest:04}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_written_short() {
        for (part, whole, shown) in [(0, 4, "0"), (4, 4, "100"), (1, 3, "33.3333"), (2, 3, "66.6667"), (1, 4, "25"), (1, 8, "12.5")] {
            assert_eq!(percent(part, whole), shown);
        }
    }
}
