//! Forms: what an act still needs to be told. What is typed goes into the request as it is, and what is wrong with it AWS says.

use super::{Maker, list};
use crate::view::form::{ChoiceView, FieldKind, FieldView, FormView};
use crate::view::words::Key;
use eni_core::control::image::image_of;
use eni_core::id::{EniId, GroupId, SubnetId, VpcId};
use eni_core::model::instance::GuestFlavour;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::route_table::RouteTarget;

/// The types that forms offer; any other can be named in the field below.
const TYPES: &[&str] = &[
    "t3.nano",
    "t3.micro",
    "t3.small",
    "t3.medium",
    "t3.large",
    "t3.xlarge",
    "t4g.micro",
    "m5.large",
    "m5.xlarge",
    "m5.4xlarge",
    "m7g.large",
    "c5.large",
    "c5n.xlarge",
    "r5.large",
    "i3.large",
    "p4d.24xlarge",
];

/// The choice of a type that is not among those.
pub(super) const OTHER_TYPE: &str = "other";

/// The choice of no table of a subnet's own.
pub(super) const MAIN_TABLE: &str = "main";

/// The values of the protocols in forms, with the words of a machine.
const PROTOCOLS: [&str; 3] = ["tcp", "udp", "icmp"];

fn field(name: &'static str, label: String, kind: FieldKind) -> FieldView {
    FieldView { name, label, kind, ..FieldView::default() }
}

fn filled(field: FieldView, value: impl Into<String>) -> FieldView {
    FieldView { value: value.into(), ..field }
}

