//! Refusals of hosted zones: rows of the table in [`super`]. Their codes are Route 53's, which has a list of its own.

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! zone_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    // Hosted zones.
    /// No such zone.
    HostedZoneNotFound { zone: HostedZoneId } = "NoSuchHostedZone", "No hosted zone found with ID: {zone}", "L12", Believed;
    /// A zone for everybody: nothing here would ask it.
    PublicHostedZone {}
        = "UnsupportedOperation", "The playground has private hosted zones only: nothing outside of it would ask a public one. Name a VPC.", "L12", Modelled;
    /// A VPC for a zone that is said to be public, or none for one that is said to be private.
    HostedZonePrivacy { private: bool }
        = "InvalidInput", "A private hosted zone is created with a VPC and a public one without: PrivateZone={private} does not fit.", "L12", Believed;
    /// No such VPC.
    HostedZoneVpcNotFound { vpc: VpcId, region: String }
        = "InvalidVPCId", "The VPC: {vpc} in region {region} that you provided is not found.", "L12", Believed;
    /// The VPC sees a zone of this name already.
    HostedZoneConflict { vpc: VpcId, region: String, zone: HostedZoneId }
        = "ConflictingDomainExists", "The VPC {vpc} in region {region} has already been associated with the hosted zone {zone} with the same domain name.", "L12", Believed;
    /// The caller reference made a zone already.
    HostedZoneExists { reference: String, zone: HostedZoneId }
        = "HostedZoneAlreadyExists", "A hosted zone has already been created with the specified caller reference.", "L12", Believed;
    /// Records of the user's own are in the zone.
    HostedZoneNotEmpty { zone: HostedZoneId }
        = "HostedZoneNotEmpty", "The specified hosted zone contains non-required resource record sets and so cannot be deleted.", "L12", Believed;
    /// As many zones as an account takes.
    HostedZoneLimit { limit: usize } = "TooManyHostedZones", "This account cannot have more than {limit} hosted zones.", "L12", Believed;
    /// The VPC does not see the zone.
    HostedZoneNotAssociated { vpc: VpcId, region: String, zone: HostedZoneId }
        = "VPCAssociationNotFound", "The VPC: {vpc} in region {region} is not associated with the hosted zone {zone}.", "L12", Believed;
    /// Without its last VPC a private zone would be seen by nobody.
    HostedZoneLastVpc { vpc: VpcId, region: String, zone: HostedZoneId }
        = "LastVPCAssociation", "The VPC: {vpc} in region {region} is the last one associated with the hosted zone {zone}. Cannot remove the last VPC association of a private hosted zone.", "L12", Believed;
    /// Changes of records that cannot be made: none of the batch is.
    RecordBatch { faults: RecordFaults } = "InvalidChangeBatch", "{faults}", "L12", Believed;
    } };
}
