//! The instance metadata service: what it answers to the instance that asks (`G11`, `G12`).

mod tree;

use super::Guest;
use super::http::{Request, Response};
use eni_core::model::key_pair::LETTERS;
use eni_core::rng::Rng;

/// What asks for a token, and how long it shall be good.
const TOKEN: &str = "/latest/api/token";
const LIFE: &str = "X-aws-ec2-metadata-token-ttl-seconds";
/// What a token is shown in.
const SHOWN: &str = "X-aws-ec2-metadata-token";
/// The longest life of a token, in seconds: six hours.
const LONGEST: u64 = 21_600;
/// How many letters of a token tell when it ends, and how many there are.
const MOMENT_LETTERS: usize = 11;
const TOKEN_LETTERS: usize = 49;

/// What the service answers.
pub fn answer(guest: &Guest<'_>, request: &Request<'_>) -> Response {
    let options = guest.instance.metadata;
    let path = request.path.split('?').next().unwrap_or_default();
    if !options.is_on {
        return refused(403);
    }
    match request.method {
        "PUT" if path == TOKEN => return new_token(guest, request),
        "GET" | "HEAD" => {}
        _ => return refused(405),
    }
    match request.header(SHOWN) {
        Some(shown) if !is_good(guest, shown) => return refused(401),
        None if options.needs_token => return refused(401),
        _ => {}
    }
    tree::read(guest, path).map_or_else(|| refused(404), Response::ok)
}

fn new_token(guest: &Guest<'_>, request: &Request<'_>) -> Response {
    // What came through a proxy is not given one.
    if request.header("X-Forwarded-For").is_some() {
        return refused(403);
    }
    let life = request.header(LIFE).and_then(|word| word.parse().ok()).filter(|life| (1..=LONGEST).contains(life));
    life.map_or_else(|| refused(400), |life: u64| Response::ok(token(guest, seconds(guest) + life)))
}

fn seconds(guest: &Guest<'_>) -> u64 {
    guest.scenario.clock.as_millis() / 1_000
}

/// The token of an instance that is good until a second of virtual time. It follows from both, so nothing of it has to be kept.
fn token(guest: &Guest<'_>, until: u64) -> String {
    let id = guest.instance.id.to_string();
    let sum = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let moment = (0..MOMENT_LETTERS).map(|place| until >> (6 * place));
    let mut rng = Rng::new(sum ^ until);
    let rest = (MOMENT_LETTERS..TOKEN_LETTERS).map(|_| rng.next_u64() >> 32);
    let letters: String = moment.chain(rest).filter_map(letter).collect();
    format!("AQAEA{letters}==")
}

/// The letter of six bits, of those that may stand in headers.
fn letter(bits: u64) -> Option<char> {
    let letter = usize::try_from(bits & 63).ok().and_then(|bits| LETTERS.get(bits))?;
    Some(match letter {
        b'+' => '-',
        b'/' => '_',
        letter => char::from(*letter),
    })
}

/// Whether a token is of this instance and still good.
fn is_good(guest: &Guest<'_>, shown: &str) -> bool {
    let letters = shown.strip_prefix("AQAEA").and_then(|rest| rest.get(..MOMENT_LETTERS)).unwrap_or_default();
    let bits = |sign: char| (0..64).find(|bits| letter(*bits) == Some(sign)).unwrap_or(0);
    let until = letters.chars().enumerate().fold(0, |sum, (place, sign)| sum | bits(sign) << (6 * place));
    seconds(guest) < until && token(guest, until) == shown
}

/// The page that says no.
fn refused(status: u16) -> Response {
    let page = Response { status, body: String::new() };
    let title = format!("{status} - {}", page.reason());
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>
<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"
\t\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">
<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"en\" lang=\"en\">
 <head>
  <title>{title}</title>
 </head>
 <body>
  <h1>{title}</h1>
 </body>
</html>
"
    );
    Response { body, ..page }
}
