//! The board and the tray: the nested boxes with everything that stands in them.

use std::rc::Rc;

/// The whole board, in the order of reading: outside, gateway, VPC, zones, subnets, instances, ENIs.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct BoardView {
    /// The clients that ask, inside and outside.
    pub clients: Vec<ClientView>,
    /// The VPCs: those with an internet gateway first, then by name. Shared, as all that holds much here: what has not changed is neither made nor copied nor compared again.
    pub vpcs: Vec<Rc<VpcView>>,
    /// Gates of no VPC.
    pub others: Vec<OtherGatewayView>,
    /// Peering connections and transit gateways, each below the upper one of its VPCs.
    pub peerings: Vec<PeeringView>,
    /// What lies beside the board.
    pub tray: Rc<TrayView>,
    /// One sentence that says what is there, for people who do not see it.
    pub summary: String,
}

/// A client with what came of its questions.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ClientView {
    /// Its number in the scene, as acts name it.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// The address that it asks from.
    pub address: String,
    /// The anchor of what it asks from: `client:N` for a host of the internet, `instance:i-…` for one inside.
    pub anchor: String,
    /// Whether it is a host outside: of the internet, or of a network behind a customer gateway.
    pub outside: bool,
    /// The customer gateway that it is behind, as `cgw:…`; empty where it is behind none.
    pub behind: String,
    /// What it asks, as `tcp 203.0.113.25:443`.
    pub target: String,
    /// Whether it keeps asking.
    pub asking: bool,
    /// Answers so far.
    pub answered: u64,
    /// Questions that found no answer.
    pub lost: u64,
    /// How long it has been without an answer, in milliseconds; 0 while it is answered.
    pub outage_ms: u64,
    /// The last outage that is over: its length and its end, both in milliseconds.
    pub last_outage: Option<(u64, u64)>,
    /// The newest outcomes, oldest first; true is answered. At most 32.
    pub recent: Vec<bool>,
    /// "3.7 s without an answer", or what stands there when all is well.
    pub headline: String,
}

/// A VPC.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct VpcView {
    /// Its id.
    pub id: String,
    /// Its name, or its id.
    pub name: String,
    /// Its blocks, joined with commas.
    pub cidr: String,
    /// The region.
    pub region: String,
    /// The internet gateway attached to it.
    pub gateway: Option<GatewayView>,
    /// Other gates on its edge: VPN and egress-only gateways, endpoints.
    pub others: Vec<OtherGatewayView>,
    /// Its zones, by name.
    pub zones: Vec<ZoneView>,
}

/// A gateway on a VPC's edge.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct GatewayView {
    /// Its id.
    pub id: String,
    /// Its name, or its id.
    pub name: String,
}

/// A gate to elsewhere: a box with its name.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct OtherGatewayView {
    /// What the page calls it: `igw:…`, `nat:…`, `vgw:…`, `eigw:…`, `vpce:…`, `cgw:…`, `vpn:…`, `pcx:…`, `tgw:…` or `zone:…`; what a service has in a subnet by
    /// its ENI, `service:eni-…`.
    pub thing: String,
    /// Its glyph: `gateway`, `nat`, `vpn-gateway`, `office`, `tunnel`, `endpoint`, `balancer`, `function`, `drum`, `router` or `names`.
    pub glyph: &'static str,
    /// "NAT gateway".
    pub kind: String,
    /// Its name.
    pub name: String,
    /// A word for its state, or that nothing answers behind it yet.
    pub note: String,
    /// Whether it carries packets now.
    pub live: bool,
    /// The ENI that it works through, which stands on it as its port: in a subnet.
    pub port: Option<String>,
    /// What else is told of it there: the listeners of a load balancer with their targets, the functions that share an ENI.
    pub lines: Vec<String>,
}

/// A peering connection or a transit gateway, where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PeeringView {
    /// The box with its name.
    pub gate: OtherGatewayView,
    /// The id of the VPC that it stands below.
    pub below: String,
}

/// An Availability Zone of a VPC that has a subnet in it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ZoneView {
    /// Its name.
    pub name: String,
    /// Its subnets, by block.
    pub subnets: Vec<Rc<SubnetView>>,
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SubnetView {
    /// Its id.
    pub id: String,
    /// Its name, or its id.
    pub name: String,
    /// Its block.
    pub cidr: String,
    /// Its zone's name.
    pub zone: String,
    /// How many addresses are free.
    pub free: u32,
    /// Whether its table leads to an internet gateway.
    pub public: bool,
    /// Its route table.
    pub route_table: NamedId,
    /// Its network ACL.
    pub acl: NamedId,
    /// The instances whose primary ENI is here, by name; terminated ones stay as ghosts while AWS lists them.
    pub instances: Vec<Rc<InstanceView>>,
    /// ENIs of services that are in no instance. Those of its NAT gateways and of services that are known are drawn on their cards.
    pub service_enis: Vec<EniView>,
    /// Its NAT gateways, and what services have in it.
    pub others: Vec<OtherGatewayView>,
    /// How many of its ENIs are on instances that stand in another subnet, in words; empty when none is.
    pub elsewhere: String,
}

/// A thing with a name.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct NamedId {
    /// Its id.
    pub id: String,
    /// Its name, or its id.
    pub name: String,
}

