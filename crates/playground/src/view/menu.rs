//! Menus: what can be done with a thing, everything that the playground can do with it, with the reason beside what is refused now.

use super::evidence::EvidenceOf;
use super::form::FormView;
use crate::act::Act;

/// The menu of a thing.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct MenuView {
    /// The thing: `eni:eni-…`, `instance:i-…`, `subnet:subnet-…`, `vpc:vpc-…`, `igw:igw-…`, `elastic-ip:eipalloc-…`, `group:sg-…`,
    /// `route-table:rtb-…`, `acl:acl-…`, `client:N`, or `region` for what belongs to no thing.
    pub thing: String,
    /// Its name.
    pub title: String,
    /// What can be done, the most usual first, what cannot be taken back last.
    pub entries: Vec<MenuEntry>,
}

/// An entry of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuEntry {
    /// A verb: "Detach", "Move to…".
    pub text: String,
    /// Why it is refused now, or what it brings; empty when there is nothing to say.
    pub note: String,
    /// Which glyph: `instance`, `eni`, `elastic-ip`, `group`, `check`, `acl`, `route`, `gateway`, `vpc`, `subnet`, `plus`, `bin`, `move`, `send`,
    /// `play`, `pause`, `list`, or empty.
    pub glyph: &'static str,
    /// What it does.
    pub does: MenuDoes,
}

/// What an entry of a menu does.
#[derive(Clone, Debug, PartialEq)]
pub enum MenuDoes {
    /// Does these acts in order, until one is refused.
    Acts(Vec<Act>),
    /// Asks for more first.
    Form(FormView),
    /// Opens more entries.
    More(Vec<MenuEntry>),
    /// Takes a thing in the hand.
    PickUp(String),
    /// Opens the question of who asks whom, filled in.
    Ask {
        /// Who asks; empty if it is to be chosen.
        from: String,
        /// Whom; empty if it is to be chosen.
        to: String,
    },
    /// Chooses a thing, so that its details are shown.
    Show(String),
    /// Opens the panel of evidence, set to it.
    Evidence(EvidenceOf),
    /// Opens *Why* of a packet, where it was at a place.
    Why {
        /// The packet's number.
        packet: u64,
        /// The anchor of the place.
        at: String,
    },
    /// AWS would refuse it now. Done all the same, these acts bring its whole answer; none where there is nothing to ask.
    Refused(Vec<Act>),
}
