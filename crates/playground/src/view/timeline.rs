//! The timeline: acts as flags, each client's questions as ticks, and what flies now.

/// Numbers of packets from here on stand for questions that sent none: there was no address to send one to.
pub const UNSENT: u64 = 1 << 63;

/// The whole timeline.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TimelineView {
    /// Now, in milliseconds of virtual time.
    pub now_ms: u64,
    /// The left edge of what is shown, in milliseconds.
    pub from_ms: u64,
    /// The right edge, in milliseconds.
    pub to_ms: u64,
    /// The left edge of a window that shows now, in milliseconds: further right there is nothing to see yet.
    pub newest_ms: u64,
    /// Acts that were done, and transitions that are due.
    pub flags: Vec<FlagView>,
    /// A lane for each client.
    pub lanes: Vec<LaneView>,
}

/// One event, told.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct StepView {
    /// "ops-1 has its answer to request 3, after 0.0 s".
    pub text: String,
    /// The packet that it is about, to open *Why* with.
    pub packet: Option<u64>,
    /// When, in milliseconds.
    pub at_ms: u64,
}

/// A flag.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FlagView {
    /// When, in milliseconds.
    pub at_ms: u64,
    /// "terminate web-1".
    pub text: String,
    /// Whether it is still to come.
    pub due: bool,
}

/// The questions of one client.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LaneView {
    /// The client's number.
    pub client: u32,
    /// "client → svc".
    pub name: String,
    /// Its questions in the window, oldest first.
    pub ticks: Vec<TickView>,
    /// Since when all its questions are kept, in milliseconds; 0 if none was forgotten. Of older ones there are losses alone.
    pub kept_ms: u64,
    /// Spans without an answer that reach into the window, in milliseconds, oldest first.
    pub outages: Vec<(u64, u64)>,
    /// How long the span that goes on lasts by now, or the last one of the window lasted: "4.4 s"; empty if there is none.
    pub gap: String,
    /// Whether a span goes on now.
    pub out: bool,
    /// How many questions were answered since the beginning.
    pub answered: u64,
    /// How many were lost.
    pub lost: u64,
}

/// One question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TickView {
    /// When it was asked, in milliseconds.
    pub at_ms: u64,
    /// The packet's number, to open *Why* with; from [`UNSENT`] on there is none.
    pub packet: u64,
    /// True answered, false lost, `None` not known yet.
    pub answered: Option<bool>,
}

/// A packet that set out during the last advance, for the canvas: the places it passes, in order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FlightView {
    /// The packet's number.
    pub packet: u64,
    /// The number of the client for whom it travels.
    pub client: u32,
    /// When it set out, in milliseconds of virtual time.
    pub at_ms: u64,
    /// The anchors that it passes, in order: `client:N`, `internet`, `igw:…`, `router:vpc-…`, `subnet:…`, `eni:…`, `instance:…`.
    pub path: Vec<String>,
    /// Whether it stopped at the last anchor instead of arriving.
    pub lost: bool,
    /// The name of the place that stopped it; empty if none did.
    pub place: String,
    /// Whether it answers another packet.
    pub reply: bool,
}
