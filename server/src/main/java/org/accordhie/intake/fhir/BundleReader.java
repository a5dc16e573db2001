package org.accordhie.intake.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accordhie.intake.WriteCondition;
import org.accordhie.intake.fhir.BundleRefused.Problem;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Reads the writing entries of a bundle and refuses it with every entry that cannot be one. */
final class BundleReader {

    private static final Set<HTTPVerb> WRITES = Set.of(HTTPVerb.POST, HTTPVerb.PUT, HTTPVerb.DELETE);

    /** With or without the marks that make an entity tag of it. */
    private static final Pattern VERSION = Pattern.compile("(?:W/)?(\"?)[0-9]{1,18}\\1");

    private BundleReader() {}

    /**
     * The writing entries in their order.
     *
     * @throws BundleRefused naming each entry that cannot be stored
     */
    static List<PushedEntry> read(Bundle bundle) {
        var problems = new ArrayList<Problem>();
        var entries = new ArrayList<PushedEntry>();
        var names = new HashSet<String>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            var entry = bundle.getEntry().get(index);
            if (!WRITES.contains(entry.getRequest().getMethod())) {
                continue;
            }
            var path = "Bundle.entry[" + index + "]";
            if (entry.hasFullUrl() && !names.add(entry.getFullUrl())) {
                problems.add(new Problem(IssueType.DUPLICATE, path + ".fullUrl", "stands twice in this bundle"));
            }
            check(entry, path, problems);
            entries.add(new PushedEntry(index, entry));
        }
        if (!problems.isEmpty()) {
            throw new BundleRefused(problems);
        }
        return entries;
    }

    private static void check(BundleEntryComponent entry, String path, List<Problem> problems) {
        var type = entry.getRequest().getUrl().split("[/?]", 2)[0];
        checkAddress(entry, path, problems);
        checkVersion(entry, path, problems);
        if (entry.getRequest().getMethod() == HTTPVerb.DELETE) {
            if (entry.hasResource()) {
                problems.add(new Problem(IssueType.STRUCTURE, path + ".resource", "has no place in a DELETE"));
            }
            return;
        }
        if (!entry.hasResource()) {
            problems.add(new Problem(IssueType.REQUIRED, path + ".resource", "is missing"));
        } else if (!entry.getResource().fhirType().equals(type)) {
            problems.add(new Problem(
                    IssueType.VALUE, path + ".resource", "is not of the type that `request.url` names: " + type));
        } else if (isPartial(entry.getResource().getMeta())) {
            problems.add(new Problem(
                    IssueType.BUSINESSRULE,
                    path + ".resource.meta",
                    "says that the resource is not whole (SUBSETTED or REDACTED): writing it back would destroy what was"
                            + " left out"));
        }
        var condition = entry.getRequest().getIfNoneExist();
        if (condition != null
                && !condition.isBlank()
                && !ReferenceTargets.isResolvable(type + "?" + condition.replaceFirst("^.*\\?", ""))) {
            problems.add(new Problem(
                    IssueType.NOTSUPPORTED, path + ".request.ifNoneExist", "must be " + WriteCondition.FORM));
        }
    }

    /** Source: FHIR R4, Search, {@code _summary} and {@code _elements}. */
    private static boolean isPartial(Meta meta) {
        return Stream.concat(meta.getTag().stream(), meta.getSecurity().stream())
                .anyMatch(label -> SecurityLabel.isPartial(label.getSystem(), label.getCode()));
    }

    private static void checkVersion(BundleEntryComponent entry, String path, List<Problem> problems) {
        var version = entry.getRequest().getIfMatch();
        if (version != null && !version.isBlank() && !VERSION.matcher(version).matches()) {
            problems.add(new Problem(IssueType.VALUE, path + ".request.ifMatch", "must be a version, as `W/\"1\"`"));
        }
    }

    private static void checkAddress(BundleEntryComponent entry, String path, List<Problem> problems) {
        var address = entry.getRequest().getUrl();
        if (address.contains("?")) {
            problems.add(new Problem(
                    IssueType.NOTSUPPORTED,
                    path + ".request.url",
                    "must have no condition but that of a PUT, a PATCH or a DELETE, " + WriteCondition.FORM));
        }
        if (address.split("[?]", 2)[0].split("/", -1).length > 2) {
            problems.add(new Problem(IssueType.VALUE, path + ".request.url", "names a type, an id and nothing else"));
        }
        if (entry.getRequest().getMethod() == HTTPVerb.POST && address.contains("/")) {
            problems.add(new Problem(IssueType.VALUE, path + ".request.url", "of a POST names a type and no id"));
        }
    }
}
