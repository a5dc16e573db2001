package org.accordhie.directory.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.accordhie.directory.Membership;
import org.accordhie.fhirserver.TimeSpans;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Reads who a CareTeam says is in it, and who a PractitionerRole says holds it. A member who is not named by a reference to a
 * resource of this server is nobody who could ask here.
 *
 * <p>Source: FHIR R4, CareTeam ({@code status}, {@code period}, {@code participant.member}, {@code participant.period}) and
 * PractitionerRole ({@code active}, assumed where it is missing, {@code period}, {@code practitioner}).
 */
public final class MembershipReader {

    private static final Set<String> PARTICIPANTS =
            Set.of("CareTeam", "Organization", "Patient", "Practitioner", "PractitionerRole", "RelatedPerson");
    private static final Set<String> PRACTITIONERS = Set.of("Practitioner");

    /** Whether resources of this type say who is a member. */
    public static boolean reads(String resourceType) {
        return resourceType.equals("CareTeam") || resourceType.equals("PractitionerRole");
    }

    /** The memberships a resource says; none for one that is not active. */
    public List<Membership> read(Resource resource) {
        if (resource instanceof CareTeam team && team.getStatus() == CareTeamStatus.ACTIVE) {
            return read(team);
        }
        if (resource instanceof PractitionerRole role && (!role.hasActive() || role.getActive())) {
            return read(role);
        }
        return List.of();
    }

    private static List<Membership> read(CareTeam team) {
        var memberships = new ArrayList<Membership>();
        var whole = spanOf(team.getPeriod());
        for (var participant : team.getParticipant()) {
            add(
                    memberships,
                    participant.getMember(),
                    PARTICIPANTS,
                    addressOf(team),
                    both(whole, spanOf(participant.getPeriod())));
        }
        return memberships;
    }

    private static List<Membership> read(PractitionerRole role) {
        var memberships = new ArrayList<Membership>();
        add(memberships, role.getPractitioner(), PRACTITIONERS, addressOf(role), spanOf(role.getPeriod()));
        return memberships;
    }

    private static void add(
            List<Membership> memberships, Reference member, Set<String> types, String memberOf, TimeSpan period) {
        var id = member.getReferenceElement();
        var isOurs = !id.isAbsolute() && id.hasIdPart() && id.hasResourceType();
        if (isOurs && types.contains(id.getResourceType())) {
            memberships.add(new Membership(id.getResourceType() + "/" + id.getIdPart(), memberOf, period));
        }
    }

    private static String addressOf(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    private static TimeSpan spanOf(Period period) {
        var span = TimeSpans.of(period);
        return span == null ? TimeSpan.ALWAYS : span;
    }

    private static TimeSpan both(TimeSpan left, TimeSpan right) {
        return new TimeSpan(
                either(left.from(), right.from(), (one, other) -> one.isAfter(other) ? one : other),
                either(left.until(), right.until(), (one, other) -> one.isBefore(other) ? one : other));
    }

    private static @Nullable Instant either(
            @Nullable Instant left, @Nullable Instant right, BinaryOperator<Instant> narrower) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return narrower.apply(left, right);
    }
}
