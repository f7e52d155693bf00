//! What is in the hand, and where it may go.

use super::start::Effect;
use super::state::{Store, spoken};
use super::{Msg, Pane};
use crate::words::{Key, say};
use eni_playground::table::Table;
use eni_playground::view::board::{BoardView, DropTarget, EniView};
use std::rc::Rc;

/// Places by name, with what each says.
pub type Places = Table<String, String>;

/// From so many places on the keys walk only those that would take the thing.
const MANY_PLACES: usize = 60;

/// What sort of thing is in the hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandKind {
    /// An ENI.
    Eni,
    /// An Elastic IP.
    ElasticIp,
    /// A security group.
    Group,
}

/// Something in the hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// Its name, as it was picked up.
    pub thing: String,
    /// Its name for people.
    pub name: String,
    /// What it is.
    pub kind: HandKind,
    /// Every place that could take it, in reading order.
    pub targets: Rc<Vec<DropTarget>>,
    /// What a place says that would take it; nothing where AWS would refuse.
    pub places: Rc<Places>,
    /// The state of the network that this is true of.
    pub version: u64,
    /// The place that it is over.
    pub over: Option<String>,
    /// Whether it may not be lifted at all, as the ENI at index 0.
    pub locked: bool,
}

impl Hand {
    /// The target that it is over.
    pub fn over_target(&self) -> Option<&DropTarget> {
        let over = self.over.as_deref()?;
        self.targets.iter().find(|target| target.place == over)
    }

    /// How many places would take it.
    pub fn legal_count(&self) -> usize {
        self.targets.iter().filter(|target| target.act.is_some() && target.refusal.is_none()).count()
    }

    /// The place after or before the one that it is over; around the ends.
    pub fn walk(&self, forward: bool) -> Option<String> {
        let many = self.targets.len() > MANY_PLACES;
        let takes = |target: &&DropTarget| target.act.is_some() && target.refusal.is_none() || target.refusal.is_some() && !many;
        let places: Vec<&DropTarget> = self.targets.iter().filter(takes).collect();
        let count = places.len();
        let at = self.over.as_deref().and_then(|over| places.iter().position(|target| target.place == over));
        let next = match (at, forward) {
            _ if count == 0 => return None,
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        places.get(next).map(|target| target.place.clone())
    }
}

impl HandKind {
    /// The kind of a thing by its name; `None` for what is not picked up.
    pub fn of(thing: &str) -> Option<HandKind> {
        match thing.split_once(':')?.0 {
            "eni" => Some(HandKind::Eni),
            "elastic-ip" => Some(HandKind::ElasticIp),
            "group" => Some(HandKind::Group),
            _ => None,
        }
    }
}

impl Store {
    /// The messages about the hand. True if the page has to be drawn again.
    pub(super) fn update_hand(&mut self, message: Msg) -> bool {
        match message {
            Msg::PickUp(thing) => self.pick_up(thing),
            Msg::Over(place) => return self.over(place, false),
            Msg::WalkPlaces(forward) => {
                let next = self.shown.hand.as_ref().and_then(|hand| hand.walk(forward));
                return next.is_some() && self.over(next, true);
            }
            Msg::DropOn(place) => self.drop_on(&place, true),
            Msg::Release(place) => self.drop_on(&place, false),
            _ => self.put_back(),
        }
        self.update(Msg::Refresh)
    }

