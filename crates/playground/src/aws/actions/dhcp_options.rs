//! DHCP option sets.

use super::read::{FILTERS, TOKEN, ids, list, most};
use super::{Action, command};
use crate::aws::input::id;
use crate::aws::kind::Kind;
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::{Command, CreateDhcpOptions};

/// The word for no set at all.
pub(in crate::aws) const NO_SET: &str = "default";

const SET: Member = required("DhcpOptionsId", Wire::Id("dopt"), "the DHCP option set");

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateDhcpOptions",
        help: "makes a DHCP option set: what guests of a VPC are told, their name servers above all",
        members: &[
            required(
                "DhcpConfigurations",
                Wire::List(&Wire::Struct(&[
                    optional("Key", Wire::Text, "which option: domain-name, domain-name-servers, ntp-servers, …"),
                    optional("Values", Wire::List(&Wire::Text), "what it says"),
                ])),
                "the options",
            ),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: |p| {
            let option = |one: crate::aws::input::Parameters<'_>| {
                (one.text_or_empty("Key"), one.texts("Values").map(str::to_owned).collect::<Vec<_>>())
            };
            let options = p.objects("DhcpConfigurations").map(option).collect();
            let tags = p.tags_for("dhcp-options", &["dhcp-options"])?;
            command(Command::CreateDhcpOptions(Box::new(CreateDhcpOptions { options, tags })))
        },
    },
    Action {
        name: "AssociateDhcpOptions",
        help: "gives a VPC another DHCP option set, or none",
        members: &[
            required("DhcpOptionsId", Wire::Text, "the DHCP option set; default for none"),
            required("VpcId", Wire::Id("vpc"), "the VPC"),
            DRY_RUN,
        ],
        build: |p| {
            let text = p.text_or_empty("DhcpOptionsId");
            let set = if text == NO_SET { None } else { Some(id(&text)?) };
            command(Command::AssociateDhcpOptions(p.id("VpcId")?, set))
        },
    },
    Action {
        name: "DeleteDhcpOptions",
        help: "deletes a DHCP option set that no VPC uses",
        members: &[SET, DRY_RUN],
        build: |p| command(Command::DeleteDhcpOptions(p.id("DhcpOptionsId")?)),
    },
    Action {
        name: "DescribeDhcpOptions",
        help: "shows DHCP option sets",
        members: &[ids("DhcpOptionsIds", &Wire::Id("dopt")), FILTERS, most(1000), TOKEN, DRY_RUN],
        build: |p| list(p, Kind::DhcpOptions, &["DhcpOptionsIds"]),
    },
];
