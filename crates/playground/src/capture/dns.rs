//! What stands in datagrams of a name server's port, and how `tcpdump` prints it. The model knows only how long they are; what is asked there is made
//! up as web servers' messages are (`M`): the address of a host of the internet that has a name here, and the answer has it.

use eni_core::dataplane::internet::PUBLIC_HOSTS;
use eni_core::packet::Transport;
use eni_core::sim::capture::Frame;

/// Where name servers wait.
const PORT: u16 = 53;
/// The bytes of an OPT record without options (RFC 6891), and of an option's own header.
const OPT: usize = 11;
const OPTION: usize = 4;
/// How long an answer is good, in seconds.
const TTL: [u8; 4] = [0, 0, 1, 44];

/// The line of a message that has room in so many bytes.
pub(super) fn line(frame: &Frame, length: usize) -> Option<String> {
    let Said { id, answers } = said(frame)?;
    bytes(frame, length)?;
    let host = PUBLIC_HOSTS.first()?;
    Some(match answers {
        false => format!("{id}+ [1au] A? {}. ({length})", host.name),
        true => format!("{id} 1/0/1 A {} ({length})", host.ipv4()),
    })
}

/// A message of exactly so many bytes: a question, or its answer; nothing where it has no room.
pub(super) fn bytes(frame: &Frame, length: usize) -> Option<Vec<u8>> {
    let Said { id, answers } = said(frame)?;
    let host = PUBLIC_HOSTS.first()?;
    let [first, second] = id.to_be_bytes();
    // Flags: recursion is wanted; in answers it is there, too. One question, as many answers as there are, no authority, one OPT record.
    let flags = if answers { 0x81 } else { 1 };
    let mut message = vec![first, second, flags, if answers { 0x80 } else { 0 }, 0, 1, 0, u8::from(answers), 0, 0, 0, 1];
    for label in host.name.split('.') {
        message.push(u8::try_from(label.len()).ok()?);
        message.extend(label.bytes());
    }
    // The address of a name in the internet, twice the same words: in the question, and of the record that answers it.
    const A_IN: [u8; 4] = [0, 1, 0, 1];
    message.push(0);
    message.extend(A_IN);
    if answers {
        message.extend([0xc0, 12]);
        message.extend(A_IN);
        message.extend(TTL);
        message.extend([0, 4]);
        message.extend(host.ipv4().octets());
    }
    let rest = length.checked_sub(message.len() + OPT)?;
    // What is left is padding (RFC 7830), which has a header of its own.
    let padding = match rest {
        0 => None,
        _ => Some(rest.checked_sub(OPTION)?),
    };
    message.extend([0, 0, 41, 0x10, 0, 0, 0, 0, 0]);
    message.extend(u16::try_from(rest).ok()?.to_be_bytes());
    if let Some(padding) = padding {
        message.extend([0, 12]);
        message.extend(u16::try_from(padding).ok()?.to_be_bytes());
        message.resize(length, 0);
    }
    Some(message)
}

/// What a datagram of the port is: the number that a question and its answer have in common, and which of them it is.
struct Said {
    id: u16,
    answers: bool,
}

fn said(frame: &Frame) -> Option<Said> {
    match frame.packet.transport {
        Transport::Udp { source, destination: PORT } => Some(Said { id: source, answers: false }),
        Transport::Udp { source: PORT, destination } => Some(Said { id: destination, answers: true }),
        _ => None,
    }
}