    fn pick_up(&mut self, thing: String) {
        let Some(kind) = HandKind::of(&thing) else { return };
        self.shown.menu = None;
        self.shown.refusal = None;
        let targets = Rc::new(self.session.drop_targets(&thing));
        let name = name_of(&self.shown.board, &thing);
        let refusal = targets.iter().find_map(|target| target.refusal.clone());
        let locked = kind == HandKind::Eni && in_locked_slot(&self.shown.board, &thing);
        let (places, version) = (Rc::new(places_of(&targets)), self.session.version());
        let hand = Hand { thing, name: name.clone(), kind, targets, places, version, over: None, locked };
        match (locked, refusal) {
            (true, Some(refusal)) => {
                self.alarm(spoken(&refusal));
                self.shown.refusal = Some(Rc::new(refusal));
            }
            _ => self.say(match hand.legal_count() {
                0 => say(Key::PickedUpNone { name: &name }),
                1 => say(Key::PickedUpOne { name: &name }),
                count => say(Key::PickedUp { name: &name, count: &count.to_string() }),
            }),
        }
        // While a packet is explained the explanation stays.
        if self.shown.selection.packet.is_none() {
            self.shown.selection.thing = Some(hand.thing.split('@').next().unwrap_or_default().to_owned());
        }
        if self.shown.pane == Pane::Parts {
            self.shown.pane = Pane::Board;
        }
        // Where the thing was there may be another element now.
        self.push(Effect::Focus(hand.thing.clone()));
        self.shown.hand = Some(Rc::new(hand));
    }

    /// What is in the hand is over a place; a refusal is said at once, a legal place only when one walks there by key.
    fn over(&mut self, place: Option<String>, walking: bool) -> bool {
        let Some(hand) = &self.shown.hand else { return false };
        if hand.over == place || hand.locked {
            return false;
        }
        let hand = Rc::new(Hand { over: place, ..(**hand).clone() });
        self.shown.hand = Some(hand.clone());
        let Some(target) = hand.over_target() else { return true };
        match &target.refusal {
            Some(refusal) => self.alarm(spoken(refusal)),
            None if walking => {
                let position = hand.targets.iter().position(|other| other.place == target.place).map_or(0, |at| at + 1);
                let count = hand.targets.len().to_string();
                self.say(say(Key::PlaceOf { text: &target.text, position: &position.to_string(), count: &count }));
            }
            None => {}
        }
        true
    }

    /// The world goes on while something is carried: where it may go is asked again, and what is gone is in no hand.
    pub(super) fn refresh_hand(&mut self) {
        let version = self.session.version();
        let Some(hand) = self.shown.hand.as_ref().filter(|hand| !hand.locked && hand.version != version) else { return };
        let targets = self.session.drop_targets(&hand.thing);
        if targets.is_empty() {
            let name = hand.name.clone();
            self.shown.hand = None;
            self.alarm(say(Key::GoneFromHand { name: &name }));
        } else {
            let over = hand.over.clone().filter(|over| targets.iter().any(|target| target.place == *over));
            let changed = targets != *hand.targets;
            let (targets, places) = if changed { (Rc::new(targets), None) } else { (hand.targets.clone(), Some(hand.places.clone())) };
            let places = places.unwrap_or_else(|| Rc::new(places_of(&targets)));
            self.shown.hand = Some(Rc::new(Hand { targets, places, version, over, ..(**hand).clone() }));
        }
    }

    /// Drops at a place. What AWS refuses is tried all the same, so that the command line shows what was asked and what came back; then
    /// it stays in the hand, for the next place, if `keeps`.
    fn drop_on(&mut self, place: &str, keeps: bool) {
        self.refresh_hand();
        let Some(hand) = self.shown.hand.take() else { return };
        let target = hand.targets.iter().find(|target| target.place == place);
        match target.and_then(|target| target.act.clone()) {
            Some(act) if !hand.locked => {
                let outcome = self.act(act);
                if outcome.result.is_err() {
                    self.shown.refused_at = Some(place.to_owned());
                    self.push(Effect::Focus(hand.thing.clone()));
                    self.shown.hand = keeps.then(|| Rc::new(Hand { over: Some(place.to_owned()), ..(*hand).clone() }));
                } else {
                    self.push(Effect::Focus(hand.thing.split('@').next().unwrap_or_default().to_owned()));
                }
            }
            _ => self.say(say(Key::PutBack { name: &hand.name })),
        }
    }

