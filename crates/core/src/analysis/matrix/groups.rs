//! What groups say of each other for one protocol and port, pair by pair of the ways in which ENIs behave.
//!
//! A rule's other end is a *token*: a block, a prefix list, a group. Who has the token is who the rule speaks of. ENIs with the same groups, of the
//! same VPC, in the same blocks that rules name, are of one *kind*. Kinds whose rules let in and out the same tokens, and that have the same tokens,
//! *behave* alike; of behaviours every pair is worked out, by who has a token and not by trying each with each.

use super::bits::Bits;
use super::blocks::Blocks;
use crate::addr::{Direction, Ipv4Addr, Ipv4Net};
use crate::id::{GroupId, PrefixListId, VpcId};
use crate::model::network::Network;
use crate::model::prefix_list::PrefixList;
use crate::model::security_group::{Peer, SecurityGroup};
use crate::order::sort;
use crate::packet::{Packet, Shape};
use crate::table::Table;

/// The other end of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    Block(Ipv4Net),
    List(PrefixListId),
    Group(GroupId),
}

/// Whom rules speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Peers {
    /// Everybody.
    all: bool,
    /// Those who have one of these tokens, in order.
    tokens: Vec<u32>,
}

impl Peers {
    const EVERYBODY: Peers = Peers { all: true, tokens: Vec::new() };

    fn add(&mut self, other: &Peers) {
        self.all |= other.all;
        self.tokens.extend(&other.tokens);
    }

    fn in_order(mut self) -> Peers {
        if self.all {
            return Peers::EVERYBODY;
        }
        sort(&mut self.tokens);
        self.tokens.dedup();
        self
    }

    fn speak_of(&self, tokens: &[u32]) -> bool {
        self.all || tokens.iter().any(|token| self.tokens.binary_search(token).is_ok())
    }
}

/// What a group's rules for the packet say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Profile {
    ins: Peers,
    outs: Peers,
}

/// What of an ENI groups look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KindKey {
    /// Its VPC; a host outside has none, and no groups refuse it anything.
    pub vpc: Option<VpcId>,
    /// Its groups, in order.
    pub groups: Vec<GroupId>,
    /// Those of ENIs of other VPCs that have the same address.
    pub beside: Vec<GroupId>,
    /// The blocks and prefix lists that have its address, as tokens in order.
    pub places: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Kind {
    key: KindKey,
    behaviour: u32,
}

/// What kinds let in and out, and what they are to others.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Behaviour {
    ins: Peers,
    outs: Peers,
    tokens: Vec<u32>,
}

/// The behaviours that have something in common, by token.
#[derive(Clone, Debug, Default)]
struct ByToken {
    having: Vec<Vec<u32>>,
    letting_in: Vec<Vec<u32>>,
    sending_to: Vec<Vec<u32>>,
}

/// What groups say, for one protocol and port.
#[derive(Clone, Debug)]
pub struct Groups {
    packet: Shape,
    answer: Shape,
    profiles: Table<GroupId, Profile>,
    numbers: Table<Token, u32>,
    tokens: Vec<Token>,
    blocks: Blocks,
    lists: Vec<(PrefixListId, u32)>,
    kinds: Vec<Kind>,
    kind_of: Table<KindKey, u32>,
    kinds_with: Table<GroupId, Vec<u32>>,
    behaviours: Vec<Behaviour>,
    behaviour_of: Table<Behaviour, u32>,
    kinds_of: Vec<Vec<u32>>,
    free: Vec<u32>,
    by: ByToken,
    lets_all_in: Bits,
    sends_to_all: Bits,
    /// For each behaviour, those that may open a connection to it.
    opens: Vec<Bits>,
}

fn index(number: u32) -> usize {
    number as usize
}

fn at(list: &mut Vec<Vec<u32>>, number: u32) -> Option<&mut Vec<u32>> {
    if list.len() <= index(number) {
        list.resize(index(number) + 1, Vec::new());
    }
    list.get_mut(index(number))
}

