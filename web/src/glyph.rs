//! The glyphs and the badges of groups. Glyphs are line drawings on a grid of 16, drawn for this project. None of them is a vendor's.
//!
//! A glyph is decoration. Whatever it says is also said in words beside it or in the name of the control that holds it.

use eni_playground::view::board::GroupBadge;
use yew::prelude::*;

/// Which drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// An instance, and its guest: a window with a prompt.
    Instance,
    /// An ENI: a plug with two prongs.
    Eni,
    /// An Elastic IP: a pin on a map.
    ElasticIp,
    /// A security group: a shield.
    Group,
    /// A network ACL: a diamond with a bar.
    Acl,
    /// A route table: a signpost.
    Route,
    /// The router of a VPC: four ways out of a circle.
    Router,
    /// An internet gateway: an arch with an arrow.
    Gateway,
    /// A NAT gateway: two opposed arrows.
    Nat,
    /// A virtual private gateway: an arch with a keyhole.
    VpnGateway,
    /// A customer gateway: an office building.
    Office,
    /// A VPN connection: a tunnel.
    Tunnel,
    /// An endpoint of a service: an arrow into a door.
    Endpoint,
    /// A load balancer: one way in, three ways out.
    Balancer,
    /// A function: braces.
    Function,
    /// A file system or a database: a drum.
    Drum,
    /// A hosted zone: an address book.
    Names,
    /// The source/dest check: an identity card.
    Check,
    /// A VPC: a frame with a heading.
    Vpc,
    /// A subnet: a dashed frame.
    Subnet,
    /// The internet, or a public subnet.
    Globe,
    /// Something locked, or a private subnet.
    Padlock,
    /// A host that asks.
    Client,
    /// Taking an act back.
    Undo,
    /// Doing it again.
    Redo,
    /// Time goes on.
    Play,
    /// Time stands.
    Pause,
    /// To the next event.
    Step,
    /// Back to the start.
    Restart,
    /// To the act or loss before.
    LandmarkBefore,
    /// To the act or loss after.
    LandmarkAfter,
    /// The light theme.
    Sun,
    /// The dark theme.
    Moon,
    /// The projector's theme.
    Projector,
    /// Help.
    Help,
    /// Close.
    Close,
    /// Add.
    Plus,
    /// Copy.
    Copy,
    /// A warning.
    Warn,
    /// Lost or refused.
    Cross,
    /// Passed.
    Tick,
    /// Opens a list below.
    Down,
    /// Opens a list above.
    Up,
    /// One level up.
    Back,
    /// One level down.
    Forward,
    /// A refused act.
    Forbidden,
    /// A thing that is on its way.
    Hourglass,
    /// Take out for good.
    Bin,
    /// Look closer, or details.
    List,
    /// The board, as a tab.
    Board,
    /// The tray, as a tab.
    Tray,
    /// A file to open.
    Sheet,
    /// A folder to open.
    Folder,
    /// A file to keep.
    Download,
    /// A packet to send.
    Send,
    /// Where something goes.
    Arrow,
}