    fn put_back(&mut self) {
        self.shown.refusal = None;
        if let Some(hand) = self.shown.hand.take() {
            self.say(say(Key::PutBack { name: &hand.name }));
            self.push(Effect::Focus(hand.thing.clone()));
        }
    }
}

/// The places that matter, for looking up: a board has hundreds.
fn places_of(targets: &[DropTarget]) -> Places {
    let matters = targets.iter().filter(|target| target.refusal.is_some() || target.act.is_some());
    matters.map(|target| (target.place.clone(), if target.refusal.is_some() { String::new() } else { target.text.clone() })).collect()
}

/// All ENIs of the board and the tray.
pub fn enis(board: &BoardView) -> impl Iterator<Item = &EniView> {
    let subnets = || board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets);
    let attached = subnets().flat_map(|subnet| &subnet.instances).flat_map(|instance| &instance.slots).filter_map(|slot| slot.eni.as_ref());
    attached.chain(subnets().flat_map(|subnet| &subnet.service_enis)).chain(&board.tray.enis)
}

fn in_locked_slot(board: &BoardView, thing: &str) -> bool {
    let slots = board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets).flat_map(|subnet| &subnet.instances);
    let id = thing.trim_start_matches("eni:");
    slots.flat_map(|instance| &instance.slots).any(|slot| slot.locked && slot.eni.as_ref().is_some_and(|eni| eni.id == id))
}

fn name_of(board: &BoardView, thing: &str) -> String {
    let (kind, id) = thing.split('@').next().unwrap_or_default().split_once(':').unwrap_or(("", thing));
    let found = match kind {
        "eni" => enis(board).find(|eni| eni.id == id).map(|eni| eni.name.clone()),
        "elastic-ip" => board.tray.elastic_ips.iter().find(|address| address.id == id).map(|address| address.ip.clone()),
        _ => board.tray.groups.iter().find(|group| group.badge.id == id).map(|group| group.badge.name.clone()),
    };
    found.unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{News, Start};

    /// The first scene with the spare ENI in the hand, a place that refuses it and one that takes it.
    fn holding() -> (Store, String, String) {
        let mut store = Store::new(Start::default(), Box::new(|_: News<'_>| {})).unwrap();
        let spare = enis(&store.shown().board).find(|eni| eni.name == "spare").map(|eni| format!("eni:{}", eni.id)).unwrap();
        store.update(Msg::PickUp(spare));
        let hand = store.shown().hand.clone().unwrap();
        let place = |refused: bool| {
            let fits =
                |target: &&DropTarget| target.act.is_some() && target.refusal.is_some() == refused && target.place.starts_with("slot:");
            hand.targets.iter().find(fits).map(|target| target.place.clone()).unwrap()
        };
        let places = (place(true), place(false));
        (store, places.0, places.1)
    }

    #[test]
    fn what_a_tap_or_a_key_could_not_place_stays_in_the_hand() {
        let (mut store, refused, taken) = holding();
        store.update(Msg::DropOn(refused.clone()));
        assert!(store.shown().refusal.is_some());
        let over = store.shown().hand.as_ref().map(|hand| hand.over.clone());
        assert_eq!((over, store.shown().refused_at.clone()), (Some(Some(refused.clone())), Some(refused)));
        store.update(Msg::DropOn(taken));
        assert_eq!((&store.shown().hand, &store.shown().refusal), (&None, &None));
        assert!(store.shown().tray.enis.iter().all(|eni| eni.name != "spare"), "it is where the second tap was");
    }

    #[test]
    fn what_a_pointer_let_go_where_it_is_refused_lies_where_it_was() {
        let (mut store, refused, _) = holding();
        store.update(Msg::Release(refused.clone()));
        assert_eq!((&store.shown().hand, &store.shown().refused_at), (&None, &Some(refused)));
        assert!(store.shown().refusal.is_some() && store.shown().tray.enis.iter().any(|eni| eni.name == "spare"));
        store.update(Msg::SelectPacket(Some(1)));
        assert_eq!((&store.shown().refusal, &store.shown().refused_at), (&None, &None), "it makes way for what is chosen next");
    }
}
