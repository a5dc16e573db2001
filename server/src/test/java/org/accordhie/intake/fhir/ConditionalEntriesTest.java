package org.accordhie.intake.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import java.util.Map;
import java.util.Set;
import org.accordhie.intake.WriteCondition;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a conditional entry of a bundle")
class ConditionalEntriesTest {

    private static final String ADDRESS = "Patient?identifier=urn:x%7C1";
    private static final WriteCondition CONDITION = new WriteCondition("Patient", "urn:x", "1");

    @Test
    void updatesOrDeletesWhatItsConditionFound() {
        for (var method : Set.of(HTTPVerb.PUT, HTTPVerb.DELETE)) {
            var entry = resolved(entry(method, method == HTTPVerb.PUT ? patient("") : null), Set.of("Patient/a"));

            assertThat(entry.getRequest().getMethod()).isEqualTo(method);
            assertThat(entry.getRequest().getUrl()).isEqualTo("Patient/a");
        }
        assertThat(resolved(entry(HTTPVerb.PUT, patient("a")), Set.of("Patient/a"))
                        .getRequest()
                        .getUrl())
                .isEqualTo("Patient/a");
    }

    @Test
    void createsWhereItsConditionFoundNothing() {
        var named = entry(HTTPVerb.PUT, patient("urn:uuid:5f6f2a3c-0000-4000-8000-000000000001"));
        named.setFullUrl("urn:uuid:5f6f2a3c-0000-4000-8000-000000000001");
        assertThat(resolved(named, Set.of()).getRequest().getUrl()).isEqualTo("Patient");

        var entry = resolved(entry(HTTPVerb.PUT, patient("")), Set.of());

        assertThat(entry.getRequest().getMethod()).isEqualTo(HTTPVerb.POST);
        assertThat(entry.getRequest().getUrl()).isEqualTo("Patient");
    }

    @Test
    void isRefusedWhereItSaysTwoThings() {
        assertRefused(entry(HTTPVerb.PUT, patient("b")), Set.of("Patient/a"), "Bundle.entry[0].resource.id");
        assertRefused(entry(HTTPVerb.PUT, patient("b")), Set.of(), "Bundle.entry[0].resource.id");
        assertRefused(entry(HTTPVerb.PUT, new Patient()), Set.of(), "Bundle.entry[0].resource.identifier");
        assertRefused(entry(HTTPVerb.DELETE, null), Set.of(), "Bundle.entry[0]");
    }

    @Test
    void failsItsConditionWithSeveralAndAnEntityTagWithNone() {
        var tagged = entry(HTTPVerb.PUT, patient(""));
        tagged.getRequest().setIfMatch("W/\"1\"");

        assertThatThrownBy(() -> resolved(entry(HTTPVerb.DELETE, null), Set.of("Patient/a", "Patient/b")))
                .isInstanceOf(PreconditionFailedException.class);
        assertThatThrownBy(() -> resolved(tagged, Set.of())).isInstanceOf(PreconditionFailedException.class);
        assertThat(resolved(tagged, Set.of("Patient/a")).getRequest().getIfMatch())
                .isEqualTo("W/\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient", "Patient/a", "Patient?_id=a", "Patient?identifier=1"})
    void staysAsItIsWithoutAConditionThatIsUnderstood(String address) {
        var bundle = bundle(entry(HTTPVerb.PUT, patient("a")));
        bundle.getEntryFirstRep().getRequest().setUrl(address);

        assertThat(ConditionalEntries.conditionsOf(bundle)).isEmpty();
        assertThat(ConditionalEntries.resolved(bundle, Map.of()).equalsDeep(bundle))
                .isTrue();
    }

    @Test
    void isLookedForByItsCondition() {
        var post = entry(HTTPVerb.POST, patient(""));
        var bundle = bundle(entry(HTTPVerb.DELETE, null)).addEntry(post);
        bundle.addEntry();

        assertThat(ConditionalEntries.conditionsOf(bundle)).containsExactly(CONDITION);
    }

    private static void assertRefused(BundleEntryComponent entry, Set<String> found, String path) {
        assertThatThrownBy(() -> resolved(entry, found))
                .isInstanceOfSatisfying(
                        BundleRefused.class,
                        refused -> assertThat(((OperationOutcome) refused.getOperationOutcome())
                                        .getIssueFirstRep()
                                        .getExpression()
                                        .get(0)
                                        .getValue())
                                .isEqualTo(path));
    }

    private static BundleEntryComponent resolved(BundleEntryComponent entry, Set<String> found) {
        return ConditionalEntries.resolved(bundle(entry), Map.of(CONDITION, found))
                .getEntryFirstRep();
    }

    private static Bundle bundle(BundleEntryComponent entry) {
        return new Bundle().addEntry(entry);
    }

    private static Patient patient(String id) {
        var patient = new Patient();
        patient.addIdentifier().setSystem("urn:x").setValue("1");
        if (!id.isEmpty()) {
            patient.setId(id);
        }
        return patient;
    }

    private static BundleEntryComponent entry(HTTPVerb method, @Nullable Resource resource) {
        var entry = new BundleEntryComponent().setResource(resource);
        entry.getRequest().setMethod(method).setUrl(ADDRESS);
        return entry;
    }
}