/// An instance.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct InstanceView {
    /// Its id.
    pub id: String,
    /// Its name, or its id.
    pub name: String,
    /// Its type, as `t3.small`.
    pub kind: String,
    /// AWS's word for its state.
    pub state: String,
    /// That word as the page says it.
    pub state_text: String,
    /// Whether it runs.
    pub running: bool,
    /// Whether it is gone: drawn as a ghost.
    pub gone: bool,
    /// What may be done with it now: `start`, `stop`, `reboot`, `terminate`.
    pub can: Vec<&'static str>,
    /// A place for each device index up to the type's limit.
    pub slots: Vec<SlotView>,
    /// The ENIs that have come, or are coming, from another instance that is still shown.
    pub trails: Vec<TrailView>,
}

/// The way of an ENI from the instance that it left.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TrailView {
    /// The ENI's id.
    pub eni: String,
    /// Its name.
    pub name: String,
    /// The instance that it left.
    pub from: String,
    /// What it keeps on the way, to be read after its name: "keeps its address, MAC, groups, Elastic IP".
    pub text: String,
}

/// A place for an ENI on an instance.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SlotView {
    /// The device index.
    pub index: u16,
    /// The network card.
    pub card: u16,
    /// Whether it is index 0 of card 0: its ENI stays with the instance.
    pub locked: bool,
    /// The ENI in it.
    pub eni: Option<EniView>,
    /// What stands in an empty place: "empty", who is on the way here, or on a ghost where its ENI went.
    pub note: String,
    /// Whether an ENI that is still leaving another instance comes here next.
    pub awaits: bool,
    /// The ENI that stood here when its instance ended, while it lies free.
    pub left: Option<String>,
}

/// An ENI.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EniView {
    /// Its id.
    pub id: String,
    /// Its name, or its id.
    pub name: String,
    /// Where it is on the way.
    pub state: EniState,
    /// That in words: "attaching, 0.7 s left"; empty when there is nothing to say.
    pub state_text: String,
    /// How much of a move is done, in thousandths.
    pub progress: u16,
    /// Its subnet's id, name and zone: an ENI on an instance may be of another subnet than the instance's card stands in.
    pub subnet: NamedId,
    /// Its zone's name.
    pub zone: String,
    /// Its attachment's id.
    pub attachment: Option<String>,
    /// Its addresses, the primary one first.
    pub addresses: Vec<AddressView>,
    /// Its groups.
    pub groups: Vec<GroupBadge>,
    /// Whether packets that are not its own are dropped.
    pub source_dest_check: bool,
    /// Its MAC.
    pub mac: String,
    /// Its description.
    pub description: String,
    /// Whether it dies with its instance.
    pub delete_on_termination: bool,
    /// Whether a service manages it.
    pub requester_managed: bool,
    /// Its subnet's name and block, where it is on an instance whose card stands in another one; else empty.
    pub elsewhere: String,
    /// All of it in one sentence, for people who do not see it.
    pub spoken: String,
}

/// Where an ENI is on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EniState {
    /// Attached.
    Attached,
    /// On its way on.
    Attaching,
    /// On its way off.
    Detaching,
    /// In no instance.
    #[default]
    Available,
}

/// A private address and its public one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AddressView {
    /// The private address.
    pub ip: String,
    /// The public address.
    pub public_ip: Option<String>,
    /// The Elastic IP's allocation id; absent for one of AWS's pool.
    pub allocation: Option<String>,
    /// The association's id.
    pub association: Option<String>,
}

/// A group as a badge.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct GroupBadge {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its letter, or letter and digit.
    pub letter: String,
    /// Which of the hues of `look.md` it wears: 0 teal, 1 violet, 2 brown, 3 slate, 4 magenta, 5 moss, 6 olive, 7 steel.
    pub hue: u8,
}

/// What lies beside the board.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TrayView {
    /// ENIs that are in no instance.
    pub enis: Vec<EniView>,
    /// Elastic IPs, free ones first.
    pub elastic_ips: Vec<ElasticIpView>,
    /// Groups, by name.
    pub groups: Vec<GroupView>,
}

/// An Elastic IP.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ElasticIpView {
    /// Its allocation id.
    pub id: String,
    /// Its address.
    pub ip: String,
    /// Whether it is mapped to nothing.
    pub free: bool,
    /// "idle", or the name of the ENI that has it.
    pub note: String,
    /// Its association's id.
    pub association: Option<String>,
}

/// A group in the tray.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct GroupView {
    /// How it looks.
    pub badge: GroupBadge,
    /// Its VPC's id.
    pub vpc: String,
    /// "3 ENIs".
    pub use_text: String,
    /// Its description.
    pub description: String,
}

/// Where something that is in hand may go, asked for all places at once while it is in hand.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct DropTarget {
    /// The place: `slot:i-…/CARD/INDEX`, `tray`, `address:eni-…/IP`, `eni:eni-…`.
    pub place: String,
    /// The act that dropping there is; `None` where it would change nothing.
    pub act: Option<crate::act::Act>,
    /// What AWS would say instead.
    pub refusal: Option<RefusalView>,
    /// "spare may go here", or the refusal's headline.
    pub text: String,
}

/// A refusal as it is shown.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RefusalView {
    /// Our few words: "Another Availability Zone".
    pub headline: String,
    /// AWS's code.
    pub code: String,
    /// AWS's message.
    pub message: String,
    /// Why, in a sentence of ours; empty where the message is already ours.
    pub reason: String,
    /// What would be accepted: "web-2 takes it". Never empty.
    pub remedy: String,
    /// The rulebook's number.
    pub rule: &'static str,
    /// B, M or ? where the rule is not certain.
    pub mark: Option<char>,
}
