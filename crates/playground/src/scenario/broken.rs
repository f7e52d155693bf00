//! Words for a network that could not exist.

use crate::words::{InputKey, Saying};
use eni_core::model::invariants::Broken;

/// What is wrong with a network, to be said in any language.
pub(super) fn saying(broken: &Broken) -> Saying {
    match broken {
        Broken::InNothing(what, place) => InputKey::InNothing { what, place },
        Broken::OutsideBlocks(subnet, cidr, vpc) => InputKey::OutsideBlocks { subnet, cidr, vpc },
        Broken::UsesNothing(what, used) => InputKey::UsesNothing { what, used },
        Broken::OtherVpc(eni, one, other) => InputKey::OtherVpc { eni, one, other },
        Broken::NoGroup(eni) => InputKey::NoGroup { eni },
        Broken::ForeignGroup(eni, group) => InputKey::ForeignGroup { eni, group },
        Broken::ForeignAddress(eni, address, cidr) => InputKey::ForeignAddress { eni, address, cidr },
        Broken::AddressTwice(address, vpc) => InputKey::AddressTwice { address, vpc },
        Broken::Overlap(first, block, second, other) => InputKey::Overlap { first, block, second, other },
        Broken::AttachedToNothing(eni, instance) => InputKey::AttachedToNothing { eni, instance },
        Broken::NotHeld(instance, eni, index) => InputKey::NotHeld { instance, eni, index },
        Broken::OtherZone(eni, instance) => InputKey::OtherZone { eni, instance },
        Broken::HeldOnly(instance, eni) => InputKey::HeldOnly { instance, eni },
        Broken::MappedTwice(address) => InputKey::MappedTwice { address },
        Broken::OnlyTheEniSays(eni, allocation, address) => InputKey::OnlyTheEniSays { eni, allocation, address },
        Broken::OnlyTheAddressSays(allocation, eni) => InputKey::OnlyTheAddressSays { allocation, eni },
        Broken::NoMainTable(vpc) => InputKey::NoMainTable { vpc },
        Broken::NoDefaultAcl(vpc) => InputKey::NoDefaultAcl { vpc },
        Broken::NoDefaultGroup(vpc) => InputKey::NoDefaultGroup { vpc },
        Broken::GatewayElsewhere(gateway, vpc) => InputKey::GatewayElsewhere { gateway, vpc },
        Broken::KeyNameTwice(first, second) => InputKey::KeyNameTwice { first, second },
        Broken::PeeredTwice(first, second) => InputKey::PeeredTwice { first, second },
        Broken::ForeignFamily(list, cidr) => InputKey::ForeignFamily { list, cidr },
        Broken::ListOverfull(list, count, most) => {
            let (count, most) = (count.to_string(), most.to_string());
            return InputKey::ListOverfull { list, count: &count, most: &most }.into();
        }
        Broken::FaultAtRest(instance) => InputKey::FaultAtRest { instance },
        Broken::Index => InputKey::WrongIndex,
    }
    .into()
}