impl Icon {
    /// The drawing as one path.
    pub fn path(self) -> &'static str {
        use Icon::*;
        match self {
            Instance => "M4 2.75h8a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-6.5a2 2 0 0 1 2-2zM5 6l2 2-2 2M8.75 10.25H11",
            Eni => {
                "M3.5 4.25h5A1.75 1.75 0 0 1 10.25 6v4a1.75 1.75 0 0 1-1.75 1.75h-5A1.75 1.75 0 0 1 1.75 10V6A1.75 1.75 0 0 1 3.5 4.25zM10.25 6.5H14M10.25 9.5H14M4.6 7.1v1.8M7.4 7.1v1.8"
            }
            ElasticIp => {
                "M8 14.25c-3-3.3-4.75-5.5-4.75-7.85a4.75 4.75 0 0 1 9.5 0c0 2.35-1.75 4.55-4.75 7.85zM8 4.7a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4z"
            }
            Group => "M8 1.75l5 1.8v4.1c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.6v-4.1z",
            Acl => "M8 1.6L14.4 8 8 14.4 1.6 8zM5.4 8h5.2",
            Route => "M8 2v12.25M5.75 14.25h4.5M8 3h4l1.75 1.7L12 6.4H8M8 7.5H4L2.25 9.2 4 10.9h4",
            Router => {
                "M8 2v4.25M8 9.75V14M2 8h4.25M9.75 8H14M6.25 3.75L8 2l1.75 1.75M6.25 12.25L8 14l1.75-1.75M3.75 6.25L2 8l1.75 1.75M12.25 6.25L14 8l-1.75 1.75"
            }
            Gateway => "M3 13.5V7.25a5 5 0 0 1 10 0v6.25M1.5 13.5h13M8 11V6.25M6 8l2-2 2 2",
            Nat => "M2.25 5.25h9.5M9.25 2.75l2.5 2.5-2.5 2.5M13.75 10.75h-9.5M6.75 8.25l-2.5 2.5 2.5 2.5",
            VpnGateway => "M3 13.5V7.25a5 5 0 0 1 10 0v6.25M1.5 13.5h13M8 6.25a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM8 9.25v2",
            Office => "M3 14.25V2.75h6.5v11.5M9.5 6.5H13v7.75M1.75 14.25h12.5M5.25 5.5h2M5.25 8.25h2M5.25 11h2",
            Tunnel => "M1.75 5h12.5M1.75 11h12.5M4.5 8h.01M8 8h.01M11.5 8h.01",
            Endpoint => "M1.75 8h6.5M5.75 5.5l2.5 2.5-2.5 2.5M10 2.75h3.75v10.5H10",
            Balancer => {
                "M1.75 8h12M5.25 8L9.5 3.5h4.25M5.25 8l4.25 4.5h4.25M12 1.75l1.75 1.75L12 5.25M12 6.25L13.75 8 12 9.75M12 10.75l1.75 1.75L12 14.25"
            }
            Function => "M6 2.75c-3 0-.5 4.5-3.25 5.25 2.75.75.25 5.25 3.25 5.25M10 2.75c3 0 .5 4.5 3.25 5.25-2.75.75-.25 5.25-3.25 5.25",
            Drum => {
                "M2.75 4.25C2.75 3 5.1 2.25 8 2.25s5.25.75 5.25 2-2.35 2-5.25 2-5.25-.75-5.25-2zM2.75 4.25v7.5c0 1.25 2.35 2 5.25 2s5.25-.75 5.25-2v-7.5M2.75 8c0 1.25 2.35 2 5.25 2s5.25-.75 5.25-2"
            }
            Names => "M3.5 2.25H12a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1H3.5zM6 2.25v11.5M8.25 5.5h2.5M8.25 8h2.5",
            Check => {
                "M3.25 3h9.5A1.5 1.5 0 0 1 14.25 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-9.5a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 3.25 3zM5.4 5.6a1.35 1.35 0 1 1 0 2.7 1.35 1.35 0 0 1 0-2.7zM3.6 10.7c.3-1 1-1.5 1.8-1.5s1.5.5 1.8 1.5M9.5 6.75H12M9.5 9.5H12"
            }
            Vpc => {
                "M3.75 2.5h8.5a1.75 1.75 0 0 1 1.75 1.75v7.5a1.75 1.75 0 0 1-1.75 1.75h-8.5A1.75 1.75 0 0 1 2 11.75v-7.5A1.75 1.75 0 0 1 3.75 2.5zM2 6h12"
            }
            Subnet => {
                "M2.25 5.25v-1.5a1.25 1.25 0 0 1 1.25-1.25H5M8 2.5h.01M11 2.5h1.5a1.25 1.25 0 0 1 1.25 1.25v1.5M13.75 8v.01M13.75 10.75v1.5a1.25 1.25 0 0 1-1.25 1.25H11M8 13.5h.01M5 13.5H3.5a1.25 1.25 0 0 1-1.25-1.25v-1.5M2.25 8v.01"
            }
            Globe => {
                "M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5zM1.75 8h12.5M8 1.75c1.9 1.8 2.75 3.9 2.75 6.25S9.9 12.45 8 14.25C6.1 12.45 5.25 10.35 5.25 8S6.1 3.55 8 1.75z"
            }
            Padlock => {
                "M4 7.25h8a1 1 0 0 1 1 1v4.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-4.5a1 1 0 0 1 1-1zM5.25 7.25V5a2.75 2.75 0 0 1 5.5 0v2.25"
            }
            Client => "M4.25 3h7.5a1.25 1.25 0 0 1 1.25 1.25v5.5H3v-5.5A1.25 1.25 0 0 1 4.25 3zM1.5 12.75h13",
            Undo => "M5.75 3L2.75 6l3 3M2.75 6h6.5a3.75 3.75 0 0 1 0 7.5H6.5",
            Redo => "M10.25 3l3 3-3 3M13.25 6h-6.5a3.75 3.75 0 0 0 0 7.5H9.5",
            Play => "M5 3.25v9.5L12.5 8z",
            Pause => "M5.5 3.5v9M10.5 3.5v9",
            Step => "M4 3.5v9L10.25 8zM12.5 3.5v9",
            LandmarkBefore => "M8 3.5L3.5 8 8 12.5M12.75 3.5L8.25 8l4.5 4.5",
            LandmarkAfter => "M8 3.5l4.5 4.5L8 12.5M3.25 3.5L7.75 8l-4.5 4.5",
            Restart => "M12 3.5v9L5.75 8zM3.5 3.5v9",
            Sun => {
                "M8 5.25a2.75 2.75 0 1 1 0 5.5 2.75 2.75 0 0 1 0-5.5zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7"
            }
            Moon => "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z",
            Projector => "M1.75 3h12.5M2.75 3v6.75a1 1 0 0 0 1 1h8.5a1 1 0 0 0 1-1V3M8 10.75v1.5M5.5 14L8 12.25 10.5 14",
            Help => {
                "M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5zM6.1 6.3A1.95 1.95 0 0 1 8 4.7c1.1 0 1.95.75 1.95 1.75 0 1.5-1.95 1.45-1.95 3M8 11.4v.01"
            }
            Close | Cross => "M4 4l8 8M12 4l-8 8",
            Plus => "M8 3v10M3 8h10",
            Copy => {
                "M6.75 5.5h5.5a1.25 1.25 0 0 1 1.25 1.25v5.5a1.25 1.25 0 0 1-1.25 1.25h-5.5a1.25 1.25 0 0 1-1.25-1.25v-5.5A1.25 1.25 0 0 1 6.75 5.5zM3.75 10.5a1.25 1.25 0 0 1-1.25-1.25v-5.5A1.25 1.25 0 0 1 3.75 2.5h5.5a1.25 1.25 0 0 1 1.25 1.25"
            }
            Warn => "M8 2.25l6.25 11H1.75zM8 6.5v3M8 11.4v.01",
            Tick => "M3.25 8.5l3.25 3.25 6.25-7.25",
            Down => "M4 6.25l4 4 4-4",
            Up => "M4 9.75l4-4 4 4",
            Back => "M9.75 4l-4 4 4 4",
            Forward => "M6.25 4l4 4-4 4",
            Forbidden => "M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5zM3.6 3.6l8.8 8.8",
            Hourglass => "M4 2h8M4 14h8M4.75 2v2.25C4.75 6 8 7 8 8s-3.25 2-3.25 3.75V14M11.25 2v2.25C11.25 6 8 7 8 8s3.25 2 3.25 3.75V14",
            Bin => "M2.75 4.25h10.5M6 4.25v-1.5h4v1.5M4.25 4.25l.6 9.25h6.3l.6-9.25M6.75 7v4M9.25 7v4",
            List => "M2.5 4h2v2h-2zM2.5 10h2v2h-2zM7.5 5H14M7.5 11H14M3.5 6v4",
            Board => "M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM8 2.5v11M8 7.5h5.5",
            Tray => "M4 3h8l2 6v4H2V9zM2 9h3.5l1 2h3l1-2H14",
            Sheet => "M3.75 1.75h5.5l3 3v9.5h-8.5zM9.25 1.75v3h3M6 8h4M6 11h4",
            Folder => "M1.75 12.5v-9h4.5l1.5 2h6.5v7z",
            Download => "M8 2.25v8M4.75 7.25L8 10.5l3.25-3.25M2.5 13.5h11",
            Send => "M14 2L2 7l4.5 2L9 13.75zM14 2L6.5 9",
            Arrow => "M8 2.5v11M4.5 10L8 13.5l3.5-3.5",
        }
    }

    /// The glyph that a view names.
    pub fn named(name: &str) -> Icon {
        match name {
            "eni" => Icon::Eni,
            "elastic-ip" => Icon::ElasticIp,
            "vpc" => Icon::Vpc,
            "subnet" => Icon::Subnet,
            "plus" => Icon::Plus,
            "bin" => Icon::Bin,
            "move" => Icon::Arrow,
            "send" => Icon::Send,
            "play" => Icon::Play,
            "pause" => Icon::Pause,
            "list" => Icon::List,
            "client" => Icon::Client,
            other => Icon::of_check(other),
        }
    }

    /// The glyph of a check, by the name that *Why* gives it.
    pub fn of_check(name: &str) -> Icon {
        match name {
            "group" => Icon::Group,
            "check" => Icon::Check,
            "acl" => Icon::Acl,
            "route" => Icon::Route,
            "gateway" => Icon::Gateway,
            "router" => Icon::Router,
            "internet" => Icon::Globe,
            "nat" => Icon::Nat,
            "vpn-gateway" => Icon::VpnGateway,
            "office" => Icon::Office,
            "tunnel" => Icon::Tunnel,
            "endpoint" => Icon::Endpoint,
            "balancer" => Icon::Balancer,
            "function" => Icon::Function,
            "drum" => Icon::Drum,
            "names" => Icon::Names,
            _ => Icon::Instance,
        }
    }
}

