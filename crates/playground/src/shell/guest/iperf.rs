//! `iperf3 -c`: a load on the network for some seconds, printed as iperf3 prints it. The other end is `iperf3 -s -D` (`act::guest`).

use super::names::unknown;
use super::net::{Family, Program};
use super::{Ended, failed};
use crate::act::Loading;
use crate::act::load::LONGEST;
use crate::shell::{Failure, said};
use crate::world::told::How;
use eni_core::sim::load::{Load, MAX_STREAMS, SECONDS_KEPT, Second, Stream};
use eni_core::time::Duration;

/// After how long a system gives up on a connection that nobody answers: six times it has asked again.
const CONNECTING: Duration = Duration::from_secs(130);
/// How long iperf3 waits for a first datagram back.
const FIRST_DATAGRAM: Duration = Duration::from_secs(30);
/// The pace of datagrams where nothing is said.
const DATAGRAMS: u64 = 1_048_576;
const LINE: &str = "- - - - - - - - - - - - - - - - - - - - - - - - -\n";

struct Options<'w> {
    to: &'w str,
    every: u64,
    loading: Loading,
}

pub(super) fn iperf3(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let Options { to: name, every, mut loading } = read(words).ok_or_else(|| failed(1, said::IPERF_USAGE))?;
    if loading.streams > MAX_STREAMS {
        return Err(failed(1, &format!("iperf3: parameter error - number of parallel streams too large, maximum = {MAX_STREAMS}")));
    }
    let most = LONGEST.min(SECONDS_KEPT / u64::from(loading.streams.max(1)));
    if loading.seconds > most {
        return Err(failed(1, &said::iperf_too_long(most)));
    }
    let no_way = |why: &str| {
        let head = "unable to connect to server - server may have stopped running or use a different port, firewall issue, etc.";
        failed(1, &format!("iperf3: error - {head}: {why}"))
    };
    let Some(to) = program.address(name, Family::Four)? else {
        let hint = program.on(|guest| unknown(guest, name))?;
        return Err(no_way(format!("Name or service not known\n{hint}").trim_end()));
    };
    let told = program.ask(None, to, ("tcp", loading.port), CONNECTING)?;
    match told.how {
        How::Answered(_) => {}
        How::Refused => return Err(no_way("Connection refused")),
        How::NoWay => return Err(no_way("Network is unreachable")),
        How::Nothing | How::TooLong(..) => {
            program.host.wait(Duration::from_nanos(CONNECTING.as_nanos().saturating_sub(told.took().as_nanos())));
            return Err(no_way("Connection timed out"));
        }
    }
    let head = format!("Connecting to host {name}, port {}\n", loading.port);
    program.instance.clone_into(&mut loading.from);
    loading.to = to.to_string();
    let load = program.host.load(&loading).map_err(|why| failed(1, &why))?;
    if load.streams.iter().any(|stream| !stream.is_open) {
        program.host.wait(Duration::from_nanos(FIRST_DATAGRAM.as_nanos().saturating_sub(loading.seconds * 1_000_000_000)));
        return Err(failed(1, &format!("{head}iperf3: error - unable to read from stream socket: Resource temporarily unavailable")));
    }
    let shown = Shown { load: &load, datagrams: loading.datagrams, every };
    let text = format!("{head}{}", shown.intervals());
    if (load.streams.iter()).any(|stream| (stream.seconds.len() as u64) < loading.seconds) {
        return Ok(Ended { text, error: "client_loop: send disconnect: Broken pipe\n".to_owned(), exit: 255 });
    }
    Ok(Ended::from(format!("{text}{}\niperf Done.\n", shown.summary(loading.seconds))))
}

fn read<'w>(words: &[&'w str]) -> Option<Options<'w>> {
    let loading = Loading { port: 5_201, streams: 1, seconds: 10, ..Loading::default() };
    let mut options = Options { to: "", every: 1, loading };
    let (mut rate, mut words) = (None, words.iter());
    while let Some(word) = words.next() {
        let mut number = || words.next()?.parse::<u64>().ok().filter(|number| *number > 0);
        match *word {
            "-c" => options.to = words.next()?,
            "-p" => options.loading.port = u16::try_from(number()?).ok()?,
            "-t" => options.loading.seconds = number()?,
            "-i" => options.every = number()?,
            "-P" => options.loading.streams = u16::try_from(number()?).ok()?,
            "-l" => {
                options.loading.payload = u16::try_from(amount(words.next()?, 1_024)?).ok().filter(|bytes| (16..=65_507).contains(bytes))?
            }
            "-b" => rate = Some(amount(words.next()?, 1_000)?),
            "-u" => options.loading.datagrams = true,
            "-4" | "-f" => {}
            _ => return None,
        }
    }
    options.loading.rate = rate.unwrap_or(if options.loading.datagrams { DATAGRAMS } else { 0 });
    if !options.loading.datagrams {
        // Of TCP it is only how much the program writes at once.
        options.loading.payload = 0;
    }
    Some(options).filter(|options| !options.to.is_empty())
}

