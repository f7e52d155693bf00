//! Every code is reached, and what is offered against it is true.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::Direction;
use eni_core::analysis::remedy::{self, Remedy};
use eni_core::control::command::Command;
use eni_core::dataplane::conntrack::Effect;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::dataplane::translation::{PORTS_EACH, Passed};
use eni_core::dataplane::verdict::Walk;
use eni_core::dataplane::{Luck, Origin, Question};
use eni_core::id::{ResourceId, RouteTableId};
use eni_core::model::event::{EniChange, Event};
use eni_core::model::fault::Fault;
use eni_core::model::instance::{GuestFlavour, InstanceState, RpFilter};
use eni_core::model::network_acl::AclAction;
use eni_core::model::route_table::{RouteTableUser, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::target_group::TargetWho;
use eni_core::packet::Packet;
use support_dp::{Host, Lab, Open as Scene, ip, packet};

/// What offers help, in short: the first remedy's last act. `none` where nothing in this network would help.
type Help = &'static str;

struct Case {
    lab: Lab,
    origin: Origin,
    packet: Packet,
    help: Help,
}

impl Scene {
    fn a_asks(self, text: &str, help: Help) -> Case {
        let origin = Origin::Instance(self.a.instance);
        Case { lab: self.lab, origin, packet: packet(text), help }
    }

    fn internet_asks(self, text: &str, help: Help) -> Case {
        Case { lab: self.lab, origin: Origin::Internet, packet: packet(text), help }
    }

    /// A plain second interface of A in B's subnet.
    fn second_eni(&mut self) -> eni_core::id::EniId {
        let subnet = self.lab.network.eni(self.b.eni).unwrap().subnet;
        let eni = self.lab.eni(subnet, &["10.0.2.99"], &[self.open]);
        self.lab.attach(eni, self.a.instance, 1);
        eni
    }
}

const TO_B: &str = "tcp 10.0.1.10:40000 > 10.0.2.20:443";
const TO_WORLD: &str = "tcp 10.0.1.10:40000 > 198.51.100.7:443";
const TO_A: &str = "tcp 198.51.100.7:50000 > 203.0.113.10:443";

/// The smallest scene that ends with a code. A new code does not compile until it has one.
fn case(code: Code) -> Case {
    match code {
        Code::BadState | Code::BadStateAttachment | Code::BadStateRoute => state_case(code),
        Code::EniSgRulesMismatch | Code::SgHasNoRules | Code::SubnetAclRestriction | Code::EniSourceDestCheckRestriction => {
            filter_case(code)
        }
        Code::ConntrackAllowanceExceeded => {
            let mut scene = Scene::build();
            let tracked = scene.lab.group(&["in tcp 443 10.0.0.0/8"]);
            scene.lab.apply(Event::EniChanged(scene.b.eni, EniChange::Groups(vec![tracked])));
            scene.lab.breaks(scene.b, Fault::Connections(1));
            scene.lab.send(Origin::Instance(scene.a.instance), packet("tcp 10.0.1.10:39999 > 10.0.2.20:443"));
            scene.a_asks(TO_B, "SetFault")
        }
        Code::GuestAddressNotConfigured
        | Code::GuestNotForwarding
        | Code::GuestHangs
        | Code::GuestLosesPackets
        | Code::GuestNoListener
        | Code::GuestReversePathFilter
        | Code::HopLimitExceeded => guest_case(code),
        Code::BadStateVpn | Code::VgwPrivateIpAssociationForEgress | Code::VgwPrivateIpAssociationForIngress => premises_case(code),
        Code::EigwUnsolicited => egress_only_case(),
        Code::Elbv2ListenersMismatch | Code::Elbv2NoTargetsInAz | Code::NlbFlowUnknown | Code::GuestOwnSource => balancer_case(code),
        Code::GatewayRejectsSpoofedTraffic | Code::VpceGatewayEgressSource | Code::VpceGatewayProtocol => gateway_endpoint_case(code),
        Code::PacketTooLong => {
            let case = Scene::build().a_asks(TO_WORLD, "ConfigureGuest");
            Case { packet: Packet { length: 9_001, ..case.packet }, ..case }
        }
        Code::LambdaUnsolicited => {
            let mut scene = Scene::build();
            let subnet = scene.lab.network.eni(scene.b.eni).unwrap().subnet;
            scene.lab.service_eni(subnet, "10.0.2.70", &[scene.open], "lambda", "amazon-lambda");
            scene.a_asks("tcp 10.0.1.10:40000 > 10.0.2.70:443", "none")
        }
        Code::VpceIdleTimeout | Code::VpceIntraVpcTraffic => {
            let mut scene = Scene::build();
            let subnet = scene.lab.network.eni(scene.b.eni).unwrap().subnet;
            let enis = scene.lab.interface_endpoint("ssm", &[(subnet, "10.0.2.50")], &[scene.open]);
            if code == Code::VpceIdleTimeout {
                return scene.a_asks("tcp 10.0.1.10:40000 > 10.0.2.50:443 ack", "none");
            }
            Case { origin: Origin::Eni(*enis.first().unwrap()), ..scene.a_asks("tcp 10.0.2.50:40000 > 10.0.1.10:443", "none") }
        }
        Code::IgwDestinationRfc1918Egress => Scene::build().a_asks("tcp 10.0.1.10:40000 > 192.168.7.7:443", "none"),
        Code::IgwDestinationRfc6598Egress => Scene::build().a_asks("tcp 10.0.1.10:40000 > 100.64.0.1:443", "none"),
        Code::IgwSourceRfc1918Ingress => Scene::build().internet_asks("tcp 192.168.1.1:1 > 203.0.113.10:443", "none"),
        Code::IgwSourceRfc6598Ingress => Scene::build().internet_asks("tcp 100.64.1.1:1 > 203.0.113.10:443", "none"),
        Code::IgwPrivateIpAssociationForIngress => Scene::build().internet_asks("tcp 198.51.100.7:1 > 203.0.113.77:443", "none"),
        Code::IgwPublicIpAssociationForEgress => {
            let scene = Scene::build();
            let origin = Origin::Instance(scene.b.instance);
            Case { lab: scene.lab, origin, packet: packet("tcp 10.0.2.20:40000 > 198.51.100.7:443"), help: "AssociateAddress" }
        }
        Code::IngressRtbNoPublicIp => {
            let mut scene = Scene::build();
            let gateway = scene.lab.network.internet_gateway_of(scene.lab.vpc).unwrap().id;
            let (edge, vpc) = (RouteTableId::from_number(900), scene.lab.vpc);
            scene.lab.table_with(edge, vpc, RouteTableUser::InternetGateway(gateway), "10.0.0.0/16");
            scene.lab.route(edge, "10.0.1.0/24", RouteTarget::Eni(scene.b.eni));
            scene.internet_asks(TO_A, "ConfigureGuest")
        }
        Code::CannotRoute
        | Code::NgwErrorPortAllocation
        | Code::NgwIdleTimeout
        | Code::NgwRequiresSourceInVpc
        | Code::NgwUnsolicited
        | Code::ProtocolRestriction => nat_case(code),
        Code::PcxRequiresAddressInVpcCidr => {
            let mut scene = Scene::build();
            let other = scene.lab.other_vpc("10.1.0.0/16");
            let (peering, table) = (scene.lab.peering(other), scene.lab.table);
            scene.lab.route(table, "198.51.100.0/24", RouteTarget::Peering(peering));
            scene.a_asks(TO_WORLD, "none")
        }
        Code::TgwRouteAzRestriction | Code::TgwAttachMissingTgwRtbAssociation | Code::TgwRtbNoRouteToTgwAttachment => transit_case(code),
        Code::OutboundPort25Restricted => Scene::build().a_asks("tcp 10.0.1.10:40000 > 198.51.100.7:25", "none"),
        Code::NoPossibleDestination => Scene::build().a_asks("tcp 10.0.1.10:40000 > 10.0.2.77:443", "none"),
        Code::NoRouteToDestination => {
            let mut scene = Scene::build();
            let subnet = scene.lab.network.eni(scene.a.eni).unwrap().subnet;
            scene.lab.own_table(subnet);
            scene.a_asks(TO_WORLD, "SetRoute")
        }
        Code::UnsupportedComponent => {
            let mut scene = Scene::build();
            let (table, target) = (scene.lab.table, RouteTarget::Unmodelled("lgw-0a".to_owned()));
            scene.lab.route(table, "198.51.100.0/24", target);
            scene.a_asks(TO_WORLD, "none")
        }
    }
}

/// To and from a network behind a VPN connection.
fn premises_case(code: Code) -> Case {
    let mut scene = Scene::build();
    let (vgw, table) = (scene.lab.vpn_gateway(), scene.lab.table);
    scene.lab.route(table, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    let from_office = |scene: Scene, text: &str| Case { origin: Origin::VpnGateway(vgw), ..scene.a_asks(text, "none") };
    match code {
        Code::BadStateVpn => {
            let connection = scene.lab.network.vpn_connections().next().unwrap().id;
            scene.lab.apply(Event::VpnConnectionDeleted(connection));
            from_office(scene, "tcp 192.168.1.1:40000 > 10.0.1.10:443")
        }
        Code::VgwPrivateIpAssociationForIngress => from_office(scene, "tcp 192.168.1.1:40000 > 198.51.100.7:443"),
        _ => {
            scene.lab.source_dest_check(scene.a.eni, false);
            let origin = Origin::Eni(scene.a.eni);
            Case { origin, ..scene.a_asks("udp 172.16.0.1:40000 > 192.168.1.1:443", "none") }
        }
    }
}

/// Somebody outside begins, and only the egress-only gateway is left for what comes over IPv6.
fn egress_only_case() -> Case {
    let mut scene = Scene::build();
    let subnet = scene.lab.network.eni(scene.a.eni).unwrap().subnet;
    let table = scene.lab.table;
    scene.lab.ipv6(subnet, "2001:db8:0:101::/64");
    scene.lab.ipv6_address(scene.a.eni, "2001:db8:0:101::10");
    scene.lab.egress_only(table);
    scene.lab.rule(scene.open, "in tcp 443 ::/0");
    let acl = scene.lab.acl;
    scene.lab.set_acl(acl, "in 101 allow all ::/0");
    scene.lab.set_acl(acl, "out 101 allow all ::/0");
    let gateway = scene.lab.network.internet_gateway_of(scene.lab.vpc).unwrap().id;
    scene.lab.apply(Event::InternetGatewayMoved(gateway, None));
    scene.internet_asks("tcp [2001:db8:ffff::7]:50000 > [2001:db8:0:101::10]:443", "SetRoute")
}

/// The main table leads to S3.
fn gateway_endpoint_case(code: Code) -> Case {
    let mut scene = Scene::build();
    let table = scene.lab.table;
    let endpoint = scene.lab.gateway_endpoint(table, "s3");
    scene.lab.source_dest_check(scene.a.eni, false);
    match code {
        Code::VpceGatewayProtocol => scene.a_asks("udp 10.0.1.10:40000 > 52.216.0.10:443", "none"),
        Code::VpceGatewayEgressSource => {
            let origin = Origin::Endpoint(endpoint);
            Case { origin, ..scene.a_asks("tcp 198.51.100.7:443 > 10.0.1.10:40000 syn+ack", "none") }
        }
        _ => {
            let origin = Origin::Eni(scene.a.eni);
            Case { origin, ..scene.a_asks("tcp 192.0.2.1:40000 > 52.216.0.10:443", "none") }
        }
    }
}

/// A node at 10.0.2.80 in B's subnet. Only A's own question comes back to it: as the one target it is chosen.
fn balancer_case(code: Code) -> Case {
    let mut scene = Scene::build();
    let subnet = scene.lab.network.eni(scene.b.eni).unwrap().subnet;
    let balancer = scene.lab.balancer(&[(subnet, "10.0.2.80")], &[], true);
    if code != Code::Elbv2NoTargetsInAz {
        scene.lab.register(balancer.group, &[TargetWho::Instance(scene.a.instance)]);
    }
    match code {
        Code::Elbv2ListenersMismatch => scene.a_asks("tcp 10.0.1.10:40000 > 10.0.2.80:443", "none"),
        Code::NlbFlowUnknown => scene.a_asks("tcp 10.0.1.10:40000 > 10.0.2.80:80 ack", "none"),
        _ => scene.a_asks("tcp 10.0.1.10:40000 > 10.0.2.80:80", "none"),
    }
}

fn state_case(code: Code) -> Case {
    let mut scene = Scene::build();
    match code {
        Code::BadState => {
            scene.lab.apply(Event::InstanceStateChanged(scene.b.instance, InstanceState::Stopped));
            scene.a_asks(TO_B, "StartInstances")
        }
        Code::BadStateAttachment => {
            scene.lab.apply(Event::DetachFinished(scene.b.eni));
            scene.a_asks(TO_B, "AttachNetworkInterface")
        }
        _ => {
            let table = scene.lab.table;
            scene.lab.route(table, "198.51.100.0/24", RouteTarget::Eni(scene.b.eni));
            scene.lab.apply(Event::InstanceStateChanged(scene.b.instance, InstanceState::Stopped));
            // Starting the instance helps the route, but B is no router; leading the route to the gateway is enough.
            scene.a_asks(TO_WORLD, "SetRoute")
        }
    }
}

fn filter_case(code: Code) -> Case {
    let mut scene = Scene::build();
    match code {
        Code::EniSgRulesMismatch | Code::SgHasNoRules => {
            let rules: &[&str] = if code == Code::SgHasNoRules { &[] } else { &["in tcp 22 0.0.0.0/0"] };
            let closed = scene.lab.group(rules);
            scene.lab.apply(Event::EniChanged(scene.b.eni, EniChange::Groups(vec![closed])));
            scene.a_asks(TO_B, "AuthorizeSecurityGroup")
        }
        Code::SubnetAclRestriction => {
            let subnet = scene.lab.network.eni(scene.b.eni).unwrap().subnet;
            scene.lab.own_acl(subnet, &["in 10 deny tcp 443 10.0.0.0/8", "in 100 allow all 0.0.0.0/0"]);
            scene.a_asks(TO_B, "SetNetworkAclEntry")
        }
        _ => {
            let second = scene.second_eni();
            scene.lab.public(second, "10.0.2.99", "203.0.113.99");
            scene.lab.change_guest(scene.a.instance, |guest| guest.policy_routing = false);
            scene.a_asks("tcp 10.0.2.99:443 > 198.51.100.7:50000 syn+ack", "ConfigureGuest")
        }
    }
}

fn guest_case(code: Code) -> Case {
    let mut scene = Scene::build();
    match code {
        Code::GuestAddressNotConfigured => {
            scene.lab.change_guest(scene.b.instance, |guest| guest.configures_secondaries = false);
            scene.lab.apply(Event::AddressAssigned(scene.b.eni, ip("10.0.2.21")));
            scene.a_asks("tcp 10.0.1.10:40000 > 10.0.2.21:443", "ConfigureGuest")
        }
        Code::GuestHangs => {
            scene.lab.breaks(scene.b, Fault::Hang(true));
            scene.a_asks(TO_B, "RebootInstances")
        }
        Code::GuestLosesPackets => {
            scene.lab.breaks(scene.b, Fault::Loss(1_000));
            scene.a_asks(TO_B, "SetFault")
        }
        Code::GuestNoListener => {
            scene.lab.assume.listening = false;
            scene.a_asks(TO_B, "ConfigureGuest")
        }
        Code::GuestReversePathFilter => {
            let second = scene.second_eni();
            scene.lab.public(second, "10.0.2.99", "203.0.113.99");
            scene.lab.change_guest(scene.a.instance, |guest| {
                guest.policy_routing = false;
                guest.rp_filter = RpFilter::Strict;
            });
            scene.internet_asks("tcp 198.51.100.7:50000 > 203.0.113.99:443", "ConfigureGuest")
        }
        Code::GuestNotForwarding => {
            let subnet = scene.lab.network.eni(scene.a.eni).unwrap().subnet;
            let table = scene.lab.own_table(subnet);
            scene.lab.route(table, "198.51.100.0/24", RouteTarget::Eni(scene.b.eni));
            scene.lab.source_dest_check(scene.b.eni, false);
            scene.a_asks(TO_WORLD, "ConfigureGuest")
        }
        _ => {
            let subnet = scene.lab.network.eni(scene.b.eni).unwrap().subnet;
            let other = scene.lab.host_of(GuestFlavour::Router, "R", subnet, "10.0.2.30", &[scene.open]);
            scene.lab.change_guest(other.instance, |guest| guest.masquerade = false);
            scene.lab.source_dest_check(other.eni, false);
            let table = scene.lab.table;
            scene.lab.route(table, "198.51.100.0/24", RouteTarget::Eni(other.eni));
            scene.a_asks(TO_WORLD, "none")
        }
    }
}

/// B's subnet leads to a NAT gateway in A's, 10.0.1.99.
fn nat_case(code: Code) -> Case {
    let mut scene = Scene::build();
    let subnet_of = |scene: &Scene, host: Host| scene.lab.network.eni(host.eni).unwrap().subnet;
    let (public, private) = (subnet_of(&scene, scene.a), subnet_of(&scene, scene.b));
    let nat = scene.lab.nat_gateway(public, "10.0.1.99", Some("203.0.113.99"));
    let table = scene.lab.own_table(private);
    scene.lab.route(table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    let origin = Origin::Instance(scene.b.instance);
    let asks = |scene: Scene, text: &str| Case { lab: scene.lab, origin, packet: packet(text), help: "none" };
    match code {
        Code::NgwErrorPortAllocation => {
            let now = scene.lab.now;
            for own_port in 1..=u16::try_from(PORTS_EACH).unwrap() {
                let mut inside = packet("tcp 10.0.2.20:1 > 198.51.100.7:443").flow();
                inside.source_port = own_port;
                scene.lab.tracking.note(&[Effect::Nat(Passed { gateway: nat, own: ip("10.0.1.99"), own_port, inside, flags: None })], now);
            }
            asks(scene, "tcp 10.0.2.20:60000 > 198.51.100.7:443")
        }
        Code::NgwIdleTimeout => asks(scene, "tcp 10.0.2.20:40000 > 198.51.100.7:443 ack"),
        Code::NgwUnsolicited => scene.internet_asks("tcp 198.51.100.7:50000 > 203.0.113.99:443", "none"),
        Code::ProtocolRestriction => asks(scene, "47 10.0.2.20 > 198.51.100.7"),
        Code::NgwRequiresSourceInVpc => {
            scene.lab.source_dest_check(scene.b.eni, false);
            Case { origin: Origin::Eni(scene.b.eni), ..asks(scene, "udp 172.16.0.1:5000 > 198.51.100.7:53") }
        }
        _ => {
            let own = scene.lab.own_table(public);
            scene.lab.route(own, "0.0.0.0/0", RouteTarget::NatGateway(nat));
            Case { help: "SetRoute", ..asks(scene, "tcp 10.0.2.20:40000 > 198.51.100.7:443") }
        }
    }
}

/// A asks B of another VPC, over a transit gateway.
fn transit_case(code: Code) -> Case {
    let mut scene = Scene::build();
    let lab = &mut scene.lab;
    let (far, gate) = (lab.far("F", "10.1.1.30"), lab.subnet("10.0.9.0/28"));
    lab.rule(far.group, "in tcp 443 10.0.0.0/16");
    let transit = lab.transit(&[(gate, "10.0.9.4"), (far.subnet, "10.1.1.4")]);
    let [near, remote] = transit.attachments[..] else { panic!("two attachments") };
    lab.lead_to_each_other(&far, RouteTarget::TransitGateway(transit.gateway));
    match code {
        Code::TgwRouteAzRestriction => lab.zone(gate, "us-east-1b"),
        Code::TgwAttachMissingTgwRtbAssociation => lab.transit_attachment(near, |one| one.table = None),
        _ => lab.transit_table(transit.table, |table| _ = table.propagations.remove(&remote)),
    }
    scene.a_asks("tcp 10.0.1.10:40000 > 10.1.1.30:443", "Transit")
}

fn remedies(case: &Case, walk: &Walk) -> Vec<Remedy> {
    let lab = &case.lab;
    let question = Question { network: &lab.network, tracking: &lab.tracking, now: lab.now, assume: lab.assume, luck: Luck::Good };
    remedy::of_walk(&question, case.origin, case.packet, walk).remedies
}

fn in_short(remedies: &[Remedy]) -> String {
    let Some(first) = remedies.first() else { return "none".to_owned() };
    let act = format!("{:?}", first.acts.last().unwrap());
    let name: String = act.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    name
}

// rules: R9 R11 R33 R34 E40 E62 E93 G7 G10 S2 N5
#[test]
fn every_code_is_reached() {
    for code in Code::ALL {
        let case = case(*code);
        let walk = case.lab.ask(case.origin, case.packet);
        assert_eq!(walk.code(), Some(*code), "{}", Lab::ending(&walk));
    }
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}

#[test]
fn what_is_offered_against_a_code_gets_the_packet_past_it() {
    for code in Code::ALL {
        let case = case(*code);
        let walk = case.lab.ask(case.origin, case.packet);
        let offered = remedies(&case, &walk);
        assert_eq!(in_short(&offered), case.help, "{}: {offered:#?}", code.as_str());
        for remedy in &offered {
            // Done for real, each does what it promises.
            let network = remedy::after(&case.lab.network, &remedy.acts, case.lab.now).unwrap();
            let mut lab = Lab::new();
            (lab.network, lab.assume) = (network, case.lab.assume);
            let again = lab.ask(case.origin, case.packet);
            assert!(again.disposition.got_through(), "{}: {remedy:?}", code.as_str());
        }
    }
}

// rules: R30 R32 R40 R41 R46 R53 R61 R62 P30 P51 P54 E92
#[test]
fn what_nothing_changes_is_told_so_and_nothing_is_told_behind_it() {
    let mut planted = 0;
    for code in Code::ALL {
        let mut case = case(*code);
        let asked = |case: &Case| {
            let lab = &case.lab;
            let walk = lab.ask(case.origin, case.packet);
            let question = Question { network: &lab.network, tracking: &lab.tracking, now: lab.now, assume: lab.assume, luck: Luck::Good };
            let found = remedy::of_walk(&question, case.origin, case.packet, &walk);
            let codes: Vec<Code> = found.rows.iter().filter_map(|row| row.code()).collect();
            (codes, found.rows.iter().map(|row| row.change.is_some()).collect::<Vec<_>>(), found.remedies.is_empty())
        };
        let (codes, changes, hopeless) = asked(&case);
        assert_eq!((codes[0], hopeless), (*code, case.help == "none"), "{codes:?}");
        assert_eq!(changes.last(), Some(&!hopeless), "{codes:?}");
        assert!(codes.len() == 1 || !hopeless, "{codes:?}");
        // The same behind a group that lets nothing out.
        let sender = match case.origin {
            Origin::Instance(id) => case.lab.network.instance(id).unwrap().primary_eni(),
            Origin::Eni(id) => Some(id),
            _ => None,
        };
        let Some(sender) = sender else { continue };
        let closed = case.lab.group(&["in all 0.0.0.0/0"]);
        case.lab.apply(Event::EniChanged(sender, EniChange::Groups(vec![closed])));
        let (behind, changes, _) = asked(&case);
        if behind[0] == Code::SgHasNoRules && *code != Code::SgHasNoRules {
            planted += 1;
            assert_eq!((behind[1..].to_vec(), changes[0]), (codes, true), "{}", code.as_str());
            assert_eq!(changes.last(), Some(&!hopeless), "{behind:?}");
        }
    }
    assert!(planted >= 25, "{planted}");
}

// rules: S22 N9 N11 G5 E44
#[test]
fn remedies_are_the_smallest_that_help() {
    // A group is let in by its name and by its address: one source, one port.
    let case = case(Code::EniSgRulesMismatch);
    let offered = remedies(&case, &case.lab.ask(case.origin, case.packet));
    let peers: Vec<Peer> = offered
        .iter()
        .map(|remedy| match remedy.acts.as_slice() {
            [Command::AuthorizeSecurityGroup { direction: Direction::Ingress, permissions, .. }] => {
                assert_eq!(permissions[0].traffic, support_dp::traffic("tcp 443"));
                permissions[0].peer
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(matches!(peers.as_slice(), [Peer::Group(_), Peer::Ipv4(cidr)] if cidr.prefix_len() == 32), "{peers:?}");

    // The rule goes to the group that guards fewest, though the nearest one stands in another.
    let Scene { mut lab, a, b, .. } = Scene::build();
    let (wide, own) = (lab.group(&["in tcp 22 0.0.0.0/0", "out all 0.0.0.0/0"]), lab.group(&[]));
    lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![wide])));
    lab.apply(Event::EniChanged(b.eni, EniChange::Groups(vec![wide, own])));
    let asked = trace(&lab.network, &TraceRequest::new(End::Instance(a.instance), End::Instance(b.instance))).unwrap();
    let blocker = remedy::of_trace(&lab.network, &asked, lab.now).unwrap();
    for remedy in &blocker.remedies {
        assert!(matches!(remedy.acts.as_slice(), [Command::AuthorizeSecurityGroup { group, .. }] if *group == own), "{remedy:?}");
    }
    assert_eq!(blocker.remedies.len(), 2);

    // An answer that an ACL drops needs the clients' ports, before the entry that denies.
    let Scene { mut lab, a, b, .. } = Scene::build();
    let subnet = lab.network.eni(b.eni).unwrap().subnet;
    lab.own_acl(subnet, &["in 100 allow all 0.0.0.0/0", "out 1 allow tcp 443 0.0.0.0/0", "out 2 deny all 0.0.0.0/0"]);
    let asked = trace(&lab.network, &TraceRequest::new(End::Instance(a.instance), End::Instance(b.instance))).unwrap();
    let blocker = remedy::of_trace(&lab.network, &asked, lab.now).unwrap();
    let [row] = blocker.rows.as_slice() else { panic!("{:?}", blocker.rows) };
    assert!(row.reply);
    assert_eq!((row.code(), row.place()), (Some(Code::SubnetAclRestriction), (2, 1)));
    // No number is free before 2, so the new entry takes its place, and what was there goes on denying everything else.
    let [Remedy { acts, .. }] = blocker.remedies.as_slice() else { panic!() };
    let [
        Command::SetNetworkAclEntry { number: 2, entry, replace: true, .. },
        Command::SetNetworkAclEntry { number: 3, entry: behind, replace: false, .. },
    ] = acts.as_slice()
    else {
        panic!("{acts:?}")
    };
    assert_eq!((entry.traffic, entry.action), (support_dp::traffic("tcp 1024-65535"), AclAction::Allow));
    assert_eq!((behind.traffic, behind.action), (support_dp::traffic("all"), AclAction::Deny));
}
