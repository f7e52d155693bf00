//! What the page shows, as one value that each part is drawn from.

use super::{EvidenceShown, FlowWire, Hand, Looking, Panels, TerminalShown};
use eni_playground::session::{EchoView, SceneView};
use eni_playground::view::board::{BoardView, RefusalView, TrayView};
use eni_playground::view::details::DetailsView;
use eni_playground::view::form::FormView;
use eni_playground::view::menu::MenuView;
use eni_playground::view::report::ReportView;
use eni_playground::view::timeline::TimelineView;
use eni_playground::view::why::WhyView;
use std::rc::Rc;

/// Everything that is on the page.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Shown {
    /// The title of the scene.
    pub scene: String,
    /// The scenes that can be opened.
    pub scenes: Rc<Vec<SceneView>>,
    /// The board and the tray.
    pub board: Rc<BoardView>,
    /// The tray alone: it changes far less often than the board.
    pub tray: Rc<TrayView>,
    /// The timeline.
    pub timeline: Rc<TimelineView>,
    /// Where it looks.
    pub looking: Looking,
    /// *Why* of the chosen packet.
    pub why: Option<Rc<WhyView>>,
    /// The echo, oldest first.
    pub echo: Rc<Vec<EchoView>>,
    /// The terminal beside its lines.
    pub terminal: TerminalShown,
    /// The panel of evidence.
    pub evidence: EvidenceShown,
    /// The wires of the flows that run.
    pub wires: Rc<Vec<FlowWire>>,
    /// What is chosen.
    pub selection: Selection,
    /// What is in the hand.
    pub hand: Option<Rc<Hand>>,
    /// The last refusal of an act, until the next act.
    pub refusal: Option<Rc<RefusalView>>,
    /// The place where that was refused, or the thing that may not be lifted.
    pub refused_at: Option<String>,
    /// Counts changes of the window's size.
    pub resized: u32,
    /// Time.
    pub clock: Clock,
    /// What the last single event was, or what was gone back to, until something else is done.
    pub happened: Option<String>,
    /// What undo would take back.
    pub undo: Option<String>,
    /// What redo would do again.
    pub redo: Option<String>,
    /// The colours.
    pub theme: Theme,
    /// Whether the work is kept.
    pub saved: Saved,
    /// The details of the chosen thing.
    pub details: Option<Rc<DetailsView>>,
    /// The open menu.
    pub menu: Option<Rc<MenuView>>,
    /// What the menu hangs at, as `data-menu` names it.
    pub menu_at: String,
    /// The form of the open dialog.
    pub form: Option<Rc<FormView>>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// Which pane a narrow page shows.
    pub pane: Pane,
    /// Whether files are dragged over the page.
    pub files_over: bool,
    /// A message above the board.
    pub notice: Option<String>,
    /// Whether the message offers the way back.
    pub offers_way_back: bool,
    /// Whether the message offers to keep this tab's work over another's.
    pub offers_keeping: bool,
    /// What was here before something else was opened, by its title.
    pub way_back: Option<String>,
    /// What is to be said aloud when there is time; a counter makes the same words new.
    pub said: (u32, String),
    /// What is to be said aloud at once.
    pub alarm: (u32, String),
    /// What stands around the board.
    pub panels: Panels,
    /// Whether *Why* or the details were asked for: where they do not stand there always, they come up.
    pub asked_why: bool,
    /// Whether another page shows this one.
    pub embedded: bool,
    /// Whether acts are refused because the author said so.
    pub readonly: bool,
}

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Selection {
    /// The packet that *Why* is about.
    pub packet: Option<u64>,
    /// The thing that the details are about.
    pub thing: Option<String>,
    /// The check that is lit.
    pub check: Option<u32>,
}

/// Time as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Clock {
    /// Virtual time in milliseconds.
    pub now_ms: u64,
    /// Whether time runs.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
}

/// How fast virtual time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Speed {
    /// A quarter.
    Quarter,
    /// Half.
    #[default]
    Half,
    /// As real time.
    Normal,
    /// Four times.
    Four,
}

impl Shown {
    /// Whether *Why* or the details are up.
    pub fn has_why(&self) -> bool {
        self.panels.why && self.asked_why && (self.selection.packet.is_some() || self.details.is_some())
    }

    /// The board has more room now, or less: it is measured anew.
    pub fn lie_otherwise(&mut self) {
        self.resized = self.resized.wrapping_add(1);
    }

    /// What was asked for stands over the board: on a narrow page the parts would hide it.
    pub fn leave_parts(&mut self, asked: bool) {
        if asked && self.pane == Pane::Parts {
            self.pane = Pane::Board;
        }
    }
}

impl Speed {
    /// All, slowest first.
    pub const ALL: [Speed; 4] = [Speed::Quarter, Speed::Half, Speed::Normal, Speed::Four];

    /// Virtual time for a unit of real time.
    pub fn factor(self) -> f64 {
        match self {
            Speed::Quarter => 0.25,
            Speed::Half => 0.5,
            Speed::Normal => 1.0,
            Speed::Four => 4.0,
        }
    }

    /// As it stands on its button.
    pub fn label(self) -> &'static str {
        match self {
            Speed::Quarter => "¼×",
            Speed::Half => "½×",
            Speed::Normal => "1×",
            Speed::Four => "4×",
        }
    }
}

/// The colours of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// What the system prefers.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// For a wall: black on white, larger, thicker.
    Projector,
}

impl Theme {
    /// The word in page parameters and in `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Projector => "projector",
        }
    }

    /// The theme of that word.
    pub fn from_name(name: &str) -> Option<Theme> {
        [Theme::Auto, Theme::Light, Theme::Dark, Theme::Projector].into_iter().find(|theme| theme.name() == name)
    }
}

/// Whether the work is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Saved {
    /// Nothing has been tried yet.
    #[default]
    NotYet,
    /// It is on this device, read back.
    OnDevice,
    /// Storage is refused here: it lasts until the tab closes.
    Refused,
    /// Another tab has kept its work there since: this one writes nothing over it.
    Elsewhere,
    /// This page does not store, as embedded ones do not.
    Off,
}

/// A dialog over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// A form of the session, by its id.
    Form {
        /// As in `FormView`.
        id: String,
    },
    /// Create an ENI in a subnet.
    CreateEni {
        /// The subnet's id; empty lets one choose.
        subnet: String,
    },
    /// Create a security group.
    CreateGroup {
        /// The VPC's id; empty lets one choose.
        vpc: String,
    },
    /// Ask: send one packet, or keep sending.
    Ask {
        /// Who asks, or empty.
        from: String,
        /// Whom, or empty.
        to: String,
    },
    /// What the page is and its keys.
    Help,
    /// What was read of files, and what was not.
    Import {
        /// The report.
        report: Rc<ReportView>,
    },
}

impl Dialog {
    /// The form that it asks the session for.
    pub fn form(&self) -> Option<String> {
        match self {
            Dialog::Form { id } => Some(id.clone()),
            Dialog::CreateEni { subnet } => Some(format!("create-eni:{subnet}")),
            Dialog::CreateGroup { vpc } => Some(format!("create-group:{vpc}")),
            Dialog::Ask { .. } | Dialog::Help | Dialog::Import { .. } => None,
        }
    }
}

/// A pane of a narrow page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Pane {
    /// The board.
    #[default]
    Board,
    /// The parts beside it.
    Parts,
    /// *Why*.
    Why,
    /// What the network left behind.
    Evidence,
    /// The command line.
    Terminal,
}
