package org.accordhie.intake.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import org.accordhie.fhirserver.PushGate.Patch;
import org.accordhie.fhirserver.gate.BodyBounds;
import org.accordhie.fhirserver.gate.GateVerdict.Refused;
import org.accordhie.fhirserver.gate.JsonScanner;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/** Makes the next version of a resource out of a patch and the one before. What comes out is held to what a body is held to. */
public final class ResourcePatch {

    private final FhirContext context;
    private final JsonScanner scanner;

    /**
     * Patches resources.
     *
     * @param bounds those of bodies
     */
    public ResourcePatch(FhirContext context, BodyBounds bounds) {
        this.context = context;
        this.scanner = new JsonScanner(bounds);
    }

    /**
     * The resource as the patch makes it, to be stored like one that was sent.
     *
     * @param current the current version, which stays as it is
     * @throws PatchRefused if it cannot be applied, or makes something else than this resource
     */
    public Resource apply(Resource current, Patch patch) {
        var text = context.newJsonParser().encodeResourceToString(current);
        var patched = switch (patch.form()) {
            case JSON -> parsed(current, JsonPatches.apply(text, patch.body()));
            case FHIRPATH_JSON -> byPath(current, context.newJsonParser(), patch.body());
            case FHIRPATH_XML -> byPath(current, context.newXmlParser(), patch.body());
        };
        if (!current.getIdElement().getIdPart().equals(patched.getIdElement().getIdPart())) {
            throw new PatchRefused("a patch leaves the `id` as it is");
        }
        forgetLabels(current, patched);
        return patched;
    }

    private Resource byPath(Resource current, IParser parser, String body) {
        Parameters operations;
        try {
            operations = parser.parseResource(Parameters.class, body);
        } catch (RuntimeException unreadable) {
            throw new InvalidRequestException("the body cannot be read as a FHIRPath patch", unreadable);
        }
        var patched = current.copy();
        new FhirPathPatches(context).apply(patched, operations);
        return parsed(current, context.newJsonParser().encodeResourceToString(patched));
    }

    private Resource parsed(Resource current, String json) {
        if (scanner.scan(json.getBytes(StandardCharsets.UTF_8)) instanceof Refused refused) {
            throw new PatchRefused("what the patch makes could not be sent: "
                    + refused.problem().sentence().toLowerCase(java.util.Locale.ROOT));
        }
        try {
            var parser = context.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
            return parser.parseResource(current.getClass(), json);
        } catch (RuntimeException invalid) {
            // HAPI's parser has other exceptions than its own for what is wrong with a text.
            var refused = new PatchRefused("what the patch makes is no " + current.fhirType());
            refused.initCause(invalid);
            throw refused;
        }
    }

    /** What the version before bore comes back by itself, as whosever label it was; only what is new is the source's. */
    private static void forgetLabels(Resource current, Resource patched) {
        patched.getMeta()
                .getSecurity()
                .removeIf(label ->
                        isKept(label) && current.getMeta().getSecurity(label.getSystem(), label.getCode()) != null);
    }

    private static boolean isKept(Coding label) {
        return Confidentiality.SYSTEM.equals(label.getSystem())
                || SecurityLabel.isSensitivity(label.getSystem(), label.getCode());
    }
}