impl Maker<'_> {
    /// A form by its id; nothing if the thing that it is about is not there.
    pub fn form(&self, id: &str) -> Option<FormView> {
        let (form, about) = id.split_once(':')?;
        let (title, submit, fields) = match form {
            "launch" => (Key::FormLaunch, Key::SubmitLaunch, self.launch_fields(self.subnet_about(about)?)),
            "create-eni" => (Key::FormCreateEni, Key::SubmitCreate, self.eni_fields(self.subnet_about(about)?)),
            "create-group" => (Key::FormCreateGroup, Key::SubmitCreate, self.group_fields(self.vpc_about(about)?)),
            "create-vpc" => {
                (Key::FormCreateVpc, Key::SubmitCreate, vec![self.name_field(""), filled(self.code("cidr", Key::LabelCidr), "10.1.0.0/16")])
            }
            "create-subnet" => (Key::FormCreateSubnet, Key::SubmitCreate, self.subnet_fields(self.vpc_about(about)?)?),
            "create-table" => (Key::FormCreateTable, Key::SubmitCreate, self.in_vpc(about)?),
            "create-acl" => (Key::FormCreateAcl, Key::SubmitCreate, self.in_vpc(about)?),
            "add-ingress" => (Key::FormLetIn, Key::SubmitAddRule, self.rule_fields(about.parse().ok()?, Key::LabelFrom)?),
            "add-egress" => (Key::FormLetOut, Key::SubmitAddRule, self.rule_fields(about.parse().ok()?, Key::LabelTo)?),
            "add-acl-in" => (Key::FormAclIn, Key::SubmitAddRule, self.acl_fields(about)?),
            "add-acl-out" => (Key::FormAclOut, Key::SubmitAddRule, self.acl_fields(about)?),
            "add-route" => (Key::FormAddRoute, Key::SubmitAddRoute, self.route_fields(about)?),
            "use-table" => (Key::FormUseTable, Key::SubmitUse, self.table_choice(about)?),
            "use-acl" => (Key::FormUseAcl, Key::SubmitUse, self.acl_choice(about)?),
            "set-groups" => (Key::FormGroups, Key::SubmitSave, self.groups_of_eni(about.parse().ok()?)?),
            "assign-address" => {
                self.network.eni(about.parse().ok()?)?;
                let field = FieldView { hint: self.say(Key::HintAnyAddress), ..self.code("ip", Key::LabelIp) };
                (Key::FormAssign, Key::SubmitAssign, vec![field, self.switch("take", Key::LabelTakeOver)])
            }
            "tracking" => (Key::FormTracking, Key::SubmitSave, self.tracking_fields(about.parse().ok()?)?),
            "recover" => (Key::FormRecover, Key::SubmitCreate, vec![self.code("ip", Key::LabelPublicWanted)]),
            "rename" => (Key::FormRename, Key::SubmitSave, vec![self.name_field(&self.name_of_id(about)?)]),
            "describe" => {
                let eni = self.network.eni(about.parse().ok()?)?;
                (Key::FormDescribe, Key::SubmitSave, vec![filled(self.text("description", Key::LabelDescription), &eni.description)])
            }
            "change-type" => {
                let instance = self.network.instance(about.parse().ok()?)?;
                (Key::FormType, Key::SubmitSave, self.type_fields(instance.instance_type.name()).to_vec())
            }
            "guest" => {
                self.network.instance(about.parse().ok()?)?;
                let field = FieldView { hint: self.say(Key::HintGuest), ..self.code("command", Key::LabelCommand) };
                (Key::FormGuest, Key::SubmitRun, vec![filled(field, "listen tcp 8080")])
            }
            _ => return None,
        };
        Some(FormView { id: id.to_owned(), title: self.say(title), hint: String::new(), submit: self.say(submit), fields })
    }

    /// The form for the title of the whole.
    pub fn title_form(&self, id: &str, title: &str) -> FormView {
        let fields = vec![FieldView { hint: self.say(Key::HintTitle), ..self.name_field(title) }];
        FormView { id: id.to_owned(), title: self.say(Key::FormTitle), hint: String::new(), submit: self.say(Key::SubmitSave), fields }
    }

    fn text(&self, name: &'static str, label: Key<'_>) -> FieldView {
        field(name, self.say(label), FieldKind::Text)
    }

    fn code(&self, name: &'static str, label: Key<'_>) -> FieldView {
        field(name, self.say(label), FieldKind::Code)
    }

    fn choice(&self, name: &'static str, label: Key<'_>, choices: Vec<ChoiceView>) -> FieldView {
        let value = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
        filled(field(name, self.say(label), FieldKind::Choice(choices)), value)
    }

    fn switch(&self, name: &'static str, label: Key<'_>) -> FieldView {
        filled(field(name, self.say(label), FieldKind::Switch), "false")
    }

    fn name_field(&self, value: &str) -> FieldView {
        filled(self.text("name", Key::LabelName), value)
    }

    /// The subnet that a form is about; `None` inside lets one choose. Nothing if there is none at all.
    fn subnet_about(&self, about: &str) -> Option<Option<SubnetId>> {
        if about.is_empty() {
            return (self.network.subnets().len() > 0).then_some(None);
        }
        self.network.subnet(about.parse().ok()?).map(|subnet| Some(subnet.id))
    }

    fn vpc_about(&self, about: &str) -> Option<Option<VpcId>> {
        if about.is_empty() {
            return (self.network.vpcs().len() > 0).then_some(None);
        }
        self.network.vpc(about.parse().ok()?).map(|vpc| Some(vpc.id))
    }

    fn subnet_field(&self) -> FieldView {
        let text = |name: String, zone: &str| self.say(Key::ChoiceIn { name: &name, place: zone });
        let choice = |subnet: &eni_core::model::vpc::Subnet| ChoiceView {
            value: subnet.id.to_string(),
            text: text(self.name(&subnet.tags, &subnet.id), subnet.zone.as_str()),
        };
        self.choice("subnet", Key::LabelSubnet, self.network.subnets().map(choice).collect())
    }

    fn vpc_field(&self) -> FieldView {
        let choice = |vpc: &eni_core::model::vpc::Vpc| ChoiceView { value: vpc.id.to_string(), text: self.name(&vpc.tags, &vpc.id) };
        self.choice("vpc", Key::LabelVpc, self.network.vpcs().map(choice).collect())
    }

    /// The groups of a VPC, or of all of them.
    fn group_choices(&self, vpc: Option<VpcId>) -> Vec<ChoiceView> {
        let choice = |group: &eni_core::model::security_group::SecurityGroup| ChoiceView {
            value: group.id.to_string(),
            text: self.group_name(group.id),
        };
        self.network.groups().filter(|group| vpc.is_none_or(|vpc| group.vpc == vpc)).map(choice).collect()
    }

    fn groups_field(&self, vpc: Option<VpcId>, chosen: &[GroupId]) -> FieldView {
        let value = list(chosen.iter().map(|group| group.to_string())).replace(", ", ",");
        filled(field("groups", self.say(Key::LabelGroups), FieldKind::Many(self.group_choices(vpc))), value)
    }

    fn vpc_of(&self, subnet: Option<SubnetId>) -> Option<VpcId> {
        subnet.and_then(|id| self.network.subnet(id)).map(|subnet| subnet.vpc)
    }

    /// The groups that a new ENI gets if nothing is said.
    fn default_groups(&self, vpc: Option<VpcId>) -> Vec<GroupId> {
        vpc.and_then(|id| self.network.vpc(id)).map(|vpc| vpc.default_group).into_iter().collect()
    }

    /// A type: one of the usual ones, or the one that stands here now, or any other by its name.
    fn type_fields(&self, now: &str) -> [FieldView; 2] {
        let choice = |kind: InstanceType| ChoiceView {
            value: kind.name().to_owned(),
            text: self.say(Key::ChoiceType {
                name: kind.name(),
                enis: &kind.max_enis().to_string(),
                addresses: &kind.ipv4_per_eni().to_string(),
            }),
        };
        let here = Some(now).filter(|now| !TYPES.contains(now));
        let mut choices: Vec<ChoiceView> = here.iter().chain(TYPES).filter_map(|name| InstanceType::find(name)).map(choice).collect();
        choices.push(ChoiceView { value: OTHER_TYPE.to_owned(), text: self.say(Key::ChoiceOtherType) });
        let name = FieldView {
            hint: self.say(Key::HintOtherType { count: &InstanceType::all().count().to_string() }),
            only_if: Some(("type", vec![OTHER_TYPE])),
            ..self.code("other_type", Key::LabelOtherType)
        };
        [filled(self.choice("type", Key::LabelType, choices), now), name]
    }

    fn launch_fields(&self, subnet: Option<SubnetId>) -> Vec<FieldView> {
        let vpc = self.vpc_of(subnet);
        let image = |flavour, text| ChoiceView { value: image_of(flavour).to_string(), text: self.say(text) };
        let images = vec![
            image(GuestFlavour::PolicyRouting, Key::ImagePolicy),
            image(GuestFlavour::Plain, Key::ImagePlain),
            image(GuestFlavour::Router, Key::ImageRouter),
        ];
        let mut fields = vec![self.name_field("")];
        if subnet.is_none() {
            fields.push(self.subnet_field());
        }
        fields.extend(self.type_fields("t3.small"));
        fields.extend([
            self.choice("image", Key::LabelImage, images),
            self.groups_field(vpc, &self.default_groups(vpc)),
            FieldView { hint: self.say(Key::HintAnyAddress), ..self.code("ip", Key::LabelIp) },
            self.switch("public", Key::LabelPublicIp),
        ]);
        fields
    }

    fn eni_fields(&self, subnet: Option<SubnetId>) -> Vec<FieldView> {
        let vpc = self.vpc_of(subnet);
        let mut fields = vec![self.name_field("")];
        if subnet.is_none() {
            fields.push(self.subnet_field());
        }
        fields.extend([
            FieldView { hint: self.say(Key::HintAnyAddress), ..self.code("ip", Key::LabelIp) },
            self.groups_field(vpc, &self.default_groups(vpc)),
            self.text("description", Key::LabelDescription),
        ]);
        fields
    }

    fn group_fields(&self, vpc: Option<VpcId>) -> Vec<FieldView> {
        let mut fields = vec![self.name_field(""), self.text("description", Key::LabelDescription)];
        if vpc.is_none() {
            fields.push(self.vpc_field());
        }
        fields
    }

    fn subnet_fields(&self, vpc: Option<VpcId>) -> Option<Vec<FieldView>> {
        let vpc = self.network.vpc(vpc?)?;
        let zone = |zone: &eni_core::model::Zone| ChoiceView { value: zone.to_string(), text: zone.to_string() };
        Some(vec![
            self.name_field(""),
            filled(self.code("cidr", Key::LabelCidr), self.free_block(vpc)),
            self.choice("zone", Key::LabelZone, self.network.zones().iter().map(zone).collect()),
        ])
    }

    fn in_vpc(&self, about: &str) -> Option<Vec<FieldView>> {
        self.network.vpc(about.parse().ok()?)?;
        Some(vec![self.name_field("")])
    }

    fn traffic_fields(&self) -> [FieldView; 2] {
        let mut protocols: Vec<ChoiceView> =
            PROTOCOLS.iter().map(|name| ChoiceView { value: (*name).to_owned(), text: (*name).to_owned() }).collect();
        protocols.push(ChoiceView { value: "-1".to_owned(), text: self.say(Key::AllTraffic) });
        let ports = FieldView {
            hint: self.say(Key::HintPorts),
            only_if: Some(("protocol", vec!["tcp", "udp"])),
            ..filled(self.code("ports", Key::LabelPorts), "443")
        };
        [self.choice("protocol", Key::FieldProtocol, protocols), ports]
    }

    fn rule_fields(&self, group: GroupId, peer: Key<'_>) -> Option<Vec<FieldView>> {
        let group = self.network.group(group)?;
        let kinds = vec![
            ChoiceView { value: "cidr".to_owned(), text: self.say(Key::ChoiceBlock) },
            ChoiceView { value: "group".to_owned(), text: self.say(Key::ChoiceGroup) },
        ];
        let [protocol, ports] = self.traffic_fields();
        let cidr = FieldView { only_if: Some(("peer", vec!["cidr"])), ..filled(self.code("cidr", Key::LabelCidr), "0.0.0.0/0") };
        let groups = self.choice("group", Key::TitleGroup, self.group_choices(Some(group.vpc)));
        let groups = FieldView { only_if: Some(("peer", vec!["group"])), ..groups };
        Some(vec![protocol, ports, self.choice("peer", peer, kinds), cidr, groups, self.text("description", Key::LabelDescription)])
    }

    fn acl_fields(&self, acl: &str) -> Option<Vec<FieldView>> {
        let acl = self.network.acl(acl.parse().ok()?)?;
        let last = acl.ingress.keys().chain(acl.egress.keys()).max().copied().unwrap_or(0);
        let actions = vec![
            ChoiceView { value: "allow".to_owned(), text: self.say(Key::ActionAllow) },
            ChoiceView { value: "deny".to_owned(), text: self.say(Key::ActionDeny) },
        ];
        let [protocol, ports] = self.traffic_fields();
        Some(vec![
            filled(self.code("number", Key::LabelNumber), (u32::from(last) + 10).to_string()),
            self.choice("action", Key::LabelAction, actions),
            protocol,
            ports,
            filled(self.code("cidr", Key::LabelCidr), "0.0.0.0/0"),
            self.switch("replace", Key::LabelReplaceEntry),
        ])
    }

    fn route_fields(&self, table: &str) -> Option<Vec<FieldView>> {
        let table = self.network.route_table(table.parse().ok()?)?;
        let choice = |target: RouteTarget| ChoiceView { value: id_of(&target), text: self.route_target(&target) };
        Some(vec![
            filled(self.code("destination", Key::FieldDestination), "0.0.0.0/0"),
            self.choice("target", Key::LabelTarget, self.route_targets(table.vpc).into_iter().map(choice).collect()),
            self.switch("replace", Key::LabelReplaceRoute),
        ])
    }

    /// What a route of a VPC's table may lead to: its gateways, peering connections, the transit gateways that it is attached to, and its ENIs.
    /// Those internet gateways that belong to other VPCs, or to none, AWS refuses in its own words.
    fn route_targets(&self, vpc: VpcId) -> Vec<RouteTarget> {
        let network = self.network;
        let gateways = network.internet_gateways().map(|gateway| RouteTarget::InternetGateway(gateway.id));
        let egress_only = network.egress_only_gateways().filter(|gateway| gateway.vpc == vpc);
        let nats = network.nat_gateways().filter(|nat| nat.vpc == vpc && nat.stands()).map(|nat| RouteTarget::NatGateway(nat.id));
        let transit = network.transit_gateways().filter(|gateway| network.transit_attachment_of(gateway.id, vpc).is_some());
        let enis = network.enis().filter(|eni| eni.vpc == vpc).map(|eni| RouteTarget::Eni(eni.id));
        gateways
            .chain(egress_only.map(|gateway| RouteTarget::EgressOnlyGateway(gateway.id)))
            .chain(nats)
            .chain(network.peerings_of(vpc).map(|peering| RouteTarget::Peering(peering.id)))
            .chain(transit.map(|gateway| RouteTarget::TransitGateway(gateway.id)))
            .chain(network.vpn_gateway_of(vpc).map(|gateway| RouteTarget::VpnGateway(gateway.id)))
            .chain(enis)
            .collect()
    }

    fn table_choice(&self, subnet: &str) -> Option<Vec<FieldView>> {
        let subnet = self.network.subnet(subnet.parse().ok()?)?;
        let used = self.network.route_table_of(subnet).map(|table| table.id.to_string()).unwrap_or_default();
        let tables = self.network.route_tables().filter(|table| table.vpc == subnet.vpc);
        let mut choices: Vec<ChoiceView> =
            tables.map(|table| ChoiceView { value: table.id.to_string(), text: self.name_of_table(table) }).collect();
        let tied = self.network.own_route_table_of(subnet).is_some();
        choices.push(ChoiceView { value: MAIN_TABLE.to_owned(), text: self.say(Key::ChoiceMainTable) });
        Some(vec![filled(self.choice("table", Key::LabelTable, choices), if tied { used } else { MAIN_TABLE.to_owned() })])
    }

    fn acl_choice(&self, subnet: &str) -> Option<Vec<FieldView>> {
        let subnet = self.network.subnet(subnet.parse().ok()?)?;
        let acls = self.network.acls().filter(|acl| acl.vpc == subnet.vpc);
        let choices = acls.map(|acl| ChoiceView { value: acl.id.to_string(), text: self.acl_name(acl) }).collect();
        Some(vec![filled(self.choice("acl", Key::TitleAcl, choices), subnet.acl.to_string())])
    }

    fn tracking_fields(&self, eni: EniId) -> Option<Vec<FieldView>> {
        self.network.eni(eni)?;
        let seconds = |name, label, hint| FieldView { hint: self.say(hint), ..self.code(name, label) };
        Some(vec![
            seconds("tcp", Key::LabelTcpIdle, Key::HintTcpIdle),
            seconds("udp", Key::LabelUdpIdle, Key::HintUdpIdle),
            seconds("stream", Key::LabelStreamIdle, Key::HintStreamIdle),
        ])
    }

    fn groups_of_eni(&self, eni: EniId) -> Option<Vec<FieldView>> {
        let eni = self.network.eni(eni)?;
        Some(vec![self.groups_field(Some(eni.vpc), &eni.groups)])
    }

    /// The Name of whatever has this id; empty if it has none, nothing if it is not there.
    fn name_of_id(&self, id: &str) -> Option<String> {
        let network = self.network;
        let (prefix, _) = id.rsplit_once('-')?;
        let tags = match prefix {
            "eni" => &network.eni(id.parse().ok()?)?.tags,
            "i" => &network.instance(id.parse().ok()?)?.tags,
            "subnet" => &network.subnet(id.parse().ok()?)?.tags,
            "vpc" => &network.vpc(id.parse().ok()?)?.tags,
            "igw" => &network.internet_gateway(id.parse().ok()?)?.tags,
            "rtb" => &network.route_table(id.parse().ok()?)?.tags,
            "acl" => &network.acl(id.parse().ok()?)?.tags,
            _ => return None,
        };
        Some(tags.get("Name").cloned().unwrap_or_default())
    }
}

/// The id of what a route leads to, as a request names it.
fn id_of(target: &RouteTarget) -> String {
    match target {
        RouteTarget::InternetGateway(id) => id.to_string(),
        RouteTarget::Eni(id) => id.to_string(),
        RouteTarget::NatGateway(id) => id.to_string(),
        RouteTarget::Peering(id) => id.to_string(),
        RouteTarget::VpnGateway(id) => id.to_string(),
        RouteTarget::EgressOnlyGateway(id) => id.to_string(),
        RouteTarget::TransitGateway(id) => id.to_string(),
        RouteTarget::Endpoint(id) => id.to_string(),
        RouteTarget::Local | RouteTarget::Unmodelled(_) => String::new(),
    }
}