fn put(list: &mut Vec<Vec<u32>>, number: u32, one: u32) {
    if let Some(row) = at(list, number) {
        row.push(one);
    }
}

fn take(list: &mut Vec<Vec<u32>>, number: u32, one: u32) {
    if let Some(row) = at(list, number) {
        row.retain(|other| *other != one);
    }
}

fn of(list: &[Vec<u32>], number: u32) -> &[u32] {
    list.get(index(number)).map(Vec::as_slice).unwrap_or_default()
}

impl Groups {
    /// What the groups of a network say of a packet; `answer` is what comes back.
    pub fn new(network: &Network, [packet, answer]: [Packet; 2]) -> Groups {
        let mut groups = Groups {
            packet: packet.shape(),
            answer: answer.shape(),
            profiles: Table::new(),
            numbers: Table::new(),
            tokens: Vec::new(),
            blocks: Blocks::default(),
            lists: Vec::new(),
            kinds: Vec::new(),
            kind_of: Table::new(),
            kinds_with: Table::new(),
            behaviours: Vec::new(),
            behaviour_of: Table::new(),
            kinds_of: Vec::new(),
            free: Vec::new(),
            by: ByToken::default(),
            lets_all_in: Bits::default(),
            sends_to_all: Bits::default(),
            opens: Vec::new(),
        };
        for group in network.groups() {
            groups.look_at(group);
        }
        groups
    }

    /// Reads the rules of a group; the tokens that nobody named before.
    fn look_at(&mut self, group: &SecurityGroup) -> Vec<Token> {
        let mut profile = Profile::default();
        let before = self.tokens.len();
        for rule in &group.rules {
            let (opens, answers) = (self.packet.fits(rule.traffic), self.answer.fits(rule.traffic));
            let token = match rule.peer {
                _ if !opens && !answers => continue,
                Peer::Ipv6(_) => continue,
                Peer::Ipv4(block) if block.prefix_len() == 0 => None,
                Peer::Ipv4(block) => Some(Token::Block(block)),
                Peer::PrefixList(list) => Some(Token::List(list)),
                Peer::Group(group) => Some(Token::Group(group)),
            };
            let number = token.map(|token| self.number(token));
            let peers = if rule.direction == Direction::Ingress { &mut profile.ins } else { &mut profile.outs };
            if opens {
                peers.all |= number.is_none();
                peers.tokens.extend(number);
            }
        }
        let profile = Profile { ins: profile.ins.in_order(), outs: profile.outs.in_order() };
        self.profiles.insert(group.id, profile);
        self.tokens.get(before..).unwrap_or_default().to_vec()
    }

    fn number(&mut self, token: Token) -> u32 {
        if let Some(number) = self.numbers.get(&token) {
            return *number;
        }
        let number = self.tokens.len() as u32;
        self.tokens.push(token);
        self.numbers.insert(token, number);
        match token {
            Token::Block(block) => _ = self.blocks.add(block, number),
            Token::List(list) => self.lists.push((list, number)),
            Token::Group(_) => {}
        }
        number
    }

    /// The blocks that rules name.
    pub fn named_blocks<'a>(&'a self, network: &'a Network) -> impl Iterator<Item = Ipv4Net> + 'a {
        let blocks_of = |list: &'a PrefixList| list.entries.iter().filter_map(|entry| super::ipv4(entry.cidr));
        let lists = self.lists.iter().filter_map(move |(list, _)| network.prefix_list(*list)).flat_map(blocks_of);
        let named = self.tokens.iter().filter_map(|token| if let Token::Block(block) = token { Some(*block) } else { None });
        named.chain(lists)
    }

