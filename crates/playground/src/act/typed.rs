//! The playground's own lines, read: each stands for one act, and is what [`Act::echo`] writes for it.

use super::{Act, Asking, SceneAct, fault, lambda, service};

/// The words that such lines begin with; `service` is known to every shell.
pub const NAMES: [&str; 8] = ["ask", "fault", "lambda", "move", "name", "place", "ssh", "title"];

/// What a line means that begins with one of [`NAMES`].
pub enum Line {
    /// An act.
    Act(Act),
    /// It is not written as it has to be: how it is.
    Usage(&'static str),
}

const ASK: &str = "usage: ask FROM TO tcp|udp|icmp [PORT] [--timeout SPANms] [--every SPANms] [--name NAME]
       ask --pause|--resume|--stop CLIENT";
const FAULT: &str = "usage: fault hang INSTANCE [--mend]
       fault loss INSTANCE --per-mille RATE
       fault loss INSTANCE --mend
       fault connections INSTANCE --at-most COUNT
       fault connections INSTANCE --mend
       fault spot-notice INSTANCE";
const RATE: &str = "fault loss: --per-mille says how many of a thousand packets are lost, a whole number from 0 to 1000 (200: one of five)";
const COUNT: &str = "fault connections: --at-most says how many connections the instance may track, a whole number from 1 to 10000000; --mend lifts the limit";
const LAMBDA: &str = "usage: lambda FUNCTION then|now\n       then: as before 2019, each execution environment has a network interface of its own\n       now: functions of the same subnet and groups share one";
const MOVE: &str = "usage: move ENI INSTANCE INDEX [--card CARD]";
const NAME: &str = "usage: name ID NAME";
const PLACE: &str = "usage: place ID X Y";
const SERVICE: &str = "usage: service takes rds|alb|nlb SUBNET [--name NAME] [--groups GROUP …]\n       service leaves ENI";
const SSH: &str = "usage: ssh INSTANCE COMMAND";
const TITLE: &str = "usage: title TITLE";

/// Reads a line; nothing if it is none of the playground's own.
pub fn line(name: &str, given: &[String]) -> Option<Line> {
    let words: Vec<&str> = given.iter().map(String::as_str).collect();
    let (act, usage) = match name {
        "ask" => (ask(&words), ASK),
        "fault" => {
            let usage = match () {
                () if fault::is_too_much(&words) => RATE,
                () if fault::is_no_limit(&words) => COUNT,
                () => FAULT,
            };
            (fault::of_words(&words).map(Act::World), usage)
        }
        "lambda" => (lambda::of_words(&words).map(Act::World), LAMBDA),
        "move" => (moved(&words), MOVE),
        "name" => (named(&words), NAME),
        "place" => (place(&words), PLACE),
        "service" => (service::of_words(given).map(Act::World), SERVICE),
        "ssh" => (ssh(&words), SSH),
        "title" => (title(&words), TITLE),
        _ => return None,
    };
    // What an act from outside may be is asked once, where acts are read: sizes, protocols, ports.
    let act = act.and_then(|act| Act::from_json(&act.to_json()).ok());
    Some(act.map_or(Line::Usage(usage), Line::Act))
}

fn ask(words: &[&str]) -> Option<Act> {
    let client = |number: &str| number.parse().ok();
    let act = match words {
        ["--stop", number] => SceneAct::RemoveClient { client: client(number)? },
        ["--pause", number] => SceneAct::PauseClient { client: client(number)?, paused: true },
        ["--resume", number] => SceneAct::PauseClient { client: client(number)?, paused: false },
        [from, to, protocol, rest @ ..] => {
            let mut asking =
                Asking { from: (*from).to_owned(), to: (*to).to_owned(), protocol: (*protocol).to_owned(), ..Asking::default() };
            options(&mut asking, rest)?;
            if asking.every_ms == 0 { SceneAct::Ask(asking) } else { SceneAct::AddClient(asking) }
        }
        _ => return None,
    };
    Some(Act::Scene(act))
}

fn options(asking: &mut Asking, words: &[&str]) -> Option<()> {
    match words {
        [] => Some(()),
        ["--every", span, rest @ ..] => {
            asking.every_ms = span.strip_suffix("ms")?.parse().ok()?;
            options(asking, rest)
        }
        ["--timeout", span, rest @ ..] => {
            asking.timeout_ms = span.strip_suffix("ms")?.parse().ok()?;
            options(asking, rest)
        }
        ["--name", name, rest @ ..] => {
            asking.name = (*name).to_owned();
            options(asking, rest)
        }
        [port, rest @ ..] if asking.port == 0 => {
            asking.port = port.parse().ok()?;
            options(asking, rest)
        }
        _ => None,
    }
}

fn moved(words: &[&str]) -> Option<Act> {
    let (eni, instance, index, card) = match words {
        [eni, instance, index] => (eni, instance, index, 0),
        [eni, instance, index, "--card", card] => (eni, instance, index, card.parse().ok()?),
        _ => return None,
    };
    let (eni, instance) = ((*eni).to_owned(), (*instance).to_owned());
    Some(Act::Scene(SceneAct::Move { eni, instance, card, index: index.parse().ok()? }))
}

fn named(words: &[&str]) -> Option<Act> {
    let [id, name] = words else { return None };
    Some(Act::Scene(SceneAct::Name { id: (*id).to_owned(), name: (*name).to_owned() }))
}

fn place(words: &[&str]) -> Option<Act> {
    let [id, x, y] = words else { return None };
    Some(Act::Scene(SceneAct::Place { id: (*id).to_owned(), x: x.parse().ok()?, y: y.parse().ok()? }))
}

fn ssh(words: &[&str]) -> Option<Act> {
    let (instance, command) = words.split_first().filter(|(_, command)| !command.is_empty())?;
    Some(Act::Guest { instance: (*instance).to_owned(), command: command.join(" ") })
}

fn title(words: &[&str]) -> Option<Act> {
    let [title] = words else { return None };
    Some(Act::Scene(SceneAct::Title { title: (*title).to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::MAX_NAME;

    #[test]
    fn what_is_no_act_says_how_it_is_written() {
        for (name, words, usage) in [
            ("ask", "a b", ASK),
            ("ask", "a b tcp", ASK),
            ("ask", "a b sctp 4", ASK),
            ("ask", "a b tcp 4 5", ASK),
            ("ask", "a b tcp 4 --every 5s", ASK),
            ("ask", "--stop x", ASK),
            ("fault", "loss i --per-mille 1001", RATE),
            ("fault", "loss i --per-mille -1", RATE),
            ("fault", "loss i --per-mille 20% --mend", RATE),
            ("fault", "loss i --per-mille", FAULT),
            ("fault", "connections i --at-most 0", COUNT),
            ("fault", "connections i --at-most 10000001", COUNT),
            ("fault", "connections i --at-most many", COUNT),
            ("fault", "connections i --at-most 5 --mend", FAULT),
            ("fault", "connections i", FAULT),
            ("fault", "spot-notice i --mend", FAULT),
            ("fault", "hang", FAULT),
            ("fault", "loss i", FAULT),
            ("fault", "hang i --per-mille 7", FAULT),
            ("lambda", "a", LAMBDA),
            ("lambda", "a once", LAMBDA),
            ("move", "a b c", MOVE),
            ("name", "a", NAME),
            ("place", "a 1 9999999999", PLACE),
            ("service", "takes lambda", SERVICE),
            ("ssh", "i", SSH),
            ("title", "a b", TITLE),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            assert!(matches!(line(name, &words), Some(Line::Usage(said)) if said == usage), "{name} {words:?}");
        }
        assert!(line("moon", &[]).is_none());
        let long = "x".repeat(MAX_NAME + 1);
        assert!(matches!(line("title", &[long]), Some(Line::Usage(_))));
        for name in NAMES {
            assert!(line(name, &[]).is_some(), "{name}");
        }
    }
}
