//! The pcapng format, as far as a capture is written in it (draft-ietf-opsawg-pcapng): a section, its interfaces, and packets with comments.

use eni_core::addr::Mac;

/// The types of the blocks.
const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const ENHANCED_PACKET: u32 = 6;
/// What a reader tells the order of bytes by.
const BYTE_ORDER: u32 = 0x1a2b_3c4d;
/// Ethernet.
const LINK_TYPE: u16 = 1;
/// Times are in units of ten to the minus nine.
const NANOSECONDS: u8 = 9;

/// A file that grows.
pub struct PcapNg {
    bytes: Vec<u8>,
    interfaces: u32,
}

/// An interface.
pub struct Interface {
    /// What it is called.
    pub name: String,
    /// What is said of it.
    pub description: String,
    /// Its address.
    pub mac: Option<Mac>,
}

/// A packet at an interface.
pub struct Packet<'p> {
    /// The interface, by its number.
    pub interface: u32,
    /// When, in nanoseconds since 1970.
    pub nanos: u64,
    /// What was on the link.
    pub bytes: &'p [u8],
    /// Into the interface, or out of it.
    pub inbound: bool,
    /// What is said of it.
    pub comment: &'p str,
}

impl PcapNg {
    /// A file without packets.
    pub fn new() -> PcapNg {
        let mut file = PcapNg { bytes: Vec::new(), interfaces: 0 };
        let mut body = Vec::new();
        body.extend(BYTE_ORDER.to_le_bytes());
        body.extend(1u16.to_le_bytes());
        body.extend(0u16.to_le_bytes());
        // How long the section is is not said.
        body.extend(u64::MAX.to_le_bytes());
        option(&mut body, 4, b"ENI Playground");
        end_of_options(&mut body);
        file.block(SECTION, &body);
        file
    }

    /// Adds an interface; its number.
    pub fn interface(&mut self, interface: &Interface) -> u32 {
        let mut body = Vec::new();
        body.extend(LINK_TYPE.to_le_bytes());
        body.extend([0; 2]);
        // Packets are never cut.
        body.extend(0u32.to_le_bytes());
        option(&mut body, 2, interface.name.as_bytes());
        option(&mut body, 3, interface.description.as_bytes());
        if let Some(mac) = interface.mac {
            option(&mut body, 6, &mac.0);
        }
        option(&mut body, 9, &[NANOSECONDS]);
        end_of_options(&mut body);
        self.block(INTERFACE, &body);
        self.interfaces += 1;
        self.interfaces - 1
    }

    /// Adds a packet.
    pub fn packet(&mut self, packet: &Packet<'_>) {
        let mut body = Vec::with_capacity(packet.bytes.len() + packet.comment.len() + 48);
        body.extend(packet.interface.to_le_bytes());
        // The upper half of the time stands before the lower one.
        body.extend(((packet.nanos >> 32) as u32).to_le_bytes());
        body.extend((packet.nanos as u32).to_le_bytes());
        let length = u32::try_from(packet.bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
        body.extend(length);
        body.extend(length);
        body.extend(packet.bytes);
        pad(&mut body);
        option(&mut body, 1, packet.comment.as_bytes());
        option(&mut body, 2, &(if packet.inbound { 1u32 } else { 2 }).to_le_bytes());
        end_of_options(&mut body);
        self.block(ENHANCED_PACKET, &body);
    }

    /// The whole file.
    pub fn done(self) -> Vec<u8> {
        self.bytes
    }

    /// A block has its length before and behind it.
    fn block(&mut self, kind: u32, body: &[u8]) {
        let length = u32::try_from(body.len() + 12).unwrap_or(u32::MAX).to_le_bytes();
        self.bytes.extend(kind.to_le_bytes());
        self.bytes.extend(length);
        self.bytes.extend(body);
        self.bytes.extend(length);
    }
}

/// Adds an option, cut to what an option can hold; none that is empty.
fn option(body: &mut Vec<u8>, code: u16, value: &[u8]) {
    let value = value.get(..usize::from(u16::MAX)).unwrap_or(value);
    if value.is_empty() {
        return;
    }
    body.extend(code.to_le_bytes());
    body.extend(u16::try_from(value.len()).unwrap_or(u16::MAX).to_le_bytes());
    body.extend(value);
    pad(body);
}

fn end_of_options(body: &mut Vec<u8>) {
    body.extend([0; 4]);
}

/// Everything begins at a multiple of four.
fn pad(body: &mut Vec<u8>) {
    body.resize(body.len().next_multiple_of(4), 0);
}
