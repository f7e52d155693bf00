//! The words of each refusal: why, and what would be accepted where nothing can be named. No arm stands for several unnamed variants, so a new refusal
//! does not compile without words.

use super::Maker;
use crate::view::words::RefusalKey as K;
use eni_core::control::error::Refusal as R;
use eni_core::id::EniId;
use eni_core::model::transit::TransitId;

/// The names that stand in a refusal's sentences.
#[derive(Default)]
pub(super) struct Names {
    first: String,
    second: String,
}

impl Names {
    fn one(first: impl ToString) -> Names {
        Names::two(first, "")
    }

    fn two(first: impl ToString, second: impl ToString) -> Names {
        Names { first: first.to_string(), second: second.to_string() }
    }
}

/// Values, limits and ids that stand in a refusal as they are; most need none.
fn figures_in(refusal: &R) -> Names {
    match refusal {
        R::MissingParameter { parameter } | R::ExistingEniDetail { parameter, .. } | R::OneInstanceOnly { parameter } => {
            Names::one(parameter)
        }
        R::ExclusiveParameters { first, second } | R::NeitherParameter { first, second } => Names::two(first, second),
        R::NumberOutOfRange { value, .. } => Names::one(value),
        R::DeviceIndexTooHigh { device_index, .. } => Names::one(device_index),
        R::NoSuchNetworkCard { network_card, .. } => Names::one(network_card),
        R::LaunchDetailAndInterfaces { detail } => Names::one(detail),
        R::BlockRestricted { with, .. } => Names::one(with),
        R::BlockConflict { other, .. } => Names::one(other),
        R::BlockOfPeer { other, peering, .. } => Names::two(other, peering),
        R::BlockWhilePeeringWaits { peering, .. } => Names::one(peering),
        R::BlockHidesRoute { destination, .. } => Names::one(destination),
        R::BlockLimit { limit, .. } => Names::one(limit),
        R::SubnetHasIpv6 { cidr, .. } => Names::one(cidr),
        R::HostedZoneConflict { zone, .. } | R::HostedZoneExists { zone, .. } => Names::one(zone),
        R::BalancerRoom { free, .. } => Names::one(free),
        R::ListenerExists { port } => Names::one(port),
        R::ListenerProtocol { listener, group } => Names::two(listener, group),
        R::BadTarget { target, why } => Names::two(target, why),
        R::DhcpKeyUnknown { key } => Names::one(key),
        R::DhcpKeyTwice { key } => Names::one(key),
        R::DhcpValueCount { key, limit } => Names::two(key, limit),
        R::DhcpValue { key, value } => Names::two(key, value),
        R::HostedZoneLimit { limit } => Names::one(limit),
        R::FunctionNotFound { function, .. } | R::FunctionExists { function } | R::FunctionBusy { function } => Names::one(function),
        R::FunctionNotReady { function, state } => Names::two(function, state),
        R::FunctionVpcLimit { limit, .. } | R::FunctionEniLimit { limit } | R::MountEniLimit { limit } | R::MountGroupLimit { limit } => {
            Names::one(limit)
        }
        R::FunctionSubnetGone { subnet, .. } => Names::one(subnet),
        R::FunctionGroupGone { group, .. } => Names::one(group),
        R::FileSystemExists { file_system, .. } => Names::one(file_system),
        R::MountTargetZoneTaken { target } | R::MountTargetOtherVpc { target, .. } => Names::one(target),
        R::MountTargetState { state, .. } => Names::one(state),
        R::MountAddressInUse { ip } => Names::one(ip),
        R::ReservationOverlaps { other, .. } => Names::one(other),
        R::Ipv6Limit { instance_type, limit, .. } => Names::two(instance_type.name(), limit),
        R::BadPrefix { length, .. } => Names::one(length),
        R::TooFewForPrefixes { wanted, free, .. } => Names::two(wanted, free),
        R::SubnetFull { wanted, free, .. } => Names::two(wanted, free),
        R::AddressLimit { instance_type, limit, .. }
        | R::LaunchAddressLimit { instance_type, limit, .. }
        | R::AttachmentLimit { instance_type, limit, .. } => Names::two(instance_type.name(), limit),
        R::DifferentZones { eni_zone, instance_zone, .. } => Names::two(eni_zone, instance_zone),
        R::PrivateIpAlreadyAssociated { public, .. } => Names::one(public),
        R::NotForEndpointType { kind, .. } => Names::one(kind),
        R::EniOfOther { owner, .. } => Names::one(owner),
        R::KeyPairNotFound { key_name } | R::KeyPairExists { key_name } => Names::one(key_name),
        R::FlowLogLacks { parameter, .. } => Names::one(parameter),
        R::FlowLogUnsuited { kind, .. } => Names::one(kind),
        R::FlowLogFormat { field } => Names::one(field),
        R::EndpointTypeOfService { has, .. } => Names::one(has),
        R::PeeringNotPending { state, .. } | R::PeeringOver { state, .. } | R::PeeringNotActive { state, .. } => Names::one(state),
        R::TagLimitExceeded { limit }
        | R::GroupsPerEniLimit { limit, .. }
        | R::VpcLimit { limit }
        | R::SubnetLimit { limit }
        | R::EniLimit { limit }
        | R::AddressQuota { limit }
        | R::GroupLimit { limit }
        | R::RuleLimit { limit, .. }
        | R::PrefixListLimit { limit }
        | R::KeyPairLimit { limit }
        | R::AlarmLimit { limit }
        | R::PrefixListFull { limit }
        | R::TooManyEntries { limit }
        | R::AclLimit { limit }
        | R::AclEntryLimit { limit, .. }
        | R::RouteLimit { limit, .. }
        | R::RouteTableLimit { limit }
        | R::InternetGatewayLimit { limit }
        | R::PeeringLimit { limit }
        | R::TransitGatewayLimit { limit }
        | R::VpnGatewayLimit { limit }
        | R::CustomerGatewayLimit { limit }
        | R::VpnConnectionLimit { limit }
        | R::EndpointLimit { limit }
        | R::FlowLogLimit { limit }
        | R::EgressOnlyGatewayLimit { limit }
        | R::NatGatewayLimit { limit, .. }
        | R::NatAddressLimit { limit } => Names::one(limit),
        R::QuotaNotRaised { current: value } | R::QuotaTooHigh { most: value } | R::QuotaProduct { most: value } => Names::one(value),
        R::NatConnectivity { parameter, connectivity } => Names::two(parameter, connectivity),
        R::TransitSubnetsInZone { zone, .. } => Names::one(zone),
        R::PrefixListFamily { family, .. } => Names::one(family),
        R::PrefixListVersionMismatch { version } => Names::one(version),
        _ => Names::default(),
    }
}

