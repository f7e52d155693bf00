//! Two sockets and a channel that loses what it is told to lose.

use super::key::{Cause, ClientId, RequestId};
use super::socket::*;
use crate::packet::TcpFlags;
use crate::time::{Duration, Instant};

const CAUSE: Cause = Cause { client: ClientId(1), request: RequestId(1) };

/// Both ends of one connection; `asking` has its first segment on the way.
struct Pair {
    asking: Socket,
    answering: Option<Socket>,
    to_answering: Vec<Segment>,
    to_asking: Vec<Segment>,
    /// Everything that was sent, as text: `>` from the asking end.
    transcript: Vec<String>,
    notices: Vec<(char, Notice)>,
}

fn text(direction: char, segment: &Segment) -> String {
    let names = [('S', TcpFlags::SYN), ('F', TcpFlags::FIN), ('R', TcpFlags::RST), ('P', TcpFlags::PSH), ('A', TcpFlags::ACK)];
    let flags: String = names.iter().filter(|(_, flag)| segment.flags.has(*flag)).map(|(name, _)| *name).collect();
    format!("{direction}{flags}{}", if segment.again { "*" } else { "" })
}

impl Pair {
    fn new(first: u32) -> Pair {
        let (asking, syn) = Socket::connect(first, CAUSE, Instant::ZERO);
        Pair { asking, answering: None, to_answering: vec![syn], to_asking: Vec::new(), transcript: Vec::new(), notices: Vec::new() }
    }

    /// Lets both ends talk until they are silent; `lose` says which segments (by their place in the transcript) get lost.
    fn talk(&mut self, lose: &[usize]) {
        while !(self.to_answering.is_empty() && self.to_asking.is_empty()) {
            for segment in std::mem::take(&mut self.to_answering) {
                if self.passes('>', &segment, lose) {
                    self.deliver_to_answering(segment);
                }
            }
            for segment in std::mem::take(&mut self.to_asking) {
                if self.passes('<', &segment, lose) {
                    self.deliver_to_asking(segment);
                }
            }
        }
    }

    fn passes(&mut self, direction: char, segment: &Segment, lose: &[usize]) -> bool {
        self.transcript.push(text(direction, segment));
        !lose.contains(&(self.transcript.len() - 1))
    }

    fn deliver_to_answering(&mut self, segment: Segment) {
        let mut out = Vec::new();
        let mut notices = Vec::new();
        match &mut self.answering {
            None if segment.flags == TcpFlags::SYN => {
                let (socket, reply) = Socket::accept(5_000, segment.sequence, CAUSE, Instant::ZERO);
                self.answering = Some(socket);
                out.push(reply);
            }
            None => out.extend(refusal(segment)),
            Some(socket) => {
                socket.take(segment, &mut out, &mut notices);
                for notice in &notices {
                    if let Notice::Messages(count) = notice {
                        socket.write(*count);
                    }
                }
                if socket.is_half_closed() {
                    socket.close();
                }
                socket.transmit(&mut out);
            }
        }
        self.notices.extend(notices.into_iter().map(|notice| ('<', notice)));
        self.to_asking.extend(out);
    }

    fn deliver_to_asking(&mut self, segment: Segment) {
        let mut out = Vec::new();
        let mut notices = Vec::new();
        self.asking.take(segment, &mut out, &mut notices);
        self.asking.transmit(&mut out);
        self.notices.extend(notices.into_iter().map(|notice| ('>', notice)));
        self.to_answering.extend(out);
    }

    fn write(&mut self, messages: u32) {
        self.asking.write(messages);
        self.asking.transmit(&mut self.to_answering);
    }

    fn time_out(&mut self) -> Option<Notice> {
        self.asking.retransmit(&mut self.to_answering)
    }

    fn answers(&self) -> u32 {
        self.notices.iter().map(|notice| if let ('>', Notice::Messages(count)) = notice { *count } else { 0 }).sum()
    }
}

#[test]
fn a_request_and_its_answer_take_nine_segments() {
    // The second start wraps round the end of the sequence numbers in the middle of the conversation.
    for first in [1_000, u32::MAX - 100, u32::MAX] {
        let mut pair = Pair::new(first);
        pair.asking.write(1);
        pair.talk(&[]);
        pair.asking.close();
        pair.asking.transmit(&mut pair.to_answering);
        pair.talk(&[]);
        assert_eq!(pair.transcript, [">S", "<SA", ">A", ">PA", "<PA", ">A", ">FA", "<FA", ">A"], "{first}");
        assert_eq!(pair.answers(), 1);
        assert!(pair.asking.is_finished() && pair.answering.unwrap().is_finished());
    }
}