    /// The tokens that an address has by itself.
    pub fn places(&self, network: &Network, ip: Ipv4Addr) -> Vec<u32> {
        let lists = self.lists.iter().filter(|(list, _)| network.prefix_list(*list).is_some_and(|list| list.entry_of(ip.into()).is_some()));
        let mut places: Vec<u32> = self.blocks.around(ip).chain(lists.map(|(_, number)| *number)).collect();
        sort(&mut places);
        places
    }

    /// The kind with a key; made if there is none.
    pub fn kind(&mut self, network: &Network, key: KindKey) -> u32 {
        if let Some(kind) = self.kind_of.get(&key) {
            return *kind;
        }
        let kind = self.kinds.len() as u32;
        for group in key.groups.iter().chain(&key.beside) {
            self.kinds_with.update(*group, Vec::new(), |kinds| kinds.push(kind));
        }
        self.kind_of.insert(key.clone(), kind);
        let behaviour = self.behaviour(self.behaves(network, &key));
        self.kinds.push(Kind { key, behaviour });
        put(&mut self.kinds_of, behaviour, kind);
        kind
    }

    /// How a kind behaves: what its groups' rules say together, apart from references that fit nothing (`S28`).
    fn behaves(&self, network: &Network, key: &KindKey) -> Behaviour {
        let mut behaviour = Behaviour::default();
        for profile in key.groups.iter().filter_map(|group| self.profiles.get(group)) {
            behaviour.ins.add(&profile.ins);
            behaviour.outs.add(&profile.outs);
        }
        if key.groups.is_empty() {
            (behaviour.ins, behaviour.outs) = (Peers::EVERYBODY, Peers::EVERYBODY);
        }
        let fits = |token: &u32| match self.tokens.get(index(*token)) {
            Some(Token::Group(named)) => {
                network.group(*named).is_some_and(|named| key.vpc.is_some_and(|vpc| !network.is_stale(vpc, named)))
            }
            _ => true,
        };
        let own = key.groups.iter().chain(&key.beside).filter_map(|group| self.numbers.get(&Token::Group(*group)).copied());
        let mut tokens: Vec<u32> = key.places.iter().copied().chain(own).collect();
        sort(&mut tokens);
        tokens.dedup();
        let (mut ins, mut outs) = (behaviour.ins.in_order(), behaviour.outs.in_order());
        ins.tokens.retain(fits);
        outs.tokens.retain(fits);
        Behaviour { ins, outs, tokens }
    }

    /// The behaviour's number; it gets one, with its row and its column, if it is new.
    fn behaviour(&mut self, behaviour: Behaviour) -> u32 {
        if let Some(number) = self.behaviour_of.get(&behaviour) {
            return *number;
        }
        let number = self.free.pop().unwrap_or(self.behaviours.len() as u32);
        if index(number) == self.behaviours.len() {
            self.behaviours.push(Behaviour::default());
            self.opens.push(Bits::default());
        }
        behaviour.tokens.iter().for_each(|token| put(&mut self.by.having, *token, number));
        behaviour.ins.tokens.iter().for_each(|token| put(&mut self.by.letting_in, *token, number));
        behaviour.outs.tokens.iter().for_each(|token| put(&mut self.by.sending_to, *token, number));
        if behaviour.ins.all {
            self.lets_all_in.set(number);
        }
        if behaviour.outs.all {
            self.sends_to_all.set(number);
        }
        self.behaviour_of.insert(behaviour.clone(), number);
        if let Some(place) = self.behaviours.get_mut(index(number)) {
            *place = behaviour;
        }
        self.work_out(number);
        number
    }

