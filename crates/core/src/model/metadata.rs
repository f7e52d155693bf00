//! The settings of an instance's metadata service: whether and how it answers the guest (`G12`).

/// How an instance is told of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetadataOptions {
    /// Whether a question needs a token: `HttpTokens` is `required`.
    pub needs_token: bool,
    /// How many hops an answer with a token goes.
    pub hop_limit: u8,
    /// Whether it answers at all.
    pub is_on: bool,
    /// Whether it has its IPv6 address, too.
    pub over_ipv6: bool,
    /// Whether it tells the instance's tags.
    pub tells_tags: bool,
}

impl Default for MetadataOptions {
    /// What AWS takes where neither image nor account nor launch says anything.
    fn default() -> MetadataOptions {
        MetadataOptions { needs_token: false, hop_limit: 1, is_on: true, over_ipv6: false, tells_tags: false }
    }
}

impl MetadataOptions {
    /// The change that makes these of the usual ones.
    pub fn beside_usual(self) -> MetadataChange {
        let usual = MetadataOptions::default();
        let other = |now: bool, usual: bool| (now != usual).then_some(now);
        MetadataChange {
            needs_token: other(self.needs_token, usual.needs_token),
            hop_limit: (self.hop_limit != usual.hop_limit).then_some(self.hop_limit),
            is_on: other(self.is_on, usual.is_on),
            over_ipv6: other(self.over_ipv6, usual.over_ipv6),
            tells_tags: other(self.tells_tags, usual.tells_tags),
        }
    }
}

/// What is to become of the settings: what is not named stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct MetadataChange {
    /// Whether a question needs a token.
    pub needs_token: Option<bool>,
    /// How many hops an answer with a token goes.
    pub hop_limit: Option<u8>,
    /// Whether it answers at all.
    pub is_on: Option<bool>,
    /// Whether it has its IPv6 address, too.
    pub over_ipv6: Option<bool>,
    /// Whether it tells the instance's tags.
    pub tells_tags: Option<bool>,
}

impl MetadataChange {
    /// The settings after the change.
    pub fn of(self, before: MetadataOptions) -> MetadataOptions {
        MetadataOptions {
            needs_token: self.needs_token.unwrap_or(before.needs_token),
            hop_limit: self.hop_limit.unwrap_or(before.hop_limit),
            is_on: self.is_on.unwrap_or(before.is_on),
            over_ipv6: self.over_ipv6.unwrap_or(before.over_ipv6),
            tells_tags: self.tells_tags.unwrap_or(before.tells_tags),
        }
    }
}
