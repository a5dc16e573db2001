package org.accordhie.smart;

import java.util.List;
import java.util.Map;

/**
 * The claim by which an authorization server forbids parts of a patient's data, as the token states it. Source: IHE Privacy
 * Consent on FHIR (PCF), token extension {@code ihe_pcf}.
 *
 * @param patient whose data, as {@code Patient/[id]}
 * @param rules each the members of a JSON object, which are in the language of consents
 */
public record ResidualClaim(String patient, List<Map<String, ?>> rules) {

    public ResidualClaim {
        rules = List.copyOf(rules);
    }
}
