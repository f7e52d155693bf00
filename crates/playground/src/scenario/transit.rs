//! What other calls than those that describe them tell of transit gateways: which table an attachment uses, what fills a table, and its routes.
//!
//! `search-transit-gateway-routes` and `get-transit-gateway-route-table-propagations` do not say of which table they speak: the file's name has to.

use super::gather::Gathered;
use super::report::Notes;
use crate::aws::Kind;
use crate::words::InputKey;
use eni_core::id::TransitTableId;
use eni_core::table::Table;
use serde_json::{Map, Value, json};

const ATTACHMENT: &str = "TransitGatewayAttachmentId";
const ATTACHMENTS: &str = "TransitGatewayAttachments";
const ROUTES: &str = "Routes";
const PROPAGATIONS: &str = "TransitGatewayRouteTablePropagations";

/// What was told, and has not been handed out.
#[derive(Default)]
pub(super) struct Told {
    /// The tables that attachments use, by attachment.
    associations: Table<String, Value>,
    /// The file, the table that its name speaks of, and the member with what it says.
    tables: Vec<(String, TransitTableId, &'static str, Vec<Value>)>,
}

impl Told {
    /// What a file tells of attachments and of the table that is named in its path; which of its members that is.
    pub(super) fn read(&mut self, file: &str, path: &str, members: &Map<String, Value>) -> Vec<&'static str> {
        let mut read = Vec::new();
        if let Some(attachments) = members.get(ATTACHMENTS).and_then(Value::as_array) {
            let named = |value: &Value| Some((value.get(ATTACHMENT)?.as_str()?.to_owned(), value.get("Association")?.clone()));
            self.associations.extend(attachments.iter().filter_map(named));
            read.push(ATTACHMENTS);
        }
        let Some(table) = table_in(path) else { return read };
        for (name, kept) in [(ROUTES, ROUTES), (PROPAGATIONS, "Propagations")] {
            if let Some(values) = members.get(name).and_then(Value::as_array) {
                self.tables.push((file.to_owned(), table, kept, values.clone()));
                read.push(name);
            }
        }
        // Who uses it, the attachments say themselves.
        read.extend(members.contains_key("Associations").then_some("Associations"));
        read
    }
}

/// The last id of such a table in a file's name.
fn table_in(path: &str) -> Option<TransitTableId> {
    path.rmatch_indices("tgw-rtb-").find_map(|(at, start)| {
        let digits = path.get(at + start.len()..)?.find(|letter: char| !letter.is_ascii_hexdigit());
        path.get(at..digits.map_or(path.len(), |digits| at + start.len() + digits))?.parse().ok()
    })
}

/// Gives each attachment and each table what was told of it.
pub(super) fn hand_out(gathered: &mut Gathered, told: Told, notes: &mut Notes) {
    for (id, table) in told.associations {
        if let Some(Value::Object(members)) = gathered.find_mut(Kind::TransitGatewayVpcAttachments, &id) {
            members.insert("Association".to_owned(), table);
        }
    }
    for (file, table, member, values) in told.tables {
        let mut kept = Vec::new();
        for value in values {
            let entry = if member == ROUTES { route(&value) } else { Some(value) };
            let Some(entry) = entry else { continue };
            let to = entry.get(ATTACHMENT).and_then(Value::as_str).map(str::to_owned);
            match to.filter(|id| gathered.find(Kind::TransitGatewayVpcAttachments, id).is_none()) {
                None => kept.push(entry),
                Some(id) => {
                    let what = format!("{member} ({file})");
                    notes.warn(InputKey::LeftOutWithout { what: &what, id: &id, command: "describe-transit-gateway-vpc-attachments" });
                }
            }
        }
        let id = table.to_string();
        match gathered.find_mut(Kind::TransitGatewayRouteTables, &id) {
            Some(Value::Object(members)) => _ = members.insert(member.to_owned(), Value::Array(kept)),
            _ => notes.warn(InputKey::LeftOutWithout { what: &file, id: &id, command: "describe-transit-gateway-route-tables" }),
        }
    }
}

/// A static route as a document keeps it; what is propagated follows from the propagations.
fn route(value: &Value) -> Option<Value> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let to = value.pointer("/TransitGatewayAttachments/0/TransitGatewayAttachmentId");
    match to {
        _ if text("Type") != "static" => None,
        Some(to) => Some(json!({ "DestinationCidrBlock": text("DestinationCidrBlock"), ATTACHMENT: to })),
        None => Some(json!({ "DestinationCidrBlock": text("DestinationCidrBlock") })),
    }
}
