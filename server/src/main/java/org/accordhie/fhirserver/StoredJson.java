package org.accordhie.fhirserver;

import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of an answer, octet for octet as HAPI writes it: id and {@code meta} of what is told as it is stored, then its text; and
 * around those of a search, the bundle. HAPI goes by way of its model of every element, which took longer than everything else that
 * is done for such an answer. Used by one thread, for one answer.
 */
final class StoredJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final IParser parser;
    private final StringWriter text = new StringWriter();
    private final JsonGenerator out;

    private StoredJson(IParser parser) throws IOException {
        this.parser = parser;
        this.out = JSON.createGenerator(text);
    }

    /**
     * The text; empty where the answer has something that only HAPI knows how to write.
     *
     * @param parser writes the resources that are not told as they are stored
     */
    static Optional<String> of(IBaseResource answer, IParser parser) {
        try {
            if (answer instanceof Bundle bundle) {
                return isPlain(bundle) ? Optional.of(new StoredJson(parser).written(bundle)) : Optional.empty();
            }
            return isStored(answer) && isPlain((Resource) answer)
                    ? Optional.of(new StoredJson(parser).written((Resource) answer))
                    : Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether it has only what {@link #bundle} writes. */
    private static boolean isPlain(Bundle bundle) {
        return bundle.getType() == Bundle.BundleType.SEARCHSET
                && bundle.hasId()
                && !bundle.getId().startsWith("urn:")
                && !hasMore(bundle)
                && isPlain((Resource) bundle)
                && bundle.getLink().stream().noneMatch(BundleLinkComponent::hasExtension)
                && bundle.getEntry().stream().allMatch(StoredJson::isPlain);
    }

    private static boolean hasMore(Bundle bundle) {
        return bundle.hasIdentifier()
                || bundle.hasTimestamp()
                || bundle.hasSignature()
                || bundle.hasLanguage()
                || bundle.hasImplicitRules()
                || bundle.getMeta().hasExtension();
    }

    private static boolean isPlain(BundleEntryComponent entry) {
        return entry.hasResource()
                && isPlain(entry.getResource())
                && !(entry.hasLink() || entry.hasRequest() || entry.hasResponse())
                && !entry.hasExtension()
                && !entry.getSearch().hasScore();
    }

    /** Of labels the exchange tells why they are there; what else there could be, only HAPI writes. */
    private static boolean isPlain(Resource resource) {
        return !(isStored(resource) || resource instanceof Bundle)
                || Stream.concat(resource.getMeta().getSecurity().stream(), resource.getMeta().getTag().stream())
                        .flatMap(coding -> coding.getExtension().stream())
                        .allMatch(StoredJson::isPlain);
    }

    private static boolean isPlain(Extension extension) {
        return extension.getValue() instanceof Coding coding && !coding.hasExtension() && !extension.hasExtension();
    }

    private static boolean isStored(IBaseResource resource) {
        return StoredText.of(resource).isPresent();
    }

    private String written(Bundle bundle) throws IOException {
        bundle(bundle);
        return end();
    }

    private String written(Resource resource) throws IOException {
        resource(resource);
        return end();
    }

    private String end() throws IOException {
        out.close();
        return text.toString();
    }

    private void bundle(Bundle bundle) throws IOException {
        out.writeStartObject();
        out.writeStringField("resourceType", "Bundle");
        out.writeStringField("id", bundle.getIdElement().getIdPart());
        meta(bundle.getMeta());
        out.writeStringField("type", bundle.getType().toCode());
        if (bundle.hasTotal()) {
            out.writeNumberField("total", bundle.getTotal());
        }
        if (bundle.hasLink()) {
            out.writeArrayFieldStart("link");
            for (var link : bundle.getLink()) {
                out.writeStartObject();
                text("relation", link.getRelation());
                text("url", link.getUrl());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        if (bundle.hasEntry()) {
            out.writeArrayFieldStart("entry");
            for (var entry : bundle.getEntry()) {
                entry(entry);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private void entry(BundleEntryComponent entry) throws IOException {
        out.writeStartObject();
        text("fullUrl", entry.getFullUrl());
        out.writeFieldName("resource");
        resource(entry.getResource());
        if (entry.getSearch().hasMode()) {
            out.writeObjectFieldStart("search");
            text("mode", entry.getSearch().getMode().toCode());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void resource(Resource resource) throws IOException {
        var stored = StoredText.of(resource);
        if (stored.isEmpty()) {
            out.writeRawValue(parser.encodeResourceToString(resource));
            return;
        }
        out.writeStartObject();
        out.writeStringField("resourceType", resource.fhirType());
        out.writeStringField("id", resource.getIdElement().getIdPart());
        meta(resource.getMeta());
        out.writeRaw(stored.get().rest(resource.fhirType()));
        out.writeEndObject();
    }

    private void meta(Meta meta) throws IOException {
        if (meta.isEmpty()) {
            return;
        }
        out.writeObjectFieldStart("meta");
        text("versionId", meta.getVersionId());
        text("lastUpdated", meta.getLastUpdatedElement().getValueAsString());
        text("source", meta.getSource());
        profiles(meta.getProfile().stream()
                .map(PrimitiveType::getValue)
                .filter(profile -> !isBlank(profile))
                .toList());
        codings("security", meta.getSecurity());
        codings("tag", meta.getTag());
        out.writeEndObject();
    }

    private void profiles(List<String> profiles) throws IOException {
        if (profiles.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("profile");
        for (var profile : profiles) {
            out.writeString(profile);
        }
        out.writeEndArray();
    }

    /** Without those that name nothing, which HAPI does not tell. */
    private void codings(String name, List<Coding> codings) throws IOException {
        var told = codings.stream()
                .filter(coding -> !isBlank(coding.getSystem()) || !isBlank(coding.getCode()))
                .toList();
        if (told.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart(name);
        for (var coding : told) {
            coding(coding);
        }
        out.writeEndArray();
    }

    private void coding(Coding coding) throws IOException {
        out.writeStartObject();
        if (coding.hasExtension()) {
            out.writeArrayFieldStart("extension");
            for (var extension : coding.getExtension()) {
                out.writeStartObject();
                text("url", extension.getUrl());
                out.writeFieldName("valueCoding");
                coding((Coding) extension.getValue());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        text("system", coding.getSystem());
        text("version", coding.getVersion());
        text("code", coding.getCode());
        text("display", coding.getDisplay());
        if (coding.hasUserSelected()) {
            out.writeBooleanField("userSelected", coding.getUserSelected());
        }
        out.writeEndObject();
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value != null && !isBlank(value)) {
            out.writeStringField(name, value);
        }
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
