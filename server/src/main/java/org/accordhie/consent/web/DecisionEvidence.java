package org.accordhie.consent.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.Decision;
import org.accordhie.consent.Rules;
import org.accordhie.consent.jpa.RulesKnown;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.SmartScope;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;

/**
 * What a release or a refused read was decided with, as its record in the audit trail keeps it: enough to decide again from
 * stored versions.
 *
 * @param organizations the requester's organisation and those above it
 * @param memberships its care teams and roles that some rule names
 * @param roles what the registry let it be
 * @param patient the patient whose own app asked; null for everybody else
 * @param scopes what the token granted
 * @param context the patient whom the scopes were about; null for none
 * @param laws the versions of the rules of law and organisation
 * @param consents the versions of the consents of all patients concerned
 * @param decided what was decided, and of which resources
 * @param refused what was not there for the requester, as {@code [type]/[id]}; null for a release
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // of a later version of this server, in a rolling update
record DecisionEvidence(
        Set<String> organizations,
        Set<String> memberships,
        Set<ExchangeRole> roles,
        @Nullable String patient,
        List<String> scopes,
        @Nullable String context,
        List<String> laws,
        Set<String> consents,
        List<Decided> decided,
        @Nullable String refused) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One decision.
     *
     * @param by what determined it, most decisive first
     * @param duties how many obligations it brought
     * @param of the places of the resources it was about, among those of the record in their order
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Decided(List<Decision.Reason> by, int duties, List<Integer> of) {}

    /**
     * What these decisions rest on.
     *
     * @param versions the versions decided about, in the order of the decisions
     */
    static DecisionEvidence of(
            AccessGrant grant, Requester requester, Rules rules, List<String> versions, List<Decision> decisions) {
        return new DecisionEvidence(
                new TreeSet<>(requester.organizations()),
                new TreeSet<>(requester.memberships()),
                new TreeSet<>(requester.roles()),
                requester.patient(),
                grant.scopes().scopes().stream().map(SmartScope::text).toList(),
                grant.launch().patient(),
                rules.policy().rules().stream().map(law -> law.rule().id()).toList(),
                new TreeSet<>(idsOf(rules)),
                decided(versions, decisions),
                null);
    }

    /**
     * What a refused read rests on. It is gathered from the request and the laws alone, so that it costs the same whether there is
     * something to refuse or not.
     *
     * @param refused what was asked for, as {@code [type]/[id]}
     * @return empty where the trail does not keep all that it rests on: what the token itself forbids, codes that its scopes
     *     choose by, an emergency that is not in force
     */
    static Optional<DecisionEvidence> ofRefusal(
            AccessGrant grant, AccessRequest request, RulesKnown rules, String refused) {
        var type = refused.substring(0, refused.indexOf('/'));
        if (grant.residual() != null
                || !grant.scopes().grantOf("r", type).granular().isEmpty()
                || !Objects.equals(grant.breakGlass(), request.breakGlass())) {
            return Optional.empty();
        }
        var requester = request.requester();
        return Optional.of(new DecisionEvidence(
                new TreeSet<>(requester.organizations()),
                new TreeSet<>(requester.memberships()),
                new TreeSet<>(requester.roles()),
                requester.patient(),
                grant.scopes().scopes().stream().map(SmartScope::text).toList(),
                grant.launch().patient(),
                rules.policy().rules().stream().map(law -> law.rule().id()).toList(),
                Set.of(),
                List.of(),
                refused));
    }

    private static List<String> idsOf(Rules rules) {
        return rules.consents().values().stream()
                .flatMap(Collection::stream)
                .map(ConsentPolicy::id)
                .toList();
    }

    private static List<Decided> decided(List<String> versions, List<Decision> decisions) {
        var places = new HashMap<String, Integer>();
        new TreeSet<>(versions).forEach(version -> places.put(version, places.size()));
        var same = new LinkedHashMap<Decision, TreeSet<Integer>>();
        for (int index = 0; index < decisions.size(); index++) {
            same.computeIfAbsent(decisions.get(index), decision -> new TreeSet<>())
                    .add(places.get(versions.get(index)));
        }
        return same.entrySet().stream()
                .map(each -> new Decided(
                        each.getKey().reasons(), each.getKey().duties().size(), List.copyOf(each.getValue())))
                .toList();
    }

    /** The requester as it was when it was decided. */
    Requester requester(Requester recorded) {
        return new Requester(
                recorded.clientId(),
                recorded.tokenId(),
                recorded.organization(),
                organizations,
                recorded.user(),
                patient,
                memberships,
                roles,
                recorded.purposes());
    }

    /** Every version of a Consent that it rests on, laws among them. */
    Stream<String> rested() {
        return Stream.concat(laws.stream(), consents.stream());
    }

    /** As the audit trail keeps it. */
    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads it back. */
    static DecisionEvidence read(String text) {
        try {
            return JSON.readValue(text, DecisionEvidence.class);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