#[test]
fn what_is_lost_is_sent_again_and_nothing_twice() {
    // (which segments get lost, how many time-outs it takes, how many answers there are in the end)
    for (lose, time_outs) in [(vec![0], 1), (vec![3], 1), (vec![4], 1), (vec![3, 4], 2)] {
        let mut pair = Pair::new(7);
        pair.asking.write(1);
        pair.talk(&lose);
        for _ in 0..time_outs {
            assert!(pair.asking.waits(), "{lose:?}: {:?}", pair.transcript);
            assert_eq!(pair.time_out(), None);
            pair.talk(&lose);
        }
        // A lost answer is sent again by the answering end, on its own timer.
        if pair.answers() == 0 {
            let answering = pair.answering.as_mut().unwrap();
            assert!(answering.waits());
            assert_eq!(answering.retransmit(&mut pair.to_asking), None);
            pair.talk(&lose);
        }
        assert_eq!(pair.answers(), 1, "{lose:?}: {:?}", pair.transcript);
    }
}

#[test]
fn after_an_outage_the_sender_goes_back_and_catches_up() {
    let mut pair = Pair::new(7);
    pair.write(1);
    pair.talk(&[]);
    let before = pair.transcript.len();
    pair.write(5);
    let all: Vec<usize> = (before..before + 5).collect();
    pair.talk(&all);
    assert_eq!(pair.transcript[before..], [">PA", ">PA", ">PA", ">PA", ">PA"]);
    assert_eq!(pair.time_out(), None);
    pair.talk(&all);
    assert_eq!(pair.transcript[before + 5], ">PA*", "one message first, marked as sent again");
    assert_eq!(pair.answers(), 6, "{:?}", pair.transcript);
    assert!(!pair.asking.waits());
}

#[test]
fn patience_doubles_up_to_a_minute_and_ends() {
    let mut pair = Pair::new(7);
    pair.to_answering.clear();
    let mut waits = Vec::new();
    loop {
        waits.push(pair.asking.patience());
        if let Some(notice) = pair.time_out() {
            assert_eq!(notice, Notice::Aborted);
            break;
        }
    }
    let seconds = [1, 2, 4, 8, 16, 32, 60];
    assert_eq!(waits, seconds.map(Duration::from_secs));
    assert_eq!(pair.to_answering.len(), usize::from(SYN_TRIES));
}

#[test]
fn a_host_without_a_socket_resets_but_never_answers_a_reset() {
    let mut pair = Pair::new(7);
    pair.write(1);
    pair.talk(&[]);
    pair.answering = None;
    pair.write(1);
    pair.talk(&[]);
    assert_eq!(pair.transcript[pair.transcript.len() - 2..], [">PA", "<R"]);
    assert_eq!(pair.notices.last(), Some(&('>', Notice::Reset)));
    let reset = Segment { flags: TcpFlags::RST, sequence: 1, acknowledgement: 0, payload: 0, again: false };
    assert_eq!(refusal(reset), None);
}

#[test]
fn a_reset_with_a_wrong_number_is_ignored() {
    let mut pair = Pair::new(7);
    pair.write(1);
    pair.talk(&[]);
    let stale = Segment { flags: TcpFlags::RST, sequence: 1, acknowledgement: 0, payload: 0, again: false };
    let (mut out, mut notices) = (Vec::new(), Vec::new());
    pair.asking.take(stale, &mut out, &mut notices);
    assert!(out.is_empty() && notices.is_empty());
}

#[test]
fn a_refused_connection_resets_the_asking_end() {
    let (mut socket, syn) = Socket::connect(41, CAUSE, Instant::ZERO);
    let (mut out, mut notices) = (Vec::new(), Vec::new());
    socket.take(refusal(syn).unwrap(), &mut out, &mut notices);
    assert_eq!(notices, [Notice::Reset]);
}

#[test]
fn an_acknowledgement_of_what_was_never_sent_is_ignored() {
    let mut pair = Pair::new(7);
    pair.talk(&[]);
    pair.asking.write(1);
    let mut out = Vec::new();
    pair.asking.transmit(&mut out);
    let sent = out.last().copied().unwrap();
    let (before, end) = (pair.asking.progress(), sent.sequence.wrapping_add(sent.payload));
    for (number, progress) in [(end + 1, before), (before.wrapping_sub(1), before), (end, end)] {
        let segment = Segment { flags: TcpFlags::ACK, sequence: sent.acknowledgement, acknowledgement: number, payload: 0, again: false };
        pair.asking.take(segment, &mut out, &mut Vec::new());
        assert_eq!((pair.asking.progress(), pair.asking.waits()), (progress, progress != end), "{number}");
    }
}

#[test]
fn a_reset_acknowledges_all_that_it_refuses() {
    let fin = TcpFlags::FIN;
    for (flags, payload, acknowledged) in [(TcpFlags::SYN, 0, 101), (fin, 512, 613), (TcpFlags::PSH, 512, 612)] {
        let reply = refusal(Segment { flags, sequence: 100, acknowledgement: 0, payload, again: false }).unwrap();
        assert_eq!((reply.flags, reply.sequence, reply.acknowledgement), (TcpFlags::RST.with(TcpFlags::ACK), 0, acknowledged));
    }
}
