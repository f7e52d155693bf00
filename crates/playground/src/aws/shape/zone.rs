//! Writes Availability Zones and their ids.

use super::{Form, Writer};
use crate::aws::text::{Json, Object, Writes};
use crate::aws::time::Epoch;
use eni_core::model::Zone;
use eni_core::model::network::Network;
use std::fmt::{self, Write};

/// A region in the ids of its zones: `use1` (`I3`). It is worked out once for many objects, and kept without an allocation.
#[derive(Clone, Copy, Default)]
pub(in crate::aws) struct RegionCode([u8; 12]);

impl RegionCode {
    /// The code of a region: its first part, then the first letters of the others; `northeast` has two.
    pub(super) fn of(region: &str) -> RegionCode {
        let mut code = RegionCode::default();
        let letters = region.split('-').enumerate().flat_map(|(at, part)| {
            let two = ["north", "south"].iter().any(|side| part.strip_prefix(side).is_some_and(|rest| !rest.is_empty()));
            let (first, second) =
                if at == 0 { (part, "") } else { (part.get(..1).unwrap_or(part), if two { part.get(5..6).unwrap_or("") } else { "" }) };
            first.bytes().chain(second.bytes())
        });
        code.0.iter_mut().zip(letters).for_each(|(place, letter)| *place = letter);
        code
    }

    fn letters(&self) -> impl Iterator<Item = char> + '_ {
        self.0.iter().take_while(|letter| **letter != 0).map(|letter| char::from(*letter))
    }
}

/// The id of a zone as a reply shows it.
pub(crate) fn zone_id_of(network: &Network, zone: &Zone) -> String {
    Writer::new(network, Epoch::default(), Form::Reply).zone_id(zone).to_string()
}

impl Writer<'_> {
    pub(super) fn zone(self, zone: &Zone) -> Json {
        let region = self.network.region();
        Object::new()
            .text("ZoneName", zone)
            .with("ZoneId", self.zone_id(zone))
            .with("RegionName", region)
            .with("GroupName", format!("{region}-zg-1"))
            .with("NetworkBorderGroup", region)
            .with("State", "available")
            .with("OptInStatus", "opt-in-not-required")
            .with("ZoneType", "availability-zone")
            .with("Messages", Vec::<Json>::new())
            .into()
    }

    /// The zone's own name, which is the same in all accounts: `use1-az1` (`I3`). Here the letters are not shuffled (`M`); those of an account
    /// that was brought in are as they were.
    pub(in crate::aws) fn zone_id(&self, zone: &Zone) -> ZoneId<'_> {
        if let Some(told) = self.network.elsewhere().zone_ids.get(zone) {
            return ZoneId::Told(told);
        }
        let at = self.network.zones().iter().position(|other| other == zone);
        ZoneId::Counted(self.region_code, at.map_or(0, |at| at + 1))
    }
}

/// The id of a zone.
pub(in crate::aws) enum ZoneId<'n> {
    /// As the account tells it.
    Told(&'n str),
    /// Its region's code and its number there.
    Counted(RegionCode, usize),
}

impl fmt::Display for ZoneId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ZoneId::Told(id) => f.write_str(id),
            ZoneId::Counted(code, number) => {
                code.letters().try_for_each(|letter| f.write_char(letter))?;
                write!(f, "-az{number}")
            }
        }
    }
}

impl Writes for ZoneId<'_> {
    fn write(self, text: &mut String) {
        match self {
            ZoneId::Told(id) => id.write(text),
            ZoneId::Counted(code, number) => {
                text.push('"');
                code.letters().for_each(|letter| text.push(letter));
                text.push_str("-az");
                number.write(text);
                text.push('"');
            }
        }
    }
}
