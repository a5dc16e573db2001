package org.accordhie.intake.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.accordhie.fhirserver.PushGate.Patch;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.intake.WriteCondition;
import org.accordhie.intake.fhir.BundleRefused;
import org.accordhie.intake.fhir.BundleRefused.Problem;
import org.accordhie.intake.fhir.PatchRefused;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/**
 * The patches of a bundle, each made into an update of the version that it was applied to. Thread-safe.
 *
 * <p>Source: FHIR R4, RESTful API, "transaction", of which only the FHIRPath patch is understood: a JSON patch would come as the
 * base64 of a Binary, in which the byte gate sees nothing.
 */
final class PatchEntries {

    /** Each is a read and a decision of its own; what changes more is pushed as whole resources. */
    private static final int MOST = 100;

    /** What a condition has found, or was addressed as. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z]+/[^/?]+");

    private final Patching patching;
    private final FhirContext context;

    PatchEntries(Patching patching, FhirContext context) {
        this.patching = patching;
        this.context = context;
    }

    /** Whether a bundle has any. */
    static boolean areIn(Bundle bundle) {
        return bundle.getEntry().stream().anyMatch(PatchEntries::isPatch);
    }

    /** Whether an entry is one. */
    static boolean isPatch(BundleEntryComponent entry) {
        return entry.getRequest().getMethod() == HTTPVerb.PATCH;
    }

    /**
     * What a patch must pass.
     *
     * @param reaches whether the source owns what it asks for, as {@code [type]/[id]}, and may see it
     * @param permit refuses what comes out, if it may not be written
     */
    record Rules(
            BiPredicate<RequestedInteraction, String> reaches, BiConsumer<RequestedInteraction, Resource> permit) {}

    /**
     * The bundle with updates in place of its patches.
     *
     * @param bundle without conditions
     * @param entries what its writing entries ask for, in their order
     * @throws BundleRefused naming each entry that cannot be carried out
     */
    Bundle applied(Bundle bundle, List<RequestedInteraction> entries, Rules rules) {
        if (bundle.getEntry().stream().filter(PatchEntries::isPatch).count() > MOST) {
            throw new BundleRefused(List.of(
                    new Problem(IssueType.TOOCOSTLY, "Bundle.entry", "must hold at most " + MOST + " patches")));
        }
        var applied = bundle.copy();
        var problems = new ArrayList<Problem>();
        var asked = entries.iterator();
        for (int index = 0; index < applied.getEntry().size(); index++) {
            var entry = applied.getEntry().get(index);
            if (!PushEnforcement.writes(entry)) {
                continue;
            }
            var interaction = asked.next();
            if (isPatch(entry)) {
                apply(entry, "Bundle.entry[" + index + "]", interaction, rules, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new BundleRefused(problems);
        }
        return applied;
    }

    private void apply(
            BundleEntryComponent entry, String path, RequestedInteraction asked, Rules rules, List<Problem> problems) {
        if (!(entry.getResource() instanceof Parameters operations)) {
            problems.add(
                    new Problem(IssueType.NOTSUPPORTED, path + ".resource", "must be a FHIRPath patch, as Parameters"));
            return;
        }
        var address = entry.getRequest().getUrl();
        if (!ADDRESS.matcher(address).matches()) {
            problems.add(new Problem(
                    IssueType.VALUE,
                    path + ".request.url",
                    "names a type and an id, or has a condition, " + WriteCondition.FORM));
            return;
        }
        var named = asked.named(address.substring(address.indexOf('/') + 1));
        // Before the patch is applied, for what it finds may tell what is stored.
        if (!rules.reaches().test(named, address)) {
            problems.add(new Problem(IssueType.NOTFOUND, path, "is no resource of this source"));
            return;
        }
        try {
            var patched = patching.apply(
                    address, patch(operations), entry.getRequest().getIfMatch());
            rules.permit().accept(named, patched.resource());
            entry.setResource(patched.resource());
            entry.getRequest().setMethod(HTTPVerb.PUT).setIfMatch(patched.tag());
        } catch (PatchRefused refused) {
            problems.add(new Problem(IssueType.PROCESSING, path + ".resource", refused.said()));
        } catch (ResourceNotFoundException deleted) {
            problems.add(new Problem(IssueType.NOTFOUND, path, "is no resource of this source"));
        }
    }

    private Patch patch(Parameters operations) {
        return new Patch(Patch.Form.FHIRPATH_JSON, context.newJsonParser().encodeResourceToString(operations));
    }
}
