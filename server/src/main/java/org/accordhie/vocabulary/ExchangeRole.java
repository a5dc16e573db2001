package org.accordhie.vocabulary;

import java.util.Arrays;
import java.util.Optional;

/** What the exchange's own registry lets a partner be; no token can claim it. */
public enum ExchangeRole {
    /** May push records; owns what it pushed. */
    SOURCE,
    /** Manages consents and reads the audit trail. */
    PRIVACY_OFFICER;

    /** Empty if the code is none of these. */
    public static Optional<ExchangeRole> ofCode(String code) {
        return Arrays.stream(values()).filter(role -> role.name().equals(code)).findFirst();
    }
}