/// A number with `K`, `M` or `G` behind it.
fn amount(word: &str, thousand: u64) -> Option<u64> {
    let (digits, times) = match word.char_indices().next_back()? {
        (at, 'k' | 'K') => (word.get(..at)?, thousand),
        (at, 'm' | 'M') => (word.get(..at)?, thousand * thousand),
        (at, 'g' | 'G') => (word.get(..at)?, thousand * thousand * thousand),
        _ => (word, 1),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let places = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let part = if part.is_empty() { 0 } else { part.parse::<u64>().ok()?.checked_mul(times)? / places };
    whole.parse::<u64>().ok()?.checked_mul(times)?.checked_add(part).filter(|bits| *bits <= 1_000_000_000_000)
}

/// What was sent in some seconds.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Payload that was sent, of TCP what was sent for the first time; and what arrived.
    sent: u64,
    arrived: u64,
    datagrams: u64,
    missing: u64,
    again: u64,
}

impl Sum {
    fn of<'s>(seconds: impl Iterator<Item = &'s Second>, datagrams: bool) -> Sum {
        seconds.fold(Sum::default(), |sum, second| {
            let arrived = second.arrived * u64::from(second.payload);
            let sent = if datagrams { second.sent * u64::from(second.payload) } else { arrived };
            Sum {
                sent: sum.sent + sent,
                arrived: sum.arrived + arrived,
                datagrams: sum.datagrams + second.sent,
                missing: sum.missing + second.sent.saturating_sub(second.arrived),
                again: sum.again + second.lost,
            }
        })
    }
}

/// What iperf3 prints of a load.
struct Shown<'l> {
    load: &'l Load,
    datagrams: bool,
    /// How many seconds a line tells of.
    every: u64,
}

impl Shown<'_> {
    fn intervals(&self) -> String {
        let mut text = String::new();
        for (number, stream) in (0..).zip(&self.load.streams) {
            let ((from, port), (to, at)) = (stream.local, stream.remote);
            text.push_str(&format!("[{:>3}] local {from} port {port} connected to {to} port {at}\n", 5 + 2 * number));
        }
        text.push_str(match self.datagrams {
            true => "[ ID] Interval           Transfer     Bitrate         Total Datagrams\n",
            false => "[ ID] Interval           Transfer     Bitrate         Retr  Cwnd\n",
        });
        let seconds = self.load.streams.iter().map(|stream| stream.seconds.len() as u64).max().unwrap_or(0);
        let mut begin = 0;
        while begin < seconds {
            let end = (begin + self.every).min(seconds);
            let rows: Vec<(String, Sum, u64)> = self.rows(begin, end);
            for (id, sum, window) in &rows {
                let rest = match (self.datagrams, id.as_str()) {
                    (true, _) => format!(" {}  ", sum.datagrams),
                    (false, "SUM") => format!(" {:>3}             ", sum.again),
                    (false, _) => format!(" {:>3}   {}s       ", sum.again, bytes(*window)),
                };
                text.push_str(&line(id, (begin, end), sum.sent, &rest));
            }
            begin = end;
            if rows.len() > 1 && begin < seconds {
                text.push_str(LINE);
            }
        }
        text + LINE
    }

    /// A row for each stream, and for all where there are several: what it is called, what was sent, and how much may be under way.
    fn rows(&self, begin: u64, end: u64) -> Vec<(String, Sum, u64)> {
        let place = |second: u64| usize::try_from(second).unwrap_or(usize::MAX);
        let seconds =
            |stream: &Stream| -> Vec<Second> { stream.seconds.iter().skip(place(begin)).take(place(end - begin)).copied().collect() };
        let mut all = Vec::new();
        let mut rows: Vec<(String, Sum, u64)> = Vec::new();
        for (number, stream) in (0..).zip(&self.load.streams) {
            let of = seconds(stream);
            let sum = Sum::of(of.iter(), self.datagrams);
            let window = of.last().map_or(0, |second| {
                let arrived = second.arrived * u64::from(second.payload);
                (arrived.saturating_mul(second.round_trip.as_nanos() / 1_000) / 1_000_000).max(10 * u64::from(second.payload))
            });
            rows.push(((5 + 2 * number).to_string(), sum, window));
            all.extend(of);
        }
        if rows.len() > 1 {
            rows.push(("SUM".to_owned(), Sum::of(all.iter(), self.datagrams), 0));
        }
        rows
    }

    fn summary(&self, seconds: u64) -> String {
        let mut text = match self.datagrams {
            true => "[ ID] Interval           Transfer     Bitrate         Jitter    Lost/Total Datagrams\n",
            false => "[ ID] Interval           Transfer     Bitrate         Retr\n",
        }
        .to_owned();
        for (id, sum, _) in self.rows(0, seconds) {
            let (sender, receiver) = match self.datagrams {
                true => (
                    format!(" 0.000 ms  0/{} (0%)  sender", sum.datagrams),
                    format!(" 0.000 ms  {}/{} ({}%)  receiver", sum.missing, sum.datagrams, percent(sum.missing, sum.datagrams)),
                ),
                false => (format!(" {:>3}             sender", sum.again), "                 receiver".to_owned()),
            };
            text.push_str(&line(&id, (0, seconds), sum.sent, &sender));
            text.push_str(&line(&id, (0, seconds), sum.arrived, &receiver));
        }
        text
    }
}

