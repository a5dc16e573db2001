package org.accordhie.directory;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is in which care team, and who holds which role.
 *
 * <p>Each membership is said by the team or role itself, so by the source that wrote it, and by nobody else: a consent that
 * names a {@code CareTeam} trusts the organisation that owns the CareTeam to say who is in it, and where that is a
 * {@code PractitionerRole}, the organisation that owns the role to say who holds it. Any source may write teams and roles of its
 * own; none may write another's.
 *
 * @param known the memberships to look in
 */
public record Memberships(List<Membership> known) {

    public Memberships {
        known = List.copyOf(known);
    }

    /**
     * The teams and roles in which any of the actors is at an instant, also through another team or role.
     *
     * @param actors as {@code [type]/[id]}
     */
    public Set<String> of(Collection<String> actors, Instant at) {
        var byMember = known.stream().collect(Collectors.groupingBy(Membership::member));
        var found = new HashSet<String>();
        var asked = new ArrayDeque<String>(actors);
        while (!asked.isEmpty()) {
            var actor = asked.remove();
            for (var membership : byMember.getOrDefault(actor, List.of())) {
                if (membership.period().contains(at) && found.add(membership.memberOf())) {
                    asked.add(membership.memberOf());
                }
            }
        }
        return Set.copyOf(found);
    }
}
