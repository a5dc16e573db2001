package org.accordhie.vocabulary;

/** What the exchange's own registry lets a partner be; no token can claim it. */
public enum ExchangeRole {
    /** May push records; owns what it pushed. */
    SOURCE,
    /** Manages consents and reads the audit trail. */
    PRIVACY_OFFICER
}
