//! Wires on boards that were never measured.

use super::*;

const fn rect(left: f64, top: f64, width: f64, height: f64) -> Rect {
    Rect { left, top, width, height }
}

fn plan() -> Plan {
    let anchors = [
        ("client:1", rect(0.0, 0.0, 100.0, 40.0)),
        ("igw:a", rect(380.0, 80.0, 40.0, 40.0)),
        ("vpc:v", rect(10.0, 100.0, 780.0, 460.0)),
        ("router:v", rect(390.0, 290.0, 20.0, 20.0)),
        ("subnet:left", rect(20.0, 150.0, 330.0, 400.0)),
        ("subnet:right", rect(450.0, 150.0, 330.0, 400.0)),
        ("eni:left", rect(40.0, 280.0, 270.0, 40.0)),
        ("eni:low", rect(40.0, 400.0, 270.0, 40.0)),
        ("eni:right", rect(490.0, 380.0, 270.0, 40.0)),
    ];
    let anchors = anchors.into_iter().map(|(name, rect)| (name.to_owned(), rect)).collect();
    Plan { anchors, narrow: false, size: (800.0, 600.0) }
}

fn path(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn what_no_way_leads_to_is_lost_beside_who_asked() {
    let track = plan().track(&path(&["client:1"]), true).unwrap();
    assert_eq!(track.points, [(100.0, 20.0), (100.0 + OUTSIDE, 20.0)]);
    let narrow = Plan { narrow: true, ..plan() };
    assert_eq!(narrow.track(&path(&["client:1"]), true).unwrap().end(), Some((50.0, 40.0 + OUTSIDE)));
    assert_eq!(plan().track(&path(&["client:1"]), false), None);
}

#[test]
fn a_request_from_outside_runs_down_the_spine_and_into_the_side_that_faces_it() {
    let whole = path(&["client:1", "internet", "igw:a", "router:v", "subnet:left", "eni:left"]);
    let track = plan().track(&whole, false).unwrap();
    assert_eq!(track.points.first(), Some(&(100.0, 20.0)));
    assert!(track.points.contains(&(400.0, 300.0)), "{:?}", track.points);
    assert_eq!(track.end(), Some((310.0, 300.0)));
    assert_eq!(track.halts.len(), 4);
}

#[test]
fn what_is_lost_stops_outside_the_place_that_refused_it() {
    let at_gateway = plan().track(&path(&["client:1", "internet", "igw:a"]), true).unwrap();
    assert_eq!(at_gateway.end(), Some((400.0, 66.0)));
    let at_eni = plan().track(&path(&["eni:right", "subnet:right", "router:v", "subnet:left", "eni:left"]), true).unwrap();
    assert_eq!(at_eni.end(), Some((324.0, 300.0)));
    let at_subnet = plan().track(&path(&["eni:right", "subnet:right", "router:v", "subnet:left"]), true).unwrap();
    assert_eq!(at_subnet.end().map(|end| end.0), Some(364.0), "clear of the subnet's header");
}

#[test]
fn what_nobody_on_the_board_asked_is_lost_at_the_gateway_and_a_host_that_is_no_client_has_the_box_of_the_internet() {
    let at_gateway = path(&["client:9", "igw:a"]);
    assert_eq!(plan().track(&at_gateway, true).unwrap().end(), Some((400.0, 66.0)));
    let narrow = Plan { narrow: true, ..plan() };
    assert_eq!(narrow.track(&at_gateway, true).unwrap().end(), Some((366.0, 100.0)));
    let mut asked = plan();
    asked.anchors.insert("internet".to_owned(), Rect { left: 120.0, top: 0.0, width: 60.0, height: 40.0 });
    let track = asked.track(&path(&["client:9", "igw:a", "router:v", "subnet:left", "eni:left"]), true).unwrap();
    assert_eq!((track.points.first(), track.end()), (Some(&(180.0, 20.0)), Some((324.0, 300.0))));
    let nowhere = asked.track(&path(&["client:9", "internet"]), true).unwrap();
    assert_eq!(nowhere.points, [(180.0, 20.0), (180.0 + OUTSIDE, 20.0)], "no public address leads there");
}

#[test]
fn an_eni_that_has_left_is_met_where_it_was() {
    let mut plan = plan();
    let whole = path(&["client:1", "igw:a", "router:v", "subnet:left", "eni:right@i-1/0/1"]);
    assert_eq!(plan.track(&whole, true).unwrap().end(), Some((364.0, 166.0)), "its instance is not drawn any more");
    plan.anchors.insert("instance:i-1".to_owned(), Rect { left: 40.0, top: 160.0, width: 280.0, height: 40.0 });
    assert_eq!(plan.track(&whole, true).unwrap().end(), Some((334.0, 180.0)), "the card stands for a row that is not drawn");
    plan.anchors.insert("eni:right@i-1/0/1".to_owned(), Rect { left: 40.0, top: 220.0, width: 270.0, height: 40.0 });
    assert_eq!(plan.track(&whole, true).unwrap().end(), Some((324.0, 240.0)));
}

#[test]
fn a_wire_passes_beside_a_vpc_that_it_has_nothing_to_do_with() {
    let mut plan = plan();
    let lower = |name: &str, rect: &Rect| Rect { top: rect.top + if name.starts_with("client") { 0.0 } else { 300.0 }, ..*rect };
    plan.anchors = plan.anchors.iter().map(|(name, rect)| (name.clone(), lower(name, rect))).collect();
    plan.anchors.insert("vpc:other".to_owned(), Rect { left: 10.0, top: 100.0, width: 780.0, height: 250.0 });
    let whole = path(&["client:1", "igw:a", "router:v", "subnet:left", "eni:left"]);
    for narrow in [false, true] {
        let plan = Plan { narrow, ..plan.clone() };
        let track = plan.track(&whole, false).unwrap();
        let inside = |way: f64| track.at(way).is_some_and(|at| (100.0..350.0).contains(&at.1) && (10.0..790.0).contains(&at.0));
        let crossing = (0..track.length() as usize).find(|way| inside(*way as f64));
        assert_eq!(crossing, None, "{:?}", track.points);
        assert!(track.points.iter().any(|point| point.0 == 5.0), "{:?}", track.points);
    }
}

/// Whether a way runs through a box.
fn crosses(track: &Track, rect: &Rect) -> bool {
    let inside = |at: Point| (rect.left..rect.right()).contains(&at.0) && (rect.top..rect.bottom()).contains(&at.1);
    (0..track.length() as usize).any(|way| track.at(way as f64).is_some_and(inside))
}

#[test]
fn a_wire_from_outside_runs_through_no_gate_that_it_does_not_pass() {
    let lower = |name: &str| if name.starts_with("client") { 0.0 } else { 300.0 };
    let mut below = plan();
    below.anchors = below.anchors.iter().map(|(name, rect)| (name.clone(), Rect { top: rect.top + lower(name), ..*rect })).collect();
    let whole = path(&["client:1", "igw:a", "router:v", "subnet:left", "eni:left"]);
    let customer = rect(10.0, 60.0, 500.0, 28.0);
    let peering = rect(300.0, 330.0, 200.0, 28.0);
    for narrow in [false, true] {
        // With a VPC and its peering connection on the way, and gates that stand alone; with these alone.
        for other in [true, false] {
            let mut plan = Plan { narrow, ..below.clone() };
            plan.anchors.insert("loose".to_owned(), customer);
            if other {
                plan.anchors.insert("vpc:other".to_owned(), rect(10.0, 100.0, 780.0, 220.0));
                plan.anchors.insert("pcx:p".to_owned(), peering);
            }
            let track = plan.track(&whole, false).unwrap();
            assert!(!crosses(&track, &customer), "{narrow} {other}: {:?}", track.points);
            assert!(!other || !crosses(&track, &peering), "{narrow}: {:?}", track.points);
        }
    }
    // What stands beside the way down leaves it straight.
    let mut plan = below;
    plan.anchors.insert("loose".to_owned(), rect(10.0, 60.0, 300.0, 28.0));
    let track = plan.track(&whole, false).unwrap();
    assert!(track.points.iter().all(|point| point.0 >= 100.0), "{:?}", track.points);
}

/// The board with a second VPC below, whose spine is at its right, and a peering connection between the two.
fn peered() -> Plan {
    let mut plan = plan();
    for (name, rect) in [
        ("pcx:p", rect(330.0, 570.0, 140.0, 28.0)),
        ("vpc:w", rect(10.0, 620.0, 780.0, 300.0)),
        ("router:w", rect(740.0, 760.0, 20.0, 20.0)),
        ("subnet:far", rect(20.0, 660.0, 680.0, 240.0)),
        ("eni:far", rect(40.0, 700.0, 640.0, 40.0)),
    ] {
        plan.anchors.insert(name.to_owned(), rect);
    }
    plan
}

#[test]
fn a_way_over_a_peering_connection_runs_by_its_box_and_both_spines() {
    let plan = peered();
    let whole = path(&["eni:left", "subnet:left", "router:v", "pcx:p", "subnet:far", "eni:far"]);
    let track = plan.track(&whole, false).unwrap();
    let expected =
        [(310.0, 300.0), (350.0, 300.0), (400.0, 300.0), (400.0, 584.0), (750.0, 584.0), (750.0, 720.0), (700.0, 720.0), (680.0, 720.0)];
    assert_eq!(track.points, expected);
    for (at, gate) in [(3, (400.0, 556.0)), (4, (700.0, 720.0))] {
        assert_eq!(plan.gate(&whole, at, false, &track), Some(gate));
    }
    let back = path(&["eni:far", "subnet:far", "router:w", "pcx:p", "router:v", "subnet:left", "eni:left"]);
    let back = plan.track(&back, false).unwrap();
    assert_eq!(back.points.iter().rev().copied().collect::<Vec<_>>(), expected);
    // What it refuses stops at its box: above it, or beside it where the spine is not over it.
    let stopped = |names: &[&str]| plan.track(&path(names), true).unwrap().end();
    assert_eq!(stopped(&["eni:left", "subnet:left", "router:v", "pcx:p"]), Some((400.0, 570.0 - OUTSIDE)));
    assert_eq!(stopped(&["eni:far", "subnet:far", "router:w", "pcx:p"]), Some((470.0 + OUTSIDE, 584.0)));
}

#[test]
fn a_way_over_a_peering_connection_runs_beside_the_pill_of_an_internet_gateway() {
    let pill = rect(690.0, 604.0, 100.0, 34.0);
    let there = path(&["eni:left", "subnet:left", "router:v", "pcx:p", "subnet:far", "eni:far"]);
    let back = path(&["eni:far", "subnet:far", "router:w", "pcx:p", "router:v", "subnet:left", "eni:left"]);
    for (narrow, lane) in [(false, 790.0 + OUTSIDE), (true, 690.0 - OUTSIDE)] {
        let mut plan = Plan { narrow, ..peered() };
        plan.anchors.insert("igw:w".to_owned(), pill);
        for whole in [&there, &back] {
            let track = plan.track(whole, false).unwrap();
            assert!(!crosses(&track, &pill), "{narrow}: {:?}", track.points);
            assert!(track.points.contains(&(lane, 584.0)), "{narrow}: {:?}", track.points);
        }
        let track = plan.track(&back, false).unwrap();
        assert_eq!(plan.gate(&back, 3, false, &track), Some((470.0 + OUTSIDE, 584.0)), "beside its box");
        // Where the way comes up under its box the gate stands below it.
        plan.anchors.insert("pcx:p".to_owned(), rect(lane - 70.0, 570.0, 140.0, 28.0));
        let track = plan.track(&back, false).unwrap();
        assert_eq!(plan.gate(&back, 3, false, &track), Some((lane, 598.0 + OUTSIDE)));
    }
}

#[test]
fn a_box_beside_both_spines_is_come_to_and_left_again() {
    let whole = path(&["eni:left", "subnet:left", "router:v", "pcx:p", "subnet:far", "eni:far"]);
    for (left, edge) in [(100.0, 240.0), (760.0, 760.0)] {
        let mut plan = peered();
        plan.anchors.insert("pcx:p".to_owned(), rect(left, 570.0, 140.0, 28.0));
        let track = plan.track(&whole, false).unwrap();
        let at = track.points.iter().position(|point| *point == (edge, 584.0)).unwrap();
        assert_eq!(track.points.get(at - 1..=at + 1).unwrap(), [(400.0, 584.0), (edge, 584.0), (750.0, 584.0)]);
    }
}

#[test]
fn a_way_through_a_nat_gateway_goes_into_its_eni_and_out_again() {
    let out = path(&[
        "eni:left",
        "subnet:left",
        "router:v",
        "subnet:right",
        "eni:right",
        "nat:n",
        "eni:right",
        "subnet:right",
        "router:v",
        "igw:a",
        "client:1",
    ]);
    let track = plan().track(&out, false).unwrap();
    let into = track.points.iter().position(|point| *point == (490.0, 400.0)).unwrap();
    assert_eq!(track.points.get(into + 1), Some(&(450.0, 400.0)), "back the way it came: {:?}", track.points);
    assert_eq!((track.points.first(), track.end()), (Some(&(310.0, 300.0)), Some((100.0, 20.0))));
}

#[test]
fn a_way_out_through_another_gateway_runs_from_its_box_beside_the_spine() {
    for gate in ["eigw:e", "vgw:v"] {
        let mut plan = plan();
        plan.anchors.insert(gate.to_owned(), rect(600.0, 110.0, 160.0, 28.0));
        let out = path(&["eni:left", "subnet:left", "router:v", gate, "client:1"]);
        let track = plan.track(&out, false).unwrap();
        let spine = track.points.iter().position(|point| *point == (400.0, 148.0)).unwrap();
        let beyond = [(680.0, 148.0), (680.0, 138.0), (680.0, 110.0), (680.0, 20.0), (100.0, 20.0)];
        assert_eq!(track.points.get(spine + 1..).unwrap(), beyond, "{gate}");
        assert_eq!(plan.gate(&out, 3, false, &track), Some((400.0, 152.0)), "{gate}: on the spine, clear of other gates' names");
    }
}

#[test]
fn a_wire_runs_between_the_rows_of_gates_of_a_header() {
    let mut plan = plan();
    plan.anchors.insert("vgw:v".to_owned(), rect(600.0, 110.0, 160.0, 28.0));
    plan.anchors.insert("eigw:e".to_owned(), rect(460.0, 146.0, 300.0, 28.0));
    let out = path(&["eni:left", "subnet:left", "router:v", "vgw:v"]);
    let track = plan.track(&out, false).unwrap();
    assert_eq!(track.points.get(track.points.len() - 3..).unwrap(), [(400.0, 142.0), (680.0, 142.0), (680.0, 138.0)]);
    // What only stands beside its way takes no room of it.
    plan.anchors.insert("eigw:e".to_owned(), rect(690.0, 146.0, 100.0, 28.0));
    let track = plan.track(&out, false).unwrap();
    assert!(track.points.contains(&(400.0, 148.0)), "{:?}", track.points);
}

#[test]
fn what_a_nat_gateway_refuses_stops_before_its_card_and_what_it_passes_counts_at_its_eni() {
    let mut plan = plan();
    plan.anchors.insert("nat:n".to_owned(), rect(480.0, 340.0, 280.0, 90.0));
    let into = path(&["eni:left", "subnet:left", "router:v", "subnet:right", "eni:right", "nat:n"]);
    let refused = plan.track(&into, true).unwrap();
    assert_eq!(refused.end(), Some((480.0 - OUTSIDE, 400.0)));
    assert_eq!(plan.gate(&into, 5, true, &refused), refused.end());
    let passed = plan.track(&into, false).unwrap();
    assert_eq!(passed.end(), Some((490.0, 400.0)));
    assert_eq!(plan.gate(&into, 5, false, &passed), Some((490.0 - OUTSIDE, 400.0)));
}

#[test]
fn what_is_stopped_at_something_that_is_not_drawn_stops_outside_the_last_place_that_is() {
    let whole = path(&["client:1", "internet", "igw:a", "router:v", "subnet:left", "eni:gone"]);
    assert_eq!(plan().track(&whole, true).unwrap().end(), Some((364.0, 166.0)));
}

#[test]
fn two_enis_of_one_subnet_are_joined_beside_them() {
    let track = plan().track(&path(&["eni:left", "eni:low"]), false).unwrap();
    assert!(track.points.iter().all(|point| point.0 < 350.0), "{:?}", track.points);
    assert_eq!(track.end(), Some((310.0, 420.0)));
}

#[test]
fn what_a_gateway_refuses_on_the_way_out_stops_below_it() {
    let track = plan().track(&path(&["eni:left", "subnet:left", "router:v", "igw:a"]), true).unwrap();
    assert_eq!(track.points, [(310.0, 300.0), (350.0, 300.0), (400.0, 300.0), (400.0, 134.0)]);
}

#[test]
fn a_path_inside_one_subnet_goes_round_by_no_router() {
    let whole = path(&["eni:left", "subnet:left", "eni:low"]);
    let track = plan().track(&whole, false).unwrap();
    assert_eq!(track.points, [(310.0, 300.0), (328.0, 300.0), (328.0, 420.0), (310.0, 420.0)]);
    assert_eq!(plan().gate(&whole, 1, false, &track), Some((328.0, 360.0)));
}

#[test]
fn an_answer_runs_the_same_way_back() {
    let there = path(&["client:1", "internet", "igw:a", "router:v", "subnet:left", "eni:left"]);
    let back: Vec<String> = there.iter().rev().cloned().collect();
    let (there, back) = (plan().track(&there, false).unwrap(), plan().track(&back, false).unwrap());
    assert_eq!(there.points.first(), back.points.last());
    assert!((there.length() - back.length()).abs() < 1e-9);
}

#[test]
fn a_path_whose_checks_name_no_router_runs_by_the_spine_all_the_same() {
    let whole = path(&["eni:right", "subnet:right", "subnet:left", "eni:left"]);
    let track = plan().track(&whole, true).unwrap();
    assert_eq!(track.points, [(490.0, 400.0), (450.0, 400.0), (400.0, 400.0), (400.0, 300.0), (350.0, 300.0), (324.0, 300.0)]);
    assert_eq!(plan().gate(&whole, 2, false, &track), Some((350.0, 300.0)));
}

#[test]
fn gates_stand_on_the_wire() {
    let whole = path(&["eni:right", "subnet:right", "router:v", "subnet:left", "eni:left"]);
    let (plan, track) = (plan(), plan().track(&whole, true).unwrap());
    let gate = |at, refused| plan.gate(&whole, at, refused, &track);
    assert_eq!(gate(0, false), Some((474.0, 400.0)));
    assert_eq!(gate(1, false), Some((450.0, 400.0)));
    assert_eq!(gate(2, false), Some((400.0, 337.0)), "below the router, where the wire comes from, clear of its name");
    assert_eq!(gate(3, false), Some((350.0, 300.0)));
    assert_eq!(gate(4, true), Some((324.0, 300.0)));
}

#[test]
fn a_trail_runs_from_card_to_card_and_never_through_another() {
    let mut plan = plan();
    let put = |plan: &mut Plan, name: &str, top: f64, height: f64| {
        plan.anchors.insert(name.to_owned(), Rect { left: 40.0, top, width: 270.0, height });
    };
    put(&mut plan, "instance:old", 160.0, 80.0);
    put(&mut plan, "trail:eni@old", 400.0, 20.0);
    assert_eq!(plan.trails(), [((52.0, 245.0), (52.0, 416.0))]);
    put(&mut plan, "instance:other", 260.0, 80.0);
    assert!(plan.trails().is_empty());
}

#[test]
fn the_wire_below_a_gateway_is_straight_where_its_pill_stands_over_the_spine() {
    let mut plan = plan();
    plan.anchors.insert("igw:a".to_owned(), Rect { left: 379.0, top: 80.0, width: 41.0, height: 40.0 });
    let track = plan.track(&path(&["client:1", "internet", "igw:a", "router:v", "subnet:left", "eni:left"]), false).unwrap();
    let below: Vec<f64> = track.points.iter().filter(|point| (20.0..300.0).contains(&point.1)).skip(1).map(|point| point.0).collect();
    assert!(!below.is_empty() && below.iter().all(|x| *x == 400.0), "{:?}", track.points);
}

/// A board with an office, its connection and what they lead to above the right subnet.
fn with_office() -> Plan {
    let mut plan = plan();
    plan.anchors.insert("vgw:v".to_owned(), rect(600.0, 110.0, 160.0, 28.0));
    plan.anchors.insert("cgw:c".to_owned(), rect(20.0, 50.0, 100.0, 28.0));
    plan.anchors.insert("vpn:p".to_owned(), rect(130.0, 50.0, 100.0, 28.0));
    plan.anchors.insert("internet".to_owned(), rect(0.0, 0.0, 100.0, 40.0));
    plan
}

#[test]
fn from_an_office_a_wire_runs_through_the_connection_and_below_its_box_to_the_gateway_and_the_other_way_round() {
    let plan = with_office();
    let inward = path(&["client:9", "cgw:c", "vpn:p", "vgw:v", "router:v", "subnet:left", "eni:left"]);
    let track = plan.track(&inward, false).unwrap();
    let begins = [(70.0, 64.0), (180.0, 64.0), (180.0, 86.0), (680.0, 86.0), (680.0, 110.0), (680.0, 138.0)];
    assert_eq!(track.points[..6], begins, "a client that is not drawn is not the internet's");
    assert_eq!(track.end(), Some((310.0, 300.0)));
    let outward = path(&["eni:left", "subnet:left", "router:v", "vgw:v", "vpn:p", "cgw:c", "client:9"]);
    let mut back = plan.track(&outward, false).unwrap();
    assert_eq!(back.end(), Some((70.0, 64.0)));
    back.points.reverse();
    assert_eq!(back.points, track.points);
    let mut with_client = plan.clone();
    with_client.anchors.insert("client:9".to_owned(), rect(0.0, 50.0, 10.0, 28.0));
    assert_eq!(with_client.track(&inward, false).unwrap().points[..2], [(10.0, 64.0), (70.0, 64.0)]);
    let refused = plan.track(&inward[..4], true).unwrap();
    assert_eq!(refused.end(), Some((680.0, 110.0 - OUTSIDE)));
}

#[test]
fn what_a_gateway_endpoint_takes_ends_in_its_box_and_its_answer_begins_there() {
    let mut plan = plan();
    plan.anchors.insert("vpce:s".to_owned(), rect(600.0, 110.0, 160.0, 28.0));
    let out = plan.track(&path(&["eni:left", "subnet:left", "router:v", "vpce:s"]), false).unwrap();
    assert_eq!((out.points.first(), out.end()), (Some(&(310.0, 300.0)), Some((680.0, 138.0))));
    let back = plan.track(&path(&["vpce:s", "router:v", "subnet:left", "eni:left"]), false).unwrap();
    assert_eq!((back.points.first(), back.end()), (Some(&(680.0, 138.0)), Some((310.0, 300.0))));
    let lost = plan.track(&path(&["eni:left", "subnet:left", "router:v", "vpce:s"]), true).unwrap();
    assert_eq!(lost.end().map(|(_, y)| y), Some(138.0 + OUTSIDE), "refused below it");
}

#[test]
fn what_is_nearest_to_a_point_of_a_way_is_the_innermost_box_there() {
    let plan = plan();
    let way = path(&["client:1", "igw:a", "router:v", "subnet:left", "eni:left"]);
    let at = |x, y| plan.nearest_of(&way, (x, y)).unwrap_or_default();
    assert_eq!([at(320.0, 300.0), at(300.0, 300.0), at(400.0, 70.0), at(400.0, 320.0)], ["subnet:left", "eni:left", "igw:a", "router:v"]);
    assert_eq!(plan.nearest_of(&path(&["eni:gone"]), (0.0, 0.0)), None);
}