fn line(id: &str, (begin, end): (u64, u64), sent: u64, rest: &str) -> String {
    let pace = unit(sent * 8 / (end - begin).max(1), 1_000, ["bit", "Kbit", "Mbit", "Gbit", "Tbit"]);
    format!("[{id:>3}] {:>6}-{:<6} sec  {}s  {pace}s/sec {rest}\n", format!("{begin}.00"), format!("{end}.00"), bytes(sent))
}

fn bytes(number: u64) -> String {
    unit(number, 1_024, ["Byte", "KByte", "MByte", "GByte", "TByte"])
}

/// A number with three digits, in the largest unit of which there is one.
fn unit(number: u64, step: u64, names: [&str; 5]) -> String {
    let mut size = 1_u64;
    let mut name = "";
    for (place, next) in names.into_iter().enumerate() {
        if place > 0 && number < size.saturating_mul(step) {
            break;
        }
        size = if place > 0 { size.saturating_mul(step) } else { size };
        name = next;
    }
    let scaled = |times: u64| (number / size * times) + (number % size * times + size / 2) / size;
    let (hundredths, tenths) = (scaled(100), scaled(10));
    match (hundredths, tenths) {
        (..1_000, _) => format!("{}.{:02} {name}", hundredths / 100, hundredths % 100),
        (_, ..1_000) => format!("{}.{} {name}", tenths / 10, tenths % 10),
        _ => format!("{:>4} {name}", scaled(1)),
    }
}

/// A share in percent, with two digits that tell something.
fn percent(part: u64, whole: u64) -> String {
    let of = |places: u64| (part * 100 * places + whole / 2).checked_div(whole).unwrap_or(0);
    if part == 0 || part == whole || of(1) >= 10 {
        return of(1).to_string();
    }
    let mut places = 10;
    while of(places) < 10 && places < 100_000 {
        places *= 10;
    }
    let width = places.ilog10() as usize;
    let text = format!("{}.{:0width$}", of(places) / places, of(places) % places);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{amount, bytes, percent, unit};

    #[test]
    fn numbers_are_written_with_three_digits() {
        for (number, shown) in [
            (0, "0.00 Byte"),
            (1_023, "1023 Byte"),
            (1_024, "1.00 KByte"),
            (592 << 20, " 592 MByte"),
            (104_805_171, "99.9 MByte"),
            (104_857_600, " 100 MByte"),
            (6_195_490_816, "5.77 GByte"),
        ] {
            assert_eq!(bytes(number), shown, "{number}");
        }
        assert_eq!(unit(4_971_111_111, 1_000, ["bit", "Kbit", "Mbit", "Gbit", "Tbit"]), "4.97 Gbit");
    }

    #[test]
    fn rates_and_shares() {
        for (word, bits) in
            [("1M", Some(1_000_000)), ("2.5g", Some(2_500_000_000)), ("800", Some(800)), ("x", None), ("1T", None), ("", None)]
        {
            assert_eq!(amount(word, 1_000), bits, "{word}");
        }
        for (part, whole, shown) in [(0, 5, "0"), (1, 6, "17"), (1, 1_000, "0.1"), (123, 10_000, "1.2"), (5, 5, "100")] {
            assert_eq!(percent(part, whole), shown);
        }
    }
}