impl Maker<'_> {
    /// The names that the sentences of `words` are about, by what people call them.
    pub(super) fn names_in(&self, refusal: &R) -> Names {
        match refusal {
            R::SubnetIpv6Conflict { other, .. } | R::SubnetConflict { other, .. } => Names::one(self.subnet_name(*other)),
            R::RouteTransitGatewayNotFound { vpc, .. } => Names::one(self.vpc_name(*vpc)),
            R::TransitNotAvailable { what, state } => Names::two(self.transit_name(*what), state),
            R::TransitGatewayInUse { attachment, .. } | R::TransitAttachmentExists { attachment, .. } => {
                Names::one(self.transit_name(TransitId::Attachment(*attachment)))
            }
            R::TransitAssociated { table, .. } => Names::one(self.transit_name(TransitId::Table(*table))),
            R::TransitTableInUse { gateway, .. } => Names::one(self.transit_name(TransitId::Gateway(*gateway))),
            R::AddressInUse { eni, .. }
            | R::LaunchAddressInUse { eni, .. }
            | R::AddressInPrefix { eni, .. }
            | R::DeviceIndexTaken { by: eni, .. } => Names::one(self.eni_name(*eni)),
            R::PrimaryAddressTaken { eni, .. }
            | R::UnassignPrimary { eni, .. }
            | R::NotAssigned { eni, .. }
            | R::NotThePrivateIpOf { eni, .. } => Names::one(self.eni_name(*eni)),
            R::MoveNotAllowed { addresses } => {
                let owner = addresses.0.first().and_then(|ip| self.network.enis().find(|eni| eni.address(*ip).is_some()));
                Names::one(owner.map(|eni| self.eni_name(eni.id)).unwrap_or_default())
            }
            R::Ipv6InUse { eni, .. } | R::Ipv6NotAssigned { eni, .. } | R::PrimaryIpv6Stays { eni, .. } => Names::one(self.eni_name(*eni)),
            R::HostedZoneNotAssociated { zone, .. } => {
                let vpcs = self.network.hosted_zone(*zone).map_or(&[][..], |zone| zone.vpcs.as_slice());
                Names::one(vpcs.iter().map(|vpc| self.vpc_name(*vpc)).collect::<Vec<_>>().join(", "))
            }
            R::PrefixInUse { eni, .. } | R::PrefixNotAssigned { eni, .. } => Names::one(self.eni_name(*eni)),
            R::EniInUse { eni, .. } | R::EniAlreadyAttached { eni, .. } | R::LaunchEniInUse { eni, .. } => Names::one(self.place_of(*eni)),
            R::DetachPrimary { attachment } => {
                let eni = self.network.eni_by_attachment(*attachment);
                Names::one(eni.map(|eni| self.place_of(eni.id)).unwrap_or_default())
            }
            R::InstanceNotReady { instance, state }
            | R::WrongInstanceState { instance, state, .. }
            | R::InstanceNotStopped { instance, state }
            | R::InstanceNotRunning { instance, state }
            | R::InstanceGone { instance, state } => Names::two(self.instance_name(*instance), self.instance_state_text(*state)),
            R::InstanceNotAddressable { instance, state } => {
                let found = self.network.instance(*instance).map(|instance| self.instance_state_text(instance.state));
                Names::two(self.instance_name(*instance), found.unwrap_or_else(|| (*state).to_owned()))
            }
            R::TerminationProtected { instance }
            | R::StopProtected { instance }
            | R::SpotUnprotectable { instance }
            | R::SpotOneTime { instance }
            | R::SpotCancelled { instance }
            | R::DeviceIndexStuck { instance, .. }
            | R::NotSpot { instance }
            | R::NoHibernation { instance }
            | R::InstanceHangs { instance }
            | R::SeveralEnis { instance } => Names::one(self.instance_name(*instance)),
            R::AlreadyAssociated { allocation, .. } | R::AddressAssociated { allocation, .. } => {
                let association = self.network.elastic_ip(*allocation).and_then(|eip| eip.association);
                Names::one(association.map(|association| self.eni_name(association.eni)).unwrap_or_default())
            }
            R::NoInternetGateway { vpc } | R::BalancerNoGateway { vpc } => Names::one(self.vpc_name(*vpc)),
            R::PrivateDnsNeedsNames { vpc } => Names::one(self.vpc_name(*vpc)),
            R::NatGatewayNotReady { gateway, state } => Names::two(self.nat_gateway_name(*gateway), state),
            other => figures_in(other),
        }
    }

    /// The instance that an ENI is in; one request may also want it in two places at once.
    fn place_of(&self, eni: EniId) -> String {
        let attachment = self.network.eni(eni).and_then(|eni| eni.attachment.as_ref());
        attachment.map_or_else(|| self.language.say(K::AnotherPlace), |attachment| self.instance_name(attachment.instance))
    }
}

