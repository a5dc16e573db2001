package org.accordhie.consent.web;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Set;
import org.accordhie.consent.jpa.RecordedReleases;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.consent.web.ExplanationGate.Told;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Who was given something because of a consent, so that they can be told when it is revoked. Source: 42 CFR 2.31(a)(6), 2.24;
 * {@code docs/audit.md}.
 */
final class RecipientRoutes implements IResourceProvider {

    private final ExplanationGate gate;
    private final StoredFacts stored;
    private final RecordedReleases releases;
    private final Replay replay;

    RecipientRoutes(ExplanationGate gate, StoredFacts stored, RecordedReleases releases, Replay replay) {
        this.gate = gate;
        this.stored = stored;
        this.releases = releases;
        this.replay = replay;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return Consent.class;
    }

    /** Whoever was released something that some version of the consent decided, the earliest first. */
    @Operation(name = "$recipients", idempotent = true)
    public Parameters recipients(@IdParam IdType id, ServletRequestDetails request) {
        var asked = new RequestedInteraction(Interaction.READ, "Consent", id.getIdPart(), false, request);
        return gate.tell(asked, (asker, now) -> {
            WholeTrail.require(request);
            asker.requireOfficer();
            var consent = "Consent/" + id.getIdPart();
            // Its first version, which is there also after it was revoked or deleted.
            var patient = stored.version(consent + "/_history/1").stream()
                    .flatMap(facts -> facts.patients().stream())
                    .findFirst()
                    .orElseThrow(() -> new ResourceNotFoundException("not found"));
            return new Told(answer(consent, patient), Set.of(patient), Set.of());
        });
    }

    private Parameters answer(String consent, String patient) {
        var recipients = new LinkedHashMap<Recipient, Given>();
        for (var release : releases.under(consent, patient)) {
            var resources = replay.permittedBy(consent, release);
            if (resources > 0) {
                var who = new Recipient(
                        release.requester().organization(),
                        release.requester().clientId(),
                        release.requester().user());
                recipients.merge(who, new Given(release.at(), release.at(), 1, resources), Given::and);
            }
        }
        var answer = new Parameters();
        recipients.forEach((who, given) -> add(answer, who, given));
        return answer;
    }

    private static void add(Parameters answer, Recipient who, Given given) {
        var part = answer.addParameter().setName("recipient");
        part.addPart().setName("organization").setValue(new Reference(who.organization()));
        part.addPart().setName("client").setValue(new StringType(who.client()));
        if (who.user() != null) {
            part.addPart().setName("user").setValue(new Reference(who.user()));
        }
        part.addPart().setName("first").setValue(new InstantType(Date.from(given.first())));
        part.addPart().setName("last").setValue(new InstantType(Date.from(given.last())));
        part.addPart().setName("releases").setValue(new IntegerType(given.releases()));
        part.addPart().setName("resources").setValue(new IntegerType(given.resources()));
    }

    /** Who was given something. */
    private record Recipient(
            String organization, String client, @Nullable String user) {}

    /** What they were given, and when. */
    private record Given(Instant first, Instant last, int releases, int resources) {

        Given and(Given later) {
            return new Given(first, later.last, releases + later.releases, resources + later.resources);
        }
    }
}
