package org.accordhie.audit.web;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.RawParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.fhir.AuditEventWriter;
import org.accordhie.audit.fhir.BalpViews;
import org.accordhie.audit.jpa.TrailRows;
import org.accordhie.audit.jpa.TrailRows.Found;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.FeatureRoutes;
import org.accordhie.fhirserver.KnownParameters;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The routes of AuditEvent: the trail is read under this name, and written under none. */
@Component
final class AuditEventRoutes implements FeatureRoutes {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final RequestLine line;
    private final TrailEnforcement enforcement;
    private final TrailRows rows;
    private final TrailParameters parameters;
    private final TrailBundle bundles;
    private final AuditEventWriter writer;
    private final BalpViews views;

    AuditEventRoutes(RequestLine line, TrailEnforcement enforcement, TrailRows rows, AccordProperties properties) {
        var base = properties.baseUrl().toString();
        this.line = line;
        this.enforcement = enforcement;
        this.rows = rows;
        this.parameters = new TrailParameters(base, properties.limits());
        this.writer = new AuditEventWriter(base);
        this.views = new BalpViews(base);
        this.bundles = new TrailBundle(base, writer);
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    @Override
    public Set<TypeRestfulInteraction> interactions() {
        return Set.of(TypeRestfulInteraction.READ, TypeRestfulInteraction.VREAD, TypeRestfulInteraction.SEARCHTYPE);
    }

    @Override
    public List<CapabilityStatementRestResourceSearchParamComponent> searchParameters() {
        return parameters.capabilities();
    }

    /** Read, and vread of the only version there is. */
    @Read(version = true)
    public AuditEvent read(@IdParam IIdType id, RequestDetails request) {
        var interaction = id.hasVersionIdPart() ? Interaction.VREAD : Interaction.READ;
        var asked = new RequestedInteraction(interaction, TrailReach.TYPE, id.getIdPart(), false, request);
        return line.own(asked, () -> {
            KnownParameters.require(request, Set.of());
            return writer.write(viewed(id, asked));
        });
    }

    /** The decision that an access rests on. Source: IHE BALP, AuthZconsent. */
    @Operation(name = "$decision", idempotent = true)
    public AuditEvent decision(@IdParam IIdType id, ServletRequestDetails request) {
        var asked = reading(id, request);
        return line.own(
                asked,
                () -> views.decision(viewed(id, asked)).orElseThrow(() -> new ResourceNotFoundException("not found")));
    }

    /** What an access disclosed, patient by patient. Source: IHE BALP, PrivacyDisclosure.Source. */
    @Operation(name = "$disclosures", idempotent = true)
    public Bundle disclosures(@IdParam IIdType id, ServletRequestDetails request) {
        var asked = reading(id, request);
        return line.own(asked, () -> {
            var bundle = new Bundle().setType(BundleType.COLLECTION);
            views.disclosures(viewed(id, asked))
                    .forEach(event -> bundle.addEntry().setResource(event));
            return bundle;
        });
    }

    private static RequestedInteraction reading(IIdType id, RequestDetails request) {
        return new RequestedInteraction(Interaction.READ, TrailReach.TYPE, id.getIdPart(), false, request);
    }

    private AccessRecord viewed(IIdType id, RequestedInteraction asked) {
        return enforcement.read(asked, (at, reach) -> one(id)).records().get(0);
    }

    private Found one(IIdType id) {
        return uuid(id.getIdPart())
                .filter(uuid -> !id.hasVersionIdPart() || id.getVersionIdPart().equals("1"))
                .flatMap(rows::find)
                .map((AccessRecord accessed) -> new Found(List.of(accessed), 1))
                .orElseThrow(() -> new ResourceNotFoundException("not found"));
    }

    /** Search by GET and POST. */
    @Search(allowUnknownParams = true)
    public Bundle search(@RawParam Map<String, List<String>> ignored, RequestDetails request) {
        var asked = new RequestedInteraction(Interaction.SEARCH_TYPE, TrailReach.TYPE, "", false, request);
        return line.own(asked, () -> {
            var query = parameters.read(request.getParameters());
            // Readings are recorded too: a search without an end in time would find itself on its next page.
            var reading = enforcement.read(
                    asked, (at, reach) -> rows.search(reach.within(query).before(at)));
            return bundles.of(request.getParameters(), query, reading);
        });
    }

    /** Refused, as all writing is, by a route of its own, so that the attempt is recorded. */
    @Create
    public MethodOutcome create(@ResourceParam AuditEvent event, RequestDetails request) {
        return refused(Interaction.CREATE, "", request);
    }

    @Update
    public MethodOutcome update(@IdParam IIdType id, @ResourceParam AuditEvent event, RequestDetails request) {
        return refused(Interaction.UPDATE, id.getIdPart(), request);
    }

    @Delete
    public MethodOutcome delete(@IdParam @Nullable IIdType id, RequestDetails request) {
        return refused(Interaction.DELETE, id == null ? "" : id.getIdPart(), request);
    }

    private MethodOutcome refused(Interaction interaction, String id, RequestDetails request) {
        return line.own(new RequestedInteraction(interaction, TrailReach.TYPE, id, false, request), () -> {
            throw new ForbiddenOperationException("not permitted");
        });
    }

    /** Empty if the text is no id that the trail gives. */
    static Optional<UUID> uuid(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
