//! The one owner of the session: messages in, views out.
//!
//! Every part of the page sends a [`Msg`] through one [`Dispatch`] and is drawn from one [`Shown`]. Nothing else holds state of the session.
//!
//! Things are named by one kind of text everywhere (messages, anchors on the board, menus): `eni:eni-…`, `instance:i-…`, `subnet:subnet-…`,
//! `vpc:vpc-…`, `igw:igw-…`, `router:vpc-…`, `elastic-ip:eipalloc-…`, `group:sg-…`, `route-table:rtb-…`, `acl:acl-…`, `client:N`, `internet`,
//! gates as `nat:…` or `vgw:…`, what a service has in a subnet by its ENI as `service:eni-…`.

mod acting;
mod evidence;
mod flows;
mod hand;
mod looking;
mod overlays;
mod panels;
mod shown;
mod start;
mod state;
mod terminal;
mod time;

pub use evidence::{EvidenceMade, EvidenceShown};
pub use flows::FlowWire;
pub use hand::{Hand, HandKind, Places, enis};
pub use looking::{Look, Looking, tenths};
pub use panels::Panels;
pub use shown::{Clock, Dialog, Pane, Saved, Selection, Shown, Speed, Theme};
pub use start::{Effect, News, Past, Start};
pub use state::Store;
pub use terminal::TerminalShown;

use eni_playground::act::Act;
use eni_playground::scenario::Intake;
use eni_playground::table::Table;
use eni_playground::view::evidence::EvidenceOf;
use yew::Callback;

/// How a part of the page tells the store what somebody wants.
pub type Dispatch = Callback<Msg>;

/// Everything that can be asked of the store.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Does an act; the echo, the announcement and a refusal follow from it.
    Act(Act),
    /// Does several acts in order and stops at the first refusal.
    Acts(Vec<Act>),
    /// Does what would let a packet through, and sends it again.
    Remedy {
        /// What to do, in order.
        acts: Vec<Act>,
        /// The packet.
        packet: u64,
    },
    /// Chooses a packet: ring on the board, ring in the timeline, *Why*.
    SelectPacket(Option<u64>),
    /// Chooses a thing by its name (see the module's head).
    SelectThing(Option<String>),
    /// Chooses a thing and brings its details up, where they do not stand there always.
    ShowThing(String),
    /// Nothing is chosen any more; *Why* and the details go where they do not stand there always.
    CloseWhy,
    /// Lights a check of *Why* by its number, in the pane and on the wire.
    Light(Option<u32>),
    /// Takes something in the hand: `eni:…`, `elastic-ip:…`, or a group: `group:sg-…`, `group:sg-…@eni-…` when it is taken off that ENI.
    PickUp(String),
    /// What is in the hand is over this place (`None`: over none). Places are those of `DropTarget::place`.
    Over(Option<String>),
    /// Goes to the next place in reading order (`true`) or the one before.
    WalkPlaces(bool),
    /// Lets what is in the hand go at a place, by a tap or a key; where it is refused it stays in the hand.
    DropOn(String),
    /// The pointer that carries what is in the hand comes up over a place; where it is refused it lies where it was.
    Release(String),
    /// Puts back what is in the hand.
    PutBack,
    /// Opens the menu of a thing.
    OpenMenu(String),
    /// Closes the menu.
    CloseMenu,
    /// Opens a dialog.
    OpenDialog(Dialog),
    /// Closes the dialog.
    CloseDialog,
    /// Does what a filled form says.
    Submit {
        /// The form's id, as in `FormView`.
        form: String,
        /// What stands in its fields, by name.
        values: Table<String, String>,
    },
    /// Lets time run.
    Play,
    /// Stops time.
    Pause,
    /// Goes to the next event.
    Step,
    /// How fast time runs.
    Speed(Speed),
    /// Where the timeline looks.
    Look(Look),
    /// Takes the last act back.
    Undo,
    /// Does it again.
    Redo,
    /// Changes the colours.
    Theme(Theme),
    /// Opens a scene that comes with the playground, by its id.
    OpenScene(String),
    /// What was opened, from its beginning.
    Reset,
    /// Back to what was here before something else was opened.
    GoBack,
    /// Lets one choose files to open, or a folder (`true`).
    OpenImport(bool),
    /// Opens the panel of evidence, or folds it.
    OpenEvidence(bool),
    /// What is looked at in it.
    Evidence(EvidenceOf),
    /// Opens it, and looks at that in it.
    ShowEvidence(EvidenceOf),
    /// *Why* of a packet, where it was at a place of the board, which is lit.
    WhyAt {
        /// The packet's number.
        packet: u64,
        /// The anchor of the place.
        at: String,
    },
    /// *Why* of a packet of it.
    WhyOfEvidence(u64),
    /// Opens the terminal, or folds it to its newest line.
    OpenTerminal(bool),
    /// The terminal's lines were made so high, in per cent of the window.
    TerminalHeight(u32),
    /// Runs what was typed at the terminal, line by line.
    Type(String),
    /// What was typed and has not been run yet is not run any more.
    StopLines,
    /// Takes the terminal's lines off the page; what they did stays done.
    ClearLines,
    /// Whether files are dragged over the page.
    FilesOver(bool),
    /// Opens what was in files.
    OpenFiles(Intake),
    /// Copies text to the clipboard.
    Copy(String),
    /// Gives the document as a file.
    Download,
    /// Gives the network as a script of commands that rebuild it.
    DownloadScript,
    /// Gives the last packets as a capture: those that crossed this ENI, or all if it is empty.
    DownloadCapture(String),
    /// Which pane a narrow page shows.
    Pane(Pane),
    /// Takes a message off the page.
    DismissNotice,
    /// Shows a message and says it aloud.
    Notice(String),
    /// The window has another size.
    Resized,
    /// Something outside the session has changed: draw again.
    Refresh,
    /// Real milliseconds have passed since the frame before.
    Frame(f64),
    /// What came of saving the state of that count of changes.
    Saved(Saved, u64),
    /// What is done here is kept, not what another tab has kept since.
    KeepHere,
    /// Says that another tab keeps its work, with the way to keep this one's.
    OfferKeeping,
    /// The page is hidden, perhaps for good.
    Leaving,
}