    /// Who may open a connection to a behaviour, and to whom it may.
    fn work_out(&mut self, number: u32) {
        let Some(own) = self.behaviours.get(index(number)) else { return };
        let mut row = Bits::default();
        let may_send = |other: u32| self.behaviours.get(index(other)).is_some_and(|other| other.outs.speak_of(&own.tokens));
        if own.ins.all {
            row = self.sends_to_all.clone();
            own.tokens.iter().flat_map(|token| of(&self.by.sending_to, *token)).for_each(|other| row.set(*other));
        } else {
            let known = own.ins.tokens.iter().flat_map(|token| of(&self.by.having, *token));
            known.filter(|other| may_send(**other)).for_each(|other| row.set(*other));
        }
        let lets_in = |other: u32| self.behaviours.get(index(other)).is_some_and(|other| other.ins.speak_of(&own.tokens));
        let mut column: Vec<u32> = Vec::new();
        if own.outs.all {
            column.extend(self.lets_all_in.iter());
            column.extend(own.tokens.iter().flat_map(|token| of(&self.by.letting_in, *token)));
        } else {
            let known = own.outs.tokens.iter().flat_map(|token| of(&self.by.having, *token));
            column.extend(known.copied().filter(|other| lets_in(*other)));
        }
        for other in column {
            if let Some(row) = self.opens.get_mut(index(other)) {
                row.set(number);
            }
        }
        if let Some(place) = self.opens.get_mut(index(number)) {
            *place = row;
        }
    }

    /// Takes a behaviour out that no kind has any more.
    fn forget(&mut self, number: u32) {
        let Some(behaviour) = self.behaviours.get_mut(index(number)).map(std::mem::take) else { return };
        behaviour.tokens.iter().for_each(|token| take(&mut self.by.having, *token, number));
        behaviour.ins.tokens.iter().for_each(|token| take(&mut self.by.letting_in, *token, number));
        behaviour.outs.tokens.iter().for_each(|token| take(&mut self.by.sending_to, *token, number));
        self.lets_all_in.unset(number);
        self.sends_to_all.unset(number);
        self.behaviour_of.remove(&behaviour);
        self.opens.iter_mut().for_each(|row| row.unset(number));
        if let Some(row) = self.opens.get_mut(index(number)) {
            *row = Bits::default();
        }
        self.free.push(number);
    }

    /// A group has other rules now, or is gone. The tokens that nobody named before.
    pub fn changed(&mut self, network: &Network, group: GroupId) -> Vec<Token> {
        let before = self.profiles.get(&group).cloned().unwrap_or_default();
        let new = match network.group(group) {
            Some(group) => self.look_at(group),
            None => {
                self.profiles.remove(&group);
                Vec::new()
            }
        };
        if self.profiles.get(&group).is_none_or(|now| *now != before) {
            self.behave_anew(network, group);
        }
        for token in &new {
            if let Token::Group(named) = token {
                self.behave_anew(network, *named);
            }
        }
        new
    }

    /// Works out again how the kinds with a group behave.
    fn behave_anew(&mut self, network: &Network, group: GroupId) {
        for kind in self.kinds_with.get(&group).cloned().unwrap_or_default() {
            let Some(Kind { key, behaviour: before }) = self.kinds.get(index(kind)) else { continue };
            let (before, behaves) = (*before, self.behaves(network, key));
            let now = self.behaviour(behaves);
            if now == before {
                continue;
            }
            if let Some(kind) = self.kinds.get_mut(index(kind)) {
                kind.behaviour = now;
            }
            put(&mut self.kinds_of, now, kind);
            take(&mut self.kinds_of, before, kind);
            if of(&self.kinds_of, before).is_empty() {
                self.forget(before);
            }
        }
    }

    /// How a kind behaves.
    pub fn behaviour_of(&self, kind: u32) -> u32 {
        self.kinds.get(index(kind)).map_or(u32::MAX, |kind| kind.behaviour)
    }

    /// The behaviours that may open a connection to one.
    pub fn that_open(&self, to: u32) -> impl Iterator<Item = u32> + '_ {
        self.opens.get(index(to)).into_iter().flat_map(Bits::iter)
    }

    /// Whether one behaviour may open a connection to another.
    pub fn opens(&self, from: u32, to: u32) -> bool {
        self.opens.get(index(to)).is_some_and(|row| row.has(from))
    }
}
