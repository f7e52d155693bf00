//! Functions of AWS Lambda, and the network interfaces that Lambda makes for them: one for each execution environment once, shared ones now
//! (`P27` to `P30`, `R90` to `R95`).

use super::eni::Eni;
use super::network::Network;
use crate::id::{EniId, GroupId, SubnetId, VpcId};
use crate::time::Instant;

/// How many seconds a function may run that was told nothing else.
pub const TIMEOUT_SECONDS: u16 = 3;
/// The memory, in MB, of one that was told nothing else.
pub const MEMORY_MB: u32 = 128;

/// A function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name, which is its id, too.
    pub name: String,
    /// What it is written for; nobody runs it.
    pub runtime: String,
    /// The role that it acts as; nobody asks for it here.
    pub role: String,
    /// Where its code begins.
    pub handler: String,
    /// What it is for.
    pub description: String,
    /// How many seconds it may run.
    pub timeout: u16,
    /// Its memory, in MB.
    pub memory: u32,
    /// Where in a VPC it works; in none if absent.
    pub vpc: Option<VpcConfig>,
    /// Whose its network interfaces are.
    pub interfaces: Interfaces,
    /// How far it has come.
    pub phase: Phase,
    /// When it was made or changed last.
    pub modified: Instant,
}

/// Where in a VPC a function works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcConfig {
    /// The VPC of its subnets.
    pub vpc: VpcId,
    /// The subnets, at least one.
    pub subnets: Vec<SubnetId>,
    /// The groups of its network interfaces, at least one.
    pub groups: Vec<GroupId>,
}

/// Whose the network interfaces of a function are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interfaces {
    /// Those of all functions with this subnet and these groups, made when the first one is: since 2019 (`P28`).
    Shared,
    /// Each execution environment's own, made when it starts: before that (`P27`).
    OfEnvironments,
}

/// How far a function has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It is being made, until then; what it ends with.
    Creating(Instant, Option<Trouble>),
    /// It is being changed, until then; what that ends with.
    Updating(Instant, Option<Trouble>),
    /// It works.
    Active,
    /// It works as before the last change, which failed.
    NotUpdated(Trouble),
    /// It could not be made.
    Failed(Trouble),
}

/// Why a function has no network interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A subnet has no address left.
    NoAddress,
    /// The region takes no further network interface.
    NoInterface,
}

impl Trouble {
    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Trouble::NoAddress => "SubnetOutOfIPAddresses",
            Trouble::NoInterface => "EniLimitExceeded",
        }
    }

    /// The trouble of a word.
    pub fn from_word(word: &str) -> Option<Trouble> {
        [Trouble::NoAddress, Trouble::NoInterface].into_iter().find(|trouble| trouble.as_str() == word)
    }
}

impl Phase {
    /// AWS's word for its state.
    pub const fn state(self) -> &'static str {
        match self {
            Phase::Creating(..) => "Pending",
            Phase::Failed(_) => "Failed",
            Phase::Updating(..) | Phase::Active | Phase::NotUpdated(_) => "Active",
        }
    }

    /// AWS's word for how its last change went; nothing while it is being made.
    pub const fn last_update(self) -> &'static str {
        match self {
            Phase::Creating(..) | Phase::Updating(..) => "InProgress",
            Phase::NotUpdated(_) | Phase::Failed(_) => "Failed",
            Phase::Active => "Successful",
        }
    }

    /// What went wrong, once it is known.
    pub const fn trouble(self) -> Option<Trouble> {
        match self {
            Phase::NotUpdated(trouble) | Phase::Failed(trouble) => Some(trouble),
            Phase::Creating(..) | Phase::Updating(..) | Phase::Active => None,
        }
    }
}

/// What Lambda has a network interface for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionEni {
    /// Who uses it.
    pub used: Use,
    /// When it goes, if nobody needs it before.
    pub goes: Option<Instant>,
}

/// Who uses a network interface of Lambda's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// Every function with its subnet and groups.
    Shared,
    /// One execution environment.
    Environment {
        /// Of which function.
        function: String,
        /// From when on it can send.
        ready: Instant,
        /// Until when it works on what it was asked last.
        busy_until: Instant,
        /// The number of that call among all of such environments.
        turn: u64,
    },
    /// Nobody any more.
    Nobody,
}

impl VpcConfig {
    /// Whether this is a network interface in one of its subnets with just its groups.
    pub fn fits(&self, eni: &Eni) -> bool {
        let same = self.groups.len() == eni.groups.len() && self.groups.iter().all(|group| eni.groups.contains(group));
        same && self.subnets.contains(&eni.subnet)
    }
}

impl Network {
    /// The function of this name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.get(name).map(AsRef::as_ref)
    }

    /// Every function, by name.
    pub fn functions(&self) -> impl ExactSizeIterator<Item = &Function> + Clone {
        self.functions.values().map(AsRef::as_ref)
    }

    /// The network interfaces that Lambda has, with what for.
    pub fn function_enis(&self) -> impl Iterator<Item = (&Eni, &FunctionEni)> + Clone {
        self.function_enis.iter().filter_map(|(id, used)| Some((self.eni(*id)?, used)))
    }

    /// What Lambda has a network interface for, if it is one of Lambda's.
    pub fn function_eni(&self, eni: EniId) -> Option<&FunctionEni> {
        self.function_enis.get(&eni)
    }

    /// The functions that share a network interface.
    pub fn functions_sharing<'a>(&'a self, eni: &'a Eni) -> impl Iterator<Item = &'a Function> + 'a {
        let shared = self.function_eni(eni.id).is_some_and(|used| used.used == Use::Shared);
        let uses =
            |function: &&Function| function.interfaces == Interfaces::Shared && function.vpc.as_ref().is_some_and(|vpc| vpc.fits(eni));
        self.functions().filter(move |_| shared).filter(uses)
    }

    /// The network interfaces of a function, the one that it was last asked through first: those that it shares, or those of its environments.
    pub fn enis_of_function<'a>(&'a self, function: &'a Function) -> Vec<&'a Eni> {
        let mut own: Vec<(u64, &Eni)> = Vec::new();
        for (eni, used) in self.function_enis() {
            match (&used.used, &function.vpc) {
                (Use::Shared, Some(vpc)) if function.interfaces == Interfaces::Shared && vpc.fits(eni) => own.push((0, eni)),
                (Use::Environment { function: of, turn, .. }, _) if *of == function.name => own.push((u64::MAX - turn, eni)),
                _ => {}
            }
        }
        crate::order::sort_by_key(&mut own, |(turn, eni)| (*turn, eni.id));
        own.into_iter().map(|(_, eni)| eni).collect()
    }
}
