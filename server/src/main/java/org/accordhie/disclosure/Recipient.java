package org.accordhie.disclosure;

import java.util.Locale;

/**
 * Who received records.
 *
 * @param reference as {@code [type]/[id]}; empty where only a name is known
 * @param name what it is called; empty where nobody has said
 * @param address its postal address; empty where it is not known
 * @param standing what it is to the patient and to the exchange
 */
public record Recipient(String reference, String name, String address, Standing standing) {

    /** What a recipient is to the patient and to the exchange. */
    public enum Standing {
        /** Somebody else: to them, it is a disclosure. */
        ANOTHER,
        /** The patient, or who asks in the patient's place. */
        INDIVIDUAL,
        /** A privacy officer of the exchange. */
        EXCHANGE
    }

    /** What two disclosures to the same recipient share. */
    String key() {
        return reference.isEmpty() ? plain(name) : reference;
    }

    /** Whether this is what somebody called by a reference or by a name. */
    boolean isCalled(String called) {
        return called.equals(reference) || (!name.isEmpty() && plain(called).equals(plain(name)));
    }

    /** The same recipient, with what is known of it now. */
    public Recipient known(String nameNow, String addressNow) {
        return new Recipient(reference, nameNow, addressNow, standing);
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
