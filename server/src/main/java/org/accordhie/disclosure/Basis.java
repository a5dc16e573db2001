package org.accordhie.disclosure;

import java.util.Arrays;
import java.util.Optional;

/** On what right a disclosure was made, as whoever reports it says. */
public enum Basis {
    NOT_STATED("", "", ""),
    CONSENT("consent", "42 CFR 2.31", "with the patient's consent"),
    AUTHORIZATION("authorization", "45 CFR 164.508", "with the patient's authorization"),
    INCIDENTAL("incidental", "45 CFR 164.502(a)(1)(iii)", "incident to another use"),
    DIRECTORY_OR_CARE("directory-or-care", "45 CFR 164.510", "to a directory or to those involved in care"),
    NATIONAL_SECURITY("national-security", "45 CFR 164.512(k)(2)", "for national security"),
    CUSTODY("custody", "45 CFR 164.512(k)(5)", "to an institution with custody of the patient"),
    LIMITED_DATA_SET("limited-data-set", "45 CFR 164.514(e)", "as part of a limited data set"),
    REQUIRED_BY_LAW("required-by-law", "45 CFR 164.512(a)", "required by law"),
    PUBLIC_HEALTH("public-health", "45 CFR 164.512(b)", "for public health"),
    ABUSE("abuse", "45 CFR 164.512(c)", "about abuse, neglect or violence"),
    OVERSIGHT("health-oversight", "45 CFR 164.512(d)", "for health oversight"),
    JUDICIAL("judicial", "45 CFR 164.512(e)", "for a court or a tribunal"),
    LAW_ENFORCEMENT("law-enforcement", "45 CFR 164.512(f)", "for law enforcement"),
    DECEDENTS("decedents", "45 CFR 164.512(g)", "about a person who has died"),
    DONATION("donation", "45 CFR 164.512(h)", "for donation of organs, eyes or tissue"),
    RESEARCH("research", "45 CFR 164.512(i)", "for research"),
    THREAT("threat", "45 CFR 164.512(j)", "to avert a serious threat"),
    GOVERNMENT("government", "45 CFR 164.512(k)", "for a function of government"),
    WORKERS_COMPENSATION("workers-compensation", "45 CFR 164.512(l)", "for workers' compensation"),
    SECRETARY("secretary", "45 CFR 164.502(a)(2)(ii)", "to the Secretary of Health and Human Services");

    /** The code system of {@link #code}. */
    public static final String SYSTEM = "https://accordhie.org/fhir/CodeSystem/disclosure-basis";

    private final String code;
    private final String citation;
    private final String words;

    Basis(String code, String citation, String words) {
        this.code = code;
        this.citation = citation;
        this.words = words;
    }

    /** Empty if there is no such code. */
    public static Optional<Basis> ofCode(String code) {
        return Arrays.stream(values())
                .filter(basis -> basis != NOT_STATED && basis.code.equals(code))
                .findFirst();
    }

    public String code() {
        return code;
    }

    /** Where the right is written. */
    public String citation() {
        return citation;
    }

    /** As it can stand in a sentence. */
    public String words() {
        return words;
    }

    /** Whether it is one for which repeated disclosures may be summed up. Source: 45 CFR 164.528(b)(3). */
    boolean isOfPublicInterest() {
        return this == SECRETARY || citation.startsWith("45 CFR 164.512");
    }

    /** Whether it says nothing against a purpose of treatment, payment or operations. */
    boolean leavesItToThePurpose() {
        return this == NOT_STATED || this == CONSENT;
    }
}
