package org.accordhie.consent.fhir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Reference;

/** Reads who a provision names: who asks, or where data came from. */
final class ActorReader {

    private static final Set<String> RECIPIENT_ROLES = Set.of("IRCP", "PRCP", "GRANTEE");
    private static final Set<String> ORIGIN_ROLES = Set.of("AUT", "CST");
    private static final Set<String> RECIPIENT_TYPES = Set.of(
            "CareTeam", "Device", "Organization", "Patient", "Practitioner", "PractitionerRole", "RelatedPerson");
    private static final Set<String> ORIGIN_TYPES =
            Set.of("Organization", "Patient", "Practitioner", "PractitionerRole", "RelatedPerson");

    private ActorReader() {}

    /** Who a provision speaks to. */
    static List<String> recipients(ProvisionComponent component, String path, Problems problems) {
        return List.copyOf(read(component, path, RECIPIENT_ROLES, problems));
    }

    /** Where the data it speaks of came from. */
    static Set<String> origins(ProvisionComponent component, String path) {
        // Whoever reads a provision reads who it speaks to as well, and has been told of its actors' problems.
        return read(component, path, ORIGIN_ROLES, new Problems());
    }

    private static Set<String> read(ProvisionComponent component, String parent, Set<String> roles, Problems problems) {
        var actors = new HashSet<String>();
        for (int index = 0; index < component.getActor().size(); index++) {
            var actor = component.getActor().get(index);
            var path = parent + ".actor[" + index + "]";
            Modifiers.check(actor, path, problems);
            var role = roleOf(actor, path, problems);
            var types = ORIGIN_ROLES.contains(role) ? ORIGIN_TYPES : RECIPIENT_TYPES;
            if (!namesHere(actor.getReference(), types)) {
                problems.add(
                        path + ".reference",
                        "must be a reference `[type]/[id]` to one of "
                                + types.stream().sorted().collect(Collectors.joining(", ")));
            } else if (roles.contains(role)) {
                actors.add(nameOf(actor.getReference()));
            }
        }
        return actors;
    }

    /** Whether the reference is to a resource of this server: one of another server would be taken for ours of that id. */
    static boolean namesHere(Reference reference, Set<String> types) {
        var id = reference.getReferenceElement();
        return !id.isAbsolute() && id.hasIdPart() && id.hasResourceType() && types.contains(id.getResourceType());
    }

    static String nameOf(Reference reference) {
        return reference.getReferenceElement().toUnqualifiedVersionless().getValue();
    }

    /** Empty where it has none that is known, which is then a problem. */
    private static String roleOf(provisionActorComponent actor, String path, Problems problems) {
        var known = CriteriaReader.codesOf(actor.getRole()).stream()
                .map(org.accordhie.vocabulary.Coding::code)
                .filter(code -> RECIPIENT_ROLES.contains(code) || ORIGIN_ROLES.contains(code))
                .toList();
        var recipient = known.stream().anyMatch(RECIPIENT_ROLES::contains);
        if (recipient && known.stream().anyMatch(ORIGIN_ROLES::contains)) {
            problems.add(
                    path + ".role",
                    "can be read in two ways: as who asks, then write one of IRCP, PRCP, GRANTEE alone; or as where data is"
                            + " from, then write one of AUT, CST alone");
            return "";
        }
        if (known.isEmpty()) {
            problems.add(
                    path + ".role",
                    "must be one of IRCP, PRCP, GRANTEE (who asks), or of AUT, CST (where data is from)");
            return "";
        }
        return known.get(0);
    }
}
