package org.accordhie.intake.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.intake.fhir.BundleRefused.Problem;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;

/** The references of a bundle's entries: to each other, to the source's own names, or to what it may see of the exchange. */
final class BundleReferences {

    private final FhirContext context;
    private final List<PushedEntry> entries;
    private final String base;
    private final Map<String, PushedEntry> byName = new HashMap<>();

    BundleReferences(FhirContext context, List<PushedEntry> entries, String base) {
        this.context = context;
        this.entries = entries;
        this.base = base;
        for (var entry : entries) {
            name(entry.fullUrl(), entry);
            name(entry.addressedId().isEmpty() ? "" : entry.type() + "/" + entry.addressedId(), entry);
        }
    }

    private void name(String name, PushedEntry entry) {
        if (!name.isEmpty()) {
            byName.put(name, entry);
        }
    }

    /** The references, and the conditions of conditional creates, that no entry of the bundle answers. */
    Set<String> outside() {
        var outside = new HashSet<String>();
        for (var entry : entries) {
            if (!entry.ifNoneExist().isEmpty()) {
                outside.add(entry.ifNoneExist());
            }
            for (var reference : entry.references(context)) {
                if (needsTarget(reference) && inside(reference).isEmpty()) {
                    outside.add(local(reference));
                }
            }
        }
        return outside;
    }

    /**
     * Puts the final addresses into the resources.
     *
     * @throws BundleRefused naming each reference without a target the source may see; a hidden one reads the same as one
     *     that does not exist
     */
    void rewrite(Map<String, String> outside) {
        var problems = new ArrayList<Problem>();
        for (var entry : entries) {
            for (var reference : entry.references(context)) {
                if (needsTarget(reference)) {
                    rewrite(entry, reference, outside, problems);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new BundleRefused(problems);
        }
    }

    private void rewrite(PushedEntry entry, Reference reference, Map<String, String> outside, List<Problem> problems) {
        var target = inside(reference).map(PushedEntry::reference).orElseGet(() -> outside.get(local(reference)));
        if (target != null && !target.equals(ReferenceTargets.AMBIGUOUS)) {
            reference.setReference(target);
            return;
        }
        var path = entry.path() + ".resource" + ReferencePaths.of(context, entry.resource(), reference);
        problems.add(new Problem(
                ReferenceTargets.isResolvable(local(reference)) ? IssueType.NOTFOUND : IssueType.NOTSUPPORTED,
                path,
                ReferenceTargets.isResolvable(local(reference))
                        ? "does not have exactly one target in this bundle or among the records this source may see"
                        : "must be `urn:uuid:…` of an entry, `[type]/[id]`, or `[type]?identifier=[system]|[value]`"));
    }

    private Optional<PushedEntry> inside(Reference reference) {
        return Optional.ofNullable(byName.get(reference.getReference()))
                .or(() -> Optional.ofNullable(byName.get(local(reference))));
    }

    private static boolean needsTarget(Reference reference) {
        return reference.hasReference() && !reference.getReference().startsWith("#");
    }

    /** The reference without the server's own address and without a version. */
    private String local(Reference reference) {
        var text = reference.getReference();
        var local = text.startsWith(base + "/") ? text.substring(base.length() + 1) : text;
        var version = local.indexOf("/_history/");
        return version < 0 ? local : local.substring(0, version);
    }
}
