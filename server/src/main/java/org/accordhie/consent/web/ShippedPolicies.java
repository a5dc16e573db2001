package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Objects;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.PolicySource;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;

/** A pack of rules that comes with the exchange. Thread-safe. */
final class ShippedPolicies implements PolicySource {

    private final ReleasePolicy policy;

    ShippedPolicies(FhirContext context, String pack) {
        this.policy = read(context, "/org/accordhie/policies/" + pack + ".json");
    }

    @Override
    public ReleasePolicy inForce() {
        return policy;
    }

    private static ReleasePolicy read(FhirContext context, String resource) {
        try (var file = Objects.requireNonNull(ShippedPolicies.class.getResourceAsStream(resource), resource)) {
            var rules = new ArrayList<HardRule>();
            for (var entry :
                    context.newJsonParser().parseResource(Bundle.class, file).getEntry()) {
                rules.add(PolicyReader.read((Consent) entry.getResource()));
            }
            return new ReleasePolicy(rules);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (UnenforceableConsent unenforceable) {
            throw new IllegalStateException(resource + ": " + unenforceable.reason(), unenforceable);
        }
    }
}
