//! Helpers of the tests that play a session: things by name.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::session::{Outcome, Session};
use eni_playground::view::board::{BoardView, ClientView, DropTarget, EniView, InstanceView};
use eni_playground::view::why::WhyView;
use serde_json::json;

/// A scene.
pub fn open(id: &str) -> Session {
    Session::open(id).unwrap()
}

/// Seconds as microseconds.
pub const fn seconds(count: u64) -> u64 {
    count * 1_000_000
}

/// Every instance of a board.
pub fn instances(board: &BoardView) -> impl Iterator<Item = &InstanceView> {
    board
        .vpcs
        .iter()
        .flat_map(|vpc| &vpc.zones)
        .flat_map(|zone| &zone.subnets)
        .flat_map(|subnet| &subnet.instances)
        .map(|instance| &**instance)
}

/// Every ENI of a board.
pub fn enis(board: &BoardView) -> impl Iterator<Item = &EniView> {
    instances(board).flat_map(|instance| &instance.slots).filter_map(|slot| slot.eni.as_ref()).chain(&board.tray.enis)
}

/// An instance by its name.
pub fn instance(session: &Session, name: &str) -> InstanceView {
    instances(&session.board()).find(|instance| instance.name == name).unwrap().clone()
}

/// An ENI by its name.
pub fn eni(session: &Session, name: &str) -> EniView {
    enis(&session.board()).find(|eni| eni.name == name).unwrap().clone()
}

/// A client by its name.
pub fn client(session: &Session, name: &str) -> ClientView {
    session.board().clients.into_iter().find(|client| client.name == name).unwrap()
}

/// Where an ENI would go.
pub fn target(session: &Session, thing: &str, to: &str, index: u16) -> DropTarget {
    let place = format!("slot:{}/0/{index}", instance(session, to).id);
    let thing = format!("eni:{}", eni(session, thing).id);
    session.drop_targets(&thing).into_iter().find(|target| target.place == place).unwrap()
}

/// Drops an ENI there.
pub fn drop_on(session: &mut Session, thing: &str, to: &str, index: u16) -> Outcome {
    let act = target(session, thing, to, index).act.unwrap();
    session.execute(&act)
}

/// `terminate`, `start`, `stop` or `reboot` of an instance.
pub fn act_for(session: &Session, verb: &str, name: &str) -> Act {
    let action = match verb {
        "terminate" => "TerminateInstances",
        "start" => "StartInstances",
        "stop" => "StopInstances",
        _ => "RebootInstances",
    };
    Act::ec2(action, json!({ "InstanceIds": [instance(session, name).id] }))
}

/// Asks once, and tells why the first packet went the way it went.
pub fn ask(session: &mut Session, from: &str, to: &str, port: u16) -> WhyView {
    let asking = Asking { from: from.to_owned(), to: to.to_owned(), protocol: "tcp".to_owned(), port, ..Asking::default() };
    let outcome = session.execute(&Act::Scene(SceneAct::Ask(asking)));
    let packet = outcome.result.unwrap()["Packet"].as_u64().unwrap();
    session.advance(seconds(1));
    session.why(packet).unwrap()
}

/// Every thing of a board, as panes name it.
pub fn things(session: &Session) -> Vec<String> {
    let board = session.board();
    let mut things = vec!["region".to_owned()];
    things.extend(board.clients.iter().map(|client| format!("client:{}", client.id)));
    things.extend(instances(&board).map(|instance| format!("instance:{}", instance.id)));
    things.extend(enis(&board).map(|eni| format!("eni:{}", eni.id)));
    things.extend(board.tray.elastic_ips.iter().map(|ip| format!("elastic-ip:{}", ip.id)));
    things.extend(board.tray.groups.iter().map(|group| format!("group:{}", group.badge.id)));
    for vpc in &board.vpcs {
        things.push(format!("vpc:{}", vpc.id));
        things.extend(vpc.gateway.as_ref().map(|gateway| format!("igw:{}", gateway.id)));
        for subnet in vpc.zones.iter().flat_map(|zone| &zone.subnets) {
            things.push(format!("subnet:{}", subnet.id));
            things.push(format!("route-table:{}", subnet.route_table.id));
            things.push(format!("acl:{}", subnet.acl.id));
            things.extend(subnet.others.iter().map(|other| other.thing.clone()));
        }
    }
    things
}
