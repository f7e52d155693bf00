//! `wget -qO-`: a page, and nothing else; what it says while it works is left out with `-q`, and it is not asked without.

use super::curl::page;
use super::http::{Request, place};
use super::net::{Family, Program, seconds};
use super::{Ended, failed};
use crate::shell::Failure;
use crate::words::programs;
use crate::world::told::How;
use eni_core::time::Duration;

/// How long it waits for a connection, if nothing else is wanted: as long as the system does.
const USUAL: Duration = Duration::from_secs(127);
/// What it ends with where the network is in the way, and where the server says no.
const NETWORK: u8 = 4;
const SERVER: u8 = 8;

pub(super) fn wget(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let usage = || failed(2, programs::WGET);
    let (mut patience, mut headers, mut url, mut is_quiet, mut is_shown, mut family) = (USUAL, Vec::new(), None, false, None, Family::Any);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "-q" | "--quiet" => is_quiet = true,
            "-qO-" => (is_quiet, is_shown) = (true, Some(true)),
            "-O-" => is_shown = Some(true),
            "-O" | "-qO" => {
                is_quiet |= *word == "-qO";
                is_shown = match *words.next().ok_or_else(usage)? {
                    "-" => Some(true),
                    "/dev/null" => Some(false),
                    _ => return Err(usage()),
                };
            }
            "-T" => patience = words.next().and_then(|word| seconds(word)).ok_or_else(usage)?,
            // Once is as often as anything is tried here.
            "-t" => words.next().filter(|times| **times == "1").map(|_| ()).ok_or_else(usage)?,
            "-4" | "-6" => family = Family::of_letters(word, family),
            "--no-check-certificate" | "--tries=1" => {}
            option if option.starts_with("--header=") => headers.push(option.trim_start_matches("--header=")),
            option if option.starts_with("--timeout=") => {
                patience = seconds(option.trim_start_matches("--timeout=")).ok_or_else(usage)?;
            }
            address if url.is_none() && !address.starts_with('-') => url = Some(address),
            _ => return Err(usage()),
        }
    }
    let (Some(url), true, Some(is_shown)) = (url, is_quiet, is_shown) else { return Err(usage()) };
    let (name, port, path) = place(url).map_err(|_| usage())?;
    let nothing = Ended { exit: NETWORK, ..Ended::default() };
    let all = program.addresses(name, family)?;
    if all.is_empty() {
        program.unresolved(name, patience)?;
    }
    let mut answered = None;
    for to in all {
        let told = program.ask(None, to, ("tcp", port), patience)?;
        if let How::Answered(who) = told.how {
            answered = Some((who, told));
            break;
        }
        program.wait_out(&told, patience);
    }
    let Some((who, told)) = answered else { return Ok(nothing) };
    let answer = page(program, (who, &told), &Request { method: "GET", path, headers: &headers })?;
    if answer.status >= 400 {
        return Ok(Ended { exit: SERVER, ..Ended::default() });
    }
    Ok(if is_shown { answer.body.into() } else { Ended::default() })
}
