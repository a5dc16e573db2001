package org.accordhie.consent.web;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.audit.RecordedRequesters.RecordedRequester;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.Participants;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.directory.Directory;
import org.accordhie.smart.Partner;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;

/** Requesters who have not asked, with all that the partner registry knows of them. Thread-safe. */
final class AssumedRequesters {

    private final Participants participants;
    private final Directory directory;
    private final ReleaseClasses classes;

    AssumedRequesters(Participants participants, Directory directory, ReleaseClasses classes) {
        this.participants = participants;
        this.directory = directory;
        this.classes = classes;
    }

    /**
     * The request they would make, as the enforcement point would put it.
     *
     * @param policy the rules of law and organisation they would meet
     * @param teams care teams and roles that a draft names besides those that rules name
     */
    AccessRequest asking(Requester requester, Instant at, ReleasePolicy policy, Set<String> teams) {
        var named = new HashSet<>(classes.known().named());
        named.addAll(policy.recipients(ReleaseClasses.TEAMS));
        named.addAll(teams);
        var memberships = directory.membershipsOf(requester.members(), at, named);
        return new AccessRequest(requester.with(memberships), AccessRequest.ACCESS, at);
    }

    /**
     * Somebody who might ask.
     *
     * @param requester with the facts of the registry
     * @param mayAsk whether the registry lets them assert the purpose; a token that did otherwise would be refused
     */
    record Assumed(Requester requester, boolean mayAsk) {}

    /**
     * An organisation as it would ask.
     *
     * @param user the person, as {@code [type]/[id]}; null for a system
     * @throws InvalidRequestException if it is none of the exchange
     */
    Assumed of(String organization, @Nullable String user, Set<PurposeOfUse> purposes) {
        var clients = participants.all().stream()
                .filter(each -> each.organization().equals(organization))
                .toList();
        if (clients.isEmpty()) {
            throw new InvalidRequestException("`requester` is no partner organization of this exchange");
        }
        var able = clients.stream()
                .filter(each -> each.purposes().containsAll(purposes))
                .findFirst();
        return new Assumed(requester(able.orElse(clients.get(0)), user, purposes), able.isPresent());
    }

    /** Every partner for every purpose that it may assert, but patients' own apps, which read what is about their patient. */
    List<Requester> registered() {
        return participants.all().stream()
                .flatMap(partner -> partner.purposes().stream()
                        .filter(purpose -> purpose != PurposeOfUse.PATRQT)
                        .sorted()
                        .map(purpose -> requester(partner, null, Set.of(purpose))))
                .distinct()
                .toList();
    }

    /** Those who could ask for the same purposes. */
    Collection<Requester> forPurposes(Set<PurposeOfUse> purposes) {
        return participants.all().stream()
                .filter(partner -> partner.purposes().containsAll(purposes))
                .map(partner -> requester(partner, null, purposes))
                .collect(Collectors.toList());
    }

    /** A requester of the audit trail as the registry knows it today. */
    Requester of(RecordedRequester recorded) {
        return participants.all().stream()
                .filter(partner -> partner.clientId().equals(recorded.clientId()))
                .findFirst()
                .map(partner -> requester(partner, recorded.user(), recorded.purposes()))
                .orElseGet(() -> new Requester(
                        recorded.clientId(),
                        "",
                        recorded.organization(),
                        Set.of(recorded.organization()),
                        recorded.user(),
                        null,
                        Set.of(),
                        Set.of(),
                        recorded.purposes()));
    }

    /** Whether this was a patient's own app, whose access no consent changes. */
    boolean isPatientsOwnApp(RecordedRequester recorded) {
        return Set.of(PurposeOfUse.PATRQT).containsAll(recorded.purposes())
                && participants.all().stream()
                        .anyMatch(partner -> partner.clientId().equals(recorded.clientId())
                                && partner.purposes().contains(PurposeOfUse.PATRQT));
    }

    private static Requester requester(Partner partner, @Nullable String user, Set<PurposeOfUse> purposes) {
        var organizations = new HashSet<>(partner.partOf());
        organizations.add(partner.organization());
        var ownApp = user != null && user.startsWith("Patient/") && purposes.equals(Set.of(PurposeOfUse.PATRQT));
        return new Requester(
                partner.clientId(),
                "",
                partner.organization(),
                organizations,
                user,
                ownApp ? user : null,
                Set.of(),
                partner.roles(),
                purposes);
    }
}