/// Writes the one match that must have a row for each refusal: its variants, why, and what would be accepted.
macro_rules! table {
    ($first:ident, $second:ident; $($($variant:ident)|+ => $why:expr, $instead:expr;)*) => {
        /// Why an act is refused, and what would be accepted where nothing can be named.
        pub(super) fn words<'a>(refusal: &R, names: &'a Names) -> (K<'a>, K<'a>) {
            let Names { $first, $second } = names;
            match refusal { $($(R::$variant { .. })|+ => ($why, $instead),)* }
        }
    };
}

table! {
    first, second;

    MissingParameter => K::ParameterMissing { name: first }, K::SayIt { name: first };
    ExclusiveParameters => K::OnlyOneOf { first, second }, K::OneOfTwo { first, second };
    NeitherParameter => K::OneOfNeeded { first, second }, K::OneOfTwo { first, second };
    NumberOutOfRange | DeviceIndexTooHigh | NoSuchNetworkCard => K::OutOfRange { value: first }, K::PutRight;
    NoAttributes => K::NothingToChange, K::NameOneAttribute;
    SeveralAttributes => K::OneChangeAtATime, K::NameOneAttribute;
    BadDescription => K::TextNotTaken, K::PlainText;
    TagLimitExceeded => K::TooManyTags { limit: first }, K::TakeTagAway;
    BadTag | EmptyTagKey | ReservedTag | NoTags => K::TagNotTaken, K::OtherKey;
    EniManagedByService | ElasticIpHeldByService | ServiceAttachment => K::OfAService, K::ThatServiceOnly;

    AclNotFound | AclAssociationNotFound | AllocationNotFound | AssociationNotFound | AttachmentNotFound | EniNotFound | GroupNotFound
        | SecurityGroupNotFound | GroupRuleNotFound | InstanceNotFound | InternetGatewayNotFound | NatGatewayNotFound | RouteNatGatewayNotFound | PeeringNotFound
        | PrefixListNotFound | RouteTableNotFound | RouteTableAssociationNotFound | SubnetNotFound | VpcNotFound | VpnGatewayNotFound
        => K::NoSuchThing, K::MakeOneFirst;

    VpcRange => K::BlockSize, K::AnyBlock;
    SubnetRange => K::OutsideVpc, K::AnyBlock;
    SubnetConflict => K::BlocksOverlap { other: first }, K::AnyBlock;
    VpcBlockNotFound | SubnetBlockNotFound => K::NoSuchThing, K::MakeOneFirst;
    BlockRestricted => K::RangesApart { block: first }, K::SameRange;
    BlockConflict => K::BlockThere { block: first }, K::BlockApart;
    BlockOfPeer => K::PeerHasBlock { block: first, peering: second }, K::BlockApart;
    BlockWhilePeeringWaits => K::PeeringWaits { peering: first }, K::AfterTheAnswer;
    BlockHidesRoute => K::RouteInside { destination: first }, K::SmallerBlock;
    BlockLimit => K::QuotaFull { limit: first }, K::RemoveAny;
    PrimaryBlock => K::PrimaryBlockStays, K::DeleteTheVpc;
    BlockInUse | SubnetBlockInUse => K::BlockHasUsers, K::RemoveWhatUses;
    SubnetIpv6Range => K::OutsideIpv6, K::SixtyFour;
    SubnetIpv6Conflict => K::BlocksOverlap { other: first }, K::SixtyFour;
    SubnetHasIpv6 => K::OneIpv6Block { block: first }, K::TakeBlockFirst;
    SubnetWithoutIpv6 => K::NoIpv6Here, K::Ipv6BlockFirst;
    VpcLimit | SubnetLimit | EniLimit | AddressQuota | GroupLimit | RuleLimit | AclLimit | AclEntryLimit | RouteLimit | RouteTableLimit
        | InternetGatewayLimit | PeeringLimit | PrefixListLimit | KeyPairLimit | AlarmLimit | EndpointLimit | FlowLogLimit => K::QuotaFull { limit: first }, K::RemoveAny;
    VpcInUse | SubnetInUse | GroupInUse | AclInUse => K::StillUsed, K::RemoveWhatUses;
    RouteTableInUse => K::StillUsed, K::OtherMain;
    NoDefaultVpc => K::NoVpcToFallBackTo, K::SayIt { name: "VpcId" };
    DefaultVpcExists | DefaultSubnetExists => K::DefaultThere, K::NothingToDo;
    DefaultVpcMissing => K::NoDefaultVpcYet, K::DefaultVpcFirst;
    NoDefaultBlock => K::NoBlockLeft, K::RemoveAny;
    NoDefaultSubnet => K::NoSubnetToFallBackTo, K::SayIt { name: "SubnetId" };
    UnknownZone => K::ZoneUnknown, K::PutRight;

    AddressOutsideSubnet | LaunchAddressOutsideSubnet => K::NotOfSubnet, K::FreeOfSubnet;
    AddressReserved | AssignedAddressReserved => K::Reserved, K::FreeOfSubnet;
    AddressInUse | LaunchAddressInUse => K::AddressTaken { owner: first }, K::FreeOfSubnet;
    AddressInPrefix => K::AddressOfPrefix { owner: first }, K::FreeOfSubnet;
    UnknownBorderGroup => K::NoBorderGroup, K::TheRegion;
    AlarmNotFound | LogGroupNotFound => K::NoSuchThing, K::MakeOneFirst;
    LogGroupExists => K::NameTaken, K::OtherName;
    HostedZoneNotFound => K::NoSuchZone, K::MakeOneFirst;
    PublicHostedZone | HostedZonePrivacy => K::OnlyPrivateZones, K::ZoneWithVpc;
    HostedZoneVpcNotFound => K::NoSuchThing, K::VpcOfRegion;
    HostedZoneConflict => K::ZoneOfName { zone: first }, K::OtherVpcOrName;
    HostedZoneExists => K::ReferenceUsed { zone: first }, K::OtherReference;
    HostedZoneNotEmpty => K::ZoneHasRecords, K::DeleteRecordsFirst;
    HostedZoneLimit => K::ZonesFull { limit: first }, K::RemoveAny;
    HostedZoneNotAssociated => K::NotAssociatedWithZone, K::VpcOfZone { vpcs: first };
    HostedZoneLastVpc => K::LastVpcOfZone, K::AssociateFirst;
    RecordBatch => K::BatchIsWhole, K::BatchWithoutFault;
    ReservationNotFound => K::NoSuchThing, K::MakeOneFirst;
    ReservationOutside => K::NotOfSubnet, K::RangeOfSubnet;
    ReservationOverlaps => K::RangeReserved { other: first }, K::RangeOfSubnet;
    Ipv6OutsideSubnet => K::NotOfSubnet, K::FreeOfSubnet;
    Ipv6Reserved => K::Reserved, K::FreeOfSubnet;
    Ipv6InUse => K::Ipv6NeverMoves { owner: first }, K::UnassignFirst { owner: first };
    Ipv6Twice => K::NamedTwice, K::NameOnce;
    Ipv6Limit => K::TypeTakesFewer { kind: first, limit: second }, K::LargerType;
    Ipv6NotAssigned => K::NotOnThisEni { owner: first }, K::AddressItHas;
    PrimaryIpv6Stays => K::PrimaryIpv6OfAttached { owner: first }, K::DetachFirst;
    NoPrimaryIpv6 => K::NoIpv6ToBePrimary, K::WithIpv6Address;
    BadPrefix => K::PrefixLength { length: first }, K::PrefixOfSubnet;
    BadPrefixCount => K::CountIsPositive, K::OneOrMore;
    PrefixOutsideSubnet => K::NotOfSubnet, K::PrefixOfSubnet;
    PrefixReserved => K::Reserved, K::PrefixOfSubnet;
    PrefixInUse => K::PrefixTaken { owner: first }, K::PrefixOfSubnet;
    SubnetFragmented => K::NoBlockInARow, K::PrefixesElsewhere;
    TooFewForPrefixes => K::NoRoomForPrefixes { wanted: first, free: second }, K::PrefixesElsewhere;
    PrefixNotAssigned => K::NotOnThisEni { owner: first }, K::PrefixOfTheEni;
    AddressTwice | RuleTwice => K::NamedTwice, K::NameOnce;
    SubnetFull => K::NoRoomInSubnet { wanted: first, free: second }, K::FewerAddresses;
    BadAddressCount => K::CountIsPositive, K::OneOrMore;
    TwoPrimaries => K::OnePrimary, K::MarkOne;
    AddressLimit | LaunchAddressLimit => K::TypeTakesFewer { kind: first, limit: second }, K::LargerType;
    MoveNotAllowed => K::OnAnotherEni { owner: first }, K::WithReassignment;
    PrimaryAddressTaken => K::PrimaryNeverMoves { owner: first }, K::AnotherAddress;
    NotAssigned => K::NotOnThisEni { owner: first }, K::ItHasNoSecondary;
    UnassignPrimary => K::PrimaryStays { owner: first }, K::ItHasNoSecondary;

    GroupOfOtherVpc | LaunchGroupOfOtherVpc | DifferentNetworks => K::GroupElsewhere, K::GroupOfSameVpc;
    GroupsPerEniLimit => K::GroupsFull { limit: first }, K::FewerGroups { limit: first };
    LastGroup => K::NeverWithoutGroup, K::OneGroupAtLeast;
    EniInUse | EniAlreadyAttached | LaunchEniInUse => K::Attached { place: first }, K::DetachFirst;
    DifferentZones => K::ZonesDiffer { here: first, there: second }, K::InstanceOfZone { zone: first };
    DifferentVpcs => K::VpcsDiffer, K::InstanceOfVpc;
    DeviceIndexTaken => K::IndexTaken { owner: first }, K::FreeAnIndex;
    DeviceIndexStuck => K::IndexStuck { instance: first }, K::RestartFirst { instance: first };
    AttachmentLimit => K::TypeTakesFewer { kind: first, limit: second }, K::FewerEnis;
    PrefixesNeedNitro => K::NitroOnly, K::NitroType;
    NotTheAttachmentOf => K::AttachmentOfOther, K::ItsOwnAttachment;
    DetachPrimary => K::PrimaryEniStays { instance: first }, K::OtherEniMoves;
    AttachmentBusy => K::OnItsWay, K::WaitForIt;

    InstanceNotReady | InstanceNotAddressable => K::StateForbids { instance: first, state: second }, K::RunningFirst { instance: first };
    WrongInstanceState => K::StateForbids { instance: first, state: second }, K::OtherState { instance: first };
    InstanceNotStopped => K::StateForbids { instance: first, state: second }, K::StoppedFirst { instance: first };
    InstanceNotRunning => K::StateForbids { instance: first, state: second }, K::RunningFirst { instance: first };
    InstanceHangs => K::Hangs { instance: first }, K::MendFirst { instance: first };
    InstanceGone => K::StateForbids { instance: first, state: second }, K::NoneInThisState { instance: first };
    TerminationProtected | StopProtected => K::SwitchedOn { instance: first }, K::Unprotect { instance: first };
    SpotUnprotectable | SpotLaunchUnprotectable => K::SpotTakesNone, K::NoProtection;
    SpotRequestNotFound => K::NoSuchThing, K::MakeOneFirst;
    SpotOneTime | SpotCancelled => K::SpotEndsOnly { instance: first }, K::TerminateIt;
    SpotOneTimeInterruption => K::SpotWouldEnd, K::PersistentRequest;
    NotSpot => K::NoSpot { instance: first }, K::ASpotInstance;
    NoHibernation => K::NoHibernation { instance: first }, K::PlainStop;
    SeveralEnis => K::WhichEni { instance: first }, K::OneOfItsEnis;
    NetworkCardMismatch => K::CardsDiffer, K::SameCards;

    LaunchDetailAndInterfaces => K::SaidTwice, K::InTheList;
    PublicIpWithSeveralEnis | PublicIpNotPrimary => K::PublicForOneEni, K::OneNewEni;
    ExistingEniDetail => K::EniHasItsOwn, K::WithoutDetail { name: first };
    NoPrimaryInterface => K::NoPrimary, K::AddPrimary;
    DeviceIndexTwice => K::NamedTwice, K::OtherIndex;
    OneInstanceOnly => K::OneLaunchOnly, K::OneInstance;

    PublicPoolEmpty => K::NoneLeft, K::TryLater;
    AddressNotRecoverable => K::NotReleasedHere, K::AnyAddress;
    AlreadyAssociated => K::MappedElsewhere { place: first }, K::WithReassociation;
    PrivateIpAlreadyAssociated => K::HasAnother { public: first }, K::WithReassociation;
    NoInternetGateway => K::NoWayToInternet { vpc: first }, K::AttachGatewayFirst;
    NotThePrivateIpOf => K::NotOnThisEni { owner: first }, K::AddressOfTheEni;
    AddressAssociated => K::StillMapped { place: first }, K::UnmapFirst;

    GroupDuplicate => K::NameTaken, K::OtherName;
    GroupReserved => K::NameReserved, K::OtherName;
    BadGroupName => K::TextNotTaken, K::NotSoNamed;
    RuleDuplicate => K::RuleThere, K::NothingToDo;
    RuleNotFound => K::RuleAbsent, K::RuleOfGroup;
    RuleKind => K::RuleKeepsKind, K::RuleMadeAnew;
    DefaultGroup | DefaultAcl => K::LivesWithVpc, K::DeleteTheVpc;

    BadPrefixListName => K::ListNameNotTaken, K::OtherName;
    PrefixListFull => K::ListFull { limit: first }, K::LargerList;
    TooManyEntries => K::EntriesAtOnce { limit: first }, K::InParts;
    PrefixListFamily => K::OneFamily { family: first }, K::BlockOfFamily { family: first };
    BadPrefixListChange => K::EntryNotSo, K::NameOnce;
    EntriesAndSize => K::EntriesOrSize, K::OneAfterTheOther;
    PrefixListVersionMismatch => K::ListHasChanged { version: first }, K::VersionOfNow { version: first };
    PrefixListVersionUnknown => K::NoSuchVersion, K::EarlierVersion;
    PrefixListBusy => K::OnItsWay, K::WaitForIt;
    PrefixListOfAws => K::OfAService, K::ThatServiceOnly;

    AclEntryExists => K::NumberUsed, K::ReplaceIt;
    AclEntryNotFound => K::NumberUnused, K::CreateIt;
    AclOfOtherVpc | DifferentNetwork => K::InOtherVpc, K::OfTheSameVpc;

    NoRouteTarget | SeveralRouteTargets => K::OneTarget, K::ExactlyOneTarget;
    RouteExists => K::RouteThere, K::ReplaceRoute;
    NoRouteToReplace => K::RouteAbsent, K::CreateIt;
    RouteNotFound => K::RouteAbsent, K::RouteOfTable;
    LocalRoute => K::LocalStays, K::LeaveLocal;
    EndpointRoute => K::EndpointOwnsRoute, K::ChangeTheEndpoint;
    InsideLocal => K::InsideVpc, K::SubnetToEni;
    NoSuchSubnetBlock => K::NoSubnetOfBlock, K::WholeSubnetBlock;
    LocalOutside => K::NotOfVpc, K::BlockOfVpc;
    EdgeTarget => K::GatewaysTable, K::EniOrLocal;
    EdgeDestination => K::GatewaysDestination, K::SubnetBlock;
    UnsupportedTarget => K::TargetNotTaken, K::GatewayNatEni;
    ServiceDestination => K::AwsOwnAddresses, K::OtherDestination;
    SubnetHasTable => K::HasOtherTable, K::ReplaceAssociation;
    MainAssociation => K::MainStays, K::OtherTableForMain;

    EndpointNotFound => K::NoSuchThing, K::MakeOneFirst;
    EndpointServiceNotFound => K::ServiceUnknown, K::ServiceOfList;
    EndpointTypeOfService => K::ServiceHasOther { kind: first }, K::OfThatType { kind: first };
    NotForEndpointType => K::NotOfThisType { kind: first }, K::WithoutMember;
    NotInEndpointsVpc => K::InOtherVpc, K::OfTheSameVpc;
    NotOfEndpoint => K::NotUsedByIt, K::OneThatItUses;
    EndpointRouteExists => K::RouteThere, K::OtherTables;
    EndpointZoneTaken => K::OneEniInZone, K::SubnetOfOtherZone;
    PrivateDnsNeedsNames => K::VpcWithoutNames { vpc: first }, K::BothDnsAttributes;
    PrivateDnsTaken => K::NameTakenByOther, K::WithoutPrivateDns;
    LastEndpointGroup => K::NeverWithoutGroup, K::OneGroupAtLeast;

    EniOfOther => K::GoesWith { owner: first }, K::DeleteOwner { owner: first };
    EniOfNoService => K::OfNoService, K::DeleteOrDetach;
    KeyPairNotFound => K::NoSuchKeyPair { name: first }, K::MakeKeyPair;
    KeyPairIdNotFound => K::NoSuchThing, K::MakeKeyPair;
    KeyPairExists => K::KeyNameTaken { name: first }, K::OtherKeyName;
    BadKeyName => K::KeyNameForm, K::OtherKeyName;
    BadPublicKey => K::NotAPublicKey, K::PublicKeyLine;
    FunctionNotFound => K::NoSuchFunction { name: first }, K::FunctionThere;
    FunctionExists => K::FunctionNameTaken { name: first }, K::OtherKeyName;
    FunctionVpcHalf => K::VpcNeedsBoth, K::OtherVpcConfig;
    FunctionVpcLimit => K::FunctionTakesFewer { limit: first }, K::OtherVpcConfig;
    FunctionSubnetNotFound | FunctionGroupNotFound => K::NoSuchThing, K::OtherVpcConfig;
    FunctionSubnetsApart | FunctionGroupElsewhere => K::FunctionOneVpc, K::OtherVpcConfig;
    FunctionBusy => K::FunctionInWork { name: first }, K::WaitForIt;
    FunctionNotReady => K::FunctionIs { name: first, state: second }, K::ActiveFunction;
    FunctionEniLimit => K::EnvironmentNeedsEni { limit: first }, K::WhenOneEnds;
    FunctionSubnetFull => K::EnvironmentNeedsAddress, K::WhenOneEnds;
    FunctionSubnetGone | FunctionGroupGone => K::FunctionsPlaceGone { id: first }, K::OtherVpcConfig;
    FileSystemNotFound | MountTargetNotFound | MountSubnetNotFound | MountGroupNotFound => K::NoSuchThing, K::MakeOneFirst;
    FileSystemExists => K::TokenMadeOne { id: first }, K::OtherToken;
    FileSystemInUse => K::HasMountTargets, K::TargetsFirst;
    MountTargetZoneTaken => K::OneTargetInZone { target: first }, K::SubnetOfOtherZone;
    MountTargetOtherVpc => K::TargetsInOneVpc { target: first }, K::OfTheSameVpc;
    MountTargetState => K::TargetIs { state: first }, K::AvailableTarget;
    MountSubnetFull => K::NoRoomInSubnet { wanted: "1", free: "0" }, K::SubnetOfOtherZone;
    MountAddressInUse => K::AddressTaken { owner: first }, K::FreeOfSubnet;
    MountAddressOutside => K::NotOfSubnet, K::FreeOfSubnet;
    MountEniLimit => K::QuotaFull { limit: first }, K::RemoveAny;
    MountGroupLimit => K::GroupsFull { limit: first }, K::FewerGroups { limit: first };
    FlowLogNotFound => K::NoSuchThing, K::MakeOneFirst;
    FlowLogExists => K::SameFlowLog, K::OtherFlowLog;
    FlowLogInterval => K::RecordsStandFor, K::OneOrTen;
    FlowLogLacks => K::NeedsMember { name: first }, K::SayIt { name: first };
    FlowLogGroupElsewhere => K::GroupIsForLogs, K::WithoutMember;
    FlowLogUnsuited => K::NotOfThisType { kind: first }, K::WithoutMember;
    FlowLogDestination => K::NoSuchDestination, K::ArnOfType;
    FlowLogFormat => K::NoSuchField { name: first }, K::KnownFields;

    PeerElsewhere => K::OneAccountHere, K::OwnAccount;
    PeeringExists => K::OnePeeringEach, K::RemoveAny;
    PeeringNotPending => K::PeeringIs { state: first }, K::PendingPeering;
    PeeringOver => K::PeeringIs { state: first }, K::NewPeering;
    PeeringNotActive => K::PeeringIs { state: first }, K::WhenActive;

    GatewayAttached | VpcHasGateway => K::OneGatewayEach, K::DetachGatewayFirst;
    GatewayNotAttached => K::NotAttachedThere, K::AttachItFirst;
    PublicAddressesMapped => K::AddressesNeedIt, K::UnmapAddresses;
    GatewayInUse => K::GatewayHasVpc, K::DetachGatewayFirst;

    DhcpOptionsNotFound => K::NoSuchThing, K::MakeOneFirst;
    DhcpOptionsInUse => K::VpcsUseSet, K::OtherSetFirst;
    DhcpKeyUnknown => K::NoSuchOption { key: first }, K::KnownOptions;
    DhcpKeyTwice => K::OptionTwice { key: first }, K::OptionOnce;
    DhcpValueCount => K::OptionTakes { key: first, limit: second }, K::FewerValues;
    DhcpValue => K::NotItsValue { key: first, value: second }, K::ValuesOfOptions;

    CustomerGatewayNotFound | VpnConnectionNotFound => K::NoSuchThing, K::MakeOneFirst;
    VpnGatewayAttached | VpcHasVpnGateway => K::OneVpnGatewayEach, K::DetachGatewayFirst;
    VpnGatewayNotAttached => K::NotAttachedThere, K::AttachItFirst;
    VpnGatewayInUse | CustomerGatewayInUse => K::ConnectionsEndThere, K::RemoveWhatUses;
    VpnGatewayLimit | CustomerGatewayLimit | VpnConnectionLimit => K::QuotaFull { limit: first }, K::RemoveAny;
    VpnRoutesNotStatic => K::RoutesByBgp, K::StaticConnection;
    VpnRouteNotFound => K::NoSuchVpnRoute, K::RouteOfConnection;

    EgressOnlyGatewayNotFound | TransitGatewayNotFound | TransitAttachmentNotFound | TransitTableNotFound => K::NoSuchThing, K::MakeOneFirst;
    RouteTransitGatewayNotFound => K::VpcNotAttached { vpc: first }, K::AttachVpcFirst { vpc: first };
    TransitGatewayLimit => K::QuotaFull { limit: first }, K::RemoveAny;
    TransitNotAvailable => K::TransitIs { what: first, state: second }, K::WhenAvailable;
    TransitGatewayInUse => K::AttachmentsEnd { attachment: first }, K::RemoveWhatUses;
    TransitAttachmentExists => K::OneAttachmentEach { attachment: first }, K::ChangeAttachment;
    TransitSubnetsInZone => K::OneSubnetOfZone { zone: first }, K::SubnetOfOtherZone;
    TransitSubnetElsewhere => K::InOtherVpc, K::OfTheSameVpc;
    TransitSubnetUnused => K::NotUsedByIt, K::SubnetOfAttachment;
    TransitLastSubnet => K::NeedsASubnet, K::DeleteAttachment;
    TransitElsewhere => K::OtherTransit, K::OfTheSameTransit;
    TransitAssociated => K::OneTableEach { table: first }, K::DisassociateFirst { table: first };
    TransitNotAssociated => K::NotThatTable, K::TableItUses;
    TransitPropagates => K::FillsIt, K::NothingToDo;
    TransitNotPropagating => K::FillsItNot, K::TableItFills;
    TransitRouteExists => K::RouteThere, K::ReplaceRoute;
    TransitRouteNotFound => K::RouteAbsent, K::RouteOfTable;
    TransitTableInUse => K::TableHasUsers { gateway: first }, K::DisassociateAll;
    VpcHasEgressOnlyGateway => K::OneEgressOnly, K::NothingToDo;
    EgressOnlyGatewayLimit => K::QuotaFull { limit: first }, K::RemoveAny;
    Ipv6TargetOnly => K::Ipv6Only, K::Ipv6Destination;
    MainTableAtEdge | PropagationAtEdge => K::NeverAtEdge, K::OtherTableAtEdge;
    RouteAtEdge => K::NotForEdge, K::OtherTableAtEdge;

    QuotaNotRaised => K::QuotaIs { value: first }, K::MoreThanQuota { value: first };
    QuotaTooHigh => K::QuotaEnds { value: first }, K::AtMostQuota { value: first };
    QuotaProduct => K::QuotasTogether { limit: first }, K::OneQuotaLower;

    BalancerNotFound | TargetGroupNotFound | ListenerNotFound | BalancerSubnetNotFound => K::NoSuchThing, K::MakeOneFirst;
    BalancerName => K::BalancerNameForm, K::OtherName;
    BalancerExists | TargetGroupExists => K::NameTaken, K::OtherName;
    BalancerConfiguration => K::NotTogether, K::AsAwsSays;
    BalancerNoGateway => K::NoWayToInternet { vpc: first }, K::AttachGatewayFirst;
    BalancerRoom => K::NodeNeedsRoom { free: first }, K::RoomierSubnet;
    BalancerGroup => K::GroupElsewhere, K::GroupOfSameVpc;
    BalancerAllocation => K::AllocationNotFree, K::FreeAllocation;
    ListenerExists => K::PortListenedTo { port: first }, K::OtherPort;
    ListenerProtocol => K::ProtocolsDiffer { listener: first, group: second }, K::SameProtocol { protocol: second };
    TargetGroupElsewhere => K::GroupOfOtherBalancer, K::OwnTargetGroup;
    TargetGroupInUse => K::StillUsed, K::DeleteListenerFirst;
    BadTarget => K::TargetUnfit { target: first, why: second }, K::FittingTarget;

    NatGatewayLimit => K::ZoneTakesFewerNats { limit: first }, K::RemoveAny;
    NatConnectivity => K::OtherKindOfNat { name: first, kind: second }, K::WithoutDetail { name: first };
    NatAddressLimit => K::NatTakesFewer { limit: first }, K::FewerAddresses;
    NatGatewayNotReady => K::NatNotReady { gateway: first, state: second }, K::AvailableNat;
    NatPrimaryAddress => K::NatKeepsPrimary, K::OtherNatAddress;
}
