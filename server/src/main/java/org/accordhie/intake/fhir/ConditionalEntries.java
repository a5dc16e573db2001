package org.accordhie.intake.fhir;

import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.intake.WriteCondition;
import org.accordhie.intake.fhir.BundleRefused.Problem;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;

/**
 * The conditional updates, patches and deletes of a bundle, made into plain ones of what their conditions have found: an update that
 * found nothing is a create. Source: FHIR R4, RESTful API, "Conditional update" and "Conditional delete".
 */
public final class ConditionalEntries {

    private static final Set<HTTPVerb> CONDITIONAL = Set.of(HTTPVerb.PUT, HTTPVerb.PATCH, HTTPVerb.DELETE);

    private ConditionalEntries() {}

    /** What there is to look for. */
    public static Set<WriteCondition> conditionsOf(Bundle bundle) {
        var conditions = new HashSet<WriteCondition>();
        bundle.getEntry().forEach(entry -> conditionOf(entry).ifPresent(conditions::add));
        return conditions;
    }

    /**
     * The bundle without conditions.
     *
     * @param found what the source may see of its own that meets a condition, as {@code [type]/[id]}
     * @throws BundleRefused naming each entry that cannot be carried out
     * @throws PreconditionFailedException if a condition finds more than one, or {@code If-Match} nothing to match
     */
    public static Bundle resolved(Bundle bundle, Map<WriteCondition, Set<String>> found) {
        var resolved = bundle.copy();
        var problems = new ArrayList<Problem>();
        for (int index = 0; index < resolved.getEntry().size(); index++) {
            var entry = resolved.getEntry().get(index);
            var path = "Bundle.entry[" + index + "]";
            conditionOf(entry)
                    .ifPresent(condition -> resolve(
                            entry, path, condition, List.copyOf(found.getOrDefault(condition, Set.of())), problems));
        }
        if (!problems.isEmpty()) {
            throw new BundleRefused(problems);
        }
        return resolved;
    }

    private static Optional<WriteCondition> conditionOf(BundleEntryComponent entry) {
        var method = entry.getRequest().getMethod();
        var address = entry.getRequest().getUrl();
        return method != null && CONDITIONAL.contains(method) && address != null
                ? WriteCondition.parse(address)
                : Optional.empty();
    }

    private static void resolve(
            BundleEntryComponent entry,
            String path,
            WriteCondition condition,
            List<String> matches,
            List<Problem> problems) {
        if (matches.size() > 1) {
            throw new PreconditionFailedException("more than one meets the condition");
        }
        if (matches.isEmpty() && entry.getRequest().hasIfMatch()) {
            throw new PreconditionFailedException("nothing meets the condition");
        }
        var resource = entry.getResource();
        var isPatch = entry.getRequest().getMethod() == HTTPVerb.PATCH;
        if (resource != null && !isPatch && !isNamedAs(entry, resource, matches)) {
            problems.add(new Problem(
                    IssueType.VALUE, path + ".resource.id", "is not that of what meets the condition; leave it out"));
        }
        if (!matches.isEmpty()) {
            entry.getRequest().setUrl(matches.get(0));
        } else if (resource == null || isPatch) {
            problems.add(new Problem(IssueType.NOTFOUND, path, "is no resource of this source"));
        } else {
            create(entry, resource, path, condition, problems);
        }
    }

    private static void create(
            BundleEntryComponent entry,
            Resource resource,
            String path,
            WriteCondition condition,
            List<Problem> problems) {
        if (!condition.isMetBy(identifiersOf(resource))) {
            problems.add(new Problem(
                    IssueType.BUSINESSRULE,
                    path + ".resource.identifier",
                    "must be that of the condition where nothing meets it, or the next push would not find this one"));
        }
        entry.getRequest().setMethod(HTTPVerb.POST).setUrl(condition.resourceType());
    }

    /** Whether the body's id is that of a match, if it has one: HAPI gives it the entry's full URL otherwise. */
    private static boolean isNamedAs(BundleEntryComponent entry, Resource resource, List<String> matches) {
        return !resource.hasId()
                || resource.getIdElement().getValue().equals(entry.getFullUrl())
                || matches.contains(
                        resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }

    private static List<String> identifiersOf(Resource resource) {
        var property = resource.getChildByName("identifier");
        return property == null
                ? List.of()
                : property.getValues().stream()
                        .filter(Identifier.class::isInstance)
                        .map(Identifier.class::cast)
                        .map(each -> each.getSystem() + "|" + each.getValue())
                        .toList();
    }
}