/// A glyph as an `svg` of its own, 16 px wide, hidden from screen readers. A function and no component: a large board holds thousands.
pub fn glyph(icon: Icon) -> Html {
    glyph_sized(icon, "")
}

/// A glyph with one more class: `s` is 14 px wide, `xs` 12 px.
pub fn glyph_sized(icon: Icon, size: &'static str) -> Html {
    html! {
        <svg class={classes!("i", size)} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d={icon.path()} />
        </svg>
    }
}

/// The class of a group's colour.
pub fn hue(hue: u8) -> String {
    format!("hue-{}", hue % 8)
}

/// How many characters of a long name's end are always shown: ids, and names of an import, often begin the same.
const END: usize = 8;
/// And how many of its beginning, at least, where it is cut.
const BEGINNING: usize = 4;

/// A name that gives way in its middle where there is no room for all of it.
pub fn long_name(name: &str) -> Html {
    let cut = name.char_indices().rev().nth(END - 1).filter(|(at, _)| *at >= BEGINNING);
    match cut.and_then(|(at, _)| name.split_at_checked(at)) {
        Some((begin, end)) => html! { <span class="long-name"><span>{ begin.to_owned() }</span><span>{ end.to_owned() }</span></span> },
        None => html! { name },
    }
}

/// A badge that only shows.
pub fn badge(group: &GroupBadge) -> Html {
    html! { <span class={classes!("sg", hue(group.hue))} aria-hidden="true">{ group.letter.clone() }</span> }
}
