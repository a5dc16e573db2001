package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.PATIENT_APP;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;

import java.util.Set;

/**
 * People of the sample and what they wish, told here a second time and more plainly than the exchange decides it.
 *
 * <p>Each is several Patients, since each organisation that keeps a record of them pushed its own.
 */
enum Person {
    /** In treatment for opioid use, and glad if everybody knows. */
    CORY("6434e526-d5c3-3094-5b1c-9249ce1e0182") {
        @Override
        boolean letsSee(Partner partner, Set<String> labels) {
            return true;
        }
    },
    /** Shares, but not with Riverside Clinic. */
    LEOPOLDO("023d7eb6-99db-5345-9a81-a69b58d5216a") {
        @Override
        boolean letsSee(Partner partner, Set<String> labels) {
            return partner != RIVERSIDE_CLINIC && !labels.contains(SUBSTANCE_USE);
        }
    },
    /** Shares, but not what tells of a depression. */
    EVERETTE("88f9105e-d08b-55af-597a-337c00ce8dd0") {
        @Override
        boolean letsSee(Partner partner, Set<String> labels) {
            return !labels.contains(MENTAL_HEALTH) && !labels.contains(SUBSTANCE_USE);
        }
    },
    /** Helps research and nobody else. */
    CLARK("293db2fb-46f5-ad3e-6563-e8274f2c7872") {
        @Override
        boolean letsSee(Partner partner, Set<String> labels) {
            return partner == RESEARCH_INSTITUTE && !labels.contains(SUBSTANCE_USE);
        }
    },
    /** Misuses opioids and has said nothing. */
    ROLANDO("ba75c655-7d2d-008a-3792-a60f90c2fd5e") {
        @Override
        boolean letsSee(Partner partner, Set<String> labels) {
            return switch (partner) {
                case RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL -> !labels.contains(SUBSTANCE_USE);
                case PRIVACY_OFFICER -> !labels.contains(SUBSTANCE_USE) && !labels.contains(RESTRICTED);
                case RESEARCH_INSTITUTE, PATIENT_APP -> false;
            };
        }
    };

    static final String SUBSTANCE_USE = "ETH";
    static final String MENTAL_HEALTH = "PSY";
    static final String RESTRICTED = "R";

    private static final String SYNTHEA = "https://github.com/synthetichealth/synthea";

    private final String identifier;

    Person(String identifier) {
        this.identifier = identifier;
    }

    /** Whether the person lets a partner see something of their record that has these labels. */
    abstract boolean letsSee(Partner partner, Set<String> labels);

    /** Whether a partner may have it: the person's wish, and what law gives to officers and to patients themselves. */
    final boolean isReleased(Partner partner, String type, Set<String> labels) {
        if (partner == PATIENT_APP) {
            // R4's patient compartment, which bounds an app's scopes, has no Device.
            return !type.equals("Device");
        }
        if (type.equals("Consent")) {
            return partner == PRIVACY_OFFICER;
        }
        return (type.equals("Patient") && partner == PRIVACY_OFFICER) || letsSee(partner, labels);
    }

    /** As a search parameter's value. */
    String token() {
        return SYNTHEA + "%7C" + identifier;
    }

    String identifier() {
        return identifier;
    }
}
